"""What cells and tooltips of the table view say."""

from __future__ import annotations

from html import escape

import numpy as np

from app.numbers import NONE, number_text, share_text
from app.tables.contents import Contents
from app.tables.fields import Field, certainty_kind
from app.tables.judge import Judged
from slp_core.data.dataset import Dataset

LONGEST_CELL = 160
"""Letters of a cell that are drawn; the tooltip has more."""
LONGEST_TIP = 1500
CROSS = "✗"
_PARTS = ("Training", "Validation", "Left out")
_PART_TIPS = (
    "The row trains the network.",
    "Held out: the row measures the network and does not train it.",
)
_MOST_SHARES = 10


def cell_text(text: str) -> str:
    """A cell on one line, no longer than can be drawn."""
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    return text.replace("\r\n", "↵").replace("\n", "↵").replace("\r", "↵").replace("\t", "⇥")


def part_of(contents: Contents, row: int) -> int:
    """0 training, 1 validation, 2 left out."""
    sample = int(contents.sample_of[row])
    if sample < 0 or contents.dataset is None:
        return 2
    return int(sample >= contents.dataset.samples)


def part_text(contents: Contents, row: int) -> str:
    """Training, validation or left out."""
    return _PARTS[part_of(contents, row)]


def outcome_text(field: Field, dataset: Dataset, judged: Judged, place: int) -> str:
    """What the network makes of one sample, as it is shown."""
    if not judged.known[place]:
        return NONE
    value = float(judged.values[place])
    if field.what == "prediction":
        if dataset.task == "regression":
            return number_text(value)
        return cell_text(dataset.classes[int(judged.decided[place])])
    if field.what == "certainty":
        return share_text(value) if judged.shares.shape[1] else number_text(value)
    if field.what == "error":
        if dataset.task == "regression":
            return number_text(float(judged.errors[place]))
        return CROSS if judged.wrong[place] else ""
    return number_text(float(judged.losses[place]))


def outcome_copy(field: Field, dataset: Dataset, judged: Judged, place: int) -> str:
    """The same for other programs: all digits, a word instead of a cross."""
    if not judged.known[place]:
        return ""
    if field.what == "prediction" and dataset.classes:
        return dataset.classes[int(judged.decided[place])]
    if field.what == "error":
        if dataset.classes:
            return "wrong" if judged.wrong[place] else "right"
        return repr(float(judged.errors[place]))
    return repr(float(judged.losses[place] if field.what == "loss" else judged.values[place]))


def outcome_tip(
    field: Field, contents: Contents, judged: Judged | None, row: int, place: int
) -> str:
    """What is behind a computed cell: all probabilities, or why there is no value."""
    dataset = contents.dataset
    if dataset is None or contents.sample_of[row] < 0:
        return contents.why_left_out(row) if dataset is not None else ""
    if judged is None:
        return "The network has no weights yet."
    if not judged.known[place]:
        return "The score of this row is not a finite number."
    if judged.shares.shape[1] and field.what in ("prediction", "certainty"):
        return _all_shares(dataset, judged, place)
    return _whole_number(field, contents, judged, place)


def part_tip(contents: Contents, row: int) -> str:
    """What the part of a row means, or why it is in none."""
    part = part_of(contents, row)
    return _PART_TIPS[part] if part < 2 else contents.why_left_out(row)


def as_tip(text: str) -> str:
    """A tooltip that shows markup as it is written, and wraps."""
    if not text:
        return ""
    cut = text if len(text) <= LONGEST_TIP else text[: LONGEST_TIP - 1] + "…"
    return f"<qt>{escape(cut)}</qt>".replace("\n", "<br>")


def _all_shares(dataset: Dataset, judged: Judged, place: int) -> str:
    """The probabilities of the classes, largest first."""
    shares = judged.shares[place]
    order = np.argsort(-shares, kind="stable")[:_MOST_SHARES].tolist()
    lines = [f"{dataset.classes[k]}: {share_text(float(shares[k]))}" for k in order]
    more = shares.size - len(order)
    return "\n".join([*lines, *([f"and {more} more classes"] if more else [])])


def _whole_number(field: Field, contents: Contents, judged: Judged, place: int) -> str:
    """A number in all its digits; what a mistake was."""
    dataset = contents.dataset
    assert dataset is not None  # noqa: S101 - judged rows are of a data set
    if field.what == "error" and dataset.classes:
        decided = dataset.classes[int(judged.decided[place])]
        return f"Taken for {decided}." if judged.wrong[place] else "Right."
    if field.what == "prediction" and dataset.classes:
        kind = certainty_kind(contents.pair)
        return f"{kind.capitalize()} {number_text(float(judged.values[place]), 8)}"
    return outcome_copy(field, dataset, judged, place)
