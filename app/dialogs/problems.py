"""The list of problems of a table: every odd place of the file, with its line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableView,
    QWidget,
)

from app.dialogs.problem_rows import HEADERS, ProblemRows, summary_text
from app.dialogs.sheet import Sheet
from app.theme import GRID, current_theme
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

ONE_LINE = 32
"""Letters of a reason that surely fit on one line."""


class ProblemsDialog(Sheet):
    """Shows what the reader could not take as it stood, and copies it as text.

    With the data set made of the table it also says how many rows are used.
    """

    def __init__(
        self, table: Table, parent: QWidget | None = None, dataset: Dataset | None = None
    ) -> None:
        super().__init__(f"Problems in {table.name}", parent)
        self._table = table
        summary = QLabel(summary_text(table, dataset))
        summary.setWordWrap(True)
        summary.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(summary)
        self.rows = ProblemRows(table.problems, self)
        self.view = self._view()
        self.column.addWidget(self.view, 1)
        copy = self.buttons.addButton("C&opy all", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip("Copy the list as text, ready for a mail or a spreadsheet.")
        copy.setEnabled(bool(table.problems))
        copy.clicked.connect(self.copy)
        self.finish()
        scale = current_theme().font_size / 11.0
        high = 60 * GRID if table.problems else 20 * GRID
        self.resize(round(112 * GRID * scale), round(high * scale))

    def copy(self) -> None:
        """Put the whole list on the clipboard, columns separated by tabs."""
        QGuiApplication.clipboard().setText(self.rows.as_text())

    def _view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.rows)
        view.setVisible(bool(self._table.problems))
        view.setAccessibleName("Problems")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(True)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(self._row_height(view))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Measuring every row of a long list would take longer than reading it.
        header.setResizeContentsPrecision(100)
        view.resizeColumnsToContents()
        letter = view.fontMetrics().averageCharWidth()
        for name, letters in self.rows.caps.items():
            place = HEADERS.index(name)
            view.setColumnWidth(place, min(view.columnWidth(place), letters * letter))
        header.setSectionResizeMode(self.rows.wide_column, QHeaderView.ResizeMode.Stretch)
        return view

    def _row_height(self, view: QTableView) -> int:
        """Two lines where a reason may need them; one height for all rows, however many."""
        long = any(len(problem.reason) > ONE_LINE for problem in self._table.problems)
        return view.fontMetrics().lineSpacing() * (2 if long else 1) + GRID
