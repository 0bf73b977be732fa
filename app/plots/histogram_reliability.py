"""The calibration curve: what share came true of what was given a probability."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from app.plots.canvas import Canvas
from app.plots.drawing import Drawing, drawn
from app.plots.points import Style, fill
from app.theme import Theme
from slp_core.training.calibration import Reliability


class ReliabilityLines:
    """Points with their intervals, joined; the diagonal is where they belong."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._diagonal, self._intervals, self._line = (
            pg.PlotCurveItem(antialias=smooth) for smooth in (True, False, True)
        )
        self._points = pg.ScatterPlotItem()
        for z, item in enumerate((self._diagonal, self._intervals, self._line, self._points)):
            canvas.add(item, z)

    @property
    def points(self) -> Drawing:
        """Where the points are."""
        x, y = self._points.getData()
        return np.asarray(x), np.asarray(y)

    @property
    def line(self) -> Drawing:
        """The line through them."""
        return drawn(self._line)

    def show(self, found: Reliability, picked: np.ndarray, theme: Theme) -> None:
        """Draw it; ``picked`` (B,) are the bins with selected samples, which get a square."""
        there = found.counts > 0
        x, y = found.said[there], found.happened[there]
        self._diagonal.setPen(self._canvas.pen(theme.muted, 1.0, Qt.PenStyle.DotLine))
        self._diagonal.setData(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
        self._intervals.setPen(self._canvas.pen(theme.muted, 1.4))
        ends = np.stack((found.low[there], found.high[there]), axis=1).ravel()
        self._intervals.setData(np.repeat(x, 2), ends, connect="pairs", skipFiniteCheck=True)
        self._line.setPen(self._canvas.pen(theme.train_color, theme.line_width))
        self._line.setData(x, y, skipFiniteCheck=True)
        size = round(0.82 * theme.font_size)
        kinds = [_style("o", size, theme.surface, theme.train_color)]
        kinds.append(_style("s", size + 5, theme.text, theme.train_color))
        fill(self._points, x, y, kinds, picked[there].astype(np.int64))

    def clear(self) -> None:
        """Draw nothing."""
        for item in (self._diagonal, self._intervals, self._line):
            item.setData(np.empty(0), np.empty(0))
        self._points.clear()


def _style(symbol: str, size: float, rim: str, inside: str) -> Style:
    pen = QPen(QColor(rim), 1.4)
    pen.setCosmetic(True)
    return Style(symbol, size, pen, QBrush(QColor(inside)))
