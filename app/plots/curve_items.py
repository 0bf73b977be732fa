"""The items a curve is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from app.plots.canvas import Canvas
from app.plots.curve_data import Drawn, Line, drawn
from app.plots.curve_kinds import Series
from app.plots.dashes import dashes
from app.plots.numbers import format_count
from app.plots.scales import Scale
from app.theme import Theme
from slp_core.arrays import Float64s, Floats, Ints

_BAND = 70
"""Opacity (of 255) of the band between the least and the largest value."""
_TOP = 0.95e300
"""A cross is drawn no further out: there views end."""
_RAW = 120
"""Opacity of a line behind its smoothed one."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks; ``dash`` is in units of the width, empty for a solid line."""

    color: str
    width: float
    dash: tuple[float, ...]
    danger: str

    def sample_pen(self) -> QPen:
        """A pen for the legend."""
        pen = QPen(QColor(self.color), self.width + 0.3)
        if self.dash:
            pen.setDashPattern(list(self.dash))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def series_look(theme: Theme, series: Series) -> Look:
    """How a series looks while one run is shown."""
    dash = (4.0, 3.0) if series.dashed else ()
    wider = -0.4 if series.part else 0.2
    return Look(series.color(theme), theme.line_width + wider, dash, theme.danger)


class CurveItems:
    """A line (a dot while it is one point), the band around it, crosses where numbers were lost."""

    def __init__(self, canvas: Canvas, order: int) -> None:
        self._canvas = canvas
        self._band = pg.PlotCurveItem(antialias=False, fillLevel="enclosed")
        self._band.setPen(None)
        self._raw = pg.PlotCurveItem(antialias=False)  # what a smoothed line was before
        self._ink = pg.PlotCurveItem(antialias=True)  # a dashed line, in pieces
        self._ink.setSegmentedLineMode("on")
        self._line = pg.PlotCurveItem(antialias=True)
        self._dot = pg.ScatterPlotItem()
        self._end = pg.ScatterPlotItem()
        self._danger = self._color = QColor()
        self._look: Look | None = None
        self._points: Drawn | None = None
        self._crosses: tuple[Floats, Floats] = np.empty(0), np.empty(0)
        self._dotted = False
        canvas.add(self._band, 1 + order)
        canvas.add(self._raw, 4 + order)
        canvas.add(self._ink, 6 + order)
        for item, z in ((self._line, 6 + order), (self._dot, 9 + order), (self._end, 12 + order)):
            canvas.add(item, z)
        for item in (self._band, self._raw, self._ink, self._dot, self._end):
            item.setVisible(False)  # an empty item takes as long to paint as one of a few points
        canvas.range_changed.connect(self._draw_ink)

    def set_look(self, look: Look) -> None:
        """Colours, width and dash."""
        color = QColor(look.color)
        self._color, self._look = QColor(color), look
        pen = self._canvas.pen(color.name(), look.width)
        self._ink.setPen(pen)
        pen = QPen(pen)
        if look.dash:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern(list(look.dash))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._line.setSegmentedLineMode("off" if look.dash else "on")
        self._line.setPen(pen)
        color.setAlpha(_RAW)
        pen = self._canvas.pen(color.name(), 1.0)
        pen.setColor(color)
        self._raw.setPen(pen)
        color.setAlpha(_BAND)
        self._band.setBrush(QBrush(color))
        self._danger = QColor(look.danger)
        self._draw_ink()
        self._mark(*self._crosses)

    def draw_line(
        self,
        time: Float64s,
        line: Line,
        scales: tuple[Scale, Scale],
        smooth: Line | None,
        marked: Ints,
        *,
        banded: bool = True,
    ) -> None:
        """Draw a line over time, and a cross at the ``marked`` points.

        A ``smooth`` line takes its place, and it stays behind, faint.
        """
        x_scale, y_scale = scales
        points = drawn(time, line, x_scale, y_scale)
        main = points if smooth is None else drawn(time, smooth, x_scale, y_scale)
        low, high = (points.low, points.high) if banded else (main.y, main.y)
        self.draw(replace(main, low=low, high=high))
        self._raw.setVisible(smooth is not None)
        if smooth is not None:
            self._raw.setData(points.x, points.y, skipFiniteCheck=True)
        x, y = x_scale.forward(time[marked]), y_scale.forward(line.value[marked])
        self._mark(x, np.clip(y, -_TOP, _TOP))

    def draw(self, points: Drawn) -> None:
        """Draw these points."""
        self._points = points
        self._line.setData(points.x, points.y, skipFiniteCheck=True)
        self._draw_ink()
        self._dot.setVisible(len(points.x) == 1)
        self._band.setVisible(points.banded)
        if len(points.x) == 1:
            pen, brush = QPen(Qt.PenStyle.NoPen), QBrush(self._color)
            self._dot.setData(points.x, points.y, symbol="o", size=7.0, pen=pen, brush=brush)
        elif self._dotted:
            self._dot.clear()
        self._dotted = len(points.x) == 1
        if points.banded:
            x = np.concatenate((points.x, points.x[::-1]))
            y = np.concatenate((points.high, points.low[::-1]))
            self._band.setData(x, y, skipFiniteCheck=True)
        else:
            self._band.setData(np.empty(0), np.empty(0))

    def _draw_ink(self) -> None:
        """Draw the dashes of a dashed line, which depend on the range, in the line's place."""
        points, look, pieces = self._points, self._look, None
        if points is not None and look is not None and look.dash and len(points.x) > 1:
            pieces = dashes(points.x, points.y, self._canvas.pixel, look.dash, look.width)
        if pieces is not None:
            self._ink.setData(*pieces, connect="pairs", skipFiniteCheck=True)
        elif self._ink.isVisible():
            self._ink.clear()
        self._line.setVisible(pieces is None)
        self._ink.setVisible(pieces is not None)

    def _mark(self, x: Floats, y: Floats) -> None:
        """A cross at each of these places."""
        self._crosses = x, y
        seen = np.isfinite(x) & np.isfinite(y)
        if not seen.any():
            if self._end.isVisible():
                self._end.clear()
            self._end.setVisible(False)
            return
        self._end.setVisible(True)
        pen = QPen(self._danger, 1.5)
        pen.setCosmetic(True)
        brush = QBrush(self._danger)
        self._end.setData(x[seen], y[seen], symbol="x", size=13.0, pen=pen, brush=brush)

    def clear(self) -> None:
        """Draw nothing."""
        empty = np.empty(0)
        self.draw(Drawn(empty, empty, empty, empty))
        self._raw.setVisible(False)
        self._mark(empty, empty)


class EventMarks:
    """Thin vertical lines at updates where something was changed."""

    def __init__(self, canvas: Canvas) -> None:
        self._item = pg.PlotCurveItem(antialias=False)
        self._events: tuple[tuple[int, str], ...] = ()
        self._x: Floats = np.empty(0)
        self._canvas = canvas
        canvas.add(self._item, 0.5)

    def set_theme(self, theme: Theme) -> None:
        """Colour."""
        self._item.setPen(self._canvas.pen(theme.muted, 1.0, Qt.PenStyle.DotLine))

    def set_events(self, events: Sequence[tuple[int, str]]) -> None:
        """(update, text) of each."""
        self._events = tuple(events)

    @property
    def texts(self) -> list[str]:
        """What each mark says."""
        return [f"update {format_count(update)}: {text}" for update, text in self._events]

    def draw(self, times: tuple[Float64s, Float64s], scale: Scale) -> None:
        """Place the marks; ``times`` are updates and the time of each on the axis."""
        updates, axis = times
        at = np.array([update for update, _ in self._events], dtype=np.float64)
        if len(at) and len(updates):
            at = np.interp(at, updates, axis)
        self._x = scale.forward(at)
        self.stretch(self._canvas.y_range)

    def stretch(self, y: tuple[float, float]) -> None:
        """From the bottom to the top of the view."""
        self._item.setData(
            np.repeat(self._x, 2), np.tile(y, len(self._x)), connect="pairs", skipFiniteCheck=True
        )

    def text_at(self, x: float, tolerance: float) -> str:
        """The text of the mark near ``x``, or nothing."""
        if not len(self._x):
            return ""
        nearest = int(np.abs(self._x - x).argmin())
        if abs(self._x[nearest] - x) > tolerance:
            return ""
        return self.texts[nearest]
