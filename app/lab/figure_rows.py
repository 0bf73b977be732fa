"""The model below the lab's tables: rows of plain values, replaced as a whole.

Items of a `QStandardItemModel` belong to C++ once they are in it and to Python before. A value has
one owner, and a table that is filled anew with each letter typed makes no objects of Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell. ``color`` is ``#rrggbb``; ``place`` is a line and a column of the formula."""

    text: str
    color: str | None = None
    icon: QIcon | None = None
    font: QFont | None = None
    tip: str = ""
    place: tuple[int, int] | None = None


_EMPTY = Figure("")


class FigureRows(QAbstractTableModel):
    """Rows of figures under headings that explain themselves; a short row ends in empty cells."""

    def __init__(self, heads: Sequence[tuple[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: tuple[tuple[Figure, ...], ...] = ()

    def figure(self, row: int, column: int) -> Figure:
        """What a cell holds."""
        cells = self._rows[row]
        return cells[column] if column < len(cells) else _EMPTY

    def set_rows(self, rows: Sequence[Sequence[Figure]]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as headings."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Text, colour, icon, type and tip of a cell."""
        if not index.isValid():
            return None
        figure = self.figure(index.row(), index.column())
        if role == _Role.DisplayRole:
            return figure.text
        if role == _Role.ForegroundRole:
            return QColor(figure.color) if figure.color is not None else None
        if role == _Role.DecorationRole:
            return figure.icon
        if role == _Role.ToolTipRole:
            return figure.tip or None
        return figure.font if role == _Role.FontRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """A heading, and what it means."""
        if orientation == Qt.Orientation.Horizontal and section < len(self._heads):
            if role == _Role.DisplayRole:
                return self._heads[section][0]
            if role == _Role.ToolTipRole:
                return self._heads[section][1]
        return super().headerData(section, orientation, role)
