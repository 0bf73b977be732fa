"""What the table view shows: a table, the data set made of it, and the columns of the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.tables.fields import Field, fields_of
from slp_core.arrays import Ints
from slp_core.data.cells import reordered
from slp_core.data.dataset import Dataset
from slp_core.data.features import cells_of, finite_cells
from slp_core.data.table import Column, Table
from slp_core.network.pairs import Pair


@dataclass(frozen=True, eq=False)
class Contents:
    """One state of the data. Nothing is copied; what is derived is derived when asked for."""

    table: Table
    dataset: Dataset | None
    pair: Pair | None = None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The columns of the view, from the left."""
        return fields_of(self.table, self.dataset, self.pair)

    @cached_property
    def sample_of(self) -> NDArray[np.int32]:
        """(rows,) the sample that each row of the table became; −1 where it is left out."""
        result = np.full(self.table.rows, -1, np.int32)
        if self.dataset is not None:
            index = self.dataset.row_index
            result[index] = np.arange(index.size, dtype=np.int32)
        return result

    @cached_property
    def shown_names(self) -> Mapping[str, str]:
        """Classes as they are shown, by the text in the file; only those that are renamed."""
        return {} if self.dataset is None else self.dataset.renames

    def names_of(self, field: Field) -> Mapping[str, str]:
        """Texts of a column that are shown by another name."""
        return self.shown_names if field.is_target else {}

    def column(self, field: Field) -> Column:
        """The table's column behind a column of the view."""
        return self.table.columns[field.source]

    def line(self, row: int) -> int:
        """Line of the file on which a row begins; 0 if no file has it."""
        return int(self.table.lines[row])

    def why_left_out(self, row: int) -> str:
        """Why a row is no sample, in one sentence."""
        assert self.dataset is not None  # noqa: S101 - only then rows are left out
        found: list[str] = []
        target = self.table.column(self.dataset.target)
        if not _known(target, row):
            found.append(f"{target.name} (the target) is missing")
        for column in self._lacking(row):
            word = "holds a text unknown to the model" if _known(column, row) else "is missing"
            found.append(f"{column.name} {word}")
        reason = "; ".join(found[:4]) + (f"; and {len(found) - 4} more" if len(found) > 4 else "")
        return f"Left out: {reason}." if reason else "Left out of the data set."

    def _lacking(self, row: int) -> list[Column]:
        """The columns of features that have no usable cell in a row."""
        assert self.dataset is not None  # noqa: S101 - see above
        at = np.array([row])
        names = self.dataset.preparation.columns
        alone = Table(
            name=self.table.name,
            path=None,
            dialect=self.table.dialect,
            columns=tuple(reordered(self.table.column(name), at) for name in names),
            rows=1,
            problems=(),
            notes=(),
            lines=self.table.lines[at],
        )
        read = cells_of(self.dataset.preparation.features, alone)
        return [self.table.column(cells.column.name) for cells in read if not cells.known[0]]


def column_texts(column: Column, rows: Ints) -> list[str]:
    """The cells at some rows as text; numbers in the fewest digits that read back the same."""
    if column.numbers is None:
        assert column.codes is not None  # noqa: S101 - a column has numbers or codes
        return [column.distinct[code] for code in column.codes[rows].tolist()]
    part = Column(column.name, "number", 0, numbers=column.numbers[rows])
    return [str(text) for text in part.texts()]


def _known(column: Column, row: int) -> bool:
    return bool(finite_cells(reordered(column, np.array([row])))[0])
