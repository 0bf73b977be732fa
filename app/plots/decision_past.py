"""Earlier boundaries over the decision view: a few of the past, and the best so far."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPen

from app.plots.canvas import Canvas
from app.plots.ghosts import GhostLayer, Trace, ghosts
from app.plots.legend import Entry
from app.plots.marks import line as line_mark
from app.plots.numbers import format_count
from app.theme import THEMES, Theme
from slp_core.network.parameters import Parameters
from slp_core.training.pocket import Best
from slp_core.training.snapshot import Snapshot


class PastLayers(QObject):
    """Ghosts and the best boundary; drawn again only when they are others."""

    changed = Signal()
    """The best is another one: the legend says which."""

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._theme = canvas, THEMES["light"]
        self.ghosts = GhostLayer(canvas, 2.5)
        self.best: Best | None = None
        """The weights whose boundary is drawn as the best, if any."""
        self._line = pg.PlotCurveItem(antialias=True)
        self._line.setSegmentedLineMode("on")
        canvas.add(self._line, 4.5)

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._theme = theme
        self.ghosts.set_theme(theme)
        self._line.setPen(self._pen())

    def clear(self) -> None:
        """Draw none."""
        self.ghosts.clear()
        self._line.clear()
        self.best = None

    def draw(
        self,
        now: Snapshot,
        trace: Trace,
        fits: Callable[[Parameters], bool],
        *,
        with_ghosts: bool,
        with_best: bool,
    ) -> None:
        """Draw what is on, of the recorded weights that fit the model."""
        recorded = now.history.checkpoints if with_ghosts else ()
        points = [point for point in recorded if fits(point.parameters)]
        chosen = ghosts(points, now.update) if with_ghosts else ()
        if chosen != self.ghosts.shown:
            self.ghosts.show(chosen, trace)
        self._draw_best(_best_of(now, fits) if with_best else None, trace)

    def ghost_entry(self, tip: str) -> Entry:
        """What the legend says of the ghosts."""
        pen = self._canvas.pen(self._theme.accent, max(1.2, 0.6 * self._theme.line_width))
        return Entry("earlier", line_mark(pen), tip)

    def best_entry(self) -> Entry:
        """What the legend says of the best."""
        return Entry("best so far", line_mark(self._pen()), self._best_words())

    def _draw_best(self, best: Best | None, trace: Trace) -> None:
        if best is self.best:
            return
        self.best = best
        if best is None:
            self._line.clear()
        else:
            self._line.setData(*trace(best.parameters), connect="pairs", skipFiniteCheck=True)
        self.changed.emit()

    def _best_words(self) -> str:
        if self.best is None:
            return "The best weights so far are those of now."
        which = "validation" if self.best.by_validation else "training"
        return f"The smallest {which} loss so far was at update {format_count(self.best.update)}."

    def _pen(self) -> QPen:
        return self._canvas.pen(self._theme.ok, self._theme.line_width, Qt.PenStyle.DashLine)


def _best_of(now: Snapshot, fits: Callable[[Parameters], bool]) -> Best | None:
    """The best so far where it is another than the weights of now."""
    best = now.best
    if best is None or best.update >= now.update or not fits(best.parameters):
        return None
    return best
