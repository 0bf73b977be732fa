"""All columns of a table as a list: name, kind, role, contents."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.dialogs.import_shown import Shown
from app.theme import GRID, current_theme, mix

HEADERS = ("Column", "Kind", "Role", "Contents")
_Role = Qt.ItemDataRole
_WIDTHS = (24, 12, 12)
"""Letters of all columns but the last, which takes the rest."""

Index = QModelIndex | QPersistentModelIndex


class ColumnRows(QAbstractTableModel):
    """One row per column; contents are looked at when they come into sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._strong = QFont()
        self._strong.setWeight(QFont.Weight.DemiBold)

    def set_shown(self, shown: Shown) -> None:
        """Show the columns of a table, or the same ones with other roles."""
        same = self._shown is not None and self._shown.table is shown.table
        if not same:
            self.beginResetModel()
        self._shown = shown
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 3))
        else:
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Columns of the table."""
        inside = parent is not None and parent.isValid()
        return 0 if self._shown is None or inside else len(self._shown.table.columns)

    def columnCount(self, parent: Index | None = None) -> int:
        """Name, kind, role, contents."""
        return 0 if parent is not None and parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Names of the facts."""
        across = orientation == Qt.Orientation.Horizontal
        return HEADERS[section] if across and role == _Role.DisplayRole else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """One fact about a column."""
        shown, row, place = self._shown, index.row(), index.column()
        if shown is None:
            return None
        part = shown.role(row)
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._text(shown, row, place)
        if role == _Role.FontRole:
            return self._strong if place == 0 else None
        if role == _Role.ForegroundRole:
            return QColor(current_theme().muted) if part == "ignore" else None
        if role == _Role.BackgroundRole and part == "target":
            return QColor(mix(current_theme().surface, current_theme().accent, 0.1))
        return None

    def _text(self, shown: Shown, row: int, place: int) -> str:
        if place == 0:
            return shown.column(row).name
        if place == 3:
            return shown.contents(row)
        return shown.kind_text(row) if place == 1 else shown.role_text(row)


class ColumnList(QTableView):
    """The list; rows of it are columns of the table."""

    columns_picked = Signal(object)
    """Numbers of the picked columns, ascending."""
    menu_wanted = Signal(object)
    """A point on the screen where the menu of the picked columns is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = ColumnRows(self)
        self.setModel(self.rows)
        self.setAccessibleName("Columns of the table")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.fit()

    def picked(self) -> tuple[int, ...]:
        """Numbers of the picked columns."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return tuple(sorted(rows))

    def pick(self, columns: tuple[int, ...]) -> None:
        """Pick columns; says nothing."""
        if columns == self.picked():
            return
        before = self.blockSignals(True)
        self.clearSelection()
        if columns:
            self.selectRow(columns[0])
            self.scrollTo(self.rows.index(columns[0], 0))
        self.blockSignals(before)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which columns are picked."""
        super().selectionChanged(selected, deselected)
        self.columns_picked.emit(self.picked())

    @Slot(QPoint)
    def _ask_for_menu(self, point: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(point))

    def fit(self) -> None:
        """Give rows and columns the size of the type."""
        letter = self.fontMetrics().averageCharWidth()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + GRID)
        for place, letters in enumerate(_WIDTHS):
            self.setColumnWidth(place, letters * letter + 2 * GRID)
