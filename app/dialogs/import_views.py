"""The right side of the import dialog: preview, list of columns, lines of the file, problems."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.dialogs.import_column_bar import ColumnBar
from app.dialogs.import_column_list import ColumnList
from app.dialogs.import_lines import Content, RawView
from app.dialogs.import_problems import ProblemList
from app.dialogs.import_rows import PreviewTable
from app.dialogs.import_shown import Shown
from app.dialogs.import_veil import RefusalPage, Veil
from app.jobs import Jobs
from app.theme import GRID
from slp_core.data.table import Problem, Table


class ImportViews(QWidget):
    """Shows a reading; what is picked in one view is picked in the others."""

    kind_chosen = Signal(object, object)
    """Names of columns, and "number", "text" or None for automatic."""
    role_chosen = Signal(object, str)
    """Names of columns, and what they are for."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.preview, self.columns, self.lines = PreviewTable(), ColumnList(), RawView(jobs)
        self.lost = RefusalPage()
        self.refusal, self.bar, self.problems = RefusalPage(), ColumnBar(), ProblemList()
        self._lay_out()
        self.veil = Veil(self)
        self._connect()

    def show_table(self, shown: Shown, content: Content) -> None:
        """Show a table, or the same one with other roles."""
        other = self._shown is None or self._shown.table is not shown.table
        self._shown = shown
        picked = self.preview.picked()
        self.preview.show_table(shown)
        self.columns.rows.set_shown(shown)
        self.stack.setCurrentWidget(self.preview)
        self.tabs.setTabEnabled(1, True)
        self.tabs.setTabText(1, f"&Columns ({len(shown.table.columns):,})")
        self.bar.setVisible(True)
        self.tabs.setTabEnabled(2, True)
        if other:
            self._show_lines(content, shown.table)
            self.problems.set_table(shown.table)
            picked = self.preview.picked()
        self._pick(picked)

    def show_refusal(self, error: Exception, content: Content, lines: Table | None) -> None:
        """Show why nothing can be read, and the lines of the file if they can be."""
        self._shown = None
        self.refusal.show_error(error)
        self.stack.setCurrentWidget(self.refusal)
        self.tabs.setTabEnabled(1, False)
        self.tabs.setTabText(1, "&Columns")
        self.tabs.setTabEnabled(2, lines is not None)
        self._show_lines(content, lines)
        self.problems.set_table(None)
        self.bar.setVisible(False)
        if lines is None or self.tabs.currentIndex() == 1:
            self.tabs.setCurrentIndex(0)

    def _show_lines(self, content: Content, table: Table | None) -> None:
        self.paper.setCurrentWidget(self.lines)
        self.lines.show_lines(content, table)

    @Slot(object)
    def _lose_lines(self, error: Exception) -> None:
        """The file has gone or changed since it was read."""
        self.lost.show_error(error)
        self.paper.setCurrentWidget(self.lost)

    def fit(self) -> None:
        """Follow another size of type."""
        for view in (self.preview, self.columns, self.lines, self.problems):
            view.fit()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.preview)
        self.stack.addWidget(self.refusal)
        self.paper = QStackedWidget()
        self.paper.addWidget(self.lines)
        self.paper.addWidget(self.lost)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        for page, title, tip in (
            (self.stack, "&Preview", "The rows as they will be read."),
            (self.columns, "&Columns", "All columns with what they hold."),
            (self.paper, "&As it stands in the file", "The lines, and what each is taken for."),
        ):
            place = self.tabs.addTab(page, title)
            self.tabs.setTabToolTip(place, tip)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.bar)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(GRID)
        self.split.addWidget(upper)
        self.split.addWidget(self.problems)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _connect(self) -> None:
        self.preview.columns_picked.connect(self._pick)
        self.columns.columns_picked.connect(self._pick_in_preview)
        self.preview.menu_wanted.connect(self.bar.pick_from)
        self.columns.menu_wanted.connect(self.bar.pick_from)
        self.bar.search.found.connect(self.preview.pick)
        self.bar.kind_chosen.connect(self.kind_chosen)
        self.bar.role_chosen.connect(self.role_chosen)
        self.lines.failed.connect(self._lose_lines)
        self.problems.problem_picked.connect(self.go_to)

    @Slot(object)
    def _pick(self, picked: tuple[int, ...]) -> None:
        if self._shown is not None:
            picked = tuple(k for k in picked if k < len(self._shown.table.columns))
            self.columns.pick(picked)
            self.bar.show_columns(self._shown, picked)

    @Slot(object)
    def _pick_in_preview(self, picked: tuple[int, ...]) -> None:
        if self._shown is None or not picked:
            return
        if len(picked) == 1:
            before = self.preview.blockSignals(True)
            self.preview.pick(picked[0], max(0, self.preview.currentIndex().row()))
            self.preview.blockSignals(before)
        self.bar.show_columns(self._shown, picked)

    @Slot(object)
    def go_to(self, problem: Problem) -> None:
        """Show a problem in the preview if its line became a row, else among the lines."""
        shown = self._shown
        if shown is None:
            return
        place = self._place_of(problem, shown.table)
        row = row_of_line(shown.table, problem.line) if problem.line is not None else None
        if row is not None:
            self.tabs.setCurrentIndex(0)
            self.preview.jump(row, place)
        elif problem.line is not None:
            self.tabs.setCurrentIndex(2)
            self.lines.jump(problem.line)
        elif place is not None:
            self.tabs.setCurrentIndex(0)
            self.preview.rows.mark(None)
            self.preview.pick(place)

    def _place_of(self, problem: Problem, table: Table) -> int | None:
        """Number of the column a problem names."""
        if isinstance(problem.column, int):
            return problem.column - 1 if problem.column <= len(table.columns) else None
        return table.names.index(problem.column) if problem.column in table.names else None


def row_of_line(table: Table, line: int) -> int | None:
    """The row that begins on a line of the file, if one does."""
    row = int(np.searchsorted(table.lines, line))
    return row if row < table.rows and int(table.lines[row]) == line else None
