"""Which columns become features, and everything that must be said about those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Floats
from slp_core.data.features import (
    FALSE_WORDS,
    TRUE_WORDS,
    Feature,
    categories_of,
    category_numbers,
    finite_cells,
    gaps_in,
)
from slp_core.data.inputs import Source
from slp_core.data.table import Column, Table
from slp_core.errors import DataError

MOST_CATEGORIES = 20
"""A text column with more different texts is ignored: it is a name, not a category."""
MOST_MISSING = 0.5
"""A column with a larger share of missing cells is left out unless it is asked for by name."""
MOST_LOST = 0.05
"""A text column that would cost a larger share of the rows is left out, too."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The features of a table, which rows (rows,) they can be read from, and what is to be said.

    ``notes`` are about whole columns; which cells are missing is told elsewhere.
    """

    sources: tuple[Source, ...]
    usable: Bools
    notes: tuple[str, ...]


def select_features(
    table: Table,
    target: str,
    names: Sequence[str] | None,
    has_target: Bools,
    *,
    fills: bool = False,
) -> Selection:
    """The features in the named columns, or in all columns that suit.

    Parameters
    ----------
    has_target
        (rows,) where the target has a value.
    fills
        Whether missing cells will be filled, so that they cost no row.

    Raises
    ------
    DataError
        A column does not exist, is the target, or none can be used.
    """
    notes: list[str] = []
    suited: list[tuple[Column, Bools]] = []
    for column in _columns(table, target, names):
        good = finite_cells(column)
        reason = _refusal(column, good, asked_for=names is not None)
        if reason:
            notes.append(f"{column.name}: left out, {reason}.")
        else:
            suited.append((column, good))
    if not suited:
        raise _nothing_left(table, notes)
    if names is None and not fills:
        suited = _without_costly_texts(suited, has_target, notes)
    usable = np.ones(table.rows, dtype=np.bool_)
    sources: list[Source] = []
    for column, good in suited:
        sources += _sources(column, gaps_in(column) if fills else None)
        if not fills:
            usable &= good
        notes += _remarks(column, good)
    return Selection(tuple(sources), usable, tuple(notes))


def _without_costly_texts(
    suited: list[tuple[Column, Bools]], has_target: Bools, notes: list[str]
) -> list[tuple[Column, Bools]]:
    """The columns without the texts that would cost many of the rows complete otherwise.

    Complete otherwise: with a target, and a value in each column but the texts with missing
    cells. Each of those is judged alone, so that their order does not matter.
    """
    complete = has_target.copy()
    for column, good in suited:
        if column.kind != "text" or not column.missing:
            complete &= good
    rows = int(complete.sum())
    kept: list[tuple[Column, Bools]] = []
    said: list[str] = []
    for column, good in suited:
        lost = int((complete & ~good).sum()) if column.kind == "text" and column.missing else 0
        if lost > MOST_LOST * rows:
            said.append(
                f"{column.name}: left out, its missing cells would cost {lost} of {rows} rows;"
                " choose it as a feature to keep it."
            )
        else:
            kept.append((column, good))
    if not kept:
        return suited
    notes += said
    return kept


def _columns(table: Table, target: str, names: Sequence[str] | None) -> list[Column]:
    if names is None:
        return [column for column in table.columns if column.name != target]
    if target in names:
        raise DataError(
            f"{target!r} is the target and cannot be a feature as well.",
            code="data.target_as_feature",
            column=target,
            path=table.path,
            hint="Take it out of the features, or choose another target.",
        )
    known = {column.name: column for column in table.columns}  # there may be tens of thousands
    return [known[name] if name in known else table.column(name) for name in dict.fromkeys(names)]


def _refusal(column: Column, good: Bools, *, asked_for: bool) -> str:
    """Why a column cannot be a feature; empty if it can."""
    if not good.any():
        return "it is empty"
    if column.kind == "date":
        return "dates are not numbers"
    reason = (
        _unsuitable_texts(column) if column.numbers is None else _constant(column.numbers, good)
    )
    if reason or asked_for:
        return reason
    filled = int(good.sum())
    if column.numbers is None and len(categories_of(column)) == filled > 2:
        return "it has a different text in every row"
    share = 1.0 - filled / good.size
    return f"{share:.0%} of its cells are missing" if share > MOST_MISSING else ""


def _constant(values: Floats, good: Bools) -> str:
    values = values if good.all() else values[good]
    return f"it is {values[0]:g} in every row" if values.min() == values.max() else ""


def _unsuitable_texts(column: Column) -> str:
    categories = categories_of(column)
    if len(categories) == 1:
        return f"it is {categories[0]!r} in every row"
    if len(categories) > MOST_CATEGORIES:
        return f"it has {len(categories)} different texts, more than {MOST_CATEGORIES}"
    return ""


def _sources(column: Column, gaps: Bools | None) -> list[Source]:
    """A column of numbers or truth values gives one feature, one of texts one per category."""
    if column.numbers is not None:
        return [Source(Feature(column.name, column.name), column.numbers, gaps)]
    categories = sorted(categories_of(column), key=str.casefold)
    numbers = category_numbers(column, categories)
    truth = _truth(column, categories)
    if truth is not None:
        feature = Feature(column.name, column.name, categories[truth])
        return [Source(feature, numbers == truth, gaps)]
    return [
        Source(Feature(f"{column.name} = {text}", column.name, text), numbers == index, gaps)
        for index, text in enumerate(categories)
    ]


def _truth(column: Column, categories: Sequence[str]) -> int | None:
    """The place of "true" in a column of truth values; None for a column of texts."""
    words = [text.casefold() for text in categories]
    truths = [index for index, word in enumerate(words) if word in TRUE_WORDS]
    falsehoods = [word for word in words if word in FALSE_WORDS]
    pair = len(words) == 2 and len(truths) == len(falsehoods) == 1
    return truths[0] if column.kind == "bool" and pair else None


def _remarks(column: Column, good: Bools) -> list[str]:
    if column.numbers is not None and good.all() and _numbers_the_rows(column.numbers):
        return [f"{column.name}: looks like a row number; if it is, leave it out."]
    if column.kind == "text":
        count = len(categories_of(column))
        return [f"{column.name}: text, one feature for each of its {count} categories."]
    return []


def _numbers_the_rows(values: NDArray[Any]) -> bool:
    """Whether the cells count up by one from row to row."""
    if values.size < 3 or values[1] != values[0] + 1:
        return False
    return bool(np.all(values == values[0] + np.arange(values.size)))


def _nothing_left(table: Table, notes: Sequence[str]) -> DataError:
    return DataError(
        f"{table.name} has no column that can be used as a feature.",
        code="data.no_features",
        path=table.path,
        hint=" ".join(notes[:5]) or "At least one column besides the target is needed.",
    )
