"""What is drawn under the samples of a plane: the shaded region, its boundary and contours."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from app.plots.boundary import Segments, contour, contours
from app.plots.canvas import Canvas
from app.plots.colors import class_table
from app.plots.drawing import drawn
from app.plots.field import Float32s, Window
from app.plots.reading import Reading
from app.plots.region import ClassColors, RegionLayer, paint_shaded, paint_values
from app.plots.shading import Shading
from app.plots.ticks import nice_step
from app.theme import Theme
from slp_core.arrays import Floats

_PIXELS = 2.6
"""Pixels of the screen for one of the region's: finer is not seen, coarser shows steps."""
_FEWEST, _MOST = 31, 289
_BOUNDARY_STRIDE, _CONTOUR_STRIDE = 2, 3
"""Lines are found on every second and every third line of the grid: painting short pieces costs."""
MULTIPLE = _BOUNDARY_STRIDE * _CONTOUR_STRIDE
"""A grid has one line more than a multiple of this, so that lines reach the edges of the view."""


class PlanePicture:
    """Draws scores on a grid over the view (k, rows, columns), as a shading says."""

    def __init__(self, canvas: Canvas, theme: Theme, classes: int) -> None:
        self._canvas, self._theme = canvas, theme
        self.shading = Shading()
        self.with_contours = True
        self._region = RegionLayer(canvas, 0)
        self._colors = ClassColors(theme, max(classes, 2))
        self._contours = pg.PlotCurveItem(antialias=True)
        self._boundary = pg.PlotCurveItem(antialias=True)
        self._boundary.setPen(canvas.pen(theme.text, theme.line_width * 1.4))
        for item, z in ((self._contours, 2), (self._boundary, 5)):
            item.setSegmentedLineMode("on")
            canvas.add(item, z)
        faint = QColor(theme.text)
        faint.setAlpha(85)
        pen = canvas.pen(theme.text, 1.0)
        pen.setColor(faint)
        self._contours.setPen(pen)

    @property
    def grid(self) -> tuple[int, int]:
        """Columns and rows that suit the size on the screen."""
        width, height = self._canvas.area
        return _lines_for(width), _lines_for(height)

    @property
    def image(self) -> np.ndarray | None:
        """The region's pixels, rows from the bottom up."""
        return self._region.image

    @property
    def boundary(self) -> Segments:
        """Ends of the boundary's segments."""
        return drawn(self._boundary)

    @property
    def contours(self) -> Segments:
        """Ends of the contours' segments."""
        return drawn(self._contours)

    @property
    def contours_shown(self) -> bool:
        """Whether they are in sight."""
        return self._contours.isVisible()

    def set_contours(self, on: bool) -> None:
        """Show or hide the lines of equal output, from the next drawing on."""
        self.with_contours = on
        self._contours.setVisible(on)

    def draw_classes(
        self, reading: Reading, scores: Float32s, x: Window, y: Window, straight: bool
    ) -> None:
        """Draw what a model of classes says; ``scores`` may be overwritten."""
        shape, one = scores.shape[1:], self.shading.one
        steps = _steps(shape, straight, _BOUNDARY_STRIDE)
        thin = _thinned(scores, steps)
        segments = reading.boundary(thin) if one < 0 else contour(reading.lead(thin, one))
        self._set_segments(self._boundary, segments, shape, x, y, steps)
        if self.with_contours:
            self._draw_contours(reading, scores, (x, y), straight)
        buffer = self._region.buffer(*shape)
        if one < 0:
            paint_shaded(self._colors, reading, scores, self.shading, buffer)
        else:
            table = class_table(self._theme, one)
            paint_values(reading.output_of(scores, one), *reading.targets, buffer, table)
        self._region.show(buffer, _pixel_rect(shape, x, y))

    def draw_values(
        self,
        outputs: Floats,
        value_range: tuple[float, float],
        x: Window,
        y: Window,
        straight: bool,
    ) -> None:
        """Draw predicted numbers (rows, columns) on the scale of the target's values."""
        low, high = value_range
        buffer = self._region.buffer(*outputs.shape)
        paint_values(outputs, low, high, buffer)
        self._region.show(buffer, _pixel_rect(outputs.shape, x, y))
        if not self.with_contours:
            return
        steps = _steps(outputs.shape, straight, _CONTOUR_STRIDE)
        lines = contours(_thinned(outputs, steps), value_levels(low, high))
        self._set_segments(self._contours, lines, outputs.shape, x, y, steps)

    def remove(self) -> None:
        """Take everything off the canvas."""
        self._region.remove()
        self._canvas.remove(self._contours)
        self._canvas.remove(self._boundary)

    def _draw_contours(
        self,
        reading: Reading,
        scores: Float32s,
        windows: tuple[Window, Window],
        straight: bool,
    ) -> None:
        shape, one = scores.shape[1:], self.shading.one
        steps = _steps(shape, straight, _CONTOUR_STRIDE)
        thin = _thinned(scores, steps)
        field = reading.margin(thin) if one < 0 else reading.lead(thin, one)
        levels = reading.contour_levels() if one < 0 else reading.lead_levels()
        lines = (np.empty(0), np.empty(0)) if field is None else contours(field, levels)
        self._set_segments(self._contours, lines, shape, *windows, steps)

    def _set_segments(
        self,
        item: pg.PlotCurveItem,
        segments: Segments,
        shape: tuple[int, ...],
        x: Window,
        y: Window,
        steps: tuple[int, int],
    ) -> None:
        columns, rows = segments
        item.setData(
            x.low + columns * (steps[1] * 2 * x.half / (shape[1] - 1)),
            y.low + rows * (steps[0] * 2 * y.half / (shape[0] - 1)),
            connect="pairs",
            skipFiniteCheck=True,
        )


def _steps(shape: tuple[int, ...], straight: bool, stride: int) -> tuple[int, int]:
    """Lines of the grid, (down, across), from one that is searched to the next.

    A straight line is found exactly on any grid: on the coarsest, for a ninth of the cost.
    """
    rows, columns = shape
    return ((rows - 1) // MULTIPLE, (columns - 1) // MULTIPLE) if straight else (stride, stride)


def _thinned(field: Floats, steps: tuple[int, int]) -> Floats:
    return field[..., :: steps[0], :: steps[1]]


def value_levels(low: float, high: float) -> list[float]:
    """Some eight round numbers between low and high."""
    if not high > low:
        return []
    step = nice_step((high - low) / 10)
    return [n * step for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _pixel_rect(shape: tuple[int, ...], x: Window, y: Window) -> QRectF:
    """The picture's rectangle: its outer pixels are centred on the edges of the view."""
    rows, columns = shape
    half_x, half_y = x.half * columns / (columns - 1), y.half * rows / (rows - 1)
    return QRectF(x.middle - half_x, y.middle - half_y, 2 * half_x, 2 * half_y)


def _lines_for(pixels: float) -> int:
    """Lines of the grid across so many pixels."""
    wanted = min(max(pixels / _PIXELS, _FEWEST), _MOST)
    return round(wanted / MULTIPLE) * MULTIPLE + 1
