"""Decision views of several runs beside each other, with one range and one selection."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.moment import Moment, RunMoment
from app.plots.decision_legend import entries
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.side_tile import Tile
from app.plots.surface import Surface
from app.plots.user_text import isolated
from app.runs import labels
from app.theme import THEMES, Theme
from slp_core.arrays import Ints

MOST = 4
"""Runs that are shown at most."""
_LOW = 17.0
"""Height in sizes of type below which the legend gives its room to the pictures."""
_TITLE = 26
"""Pixels of a tile that its name takes."""
_WIDE = 1.25
"""Width over height of a picture that fills its place best."""
HINT = "Compare (Ctrl+M) puts a second run here."


class SideBySide(Surface):
    """A decision view for each run, in places that do not depend on which is active.

    While training goes on one of them is drawn at a time: each is heavy, and the eye does not
    notice which came first.
    """

    selection_changed = Signal(object)
    """The rows (r,) of the table that a person has selected, ascending."""
    ordered = Signal(str, int, object)
    """The order "activate", the number of the run whose name was clicked, and None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._moment: Moment | None = None
        self._selection: Ints = np.empty(0, np.int64)
        self._axes: tuple[int, int | None] | None = None
        self._turn = 0
        self._names = ""
        self._shape = (0, 0)
        self._legend_of: tuple[object, ...] = ()
        self.tiles: list[Tile] = []
        self.legend, self.hint = Legend(self), ElidedLabel(self)
        self.names = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(2)
        column.addLayout(row((self.legend, 1), (self.names, 0)))
        column.addLayout(self._grid, 1)
        column.addWidget(self.hint)
        self.setMinimumSize(200, 140)
        self.setAccessibleName("Decision views side by side")
        self.set_theme(self._theme)

    # As a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.legend.set_theme(theme)
        self.hint.setText(HINT)
        self.hint.set_look(theme.muted, small(theme))
        self.names.set_look(theme.text, small(theme))
        self._legend_of = ()
        for tile in self.tiles:
            tile.set_theme(theme)
        if self._moment is not None:
            self._draw(self._moment, self.tiles)

    def set_axes(self, i: int, j: int | None) -> None:
        """Show feature ``i`` against feature ``j`` in all of them, as far as they have them."""
        self._axes = i, j
        for tile in self.tiles:
            tile.set_axes(self._axes)

    def set_selection(self, rows: Ints) -> None:
        """Mark these rows of the table in all of them; says nothing."""
        self._selection = rows
        for tile in self.tiles:
            tile.plot.set_selection(rows)

    def show_moment(self, moment: Moment | None) -> None:
        """Draw the runs: all of them, or while they train the next in turn."""
        self._moment = moment
        runs = _places(moment) if moment is not None else ()
        before = [tile.run for tile in self.tiles]
        self._have(len(runs))
        self.hint.setVisible(len(runs) == 1)
        self.setAccessibleDescription(", ".join(labels(runs)) or "No data yet.")
        if moment is None:
            self.legend.set_entries(())
            self.names.setText("")
            return
        self._explain(moment)
        same = before == [run.run for run in runs]
        self._turn = (self._turn + 1) % len(self.tiles)
        one = moment.playing and same
        self._draw(moment, self.tiles[self._turn : self._turn + 1] if one else self.tiles)
        if not same:
            self._name_axes()

    # Inside.

    def _draw(self, moment: Moment, tiles: Sequence[Tile]) -> None:
        runs = _places(moment)
        for tile, run, label in zip(self.tiles, runs, labels(runs), strict=True):
            if tile in tiles:
                tile.show_run(run, label, active=run is moment.active, whole=not moment.playing)

    def _explain(self, moment: Moment) -> None:
        """One legend for all of them."""
        dataset = moment.active.dataset
        flat = self._axes is not None and self._axes[1] is None
        if self._legend_of != (dataset, flat):
            self._legend_of = (dataset, flat)
            self.legend.set_entries(entries(dataset, self._theme, flat))

    def _name_axes(self) -> None:
        view = self.tiles[0].plot.view
        if view is not None:
            x, y = view.names
            self._names = f"{isolated(x)} →   ↑ {isolated(y)}"
        self._say("")

    @Slot(str)
    def _say(self, readout: str) -> None:
        """What lies under the mouse, or the names of the axes."""
        self.names.setText(readout or self._names)

    def _have(self, count: int) -> None:
        """As many tiles as there are runs."""
        while len(self.tiles) > count:
            gone = self.tiles.pop()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.tiles) < count:
            self.tiles.append(self._tile())
        self._arrange()

    def _tile(self) -> Tile:
        tile = Tile(self._theme)
        tile.plot.set_selection(self._selection)
        tile.set_axes(self._axes)
        tile.plot.selection_changed.connect(self.selection_changed)
        tile.chosen.connect(self._choose)
        tile.plot.canvas.moved.connect(self._follow)
        tile.plot.canvas.fit_asked.connect(self.fit)
        tile.plot.hovered.connect(self._say)
        if self.tiles and self.tiles[0].plot.canvas.held:
            tile.range = self.tiles[0].shown_range
        return tile

    def _arrange(self) -> None:
        """In as many columns as make the pictures largest: two, four in a square or in a row."""
        count = len(self.tiles)
        columns = best_columns(count, self.width(), self._grid_height())
        if (count, columns) == self._shape:
            return
        self._shape = count, columns
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, *divmod(number, columns))
            tile.show()
        for line in range(MOST):
            self._grid.setRowStretch(line, 1 if line * columns < count else 0)
            self._grid.setColumnStretch(line, 1 if line < min(columns, count) else 0)

    def _grid_height(self) -> int:
        """Where there is little room, the pictures have that of the legend, too."""
        size = self._theme.font_size
        explained = self.height() >= _LOW * size
        self.legend.setVisible(explained)
        self.names.setVisible(explained)
        return self.height() - round(2.4 * size * explained)

    @Slot()
    def _follow(self) -> None:
        """Zoomed or panned in one, all show the same."""
        canvas = self.sender()
        source = next((tile for tile in self.tiles if tile.plot.canvas is canvas), None)
        for tile in self.tiles:
            if source is not None and tile is not source:
                tile.set_range(source.shown_range)

    @Slot()
    def fit(self) -> None:
        """Show all samples again, in all of them."""
        for tile in self.tiles:
            tile.plot.fit()

    @Slot(int)
    def _choose(self, run: int) -> None:
        self.ordered.emit("activate", run, None)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _places(moment: Moment) -> tuple[RunMoment, ...]:
    """The runs that are shown, in their order."""
    return tuple(sorted(moment.runs, key=lambda run: (not run.live, run.line))[:MOST])


def best_columns(count: int, width: float, height: float) -> int:
    """Columns in which so many pictures are largest, rather wide than high."""

    def shorter_side(columns: int) -> float:
        rows = max(-(-count // columns), 1)
        return min(width / columns, _WIDE * (height / rows - _TITLE))

    return max(range(1, max(count, 1) + 1), key=shorter_side)
