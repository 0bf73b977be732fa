"""Two features against each other: region, boundary, contours, samples."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from app.plots.boundary import Segments, contour
from app.plots.canvas import Canvas
from app.plots.drawing import drawn
from app.plots.field import Float32s, LocalScores, Window, recentred, scores_at
from app.plots.reading import Reading
from app.plots.readout import place_text, view_text
from app.plots.region import ClassColors, RegionLayer, paint_values
from app.plots.samples import Samples
from app.plots.scene import Axes, padded
from app.plots.ticks import nice_step
from app.plots.weight_arrow import Arrow, Line
from app.theme import Theme
from slp_core.arrays import Float64s, Floats
from slp_core.data.dataset import Dataset
from slp_core.data.slices import slice_through
from slp_core.network.coding import score_threshold
from slp_core.network.parameters import Parameters

_PIXELS = 2.6
"""Pixels of the screen for one of the region's: finer is not seen, coarser shows steps."""
_FEWEST, _MOST = 31, 289
_BOUNDARY_STRIDE, _CONTOUR_STRIDE = 2, 3
"""Lines are found on every second and every third line of the grid: painting short pieces costs."""
_TRACE = 61
"""Lines of the grid on which an earlier, curved boundary is found."""
_MULTIPLE = _BOUNDARY_STRIDE * _CONTOUR_STRIDE
"""A grid has one line more than a multiple of this, so that lines reach the edges of the view."""


class PlaneView:
    """The plane of features i and j; the others are held at their means."""

    def __init__(
        self, canvas: Canvas, dataset: Dataset, reading: Reading | None, theme: Theme, axes: Axes
    ) -> None:
        assert axes.j is not None  # noqa: S101 - the decision plot chooses the view by this
        self._canvas, self._dataset, self._reading, self._theme = canvas, dataset, reading, theme
        self._i, self._j = axes.i, axes.j
        self._x, self._y = dataset.inputs(axes.i), dataset.inputs(axes.j)
        self._slice = slice_through(dataset.preparation, axes.i, axes.j, dataset.means)
        self._linear = dataset.preparation.is_linear
        self._coefficients: Float64s | None = None
        self._with_contours = True
        self._region = RegionLayer(canvas, 0)
        self._colors = ClassColors(theme, max(len(dataset.classes), 2))
        self._contours = pg.PlotCurveItem(antialias=True)
        self._boundary = pg.PlotCurveItem(antialias=True)
        for item, z in ((self._contours, 2), (self._boundary, 5)):
            item.setSegmentedLineMode("on")
            canvas.add(item, z)
        self.samples = Samples(canvas, dataset, theme, self._x, self._y, self.value_range)
        self._pens()

    # What the decision plot asks.

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ranges that show all samples."""
        return padded(self._x), padded(self._y)

    @property
    def names(self) -> tuple[str, str]:
        """Names of the axes."""
        names = self._dataset.feature_names
        return names[self._i], names[self._j]

    @property
    def value_range(self) -> tuple[float, float] | None:
        """Range of the colour bar; None with classes."""
        values = self._dataset.all_values
        if not len(values):
            return None
        return float(values.min()), float(values.max())

    @property
    def image(self) -> np.ndarray | None:
        """The region's pixels, rows from the bottom up."""
        return self._region.image

    @property
    def boundary(self) -> Segments:
        """Ends of the boundary's segments."""
        return drawn(self._boundary)

    def show(self, parameters: Parameters) -> None:
        """Draw the model with these weights."""
        self._coefficients = self._slice.coefficients(parameters.W, parameters.b)
        self.refresh()

    def refresh(self) -> None:
        """Draw again for what is visible now."""
        if self._coefficients is None or self._reading is None:
            return
        x, y = self._windows()
        local = self._about_view(self._coefficients, x, y)
        columns, rows = self._grid()
        scores = local.grid(columns, rows)
        if self._dataset.classes:
            self._draw_classes(scores, x, y)
        else:
            self._draw_values(scores, x, y)

    def hold(self, held: Floats) -> None:
        """Hold the other features at these values (p,); drawn with the next weights."""
        self._slice = slice_through(self._dataset.preparation, self._i, self._j, held)

    def trace(self, parameters: Parameters) -> Segments:
        """Ends of the segments of the boundary that other weights would have."""
        if self._reading is None or not self._dataset.classes:
            return np.empty(0), np.empty(0)
        x, y = self._windows()
        local = self._about_view(self._slice.coefficients(parameters.W, parameters.b), x, y)
        count = _MULTIPLE + 1 if self.straight else _TRACE
        columns, rows = self._reading.boundary(local.grid(count, count))
        step = 2 / (count - 1)
        return x.low + columns * (step * x.half), y.low + rows * (step * y.half)

    @property
    def straight(self) -> bool:
        """Whether the boundary is one straight line: two classes and no powers."""
        return self._linear and len(self._dataset.classes) == 2

    @property
    def has_contours(self) -> bool:
        """Whether there are lines of equal output."""
        return self._reading is not None and (
            not self._dataset.classes or bool(self._reading.contour_levels())
        )

    @property
    def contours(self) -> Segments:
        """Ends of the contours' segments."""
        return drawn(self._contours)

    @property
    def contours_shown(self) -> bool:
        """Whether they are in sight."""
        return self._contours.isVisible()

    def set_contours(self, on: bool) -> None:
        """Show or hide the lines of equal output."""
        if on != self._with_contours:
            self._with_contours = on
            self._contours.setVisible(on)
            self.refresh()

    def arrow(self) -> Arrow | None:
        """The weight vector on a straight boundary, if it is in view."""
        line = self.line()
        return None if line is None else line.arrow()

    def line(self) -> Line | None:
        """The boundary's equation, where it is one straight line."""
        if self._coefficients is None or self._reading is None or not self.straight:
            return None
        M = self._coefficients
        one = len(M) == 1
        lead = M[0] if one else M[1] - M[0]
        offset = float(lead[0, 0]) - (score_threshold(self._reading.pair) if one else 0.0)
        x, y = self._windows()
        return Line(offset, (float(lead[1, 0]), float(lead[0, 1])), self._scaled(x, y), (x, y))

    def show_mistakes(self, parameters: Parameters) -> int | None:
        """Mark the samples these weights get wrong; returns how many, if all were looked at."""
        return self.samples.mark_mistakes(self._reading, parameters) if self._reading else None

    def text_at(self, x: float, y: float) -> str:
        """The readout for a place."""
        scores = None
        if self._coefficients is not None:
            features = self._dataset.preparation.features
            u = (x - features[self._i].center) / features[self._i].scale
            v = (y - features[self._j].center) / features[self._j].scale
            scores = scores_at(self._coefficients, self._slice.basis, u, v)
        place = place_text(self.names, (x, y))
        return view_text(self._dataset, self._reading, scores, place, self.samples.at(x, y))

    def remove(self) -> None:
        """Take everything off the canvas."""
        self._region.remove()
        self.samples.remove()
        self._canvas.remove(self._contours)
        self._canvas.remove(self._boundary)

    # How it is drawn.

    def _pens(self) -> None:
        faint = QColor(self._theme.text)
        faint.setAlpha(85)
        pen = self._canvas.pen(self._theme.text, 1.0)
        pen.setColor(faint)
        self._contours.setPen(pen)
        self._boundary.setPen(self._canvas.pen(self._theme.text, self._theme.line_width * 1.4))

    def _windows(self) -> tuple[Window, Window]:
        return Window.between(*self._canvas.x_range), Window.between(*self._canvas.y_range)

    def _scaled(self, x: Window, y: Window) -> tuple[Window, Window]:
        """The view in the units of the network's inputs."""
        first, second = (self._dataset.preparation.features[n] for n in (self._i, self._j))
        return x.scaled(first.center, first.scale), y.scaled(second.center, second.scale)

    def _about_view(self, M: Float64s, x: Window, y: Window) -> LocalScores:
        return recentred(M, self._slice.basis, *self._scaled(x, y))

    def _grid(self) -> tuple[int, int]:
        width, height = self._canvas.area
        return _lines_for(width), _lines_for(height)

    def _draw_classes(self, scores: Float32s, x: Window, y: Window) -> None:
        assert self._reading is not None  # noqa: S101 - refresh has looked
        shape = scores.shape[1:]
        straight = self.straight
        steps = _steps(shape, straight, _BOUNDARY_STRIDE)
        segments = self._reading.boundary(_thinned(scores, steps))
        self._set_segments(self._boundary, [segments], shape, x, y, steps)
        steps = _steps(shape, straight, _CONTOUR_STRIDE)
        margin = self._reading.margin(_thinned(scores, steps)) if self._with_contours else None
        if margin is not None:
            lines = [contour(margin, level) for level in self._reading.contour_levels()]
            self._set_segments(self._contours, lines, shape, x, y, steps)
        buffer = self._region.buffer(*shape)
        self._colors.paint(self._reading.shares(scores).astype(np.float32, copy=False), buffer)
        self._region.show(buffer, _pixel_rect(shape, x, y))

    def _draw_values(self, scores: Float32s, x: Window, y: Window) -> None:
        assert self._reading is not None and self.value_range is not None  # noqa: S101, PT018 - as above
        outputs = self._reading.outputs(scores)[0]
        low, high = self.value_range
        buffer = self._region.buffer(*outputs.shape)
        paint_values(outputs, low, high, buffer)
        self._region.show(buffer, _pixel_rect(outputs.shape, x, y))
        if not self._with_contours:
            return
        straight = self._linear and self._reading.pair.activation == "identity"
        steps = _steps(outputs.shape, straight, _CONTOUR_STRIDE)
        lines = [contour(_thinned(outputs, steps), level) for level in value_levels(low, high)]
        self._set_segments(self._contours, lines, outputs.shape, x, y, steps)

    def _set_segments(
        self,
        item: pg.PlotCurveItem,
        lines: list[Segments],
        shape: tuple[int, ...],
        x: Window,
        y: Window,
        steps: tuple[int, int],
    ) -> None:
        columns = np.concatenate([line[0] for line in lines]) if lines else np.empty(0)
        rows = np.concatenate([line[1] for line in lines]) if lines else np.empty(0)
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
    return ((rows - 1) // _MULTIPLE, (columns - 1) // _MULTIPLE) if straight else (stride, stride)


def _thinned(field: Float32s, steps: tuple[int, int]) -> Float32s:
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
    return round(wanted / _MULTIPLE) * _MULTIPLE + 1
