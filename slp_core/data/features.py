"""Features: the numbers that are read from a table's columns, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Float64s, Ints
from slp_core.data.numerals import Numerals
from slp_core.data.table import Column, Table
from slp_core.errors import DataError

MOST_LINES_NAMED = 5

TRUE_WORDS = frozenset(
    ("true", "yes", "on", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "si", "1")
)
FALSE_WORDS = frozenset(("false", "no", "off", "falsch", "nein", "faux", "non", "falso", "0"))
"""What a truth value may be called, in small letters: a model learnt from yes reads true and 1."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One number that enters the network: a column, or one category of a text column.

    Parameters
    ----------
    name
        What people read, for example ``"width"`` or ``"colour = red"``.
    column
        Column of the table.
    category
        The text that makes this feature 1 (0 otherwise); None for a column of numbers.
    center, scale
        ``scaled = (raw - center) / scale``; scale is never 0.
    fill
        What stands for a missing cell, in original units; None where a row cannot be used then.
    """

    name: str
    column: str
    category: str | None = None
    center: float = 0.0
    scale: float = 1.0
    fill: float | None = None


def category_numbers(column: Column, categories: Sequence[str]) -> Ints:
    """(n,) the place of each cell's text among ``categories``; −1 where it is not among them.

    Yes and no, true and false are compared without regard to case.
    """
    fold = column.kind == "bool"
    place = {_folded(text, fold): index for index, text in enumerate(categories)}
    if column.codes is not None:
        of_code = [place.get(_folded(text, fold), -1) for text in column.distinct]
        return np.array([*of_code, -1], dtype=np.int64)[column.codes]
    return np.array([place.get(text, -1) for text in column.texts()], dtype=np.int64)


def categories_of(column: Column) -> tuple[str, ...]:
    """The different texts of a column that is not of numbers, without the missing cells.

    ``true`` and ``TRUE`` in a column of truth values are one, spelt as met first.
    """
    texts = tuple(text for text in column.distinct if text)
    if column.kind != "bool":
        return texts
    return tuple({text.casefold(): text for text in reversed(texts)}.values())[::-1]


def _folded(text: str, fold: bool) -> str:
    return text.casefold() if fold else text


def finite_cells(column: Column) -> Bools:
    """(n,) whether a cell is there and, in a column of numbers, is finite."""
    if column.numbers is not None:
        return np.isfinite(column.numbers)
    if column.codes is None or "" not in column.distinct:
        return np.ones(len(column), dtype=np.bool_)
    return np.asarray(column.codes != column.distinct.index(""))


def gaps_in(column: Column) -> Bools | None:
    """(n,) which cells are missing or not finite; None if there is none."""
    gaps = ~finite_cells(column)
    return gaps if gaps.any() else None


def read_inputs(
    features: Sequence[Feature], table: Table
) -> tuple[Float64s, Bools, tuple[str, ...]]:
    """See ``Preparation.inputs_from``."""
    inputs = np.empty((table.rows, len(features)))
    usable = np.ones(table.rows, dtype=np.bool_)
    reasons: list[str] = []
    for cells in cells_of(features, table):
        for place, values in zip(cells.places, cells.values, strict=True):
            inputs[:, place] = values
            inputs[~cells.known, place] = np.nan
            if cells.gaps is not None:
                inputs[cells.gaps, place] = features[place].fill
        usable &= cells.usable
        if not cells.usable.all():
            reasons.append(_reason(table, cells.column, features[cells.places[0]], cells.usable))
    return inputs, usable, tuple(reasons)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One column as its features read it.

    ``places`` say which features these are; ``values`` has (n,) cells for each, numbers or
    whether it is that category. ``known`` (n,) is False where a cell is missing, or holds what
    no feature knows. ``gaps`` (n,) are the missing cells to be filled; None if there is none.
    """

    column: Column
    places: tuple[int, ...]
    values: tuple[NDArray[Any], ...]
    known: Bools
    gaps: Bools | None

    @property
    def usable(self) -> Bools:
        """(n,) whether the row gives these features their numbers."""
        return self.known if self.gaps is None else self.known | self.gaps


def cells_of(features: Sequence[Feature], table: Table) -> Iterator[Cells]:
    """Each column once, in the order of the features, without a copy of its numbers.

    Raises
    ------
    DataError
        A column is absent, or holds text where numbers are needed.
    """
    places: dict[str, list[int]] = {}
    for place, feature in enumerate(features):
        places.setdefault(feature.column, []).append(place)
    for name, mine in places.items():
        column = table.column(name)
        _check_numbers(table, column, features[mine[0]])
        values, known = _read_column(column, [features[place] for place in mine])
        fills = all(features[place].fill is not None for place in mine)
        gaps = gaps_in(column) if fills and not known.all() else None
        yield Cells(column, tuple(mine), values, known, gaps)


def _read_column(
    column: Column, features: Sequence[Feature]
) -> tuple[tuple[NDArray[Any], ...], Bools]:
    """The cells (n,) of each feature of one column, and which of them could be read."""
    if features[0].category is None:
        values = _numbers(column)
        return (values,) * len(features), np.isfinite(values)
    categories = [str(feature.category) for feature in features]
    if len(categories) == 1 and categories[0].casefold() in TRUE_WORDS:
        values = _truths(column)
        return (values,), np.isfinite(values)
    numbers = category_numbers(column, categories)
    known = finite_cells(column) if len(features) == 1 else numbers >= 0
    return tuple(numbers == place for place in range(len(features))), known


def _truths(column: Column) -> Float64s:
    """(n,) 1 for true, 0 for false, NaN for anything else."""
    if column.numbers is not None:
        return np.where(np.isin(column.numbers, (0.0, 1.0)), column.numbers, np.nan)
    words = [text.casefold() for text in column.distinct]
    values = [1.0 if w in TRUE_WORDS else 0.0 if w in FALSE_WORDS else np.nan for w in words]
    return np.array([*values, np.nan])[category_numbers(column, column.distinct)]


def _numbers(column: Column) -> NDArray[np.floating]:
    return column.numbers if column.numbers is not None else np.full(len(column), np.nan)


def _check_numbers(table: Table, column: Column, feature: Feature) -> None:
    """Refuse a column of words for a feature of numbers; name the first cell that is none."""
    if feature.category is not None or column.numbers is not None or column.kind == "empty":
        return
    wrong = _first_word(table, column) if column.kind == "text" else None
    line, text = wrong or (None, "")
    example = f": line {line} has {text!r}" if wrong else ""
    raise DataError(
        f"The column {column.name!r} holds {_KINDS[column.kind]} where the model needs numbers"
        f"{example}.",
        code="data.not_numbers",
        column=column.name,
        line=line,
        text=text,
        hint="Check that this is the right file, and its decimal sign; a column that is read as "
        "numbers counts other cells as missing.",
    )


def _first_word(table: Table, column: Column) -> tuple[int, str] | None:
    """Line and text of the first cell that is no number; texts are in order of appearance."""
    assert column.codes is not None  # noqa: S101 - a column of texts has codes
    numerals = Numerals(table.dialect.decimal, table.dialect.thousands)
    for code, text in enumerate(column.distinct):
        if numerals.read(text) is None:
            return int(table.lines[int(np.argmax(column.codes == code))]), text[:_LONGEST]
    return None


_LONGEST = 80
_KINDS = {"text": "text", "bool": "truth values", "date": "dates"}


def _reason(table: Table, column: Column, feature: Feature, good: Bools) -> str:
    bad = np.flatnonzero(~good)
    what = "empty or not finite"
    if feature.category is not None:
        what = "empty or not known from the training data"
    return f"{column.name}: {counted(bad.size, 'cell')} {what} ({lines_text(table, bad)})."


def counted(count: int, noun: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{count} {noun}" + ("" if count == 1 else "s")


def lines_text(table: Table, rows: Ints) -> str:
    """``line 3`` or ``lines 3, 9, 12, ...`` of a table's rows, in words."""
    lines = table.lines[rows[:MOST_LINES_NAMED]]
    word = "line" if rows.size == 1 else "lines"
    return f"{word} {listed(lines.tolist(), rows.size)}"


def listed(items: Iterable[object], count: int) -> str:
    """The items with commas, and an ellipsis where ``count`` says there are more."""
    texts = [str(item) for item in items]
    return ", ".join(texts) + (", ..." if count > len(texts) else "")
