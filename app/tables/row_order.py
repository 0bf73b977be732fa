"""Which rows the grid shows, as the filter and the header say, and how that is kept up to date."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs import Jobs
from app.panels.choice_box import ChoiceBox
from app.tables.arranger import Arranger
from app.tables.grid import Grid
from app.tables.model import TableModel
from app.tables.order import Sort, Wish
from app.tables.place import Place
from slp_core.arrays import Ints


class RowOrder(QObject):
    """Turns filter and sorting into wishes, and their answers into rows of the grid."""

    changed = Signal()
    """Other rows are shown."""
    progressed = Signal(str)

    def __init__(
        self, jobs: Jobs, grid: Grid, model: TableModel, shown: ChoiceBox, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._grid, self._model, self._shown = grid, model, shown
        self._sort: Sort | None = None
        self._owed = False
        self._arranger = Arranger(jobs, self)
        self._arranger.arranged.connect(self._take_rows)
        self._arranger.progressed.connect(self.progressed)
        shown.value_changed.connect(self.from_top)
        grid.editing_ended.connect(self._catch_up)
        grid.header.sectionClicked.connect(self._turn)

    @property
    def sort(self) -> Sort | None:
        """By which column the rows are sorted."""
        return self._sort

    def sort_by(self, sort: Sort | None) -> None:
        """Sort the rows; None puts them in the order of the file."""
        self.forget_sort()
        self._sort = sort
        self._grid.header.set_sort(sort)
        self.from_top()

    def forget_sort(self) -> None:
        """The columns are others: what was sorted by is gone."""
        self._sort = None
        self._grid.header.set_sort(None)

    @Slot()
    def from_top(self) -> None:
        """Show the rows that were asked for, from the first on."""
        self.again()
        self._grid.scrollToTop()

    def again(self) -> None:
        """Filter and sort anew; the place stays."""
        self._owed = False
        wish = self._wish()
        if wish is None:
            self._arranger.stop()
        else:
            self._arranger.start(wish)

    def weights_moved(self, first: bool) -> None:
        """Follow the network's answers where rows are sorted or filtered by them."""
        wish = self._wish()
        if wish is None or not wish.by_outcome:
            return
        if self._grid.is_editing():
            self._owed = True
            return
        if first:
            self._arranger.start(wish)
        else:
            self._arranger.later(wish)

    def stop(self) -> None:
        """Arrange nothing any more."""
        self._arranger.stop()

    def _wish(self) -> Wish | None:
        contents = self._model.contents
        if contents is None:
            return None
        chosen = self._shown.value() or "all"
        picked = self._grid.picks.mask if chosen == "selected" else None
        return Wish(contents, self._model.judge, chosen, self._sort, picked)

    @Slot()
    def _catch_up(self) -> None:
        """Arrange what had to wait for the end of an edit."""
        if self._owed:
            self.again()

    @Slot(int)
    def _turn(self, column: int) -> None:
        """Smallest first, largest first, as in the file."""
        if self._sort is None or self._sort.column != column:
            self.sort_by(Sort(column))
        else:
            self.sort_by(None if self._sort.descending else Sort(column, descending=True))

    @Slot(object, object)
    def _take_rows(self, wish: Wish, rows: Ints | None) -> None:
        """Show what was arranged, unless a cell is being edited: the editor would close."""
        if wish.contents is not self._model.contents or self._grid.is_editing():
            self._owed = True
            return
        place = Place.of(self._grid, self._model)
        self._model.set_order(rows)
        place.restore(self._grid, self._model)
        self.changed.emit()
