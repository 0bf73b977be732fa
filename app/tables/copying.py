"""Rows as text for the clipboard: columns separated by tabs, as spreadsheets take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from app.tables.contents import Contents, column_texts
from app.tables.fields import Field
from app.tables.judge import Judge, Judged
from app.tables.order import Control
from app.tables.words import outcome_copy, part_text
from slp_core.arrays import Ints

MOST_CELLS: Final = 2_000_000
"""Cells that are copied at most: some 20 MB of text."""
_BLOCK: Final = 2048


def as_text(
    contents: Contents, judge: Judge | None, rows: Ints, fields: Sequence[Field], control: Control
) -> str:
    """Names of the columns, then the rows; numbers in all their digits. "" when cancelled."""
    lines = ["\t".join(_quoted(field.label) for field in fields)]
    for first in range(0, rows.size, _BLOCK):
        if control.cancelled():
            return ""
        control.progress(first / rows.size)
        part = rows[first : first + _BLOCK]
        columns = _columns(contents, judge, part, fields)
        lines += ["\t".join(cells) for cells in zip(*columns, strict=True)]
    return "\n".join(lines) + "\n"


def _columns(
    contents: Contents, judge: Judge | None, rows: Ints, fields: Sequence[Field]
) -> list[list[str]]:
    sample = contents.sample_of[rows].astype(np.int64)
    judged, samples = None, sample[sample >= 0]
    if judge is not None and samples.size and any(field.is_outcome for field in fields):
        judged = judge.judged(samples)
    places = np.where(sample >= 0, np.cumsum(sample >= 0) - 1, -1).tolist()
    return [_column(contents, judged, rows, places, field) for field in fields]


def _column(
    contents: Contents, judged: Judged | None, rows: Ints, places: list[int], field: Field
) -> list[str]:
    if field.what == "part":
        return [part_text(contents, row) for row in rows.tolist()]
    if field.what == "cell":
        names = contents.names_of(field)
        texts = column_texts(contents.column(field), rows)
        return [_quoted(names.get(text, text)) for text in texts]
    dataset = contents.dataset
    if judged is None or dataset is None:
        return [""] * rows.size
    return [_quoted(outcome_copy(field, dataset, judged, at)) if at >= 0 else "" for at in places]


def _quoted(text: str) -> str:
    """A text with tabs or line ends in quotation marks, as spreadsheets write them."""
    if any(sign in text for sign in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text
