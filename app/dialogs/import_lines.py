"""The lines of a file as they stand there, read page by page when they come into sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.icons import icon
from app.jobs import JobControl, Jobs
from app.theme import GRID, current_theme, mix
from slp_core.data.raw_lines import RawLine, raw_lines
from slp_core.data.table import Problem, Table

PAGE = 200
KEPT_PAGES = 50
PARTS = {
    "title": "title",
    "header": "names",
    "data": "data",
    "comment": "comment",
    "blank": "blank",
    "bad": "left out",
    "continuation": "goes on",
}
_TOPIC = "lines"
_Role = Qt.ItemDataRole

Index = QModelIndex | QPersistentModelIndex
Content = Path | str


class RawRows(QAbstractTableModel):
    """Two columns: what a line is, and its text. Lines not read yet show a dash."""

    page_wanted = Signal(int)
    """Number of a page that is looked at and not there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._known = 0
        self._pages: dict[int, tuple[RawLine, ...]] = {}
        self._problems: dict[int, list[Problem]] = {}
        self.font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def set_table(self, table: Table | None) -> None:
        """Show the lines that ``table`` was read from."""
        self.beginResetModel()
        self._table, self._pages, self._problems = table, {}, {}
        for problem in table.problems if table is not None else ():
            if problem.line is not None:
                self._problems.setdefault(problem.line, []).append(problem)
        self._known = 0 if table is None else max(_last_line(table), *self._problems, 1)
        self.endResetModel()

    def put(self, page: int, lines: tuple[RawLine, ...]) -> None:
        """Take over a page that was read; a full one at the end may be followed by more."""
        while len(self._pages) >= KEPT_PAGES:
            self._pages.pop(next(iter(self._pages)))
        self._pages[page] = lines
        end = page * PAGE + len(lines)
        if len(lines) < PAGE:
            self._set_known(end)
        elif self._known <= end:
            self._set_known(end + 1)
        first = self.index(page * PAGE, 0)
        self.dataChanged.emit(first, self.index(max(0, end - 1), 1))

    def longest(self) -> int:
        """Letters of the longest line that was read."""
        return max((len(_text(line)) for page in self._pages.values() for line in page), default=0)

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines that are known of so far."""
        return 0 if parent is not None and parent.isValid() else self._known

    def columnCount(self, parent: Index | None = None) -> int:
        """Part, text."""
        return 0 if parent is not None and parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Numbers of the lines at the side."""
        if role != _Role.DisplayRole:
            return None
        across = orientation == Qt.Orientation.Horizontal
        return ("Part", "Text")[section] if across else str(section + 1)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A line; asks for its page if that is not there."""
        row, place = index.row(), index.column()
        if role == _Role.BackgroundRole:
            return self._background(row)
        if role == _Role.FontRole:
            return self.font if place == 1 else None
        if role == _Role.DecorationRole:
            odd = place == 0 and row + 1 in self._problems
            return icon("warning", color=current_theme().warning) if odd else None
        if role == _Role.ToolTipRole and row + 1 in self._problems:
            return "\n".join(f"{p.reason}; {p.outcome}" for p in self._problems[row + 1][:5])
        if role not in (_Role.DisplayRole, _Role.ForegroundRole):
            return None
        line = self._line(row)
        if role == _Role.ForegroundRole:
            return self._color(line, place)
        if line is None:
            return "–"
        return _text(line) if place else self._part(line)

    def _part(self, line: RawLine) -> str:
        """Without a table read there are no parts to name."""
        return PARTS[line.role] if self._table is not None and self._table.columns else ""

    def _color(self, line: RawLine | None, place: int) -> QColor | None:
        theme = current_theme()
        if line is None or place == 0 or line.role in ("title", "comment", "blank"):
            return QColor(theme.muted)
        return QColor(theme.accent) if line.role == "header" else None

    def _background(self, row: int) -> QColor | None:
        theme = current_theme()
        if row + 1 in self._problems:
            return QColor(mix(theme.surface, theme.warning, 0.12))
        return None

    def _line(self, row: int) -> RawLine | None:
        page, place = divmod(row, PAGE)
        lines = self._pages.get(page)
        if lines is None:
            self.page_wanted.emit(page)
            return None
        return lines[place] if place < len(lines) else None

    def _set_known(self, count: int) -> None:
        if count > self._known:
            self.beginInsertRows(QModelIndex(), self._known, count - 1)
            self._known = count
            self.endInsertRows()
        elif count < self._known:
            self.beginRemoveRows(QModelIndex(), count, self._known - 1)
            self._known = count
            self.endRemoveRows()


class RawView(QTableView):
    """The view; pages are read in the background, the one wanted last wins."""

    failed = Signal(object)
    """The lines cannot be read any more."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._content: Content | None = None
        self._table: Table | None = None
        self._wanted: int | None = None
        self._loading: int | None = None
        self.rows = RawRows(self)
        self.setModel(self.rows)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._load)
        self.rows.page_wanted.connect(self._want)
        self.setAccessibleName("Lines as they stand in the file")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self.verticalHeader().setHighlightSections(False)
        self.fit()

    def show_lines(self, content: Content, table: Table | None) -> None:
        """Show the lines of a file (a path) or of a text, with their parts in ``table``."""
        self._jobs.cancel(_TOPIC)
        self._content, self._table = content, table
        self._wanted = self._loading = None
        self.rows.set_table(table)
        self.fit()

    def jump(self, line: int) -> None:
        """Show a line and select it."""
        row = min(line, self.rows.rowCount()) - 1
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self.rows.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def fit(self) -> None:
        """Give rows and columns the size of the type."""
        font: QFont = self.rows.font
        font.setPointSizeF(current_theme().font_size * 0.95)
        high = self.fontMetrics().lineSpacing() + GRID // 2
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        letter = self.fontMetrics().averageCharWidth()
        self.setColumnWidth(0, 9 * letter + 4 * GRID)
        self.setColumnWidth(1, (self.rows.longest() + 4) * letter)

    @Slot(int)
    def _want(self, page: int) -> None:
        if page != self._loading:
            self._wanted = page
            self._timer.start()

    @Slot()
    def _load(self) -> None:
        content, table, page = self._content, self._table, self._wanted
        if content is None or table is None or page is None:
            return
        self._loading, self._wanted = page, None
        work: Callable[[JobControl], tuple[RawLine, ...]] = lambda _control: raw_lines(  # noqa: E731 - typed
            content, table, page * PAGE + 1, PAGE
        )
        self._jobs.start(_TOPIC, work, self._take, self._fail)

    def _take(self, lines: tuple[RawLine, ...]) -> None:
        page, self._loading = self._loading, None
        if page is not None:
            self.rows.put(page, lines)
            self.setColumnWidth(
                1, (self.rows.longest() + 4) * self.fontMetrics().averageCharWidth()
            )

    def _fail(self, error: Exception) -> None:
        # The page stays marked as being read: asking again would fail again and again.
        self.failed.emit(error)


def _last_line(table: Table) -> int:
    last = int(table.lines[-1]) if len(table.lines) else 1
    return max(last, *table.dialect.header_lines, 1)


def _text(line: RawLine) -> str:
    return line.text.replace("\t", " ⇥ ")
