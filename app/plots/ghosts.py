"""Earlier boundaries of a run: a few, further apart in time the older they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPen

from app.plots.boundary import Segments
from app.plots.canvas import Canvas
from app.theme import Theme
from slp_core.network.parameters import Parameters
from slp_core.training.history import Checkpoint

MOST: Final = 8
"""Ghosts drawn at once."""
_FAINTEST, _STRONGEST = 0.25, 0.8
Trace = Callable[[Parameters], Segments]
"""Where the boundary of some weights runs in the view."""


def ghosts(checkpoints: Sequence[Checkpoint], now: int) -> tuple[Checkpoint, ...]:
    """Those nearest to 0, 1, 3, 10, 30, ... updates, before ``now``; the last `MOST` of them.

    The times are fixed, so that a ghost stays the same while a run goes on.
    """
    earlier = [point for point in checkpoints if point.update < now]
    if not earlier:
        return ()
    times = [0]
    while times[-1] < now:
        times.append(
            1 if len(times) == 1 else round(times[-1] * (3 if len(times) % 2 == 0 else 10 / 3))
        )
    found = {p.update: p for p in (nearest(earlier, time) for time in times if time < now)}
    return tuple(found[update] for update in sorted(found))[-MOST:]


def nearest(checkpoints: Sequence[Checkpoint], update: int) -> Checkpoint:
    """The checkpoint nearest in time."""
    return min(checkpoints, key=lambda point: abs(point.update - update))


class GhostLayer:
    """Thin lines, fainter the older they are; drawn again only when they are others."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas, self._z = canvas, z
        self._pen = QPen()
        self._items: list[pg.PlotCurveItem] = []
        self._shown: tuple[Checkpoint, ...] = ()

    @property
    def shown(self) -> tuple[Checkpoint, ...]:
        """Which are drawn, the oldest first."""
        return self._shown

    def set_theme(self, theme: Theme) -> None:
        """The accent's colour: not to be taken for a contour."""
        self._pen = self._canvas.pen(theme.accent, max(1.2, 0.6 * theme.line_width))
        self.clear()

    def show(self, chosen: tuple[Checkpoint, ...], trace: Trace) -> None:
        """Draw these."""
        before = {id(point): item for point, item in zip(self._shown, self._items, strict=True)}
        kept = {id(point) for point in chosen}
        free = [item for key, item in before.items() if key not in kept]
        self._items = []
        for age, point in enumerate(chosen):
            item = before.get(id(point))
            if item is None:
                item = free.pop() if free else self._make()
                x, y = trace(point.parameters)
                item.setData(x, y, connect="pairs", skipFiniteCheck=True)
            item.setPen(self._faded(age, len(chosen)))
            self._items.append(item)
        for item in free:
            self._canvas.remove(item)
        self._shown = chosen

    def clear(self) -> None:
        """Draw none."""
        for item in self._items:
            self._canvas.remove(item)
        self._items, self._shown = [], ()

    def _make(self) -> pg.PlotCurveItem:
        item = pg.PlotCurveItem(antialias=True)
        item.setSegmentedLineMode("on")
        self._canvas.add(item, self._z)
        return item

    def _faded(self, age: int, count: int) -> QPen:
        pen, color = QPen(self._pen), QColor(self._pen.color())
        share = (age + 1) / count
        color.setAlphaF(_FAINTEST + (_STRONGEST - _FAINTEST) * share)
        pen.setColor(color)
        return pen
