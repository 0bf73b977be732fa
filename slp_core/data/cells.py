"""Columns with other cells, with rows after one another or in another order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Ints, frozen
from slp_core.data.features import FALSE_WORDS, TRUE_WORDS
from slp_core.data.numerals import DEFAULT_MISSING, WORDS_IN_TEXT, Numerals
from slp_core.data.table import Column, Kind
from slp_core.errors import DataError

Cell: TypeAlias = str | float
"""A number (NaN: missing), or a text as it would be typed ("": missing)."""
_MISSING = DEFAULT_MISSING - WORDS_IN_TEXT


def with_cells(column: Column, cells: Mapping[int, Cell]) -> Column:
    """The column with other values in some rows.

    A column of nothing becomes one of numbers or of texts by what is written first; truth values
    and dates become texts when something else is written.

    Raises
    ------
    DataError
        A column of numbers is given a text that is no number.
    """
    if not cells:
        return column
    if column.kind == "empty":
        if not any(text_from(value) for value in cells.values()):
            return column
        column = _awakened(column, cells)
    rows = np.fromiter(cells, np.int64, len(cells))
    if column.numbers is not None:
        numbers = column.numbers.copy()
        numbers[rows] = [number_from(column.name, value) for value in cells.values()]
        return replace(column, numbers=frozen(numbers), missing=int(np.isnan(numbers).sum()))
    texts = [text_from(value) for value in cells.values()]
    place = {text: code for code, text in enumerate(column.distinct)}
    written = [place.setdefault(text, len(place)) for text in texts]
    codes = _codes(column).astype(np.int32)
    codes[rows] = written
    return _coded(column, codes, tuple(place), _kind(column, texts))


def joined(column: Column, other: Column) -> Column:
    """The cells of ``column``, then those of ``other``."""
    if column.kind == "empty" and other.kind != "empty":
        column = blank_like(other, len(column))
    if column.numbers is not None:
        if other.numbers is None:
            other = with_cells(blank_like(column, len(other)), dict(enumerate(other.texts())))
        assert other.numbers is not None  # noqa: S101 - with_cells keeps numbers
        numbers = np.concatenate([column.numbers, other.numbers.astype(column.numbers.dtype)])
        missing = column.missing + int(np.isnan(other.numbers).sum())
        return replace(column, numbers=frozen(numbers), missing=missing)
    texts = other.distinct if other.numbers is None else tuple(dict.fromkeys(other.texts()))
    place = {text: code for code, text in enumerate(column.distinct)}
    table = np.array([place.setdefault(text, len(place)) for text in texts] or [0], np.int32)
    if other.numbers is None:
        added = table[_codes(other)]
    else:
        added = np.array([place[text] for text in other.texts()], np.int32)
    codes = np.concatenate([_codes(column).astype(np.int32), added])
    return _coded(column, codes, tuple(place), _kind(column, texts))


def reordered(column: Column, order: Ints) -> Column:
    """The cells at the rows ``order``, in that order."""
    if column.numbers is not None:
        numbers = column.numbers[order]
        return replace(column, numbers=frozen(numbers), missing=int(np.isnan(numbers).sum()))
    return _coded(column, _codes(column)[order], column.distinct, column.kind)


def number_from(name: str, value: Cell) -> float:
    """A cell as a number, NaN where it says that there is none.

    Raises
    ------
    DataError
        It is a text that is no number, or it is infinite.
    """
    if isinstance(value, str):
        point = Numerals().read(value)
        number = Numerals(decimal=",").read(value) if point is None else point
    else:
        number = float(value)
    if number is None or math.isinf(number):
        raise DataError(
            f"“{value}” is not a number, and {name} is a column of numbers.",
            code="table.not_a_number",
            column=name,
            text=str(value),
            hint="Type a number, or nothing for a missing value.",
        )
    return number


def text_from(value: Cell) -> str:
    """A cell as text; whole numbers without a decimal point, "" for a missing one."""
    if isinstance(value, str):
        text = value.strip()
        return "" if text in _MISSING else text
    if math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(value)


def as_kind(column: Column, kind: Kind) -> Column:
    """The same texts as another kind; a column without any value can be ``"empty"`` again."""
    if kind != "empty":
        return replace(column, kind=kind)
    codes = frozen(np.zeros(len(column), np.uint8))
    return Column(column.name, "empty", len(column), codes=codes, distinct=("",))


def _codes(column: Column) -> NDArray[np.integer[Any]]:
    assert column.codes is not None  # noqa: S101 - a column has numbers or codes
    return column.codes


def _coded(
    column: Column, codes: NDArray[np.integer[Any]], distinct: tuple[str, ...], kind: Kind
) -> Column:
    """The column with these codes; texts that no cell has any more are left out."""
    counts = np.bincount(codes, minlength=len(distinct))
    if (counts == 0).any():
        used = np.flatnonzero(counts)
        table = np.zeros(len(distinct), np.int32)
        table[used] = np.arange(used.size)
        codes, distinct = table[codes], tuple(distinct[code] for code in used)
        counts = counts[used]
    missing = int(counts[distinct.index("")]) if "" in distinct else 0
    return replace(column, kind=kind, codes=frozen(codes), distinct=distinct, missing=missing)


def _kind(column: Column, texts: Iterable[str]) -> Kind:
    words = {text.casefold() for text in texts if text}
    if column.kind == "bool" and words <= TRUE_WORDS | FALSE_WORDS:
        return "bool"
    if column.kind == "date" and not words:
        return "date"
    return "text" if column.kind != "text" and words else column.kind


def _awakened(column: Column, cells: Mapping[int, Cell]) -> Column:
    """A column of nothing, ready for numbers if all that is written is numbers."""
    reader = Numerals()
    numbers = [reader.read(value) if isinstance(value, str) else value for value in cells.values()]
    if any(number is None for number in numbers):
        return replace(column, kind="text")
    return Column.of_numbers(column.name, np.full(len(column), np.nan))


def blank_like(like: Column, rows: int) -> Column:
    """A column of missing cells of the same name and kind."""
    if like.numbers is not None:
        blank = np.full(rows, np.nan, like.numbers.dtype)
        return replace(like, numbers=frozen(blank), missing=rows)
    codes = frozen(np.zeros(rows, np.uint8))
    return replace(like, codes=codes, distinct=("",), missing=rows)
