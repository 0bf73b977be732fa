"""The line of text for a place under the mouse: what the model says, then where that is.

The prediction comes first: the line may be cut at its end.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.numbers import number_text, share_text
from app.plots.reading import Reading
from app.plots.user_text import inline
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

_MOST_CLASSES = 3


def view_text(
    dataset: Dataset,
    reading: Reading | None,
    scores: Float64s | None,
    place: str,
    sample: int,
    table: Table | None = None,
) -> str:
    """The whole line: the prediction from scores (k,), the place, the sample if it is not -1."""
    parts: list[str] = []
    if reading is not None and scores is not None:
        parts.append("→ " + prediction_text(dataset, reading, scores))
    parts.append(place)
    if sample >= 0:
        parts.append(f"[{sample_text(dataset, sample, table)}]")
    return "   ".join(parts)


def place_text(names: Sequence[str], values: Sequence[float]) -> str:
    """``petal length 4.300   petal width 1.250``."""
    return "   ".join(
        f"{inline(name)} {number_text(value)}" for name, value in zip(names, values, strict=True)
    )


def prediction_text(dataset: Dataset, reading: Reading, scores: Float64s) -> str:
    """What the model says there, from scores (k,): shares of classes, or the output."""
    column = scores[:, None]
    if not reading.classes:
        return f"{inline(dataset.target)} {number_text(float(reading.outputs(column)[0, 0]))}"
    if not reading.probability:
        return _decision_text(dataset, reading, column)
    shares = reading.shares(column.copy())[:, 0]
    order = np.argsort(-shares, kind="stable")[:_MOST_CLASSES]
    return "   ".join(
        f"{inline(dataset.classes[int(k)])} {share_text(float(shares[k]))}" for k in order
    )


def _decision_text(dataset: Dataset, reading: Reading, column: Float64s) -> str:
    """Outputs that are no probabilities are shown as they are."""
    winner = int(reading.labels(column.T)[0])
    outputs = reading.outputs(column)[:, 0]
    shown = outputs[winner] if len(outputs) > 1 else outputs[0]
    return f"{inline(dataset.classes[winner])}   (output {number_text(float(shown))})"


def sample_text(dataset: Dataset, sample: int, table: Table | None = None) -> str:
    """Which sample a marker is: the name of its row in the table, and its true target."""
    row = int(dataset.row_index[sample])
    name = f"row {row + 1:,}" if table is None else table.row_name(row)
    truth = (
        inline(dataset.classes[int(dataset.all_labels[sample])])
        if dataset.classes
        else f"{inline(dataset.target)} {number_text(float(dataset.all_values[sample]))}"
    )
    part = "" if sample < dataset.samples else "validation "
    return f"{part}{name}: {truth}"
