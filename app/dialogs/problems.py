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

from app.dialogs.problem_rows import ProblemRows, summary_text
from app.dialogs.sheet import Sheet
from app.theme import GRID
from slp_core.data.table import Table


class ProblemsDialog(Sheet):
    """Shows what the reader could not take as it stood, and copies it as text."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(f"Problems in {table.name}", parent)
        self._table = table
        summary = QLabel(summary_text(table))
        summary.setWordWrap(True)
        summary.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(summary)
        self.rows = ProblemRows(table.problems, self)
        self.view = self._view()
        self.column.addWidget(self.view, 1)
        copy = self.buttons.addButton("&Copy all", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip("Copy the list as text, ready for a mail or a spreadsheet.")
        copy.setEnabled(bool(table.problems))
        copy.clicked.connect(self.copy)
        self.finish()
        self.resize(100 * GRID, 60 * GRID if table.problems else 20 * GRID)

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
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + GRID)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Measuring every row of a long list would take longer than reading it.
        header.setResizeContentsPrecision(100)
        view.resizeColumnsToContents()
        header.setSectionResizeMode(self.rows.wide_column, QHeaderView.ResizeMode.Stretch)
        return view
