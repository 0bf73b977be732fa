"""Residuals over a field of numbers: a spike at each sample, as high as it is missed.

Up: the true number is above the prediction. Both axes are features, so that no line can go from a
sample to its prediction; a height can be compared, and a direction is seen without colours. The
scale is a round one that the legend names; it changes only when spikes have grown or sunk much, so
that they sink while a model learns. They are pixels high, a light line on a dark one, for they lie
on every shade of the field.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from app.numbers import number_text
from app.plots.boundary import Segments
from app.plots.canvas import Canvas
from app.plots.drawing import drawn
from app.plots.legend import Entry
from app.plots.ticks import nice_step
from app.theme import Theme
from slp_core.arrays import Float64s

_USUAL: Final = 32.0
"""Pixels of a usual residual (the root of the mean square) when a scale is chosen, about."""
_CALM: Final = (6.0, 75.0)
"""Between so many pixels the scale stays."""
_KEY: Final = 14.0
"""Pixels of the spike in the legend, whose residual is a round number."""
_HIGHEST: Final = 160.0
_HALF: Final = 3.5
"""Half the width at the foot, in pixels: narrower than a marker."""
_INK, _EDGE = "#ffffff", "#101418"
TIP: Final = (
    "From each sample, up where the true number is above the prediction, down where it is below;"
    " the spike shown here is the residual named. Of more than 200 samples some have one."
)


class SpikeLayer(QObject):
    """Spikes on a canvas."""

    rescaled = Signal()
    """The legend names another residual."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._items = pg.PlotCurveItem(antialias=True), pg.PlotCurveItem(antialias=True)
        self._width = 1.0
        self._unit = 0.0
        for place, item in enumerate(self._items):
            item.setSegmentedLineMode("on")
            canvas.add(item, z + 0.1 * place)

    @property
    def unit(self) -> float:
        """The residual whose spike is as high as that in the legend; 0 before there are any."""
        return self._unit

    @property
    def lines(self) -> Segments:
        """Ends of the spikes' flanks."""
        return drawn(self._items[1])

    def set_theme(self, theme: Theme) -> None:
        """Width of the lines."""
        self._width = max(1.0, 0.6 * theme.line_width)
        pens = self._pens()
        for item, pen in zip(self._items, pens, strict=True):
            item.setPen(pen)

    def show(self, x: Float64s, y: Float64s, residual: Float64s) -> None:
        """Draw spikes at samples (n,)."""
        there = np.isfinite(residual)
        self._choose_scale(residual[there])
        height = np.clip(residual[there] / (self._unit or 1.0) * _KEY, -_HIGHEST, _HIGHEST)
        lines = spikes(x[there], y[there], height, self._canvas.pixel)
        for item in self._items:
            item.setData(*lines, connect="pairs", skipFiniteCheck=True)

    def forget(self) -> None:
        """Other data have another scale."""
        self._unit = 0.0

    def clear(self) -> None:
        """Draw none."""
        for item in self._items:
            item.clear()

    def entry(self) -> Entry:
        """What the legend says: a spike, and the residual it stands for."""
        return Entry(f"residual {number_text(self._unit)}", self._draw_key, TIP)

    def _choose_scale(self, residual: Float64s) -> None:
        with np.errstate(over="ignore"):
            usual = float(np.sqrt(np.mean(residual**2))) if residual.size else 0.0
        if not 0 < usual < np.inf:
            return
        low, high = _CALM
        if not self._unit or not low <= usual / self._unit * _KEY <= high:
            before, self._unit = self._unit, nice_step(usual * _KEY / _USUAL)
            if before != self._unit:
                self.rescaled.emit()

    def _pens(self) -> tuple[QPen, QPen]:
        return self._canvas.pen(_EDGE, self._width + 1.6), self._canvas.pen(_INK, self._width)

    def _draw_key(self, painter: QPainter, middle: QPointF) -> None:
        foot, top = middle + QPointF(0, _KEY / 2), middle - QPointF(0, _KEY / 2)
        for color, width in ((_EDGE, self._width + 1.6), (_INK, self._width)):
            painter.setPen(QPen(QColor(color), width))
            for side in (-_HALF, _HALF):
                painter.drawLine(foot + QPointF(side, 0), top)


def spikes(x: Float64s, y: Float64s, height: Float64s, pixel: tuple[float, float]) -> Segments:
    """Ends of the two flanks of each spike; ``height`` (n,) in pixels, up is positive."""
    width, tall = pixel
    ends = np.stack((x - _HALF * width, x, x + _HALF * width, x), axis=1)
    top = y + height * tall
    return ends.ravel(), np.stack((y, top, y, top), axis=1).ravel()
