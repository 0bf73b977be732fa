"""What the reader saw in a file: per column and as plain JSON-able data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from slp_core.arrays import Floats, Ints
from slp_core.data.column_roles import RoleOf, column_roles
from slp_core.data.table import Column, Kind, Problem, Table

FREQUENT = 12
"""How many of the most frequent values of a column are listed."""
_SORTED_UP_TO = 100_000
_SPAN = 65_536


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """One column in a few numbers; missing cells are only counted.

    ``minimum`` and ``maximum`` are those of a column of numbers, None for others. ``distinct`` is
    how many different values there are, None where counting them would take too long (a million
    different fractions). ``frequent`` lists up to `FREQUENT` values as texts with their counts,
    the most frequent first, equally frequent ones in order; it is empty where ``distinct`` is None.
    """

    name: str
    kind: Kind
    rows: int
    missing: int
    minimum: float | None
    maximum: float | None
    distinct: int | None
    frequent: tuple[tuple[str, int], ...]


def column_summary(column: Column) -> ColumnSummary:
    """Range or values of ``column``: some milliseconds for a million rows."""
    low = high = None
    if column.numbers is not None and column.missing < len(column):
        low, high = np.fmin.reduce(column.numbers), np.fmax.reduce(column.numbers)
        distinct, frequent = _number_counts(column.numbers, float(low), float(high))
    elif column.codes is not None:
        distinct, frequent = _text_counts(column)
    else:
        distinct, frequent = 0, ()
    return ColumnSummary(
        column.name, column.kind, len(column), column.missing, _shortest(low), _shortest(high),
        distinct, frequent,
    )  # fmt: skip


def describe(table: Table, target: str | None = None) -> dict[str, object]:
    """The answer of ``inspect --json``; doubts come first among the problems.

    ``target`` is the column that the table is usually learned for, if that is known.
    """
    dialect = table.dialect
    nowhere = {"line": None, "column": None, "text": ""}
    doubts = [{**nowhere, "reason": doubt, "outcome": ""} for doubt in dialect.doubts]
    roles = column_roles(table, target)
    return {
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "decimal": dialect.decimal,
        "thousands": dialect.thousands,
        "quote": dialect.quote,
        "comment": dialect.comment,
        "header": dialect.header,
        "skipped_lines": dialect.skip,
        "rows": table.rows,
        "columns": [_column(column, roles[column.name]) for column in table.columns],
        "notes": list(table.notes),
        "problems": doubts + [_problem(problem) for problem in table.problems],
    }


def _column(column: Column, role: RoleOf) -> dict[str, object]:
    summary = column_summary(column)
    told: dict[str, object] = {
        "name": summary.name,
        "kind": summary.kind,
        "missing": summary.missing,
        "role": role.role,
        "role_reason": role.reason,
        "distinct": summary.distinct,
        "frequent": [{"value": value, "count": count} for value, count in summary.frequent],
    }
    if summary.minimum is not None:
        told |= {"min": summary.minimum, "max": summary.maximum}
    return told


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column,
        "text": problem.text,
        "reason": f"{problem.reason}; {problem.outcome}",
        "outcome": problem.outcome,
    }


def _number_counts(
    numbers: Floats, low: float, high: float
) -> tuple[int | None, tuple[tuple[str, int], ...]]:
    """Different numbers and the most frequent ones; (None, ()) if they are many."""
    filled = numbers[~np.isnan(numbers)]
    if high - low < _SPAN and bool((filled == np.rint(filled)).all()):
        every = np.bincount((filled - filled.dtype.type(low)).astype(np.int64))
        places = np.flatnonzero(every)
        values, counts = (places + low).astype(numbers.dtype), every[places]
    elif len(filled) <= _SORTED_UP_TO:
        values, counts = np.unique(filled, return_counts=True)
    else:
        return None, ()
    top = _top(counts)
    texts: list[str] = Column.of_numbers("", values[top]).texts().tolist()
    return len(values), tuple(zip(texts, counts[top].tolist(), strict=True))


def _text_counts(column: Column) -> tuple[int, tuple[tuple[str, int], ...]]:
    counts = np.bincount(np.asarray(column.codes), minlength=len(column.distinct))
    if "" in column.distinct:
        counts[column.distinct.index("")] = 0
    top: list[int] = _top(counts).tolist()
    frequent = tuple((column.distinct[k], int(counts[k])) for k in top if counts[k])
    return int(np.count_nonzero(counts)), frequent


def _top(counts: Ints) -> Ints:
    """Places of the largest counts, largest first, equal ones in order."""
    if len(counts) > FREQUENT:
        least = np.partition(counts, -FREQUENT)[-FREQUENT]
        above, equal = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
        some = np.concatenate((above, equal[: FREQUENT - len(above)]))
        some.sort()
    else:
        some = np.arange(len(counts))
    return some[np.argsort(-counts[some], kind="stable")]


def _shortest(value: np.floating[Any] | None) -> float | None:
    """As it would be written: float32's 0.1 is 0.1, not 0.10000000149."""
    return None if value is None else float(str(value))
