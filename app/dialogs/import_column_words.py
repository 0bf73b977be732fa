"""A column in words: its kind, what it is for, what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from app.dialogs.import_reading import Role
from app.numbers import number_text
from slp_core.data.inspection import ColumnSummary, column_summary
from slp_core.data.table import Column

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "number": "number",
        "text": "text",
        "bool": "yes / no",
        "date": "date",
        "empty": "empty",
    }
)
ROLES: Mapping[Role, str] = MappingProxyType(
    {"target": "target", "feature": "feature", "ignore": "left out"}
)
MOST_CLASSES = 6
LONGEST_CLASS = 24
LONGEST_CELL = 120


def contents_text(column: Column) -> str:
    """The range of a column of numbers, or its texts with their counts; and what is missing."""
    summary = column_summary(column)
    if summary.kind == "empty":
        return "no values"
    missing = f"{summary.missing:,} missing" if summary.missing else ""
    return " · ".join(part for part in (_range(summary), _values(summary), missing) if part)


def cell_text(column: Column, row: int) -> str:
    """One cell on one line, as short as it can be without another value; "" where it is missing."""
    if column.numbers is not None:
        return _number(column.numbers[row])
    text = str(column.cell(row))
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    return text.replace("\n", " ↵ ")


def _number(value: np.floating) -> str:
    if np.isnan(value):
        return ""
    text = str(value)
    return (text[:-2] if text.endswith(".0") else text).replace("-", "−", text.startswith("-"))


def _range(summary: ColumnSummary) -> str:
    """The smallest and the largest number; empty for texts."""
    low, high = summary.minimum, summary.maximum
    if low is None or high is None:
        return ""
    return (
        f"always {number_text(low)}"
        if low == high
        else f"{number_text(low)} to {number_text(high)}"
    )


def _values(summary: ColumnSummary) -> str:
    """The most frequent texts first; only how many there are where most occur once.

    Numbers are told one by one where they are few, as they may be classes.
    """
    different, filled = summary.distinct or 0, summary.rows - summary.missing
    is_number = summary.minimum is not None
    if is_number and not 1 < different <= min(MOST_CLASSES, filled // 2):
        return ""
    if different > 1 and (different == filled or 2 * different > max(filled, 2 * MOST_CLASSES)):
        return f"{different:,} different texts"
    words = [f"{_clipped(text)} {count:,}" for text, count in summary.frequent[:MOST_CLASSES]]
    if different > len(words):
        words.append(f"… {different - len(words):,} more")
    noun = "value" if is_number else "class" if different == 1 else "classes"
    return f"{different:,} {noun}{'s' * is_number}: {', '.join(words)}"


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_CLASS else text[: LONGEST_CLASS - 1] + "…"
