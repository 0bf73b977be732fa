"""Cells from a spreadsheet, written over those of the table: all of them, or none."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.tables.contents import Contents
from app.tables.fields import Field
from app.tables.grid import Grid
from app.tables.model import TableModel
from app.tables.writing import edit_of
from slp_core.data.edits import CellChange, Edit
from slp_core.errors import DataError

MOST_CELLS: Final = 100_000
"""More cells are not written at once: each is kept for the undo history."""


class Paster(QObject):
    """Writes what is on the clipboard from the current cell on, to the right and down."""

    edit_made = Signal(object, str)
    """An `Edit` and what undoing it is called."""

    def __init__(self, grid: Grid, model: TableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._grid, self._model = grid, model
        grid.paste_requested.connect(self.paste)

    @Slot()
    def paste(self) -> None:
        """Ask for the edit, or say why it cannot be."""
        contents, cell = self._model.contents, self._grid.currentIndex()
        if contents is None or not cell.isValid():
            return
        header = self._grid.header
        first = header.visualIndex(cell.column())
        fields = [
            self._model.fields[header.logicalIndex(place)]
            for place in range(first, len(self._model.fields))
        ]
        last = min(self._model.rowCount(), cell.row() + MOST_CELLS)
        rows = [self._model.table_row(row) for row in range(cell.row(), last)]
        try:
            edit = block_edit(contents, fields, rows, QGuiApplication.clipboard().text())
        except DataError as error:
            self._grid.complain(f"{error.message} {error.hint or ''}".strip())
            return
        if edit.changed:
            count = len(edit.changed)
            self.edit_made.emit(edit, f"Paste {count:,} cell{'' if count == 1 else 's'}")


def block_edit(contents: Contents, fields: Sequence[Field], rows: Sequence[int], text: str) -> Edit:
    """The edit that writes lines of cells into ``rows``, and into ``fields`` from the first on.

    What is computed is passed over. A line of names above the cells, as copying from the table
    makes it, is no row.

    Raises
    ------
    DataError
        There are too few rows or columns, a cell does not suit its column, or too many are meant.
    """
    block = _cells(text)
    width = max((len(line) for line in block), default=0)
    if len(block) > 1 and block[0] == [field.label for field in fields[:width]]:
        block, meant = block[1:], list(fields[:width])
    else:
        meant = [field for field in fields if field.source >= 0]
        if fields and fields[0].source < 0:
            raise DataError(
                f"{fields[0].label} is computed and cannot be written.",
                code="paste.computed",
                hint="Choose a cell of one of the file's columns.",
            )
    _check_room(len(block), width, len(rows), len(meant))
    changes: list[CellChange] = []
    for row, line in zip(rows, block, strict=False):
        for field, cell in zip(meant, line, strict=False):
            edit = None if field.source < 0 else edit_of(contents, field, row, cell)
            changes += () if edit is None else edit.changed
    return Edit(changed=tuple(changes))


def _cells(text: str) -> list[list[str]]:
    """Lines of cells, as spreadsheets copy them: tabs between cells, quotes where one has lines."""
    lines = list(csv.reader(StringIO(text.rstrip("\0")), delimiter="\t"))
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _check_room(height: int, width: int, rows: int, columns: int) -> None:
    if not height:
        raise DataError(
            "The clipboard holds no text.", code="paste.nothing", hint="Copy some cells first."
        )
    if height * width > MOST_CELLS:
        raise DataError(
            f"{height * width:,} cells are too many to be written at once.",
            code="paste.too_large",
            hint=f"Paste at most {MOST_CELLS:,}.",
        )
    if height > rows or width > columns:
        raise DataError(
            f"The clipboard holds {height:,} × {width:,} cells (rows × columns);"
            f" from here on there are {rows:,} × {columns:,} that can be written.",
            code="paste.no_room",
            hint="Choose another cell as the upper left corner, or Paste a table in the menu File.",
        )
