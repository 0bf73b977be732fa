"""Growing columns: numbers as floats, texts as codes, sized once by the file's line count.

Memory that is never written to costs nothing, so the count of physical lines is a good enough
bound for the number of rows.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Float64s, Floats, frozen

FloatType: TypeAlias = type[np.float32] | type[np.float64]
SINGLE_FROM = 5_000_000
"""Above this many number cells a file is kept in float32 (half the memory, a seventh digit)."""
_EXACT_IN_SINGLE = float(1 << 24)
_LARGEST_SINGLE = float(np.finfo(np.float32).max)


class NumberColumns:
    """The number columns of a file, (rows,) each.

    In float32 a column of whole numbers beyond 2^24 would lose digits: such a column is changed
    to float64 while all of it is still exact. So is one whose values exceed the range.
    """

    def __init__(self, count: int, capacity: int, kind: FloatType) -> None:
        # One array, a column in each row of it: all columns are also one matrix without a copy.
        self._columns: list[Floats] = list(np.empty((count, capacity), kind))
        self._whole = np.ones(count, np.bool_)
        self._single = np.full(count, kind is np.float32)
        self.rows = 0

    @property
    def widened(self) -> list[int]:
        """Indices of columns kept in float64 although the others are float32."""
        if not self._single.any():
            return []
        return np.flatnonzero(~self._single).tolist()

    def add(self, values: Float64s) -> None:
        """Append (m, count) values."""
        if self._single.any():
            self._widen(values)
        end = self.rows + len(values)
        # Turned in one go: writing each column with strides takes three times as long.
        for column, part in zip(self._columns, np.ascontiguousarray(values.T), strict=True):
            column[self.rows : end] = part
        self.rows = end

    def finish(self, index: int) -> Floats:
        """Column ``index``, cut to the rows there are, read-only."""
        return frozen(self._columns[index][: self.rows])

    def _widen(self, values: Float64s) -> None:
        size = np.abs(values)
        if self.rows and np.fmax.reduce(size, axis=None, initial=0.0) <= _EXACT_IN_SINGLE:
            return  # a column of whole numbers may have got fractions: then it is widened in vain
        largest = np.fmax.reduce(size, axis=0, initial=0.0)
        self._whole &= _all_whole(values, self._whole)
        needs = self._whole & (largest > _EXACT_IN_SINGLE)
        needs |= largest > _LARGEST_SINGLE
        for index in np.flatnonzero(needs & self._single).tolist():
            old = self._columns[index]
            wide = np.empty(len(old), np.float64)
            wide[: self.rows] = old[: self.rows]
            self._columns[index] = wide
            self._single[index] = False


class CodeColumns:
    """The text columns of a file as codes, (rows,) each."""

    def __init__(self, count: int, capacity: int) -> None:
        self._columns = list(np.empty((count, capacity), np.int32))
        self.rows = 0

    def add(self, codes: NDArray[np.int32]) -> None:
        """Append (m, count) codes."""
        end = self.rows + len(codes)
        for column, part in zip(self._columns, codes.T, strict=True):
            column[self.rows : end] = part
        self.rows = end

    def finish(self, index: int) -> NDArray[np.int32]:
        """Column ``index``, cut to the rows there are."""
        return self._columns[index][: self.rows]


def recoded(
    codes: NDArray[np.int32], texts: list[str], as_missing: frozenset[str]
) -> tuple[NDArray[np.integer[Any]], tuple[str, ...], NDArray[np.int64]]:
    """One column's own short code table: codes, distinct texts, and how often each occurs.

    Texts in ``as_missing`` all become "".
    """
    counts = np.bincount(codes, minlength=len(texts))
    used = np.flatnonzero(counts)
    own: dict[str, int] = {}
    table = np.zeros(len(texts), np.int64)
    for old in used.tolist():
        text = texts[old]
        table[old] = own.setdefault("" if text in as_missing else text, len(own))
    kind = np.uint8 if len(own) <= 1 << 8 else np.uint16 if len(own) <= 1 << 16 else np.int32
    totals = np.zeros(len(own), np.int64)
    np.add.at(totals, table[used], counts[used])
    return frozen(table.astype(kind)[codes]), tuple(own), totals


def _all_whole(values: Float64s, among: Bools) -> Bools:
    """(count,) whether all values of a column are whole or missing; only asked where ``among``."""
    result = np.zeros(len(among), np.bool_)
    some = values[:, among]
    result[among] = ((some == np.rint(some)) | np.isnan(some)).all(axis=0)
    return result
