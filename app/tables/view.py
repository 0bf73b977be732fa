"""The table view: every row of the data with what the network makes of it."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.jobs import Jobs
from app.tables.bar import Bar
from app.tables.clipboard import Copier
from app.tables.contents import Contents
from app.tables.finder import Finder
from app.tables.grid import Grid
from app.tables.judge import Judge
from app.tables.look import Look
from app.tables.menu import cell_menu
from app.tables.model import TableModel
from app.tables.order import Sort
from app.tables.pasting import Paster
from app.tables.place import Place, count_text, same_columns, same_inputs, why_nothing
from app.tables.row_order import RowOrder
from app.theme import GRID, Theme, current_theme
from slp_core.arrays import Ints, frozen
from slp_core.data.dataset import Dataset
from slp_core.data.edits import Edit
from slp_core.data.table import Table
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

CALM: Final = 250
"""Milliseconds between two looks at the weights while training."""


class TableView(QWidget):
    """Rows, filter, search. It knows values only: the window tells it and listens.

    While it is hidden it remembers the last things it was told, and does nothing with them.
    """

    selection_changed = Signal(object)
    """The rows of the table (r,) that a person has selected, ascending."""
    edit_requested = Signal(object, str)
    """An `Edit` of the table, and what undoing it is called."""
    rows_changed = Signal()
    """Other rows are shown, or in another order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[Table | None, Dataset | None] = (None, None)
        self._weights: tuple[Pair, Parameters] | None = None
        self._selected: Ints = frozen(np.empty(0, np.int64))
        self._unseen = False
        self._contents: Contents | None = None
        self._doing = self._answer = ""
        self._jobs = Jobs(self)
        self.model = TableModel(self)
        self.bar = Bar()
        self.grid = Grid(self.model, Look.of(current_theme()), self)
        self.nothing = QLabel(self.grid.viewport())
        self._order = RowOrder(self._jobs, self.grid, self.model, self.bar.filter, self)
        self._finder = Finder(self._jobs, self.grid, self.model, self.bar.search, self)
        self._copier, self._paster = Copier(self._jobs, self), Paster(self.grid, self.model, self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._lay_out()
        self._connect()
        self._say_counts()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.bar)
        column.addWidget(self.grid, 1)
        self.nothing.setProperty("role", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Table")

    def _connect(self) -> None:
        self._calm.timeout.connect(self._look_again)
        self._order.changed.connect(self._say_counts)
        self._order.changed.connect(self.rows_changed)
        self._finder.answered.connect(self._say_answer)
        for worker in (self._order, self._finder, self._copier):
            worker.progressed.connect(self._say_doing)
        self._copier.refused.connect(self._complain)
        self.grid.picked.connect(self._tell_selection)
        self.grid.copy_requested.connect(self.copy_rows)
        self.grid.remove_requested.connect(self.remove_rows)
        self.grid.menu_requested.connect(self._open_menu)
        for writer in (self.model, self._paster):
            writer.edit_made.connect(self.edit_requested)

    # What it is told ---------------------------------------------------------------------------

    def set_data(self, table: Table | None, dataset: Dataset | None) -> None:
        """Show a table, and the data set made of it; None while there is none.

        Sorting, filter and place stay when the columns are the same, as after an edit. The
        weights stay only while the preparation does: otherwise they would mean something else.
        """
        before = self._told[1]
        kept = before is not None and dataset is not None and same_inputs(before, dataset)
        if not kept:
            self._weights = None
        self._told = (table, dataset)
        if self.isVisible():
            self._take_data()

    def set_model(self, pair: Pair | None, parameters: Parameters | None) -> None:
        """Show the answers of these weights; called for every frame, drawn a few times a second."""
        self._weights = None if pair is None or parameters is None else (pair, parameters)
        if not self.isVisible():
            return
        if self._contents is not None and pair is not None and pair is not self._contents.pair:
            self._take_data()
        elif self.model.judge is None or self._weights is None:
            self._look_again()
        elif not self._calm.isActive():
            self._calm.start()

    def set_selection(self, rows: Ints) -> None:
        """Show which rows (r,) are selected, and the first of them; says nothing."""
        rows = np.unique(np.asarray(rows, np.int64))
        if np.array_equal(rows, self._selected):
            return  # it was selected here: the view must not jump
        self._selected, self._unseen = frozen(rows), True
        if self.isVisible():
            self._take_selection()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.grid.set_look(Look.of(theme))

    def selection(self) -> Ints:
        """The selected rows of the table, ascending."""
        return self._selected

    def shut_down(self) -> None:
        """Stop all work in the background; to be called before the widget goes."""
        self._order.stop()
        self._calm.stop()
        self._jobs.shut_down()

    # What a person asks for --------------------------------------------------------------------

    def copy_rows(self) -> None:
        """Put the selected rows that are shown on the clipboard; without any, the current cell."""
        rows = self._shown_selection()
        if not rows.size:
            self.copy_cell()
        elif self._contents is not None:
            header = self.grid.header
            fields = self._contents.fields
            order = [fields[header.logicalIndex(place)] for place in range(len(fields))]
            self._copier.copy(self._contents, self.model.judge, rows, order)

    def copy_cell(self) -> None:
        """Put the current cell on the clipboard."""
        cell = self.grid.currentIndex()
        if self._contents is not None and cell.isValid():
            field, row = self._contents.fields[cell.column()], self.model.table_row(cell.row())
            self._copier.copy_cell(self._contents, self.model.judge, row, field)

    def remove_rows(self) -> None:
        """Ask for the selected rows that are shown to be removed."""
        rows = np.sort(self._shown_selection())
        if rows.size:
            plural = "" if rows.size == 1 else "s"
            self.edit_requested.emit(
                Edit(removed=frozen(rows)), f"Remove {rows.size:,} row{plural}"
            )

    def sort_by(self, sort: Sort | None) -> None:
        """Sort the rows; None puts them in the order of the file."""
        self._order.sort_by(sort)

    # Qt ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was told while it was hidden."""
        super().showEvent(event)
        self._take_data()
        if self._unseen:
            self._take_selection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The empty state stays in the middle."""
        super().resizeEvent(event)
        self._place_nothing()

    # Inside ------------------------------------------------------------------------------------

    def _take_data(self) -> None:
        """Show what was told last."""
        table, dataset = self._told
        pair = self._weights[0] if self._weights else self._contents and self._contents.pair
        before, contents = self._contents, None if table is None else Contents(table, dataset, pair)
        same = before is not None and contents is not None and same_columns(before, contents)
        place, focus = Place.of(self.grid, self.model), QApplication.focusWidget()
        edited = focus is not None and self.grid.viewport().isAncestorOf(focus)
        self._contents = contents
        self.grid.picks.resize(contents.table.rows if contents else 0)
        self.grid.picks.set(self._selected)
        self._finder.stop()
        if not same:
            self._order.forget_sort()
        self.bar.set_data(dataset)
        order = self.model.order if same and place.rows == self.grid.picks.mask.size else None
        self.model.set_contents(contents, self._judge(), order)
        if not same:
            self.grid.fit_columns()
        self._order.again()
        if same:
            place.restore(self.grid, self.model)
        if edited:  # its editor is gone, and would hand the focus to whatever comes next
            self.grid.setFocus()
        self._say_counts()

    def _judge(self) -> Judge | None:
        """The weights, if they belong to the data."""
        dataset = self._contents.dataset if self._contents else None
        if dataset is None or self._weights is None:
            return None
        judge = Judge(dataset, *self._weights)
        return judge if judge.fits else None

    @Slot()
    def _look_again(self) -> None:
        """Show the answers of the newest weights in the cells that are visible."""
        if not self.isVisible():
            return
        first = self.model.judge is None
        self.model.set_judge(self._judge())
        self.grid.viewport().update()
        self._order.weights_moved(first)

    def _take_selection(self) -> None:
        self._unseen = False
        picks = self.grid.picks
        picks.set(self._selected)
        self.grid.viewport().update()
        if self.bar.filter.value() == "selected":
            self._order.from_top()
        else:
            shown = self.model.places(picks.rows())
            if shown.size:
                self.grid.show_row(int(shown[0]))
        self._say_counts()

    @Slot()
    def _tell_selection(self) -> None:
        self._selected = self.grid.picks.rows()
        self._say_counts()
        self.selection_changed.emit(self._selected)

    def _shown_selection(self) -> Ints:
        """The selected rows that pass the filter, in the order of the view."""
        places = self.model.places(self.grid.picks.rows())
        return self.model.table_rows_at(places)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        picked = self._shown_selection().size
        is_sorted = self._order.sort is not None
        cell_menu(self, self.grid, self.model, picked, is_sorted).popup(place)

    @Slot(str)
    def _say_doing(self, text: str) -> None:
        self._doing = text
        self._say_counts()

    @Slot(str)
    def _say_answer(self, text: str) -> None:
        self._answer = text
        self._say_counts()

    @Slot(str)
    def _complain(self, text: str) -> None:
        self.grid.complain(text)

    def _say_counts(self) -> None:
        """How many rows there are, or what is being done; why there are none."""
        shown, total = self.model.rowCount(), self._contents.table.rows if self._contents else 0
        text = count_text(shown, total, self.grid.picks.count)
        self.bar.count.set_text(self._doing or self._answer or text)
        why = "" if self._doing else why_nothing(self.model, self.bar.filter.value() or "all")
        self.nothing.setText(why)
        self.nothing.setVisible(not shown)
        self._place_nothing()

    def _place_nothing(self) -> None:
        self.nothing.setGeometry(self.grid.viewport().rect().adjusted(GRID, 0, -GRID, 0))
