"""What lies on a landscape's colours: contour lines with their losses, paths, marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen

from app.plots.canvas import Canvas
from app.plots.labels import small
from app.plots.landscape_clipping import clipped
from app.plots.landscape_frame import Frame, outside
from app.plots.landscape_labels import Labels, clear_of
from app.plots.landscape_shading import Level, lines_of
from app.runs_look import line_color, line_dash
from app.theme import THEMES, Theme
from slp_core.arrays import Bools, Float64s

_EDGE: Final = "#101418"
EDGE: Final = 2.6
"""Pixels by which a path's edge is wider than the path."""
_MARGIN: Final = 0.05
_APART: Final = 26.0
"""Pixels kept free around a contour's number."""
_CLEAR: Final = 5.0
"""Pixels kept free between a number and a path."""
_UNIT: Final = ((0.0, 1.0), (0.0, 1.0))


class Contours:
    """Lines in a colour that is seen on their shade; their losses where there is room."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._items = (pg.PlotCurveItem(antialias=True), pg.PlotCurveItem(antialias=True))
        self._labels = Labels(canvas, 3)
        self._theme = THEMES["light"]
        self.shown: list[tuple[str, float, float]] = []
        """Text and place of every number."""
        self._drawn: tuple[list[tuple[Level, Float64s]], Frame] = [], _UNIT
        self._paths: Sequence[Float64s] = ()
        for item in self._items:
            canvas.add(item, 2)

    def set_theme(self, theme: Theme) -> None:
        """Width of the lines and size of the numbers."""
        self._theme = theme
        for item, color in zip(self._items, ("#ffffff", "#000000"), strict=True):
            pen = self._canvas.pen(color, max(1.0, theme.line_width * 0.5))
            shade = QColor(color)
            shade.setAlpha(150)
            pen.setColor(shade)
            item.setPen(pen)

    def draw(self, shades: Float64s, levels: Sequence[Level], frame: Frame) -> None:
        """Draw these levels of shades (rows, columns) over a frame."""
        (left, right), (low, high) = frame
        ends: tuple[list[Float64s], list[Float64s]] = ([], [])
        candidates: list[tuple[Level, Float64s]] = []
        for level in levels:
            x, y = lines_of(shades, level)
            at = np.stack((left + x * (right - left), low + y * (high - low)))
            ends[level.share > 0.6].append(at)
            candidates.append((level, at))
        for item, parts in zip(self._items, ends, strict=True):
            x, y = np.concatenate(parts, axis=1) if parts else np.empty((2, 0))
            item.setData(x, y, connect="pairs", skipFiniteCheck=True)
        self._write(candidates, frame)

    def clear(self) -> None:
        """Draw nothing."""
        self.draw(np.zeros((2, 2)), (), _UNIT)

    def avoid(self, paths: Sequence[Float64s]) -> None:
        """Keep the numbers off these paths, each (m, 2); they move only if one is covered."""
        self._paths = paths
        _, frame = self._drawn
        metrics = QFontMetricsF(self._font())
        for text, x, y in self.shown:
            at, wide = np.array([[x], [y]]), metrics.horizontalAdvance(text) + 8
            if not self._clear(at, frame, wide).all():
                self._write(*self._drawn)
                return

    def _font(self) -> QFont:
        font = QFont()
        font.setPointSizeF(small(self._theme) * 0.9)
        return font

    def _clear(self, at: Float64s, frame: Frame, wide: float) -> Bools:
        """Which places (2, n) leave a number of this width beside all paths."""
        spans = np.array([end - start for start, end in frame])
        pixel = spans / np.array(self._canvas.area)
        half = np.array([wide / 2 + _CLEAR, small(self._theme) + _CLEAR]) * pixel
        found = np.ones(at.shape[1], bool)
        for path in self._paths:
            found &= clear_of(at, path, half)
        return found

    def _write(self, candidates: list[tuple[Level, Float64s]], frame: Frame) -> None:
        """A number on each line, as far from the others as it can be, and off the paths."""
        self._drawn = candidates, frame
        self.shown = []
        font = self._font()
        metrics = QFontMetricsF(font)
        for level, at in candidates:
            wide = metrics.horizontalAdvance(level.text) + 8
            place = self._place(at, frame, wide)
            if place is None:
                continue
            self.shown.append((level.text, *place))
        self._labels.show_texts(self.shown, font)

    def _place(self, at: Float64s, frame: Frame, wide: float) -> tuple[float, float] | None:
        """The middle of the segment that is farthest from all numbers so far, if that is far."""
        middles = (at[:, 0::2] + at[:, 1::2]) / 2
        spans = np.array([end - start for start, end in frame])
        starts = np.array([start for start, _ in frame])
        shares = (middles - starts[:, None]) / spans[:, None]
        pixels = np.array(self._canvas.area)
        side = np.array([wide / 2 / pixels[0], 10 / pixels[1]]) + _MARGIN / 2
        inside = ((shares > side[:, None]) & (shares < 1 - side[:, None])).all(axis=0)
        inside &= self._clear(middles, frame, wide)
        middles, shares = middles[:, inside], shares[:, inside]
        if not middles.shape[1]:
            return None
        away = np.full(middles.shape[1], np.inf)
        for _, x, y in self.shown:
            other = (np.array([x, y]) - starts) / spans
            gap = np.abs(shares - other[:, None]) * pixels[:, None]
            away = np.minimum(away, np.hypot(gap[0] * _APART * 2 / (wide + _APART), gap[1]))
        # The first number goes to the right of the middle: there is no other to keep away from.
        best = int(away.argmax()) if np.isfinite(away).any() else int(shares[0].argmax())
        if away[best] < _APART:
            return None
        return float(middles[0, best]), float(middles[1, best])


def edge_color(theme: Theme) -> str:
    """What sets a path off from the colours of the loss, whichever they are."""
    return _EDGE if theme.dark else "#ffffff"


class PathLayer:
    """One run's path as it looks in all curves: an edged line, a ring at its start, a disc now."""

    def __init__(self, canvas: Canvas, order: int) -> None:
        self._canvas = canvas
        self._edge, self._line = (pg.PlotCurveItem(antialias=True) for _ in range(2))
        # One item for each: in a drawing (SVG) an item of two marks draws both in each place.
        self._start, self.now = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.color = self._ground = _EDGE
        self._pen = QPen()
        self._first: tuple[float, float] | None = None
        self._places: Float64s = np.empty((0, 2))
        self.cut = False
        """Whether a part is not drawn, because it is too far from the view."""
        for n, item in enumerate((self._edge, self._line, self._start, self.now)):
            canvas.add(item, 10 + 4 * order + n)

    def set_look(self, theme: Theme, line: int) -> QPen:
        """Colour and dashes of a run; returns its pen, for the legend."""
        self.color, self._first = line_color(theme, line), None
        self._ground = edge_color(theme)
        wide = theme.line_width + 0.4
        pen = self._canvas.pen(self.color, wide)
        dashes = line_dash(line)
        if dashes:
            pen.setDashPattern(list(dashes))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._line.setPen(pen)
        self._line.setSegmentedLineMode("off" if dashes else "on")
        self._edge.setPen(self._canvas.pen(self._ground, wide + EDGE))
        self._pen = pen
        self.draw(self._places)
        return pen

    def draw(self, places: Float64s) -> None:
        """Places (m, 2) from the start to now; the line has a gap where one is not finite."""
        self._places = places
        finite: Bools = np.asarray(np.isfinite(places).all(axis=1))
        whole, known = bool(finite.all()), places[finite]
        view = self._canvas.x_range, self._canvas.y_range
        line = places if whole else np.where(finite[:, None], places, np.nan)
        drawn, self.cut = clipped(line, view)
        whole = whole and not self.cut
        x, y = drawn[:, 0].copy(), drawn[:, 1].copy()
        for item in (self._edge, self._line):
            item.setData(x, y, connect="all" if whole else "finite", skipFiniteCheck=whole)
        ring = _cosmetic(self.color, 2.2)
        first = (float(known[0, 0]), float(known[0, 1])) if len(known) > 1 else None
        if first != self._first:  # it hardly ever moves, and a marker costs more than the line
            self._first = first
            _spot(self._start, first, "o", 9.0, QBrush(QColor(self._ground)), ring)
        last = (float(known[-1, 0]), float(known[-1, 1])) if len(known) else None
        if last is not None and self.cut and outside(view, known[-1]):
            last = None
        around = _cosmetic(self._ground, 1.8)
        _spot(self.now, last, "o", 12.0, QBrush(QColor(self.color)), around)

    def follow(self) -> None:
        """Another part of the plane is looked at."""
        self.draw(self._places)

    def remove(self) -> None:
        """Take it off the canvas."""
        for item in (self._edge, self._line, self._start, self.now):
            self._canvas.remove(item)


class Spots:
    """The lowest place in view, a diamond, and a place that a person has marked, a cross."""

    def __init__(self, canvas: Canvas) -> None:
        self._lowest, self._marked = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        canvas.add(self._lowest, 8)
        canvas.add(self._marked, 60)

    def show_lowest(self, place: tuple[float, float] | None) -> None:
        """Where the least loss in view is."""
        _spot(self._lowest, place, "d", 14.0, QBrush(QColor("#ffffff")))

    def show_marked(self, place: tuple[float, float] | None) -> None:
        """Where a person might start."""
        _spot(self._marked, place, "+", 19.0, QBrush(QColor("#ff5a4f")))


def _cosmetic(color: str, width: float) -> QPen:
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    return pen


def _spot(
    item: pg.ScatterPlotItem,
    place: tuple[float, float] | None,
    symbol: str,
    size: float,
    brush: QBrush,
    pen: QPen | None = None,
) -> None:
    if place is None:
        item.clear()
        return
    x, y = np.array(place[:1]), np.array(place[1:])
    edge = pen or _cosmetic(_EDGE, 1.4)
    item.setData(x, y, symbol=symbol, size=size, pen=edge, brush=brush)
