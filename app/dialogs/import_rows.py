"""The rows of a table as they will be read: a model without copies, and the view over it."""

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

from app.dialogs.import_column_words import cell_text
from app.dialogs.import_header import ColumnHeader
from app.dialogs.import_shown import Shown
from app.theme import GRID, current_theme, mix

MISSING = "missing"
WIDEST = 26
"""Letters of a cell or a name that a column makes room for at first."""
_SAMPLED_ROWS = 20
_SAMPLED_COLUMNS = 300
_TINT = 0.10
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class PreviewRows(QAbstractTableModel):
    """Cells straight from the columns of a table; a million rows cost nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._marked: tuple[int, int | None] | None = None
        self._italic = QFont()
        self._italic.setItalic(True)

    def set_shown(self, shown: Shown) -> None:
        """Show a table, or the same one with other roles."""
        same = self._shown is not None and self._shown.table is shown.table
        if not same:
            self.beginResetModel()
            self._marked = None
        self._shown = shown
        if same:
            self.repaint()
        else:
            self.endResetModel()

    def mark(self, row: int | None, column: int | None = None) -> None:
        """Set off a row (and one of its cells) that has a problem."""
        self._marked = None if row is None else (row, column)
        self.repaint()

    def marked(self) -> tuple[int, int | None] | None:
        """The row that is set off, and its cell."""
        return self._marked

    def repaint(self) -> None:
        """Let the views paint everything again, for another mark, role or theme."""
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def shown(self) -> Shown | None:
        """What is shown."""
        return self._shown

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows of the table."""
        inside = parent is not None and parent.isValid()
        return 0 if self._shown is None or inside else self._shown.table.rows

    def columnCount(self, parent: Index | None = None) -> int:
        """Columns of the table."""
        inside = parent is not None and parent.isValid()
        return 0 if self._shown is None or inside else len(self._shown.table.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Name, kind and role above; the line in the file at the side."""
        shown = self._shown
        if shown is None or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            line = int(shown.table.lines[section])
            return str(line) if role == _Role.DisplayRole else f"Line {line} of the file"
        name = shown.column(section).name
        text = f"{name}\n{shown.kind_text(section)}, {shown.role_text(section)}"
        return text if role == _Role.DisplayRole else f"{text}\n{shown.contents(section)}"

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell: its text, and how it is set off."""
        shown = self._shown
        if shown is None:
            return None
        row, place = index.row(), index.column()
        column = shown.column(place)
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column.numbers is not None else _LEFT
        if role == _Role.BackgroundRole:
            return self._background(row, place)
        if role not in (_Role.DisplayRole, _Role.ToolTipRole, _Role.ForegroundRole, _Role.FontRole):
            return None
        text = cell_text(column, row)
        if role == _Role.DisplayRole:
            return text or MISSING
        if role == _Role.ToolTipRole:
            return self._tip(row, place)
        if role == _Role.FontRole:
            return None if text else self._italic
        weak = not text or shown.role(place) == "ignore"
        return QColor(current_theme().muted) if weak else None

    def _background(self, row: int, place: int) -> QColor | None:
        theme, shown = current_theme(), self._shown
        if self._marked is not None and self._marked[0] == row:
            strong = self._marked[1] == place
            return QColor(mix(theme.surface, theme.warning, 0.4 if strong else 0.16))
        if shown is not None and shown.role(place) == "target":
            return QColor(mix(theme.surface, theme.accent, _TINT))
        return None

    def _tip(self, row: int, place: int) -> str:
        assert self._shown is not None  # noqa: S101 - a cell belongs to a table
        column, line = self._shown.column(place), int(self._shown.table.lines[row])
        text = str(column.cell(row))[:2000] if column.numbers is None else cell_text(column, row)
        return f"{column.name}, line {line}: {text or MISSING}"


class PreviewTable(QTableView):
    """The preview; what is picked in it is always columns."""

    columns_picked = Signal(object)
    """Numbers of the picked columns, ascending."""
    menu_wanted = Signal(object)
    """A point on the screen where the menu of the picked columns is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = PreviewRows(self)
        self.header = ColumnHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(self.rows)
        self.setAccessibleName("Preview of the rows as they will be read")
        self.setToolTip("")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.header.menu_wanted.connect(self.menu_wanted)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        self.fit()

    def show_table(self, shown: Shown) -> None:
        """Show a table; a new one from its first row, on the column that was current."""
        before = self.rows.shown()
        other = before is None or before.table is not shown.table
        column = max(0, self.currentIndex().column())
        self.header.set_shown(shown)
        self.rows.set_shown(shown)
        if other:
            self._fit_columns(shown)
            names = shown.table.names
            usual = names.index(shown.roles.target) if shown.roles.target in names else 0
            self.pick(usual if before is None else min(column, len(names) - 1))

    def pick(self, column: int, row: int = 0) -> None:
        """Make a column the picked one and show it."""
        index = self.rows.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def picked(self) -> tuple[int, ...]:
        """Numbers of the picked columns; the current one if none is selected."""
        selection, count = self.selectionModel(), self.rows.columnCount()
        found = tuple(k for k in range(count) if selection.columnIntersectsSelection(k))
        current = self.currentIndex()
        return found or ((current.column(),) if current.isValid() else ())

    def jump(self, row: int, column: int | None) -> None:
        """Show a row with a problem, and set it off."""
        self.rows.mark(row, column)
        place = self.currentIndex().column() if column is None else column
        index = self.rows.index(row, max(0, place))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.clearSelection()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which columns are picked."""
        super().selectionChanged(selected, deselected)
        self.columns_picked.emit(self.picked())

    @Slot(QPoint)
    def _ask_for_menu(self, point: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(point))

    def fit(self) -> None:
        """Give rows the height of the type."""
        high = self.fontMetrics().lineSpacing() + GRID
        self.verticalHeader().setDefaultSectionSize(high)
        self.verticalHeader().setMinimumSectionSize(high)

    def _fit_columns(self, shown: Shown) -> None:
        """Widths from the first rows; measuring all of them would take longer than reading."""
        self.ensurePolished()
        self.header.ensurePolished()
        letter = self.fontMetrics().averageCharWidth()
        room = 3 * GRID
        self.header.setDefaultSectionSize(max(12 * letter + room, self.header.usual_width()))
        for place, column in enumerate(shown.table.columns[:_SAMPLED_COLUMNS]):
            rows = range(min(shown.table.rows, _SAMPLED_ROWS))
            cells = max((len(cell_text(column, row)) for row in rows), default=0)
            wide = min(max(cells, len(MISSING) if column.missing else 4), WIDEST)
            self.header.resizeSection(
                place, max(wide * letter + room, self.header.width_of(place, WIDEST))
            )
