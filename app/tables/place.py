"""Where a person is in the table, and whether it still is the same table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.tables.contents import Contents
from app.tables.fields import Field
from app.tables.grid import Grid
from app.tables.model import TableModel
from app.tables.order import FILTERS
from slp_core.data.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Place:
    """The current cell and what is scrolled to, by which one returns after a change.

    ``table_row`` and ``row`` are the current cell's, −1 without one; ``rows`` is the size of the
    table at that time.
    """

    rows: int
    table_row: int
    row: int
    column: int
    top: int

    @classmethod
    def of(cls, grid: Grid, model: TableModel) -> Place:
        """Where one is now."""
        cell = grid.currentIndex()
        rows = model.contents.table.rows if model.contents else 0
        top = grid.verticalScrollBar().value()
        if not cell.isValid() or cell.row() >= model.rowCount():
            return cls(rows, -1, -1, -1, top)
        return cls(rows, model.table_row(cell.row()), cell.row(), cell.column(), top)

    def restore(self, grid: Grid, model: TableModel) -> None:
        """Return to the same row of the table, or to the same place where rows came or went."""
        if self.row >= 0 and model.rowCount():
            row = self._row_in(model)
            column = min(self.column, model.columnCount() - 1)
            if row >= 0:
                grid.setCurrentIndex(model.index(row, column))
        grid.verticalScrollBar().setValue(self.top)

    def _row_in(self, model: TableModel) -> int:
        """The row of the view now, −1 where the filter hides it."""
        if model.contents is None or model.contents.table.rows != self.rows:
            return min(self.row, model.rowCount() - 1)
        places = model.places(np.array([self.table_row]))
        return int(places[0]) if places.size else -1


def same_columns(before: Contents, after: Contents) -> bool:
    """Whether both show the same columns, so that widths and sorting keep their meaning."""
    return [_identity(field) for field in before.fields] == [_identity(f) for f in after.fields]


def _identity(field: Field) -> tuple[str, str]:
    """What a column is; a probability that is called an output now is the same column."""
    return field.what, field.label if field.source >= 0 else ""


def same_inputs(before: Dataset, after: Dataset) -> bool:
    """Whether weights learnt with the one mean the same with the other."""
    return before.preparation == after.preparation and before.written == after.written


def count_text(shown: int, total: int, picked: int) -> str:
    """``150 rows``, ``7 of 150 rows, 3 selected``."""
    noun = "row" if total == 1 else "rows"
    text = f"{total:,} {noun}" if shown == total else f"{shown:,} of {total:,} {noun}"
    return f"{text}, {picked:,} selected" if picked else text


def why_nothing(model: TableModel, chosen: str) -> str:
    """What is said where no row is; ``chosen`` is the filter."""
    if model.contents is None:
        return "No data yet. Open a file or a sample."
    if chosen == "mistakes" and model.judge is None:
        return "The network has no weights yet: nothing is predicted."
    return FILTERS[chosen].nothing
