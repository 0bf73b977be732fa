"""The problems of a table below its preview; going through them shows each in its place."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.dialogs.problem_rows import HEADERS, ProblemRows
from app.panels.form import Heading
from app.theme import GRID
from slp_core.data.table import Problem, Table

_FIRST_ROWS = 100


class ProblemList(QWidget):
    """Hidden while a table has no problem."""

    problem_picked = Signal(object)
    """The `Problem` that is gone to, by mouse or key."""

    def __init__(self) -> None:
        super().__init__()
        self._problems: tuple[Problem, ...] = ()
        self.view = _View()
        self.view.picked.connect(self._tell)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._heading = Heading("problems", "Problems")
        self._column.addWidget(self._heading)
        self._column.addWidget(self.view, 1)
        self.hide()

    def set_table(self, table: Table | None) -> None:
        """List the problems of a table."""
        self._problems = () if table is None else table.problems
        self.view.set_problems(self._problems)
        self.setVisible(bool(self._problems))

    def fit(self) -> None:
        """Give the rows the height of the type."""
        self.view.fit()

    def _tell(self, row: int) -> None:
        self.problem_picked.emit(self._problems[row])


class _View(QTableView):
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows = ProblemRows((), self)
        self._lines, self._longest = 1, 0
        self.setAccessibleName("Problems of the file")
        self.setToolTip("Go to a problem to see it in the preview, or among the lines.")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setResizeContentsPrecision(_FIRST_ROWS)
        self.fit()

    def set_problems(self, problems: tuple[Problem, ...]) -> None:
        old, self._rows = self._rows, ProblemRows(problems, self)
        rows = self._rows
        self.setModel(rows)
        old.deleteLater()
        self._hide("Column", all(problem.column is None for problem in problems))
        self._hide("Text", not any(problem.text for problem in problems))
        self._hide("Places", all(problem.count == 1 for problem in problems))
        self.resizeColumnsToContents()
        letter = self.fontMetrics().averageCharWidth()
        for name, letters in rows.caps.items():
            place = HEADERS.index(name)
            wide = min(self.columnWidth(place), (letters + 6) * letter)
            self.setColumnWidth(place, wide)
        header = self.horizontalHeader()
        header.setSectionResizeMode(rows.wide_column, QHeaderView.ResizeMode.Stretch)
        reasons = [problem.reason for problem in problems[:_FIRST_ROWS]]
        self._longest = max(map(self.fontMetrics().horizontalAdvance, reasons), default=0)
        self._break()

    def _hide(self, name: str, hidden: bool) -> None:
        """A column in which nothing stands takes room from the reasons."""
        self.setColumnHidden(HEADERS.index(name), hidden)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        if rows:
            self.picked.emit(rows[0].row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        """Two lines for each row where the reasons need them: one height, however many rows."""
        room = self.columnWidth(ProblemRows.wide_column) - 2 * GRID
        lines = 2 if self._longest > room else 1
        if lines != self._lines:
            self._lines = lines
            self.fit()

    def fit(self) -> None:
        high = self._lines * self.fontMetrics().lineSpacing() + GRID // 2 + 2
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + 2 * high + 4)
