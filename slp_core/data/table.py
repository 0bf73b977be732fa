"""What a file held: columns, the line each row came from, and everything that was odd.

A `Table` is complete and immutable, so it may cross threads. Text is stored once per distinct
value (`Column.codes` into `Column.distinct`), which keeps a million labels at a few megabytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slp_core.arrays import Floats, Ints, frozen
from slp_core.errors import DataError

Kind: TypeAlias = Literal["number", "text", "bool", "date", "empty"]
Texts: TypeAlias = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written, as found or as told.

    ``header`` says whether a line of names was used, ``skip`` how many lines stand before it,
    ``header_lines`` which lines of the file the names (and a row of units) take, ``data_line``
    the line behind all that.
    ``doubts`` holds one sentence per decision that could have gone another way; ``sure`` is
    True when there is none.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str | None = '"'
    decimal: str = "."
    thousands: str | None = None
    comment: str | None = None
    header: bool = True
    skip: int = 0
    sure: bool = True
    doubts: tuple[str, ...] = ()
    header_lines: tuple[int, ...] = ()
    data_line: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One odd place of a file, or a run of places of the same kind.

    ``line`` counts the file's lines from 1; ``column`` is a name (or a number from 1 where there
    are no names yet); ``outcome`` says what was done about it; ``count`` is how many places this
    entry stands for.
    """

    line: int | None
    column: int | str | None
    text: str
    reason: str
    outcome: str
    kind: str
    count: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One named column of ``n`` cells.

    Number columns keep ``numbers`` (n,), NaN where a cell is missing. All other kinds keep
    ``codes`` (n,), indices into ``distinct``, where the text "" stands for a missing cell.
    """

    name: str
    kind: Kind
    missing: int
    numbers: Floats | None = None
    codes: NDArray[np.integer[Any]] | None = None
    distinct: tuple[str, ...] = ()

    @classmethod
    def of_numbers(cls, name: str, values: ArrayLike) -> Column:
        """A number column; float32 and float64 are kept, everything else becomes float64."""
        array = np.array(values)
        if array.dtype.type not in (np.float32, np.float64):
            array = array.astype(np.float64)
        return cls(name, "number", int(np.isnan(array).sum()), numbers=frozen(array))

    @classmethod
    def of_texts(cls, name: str, texts: Sequence[str] | Texts, kind: Kind = "text") -> Column:
        """A column of texts, stored as codes of its distinct values in order of appearance."""
        seen: dict[str, int] = {}
        codes = np.array([seen.setdefault(str(text), len(seen)) for text in texts], np.int32)
        missing = int((codes == seen.get("", -1)).sum())
        return cls(name, kind, missing, codes=frozen(codes), distinct=tuple(seen))

    def __len__(self) -> int:
        return len(self._stored)

    def cell(self, row: int) -> str | float:
        """One cell: a number, NaN where it is missing, or a text, "" where it is."""
        if self.numbers is not None:
            return float(self.numbers[row])
        return self.distinct[int(self._stored[row])]

    @property
    def values(self) -> Floats | Texts:
        """Numbers (n,) with NaN = missing, or texts (n,) with "" = missing."""
        return self.texts() if self.numbers is None else self.numbers

    def texts(self) -> Texts:
        """The cells as text (n,); whole numbers print without a decimal point, "" = missing."""
        if self.numbers is None:
            return np.array(self.distinct, dtype=object)[self._stored]
        return np.array([_number_text(value) for value in self.numbers], dtype=object)

    @property
    def _stored(self) -> NDArray[Any]:
        stored = self.codes if self.numbers is None else self.numbers
        if stored is None:
            message = f"column {self.name!r} has neither numbers nor codes"
            raise DataError(message, code="table.column_empty", column=self.name)
        return stored


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length, and how they came about.

    ``lines`` (rows,) is the file line on which each row begins, counted from 1. ``notes`` are
    sentences about the whole file; ``problems`` name single places.
    """

    name: str
    path: Path | None
    dialect: Dialect
    columns: tuple[Column, ...]
    rows: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    lines: Ints

    @classmethod
    def from_columns(cls, name: str, columns: Mapping[str, ArrayLike]) -> Table:
        """A table of generated data: numbers become number columns, all else text."""
        made = tuple(_column_from(key, values) for key, values in columns.items())
        lengths = {len(column) for column in made}
        if len(lengths) > 1:
            message = f"the columns of {name!r} differ in length: {sorted(lengths)}"
            raise DataError(message, code="table.lengths")
        rows = lengths.pop() if lengths else 0
        lines = frozen(np.arange(1, rows + 1, dtype=np.int64))
        return cls(name, None, Dialect(), made, rows, (), (), lines)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, left to right."""
        return tuple(column.name for column in self.columns)

    def row_name(self, row: int) -> str:
        """What every view calls a row: ``row 17, line 18`` of a file, ``row 17``, ``row 18, new``.

        ``row`` counts from 0, as everywhere in the program; people count from 1. Lines are named
        where there is a text to look at: a file, or what was pasted.
        """
        name = f"row {row + 1:,}"
        if not 0 <= row < self.rows:
            return name
        line = int(self.lines[row])
        if not line:
            return f"{name}, new"
        was_read = self.path is not None or self.dialect.data_line > 1
        return f"{name}, line {line:,}" if was_read else name

    def matrix(self) -> Floats:
        """All number columns (rows, count), NaN = missing; without a copy for a file read."""
        numbers = [column.numbers for column in self.columns if column.numbers is not None]
        if not numbers:
            return np.zeros((self.rows, 0))
        whole = numbers[0].base
        if whole is not None and all(_is_row(whole, j, part) for j, part in enumerate(numbers)):
            return frozen(whole[: len(numbers), : self.rows].T)
        return frozen(np.stack(numbers, axis=1))

    def column(self, name: str) -> Column:
        """The column of that name; DataError with all names if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise DataError(
            f"{self.name} has no column {name!r}",
            code="table.no_column",
            hint="Its columns are: " + ", ".join(self.names) + ".",
            path=self.path,
            column=name,
        )


def _is_row(whole: NDArray[Any], j: int, part: Floats) -> bool:
    """Whether ``part`` is the beginning of row ``j`` of ``whole``."""
    if part.base is not whole or whole.ndim != 2 or j >= len(whole):
        return False
    return part.ctypes.data == whole[j].ctypes.data and part.strides == whole.strides[1:]


def _column_from(name: str, values: ArrayLike) -> Column:
    array = np.asarray(values)
    if array.dtype == np.bool_:
        return Column.of_texts(name, np.where(array, "true", "false").astype(object), "bool")
    if array.dtype.kind in "iuf":
        return Column.of_numbers(name, array)
    return Column.of_texts(name, array.astype(object))


def _number_text(value: np.floating[Any]) -> str:
    """Shortest text that reads back as the same float of the same width."""
    if np.isnan(value):
        return ""
    text = str(value)
    return text[:-2] if text.endswith(".0") else text
