"""Scores as strokes below a curve: one row for each class, which begins with its marker."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.plots.canvas import Canvas
from app.plots.colors import line_color
from app.plots.drawing import Drawing, drawn
from app.plots.points import Style, class_style
from app.plots.score_data import Scores
from app.theme import Theme

_MOST = 0.6
"""Most that all rows together take, as a share of the height of the curves."""
_ROW = 0.1
_LEAST_MARKER = 6.5
"""Smaller markers are not told apart; there, pointing at a row names its class."""
_STROKE = 170
"""Opacity (of 255) of a stroke, so that many on top of each other look like more."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows lie: the upper edge of the first, the height of each, how many."""

    top: float
    height: float
    count: int

    @classmethod
    def below(cls, low: float, high: float, classes: int) -> Rows:
        """Rows under curves between ``low`` and ``high``."""
        span, count = high - low, max(classes, 1)
        return cls(low - 0.06 * span, span * min(_ROW, _MOST / count), count)

    @property
    def bottom(self) -> float:
        """Lower edge of the last row."""
        return self.top - self.height * self.count

    def at(self, place: float) -> int:
        """The row at a height, -1 above them."""
        return floor((self.top - place) / self.height) if place < self.top else -1

    def middle(self, row: int) -> float:
        """Middle of a row."""
        return self.top - self.height * (row + 0.5)


class Rug:
    """The strokes and markers of all rows."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._strokes: list[pg.PlotCurveItem] = []
        self._styles: list[Style] = []
        self._rows = Rows(0.0, 0.1, 1)
        self._markers = pg.ScatterPlotItem()
        canvas.add(self._markers, 8)

    @property
    def strokes(self) -> list[Drawing]:
        """Ends of the strokes of each row."""
        return [drawn(item) for item in self._strokes]

    def set_classes(self, theme: Theme, classes: int) -> None:
        """A row for each class; one without a marker when there is none."""
        for item in self._strokes:
            self._canvas.remove(item)
        self._strokes = [self._stroke(theme, k) for k in range(max(classes, 1))]
        self._styles = [class_style(theme, k, hollow=False) for k in range(classes)]

    def _stroke(self, theme: Theme, k: int) -> pg.PlotCurveItem:
        item = pg.PlotCurveItem(antialias=False)
        color = QColor(line_color(theme, k))
        color.setAlpha(_STROKE)
        pen = self._canvas.pen(color.name(), 1.0)
        pen.setColor(color)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        item.setPen(pen)
        self._canvas.add(item, 4)
        return item

    def show(self, scores: Scores | None, rows: Rows) -> None:
        """Draw these scores there."""
        self._rows = rows
        for k, item in enumerate(self._strokes):
            value = np.empty(0) if scores is None else scores.value[scores.row == k]
            value = value[np.isfinite(value)]
            middle, half = rows.middle(k), 0.4 * rows.height
            ends = np.tile([middle + half, middle - half], len(value))
            item.setData(np.repeat(value, 2), ends, connect="pairs", skipFiniteCheck=True)
        self.place_markers()

    def place_markers(self) -> None:
        """At the left end of the view: colour is never the only difference."""
        (left, right), (bottom, top) = self._canvas.x_range, self._canvas.y_range
        room = self._rows.height / (top - bottom) * self._canvas.area[1]
        if room < _LEAST_MARKER:
            self._markers.clear()
            return
        self._markers.setData(
            np.full(len(self._styles), left + 0.014 * (right - left)),
            np.array([self._rows.middle(k) for k in range(len(self._styles))]),
            symbol=[style.symbol for style in self._styles],
            size=[min(style.size - 1, room) for style in self._styles],
            pen=[style.pen for style in self._styles],
            brush=[style.brush for style in self._styles],
        )
