"""One feature against the output: curves, the threshold, the boundary, samples at their targets."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from app.plots.boundary import Segments, crossings
from app.plots.canvas import Canvas
from app.plots.colors import class_table, line_color, prediction_color
from app.plots.drawing import drawn
from app.plots.field import Window, recentred, scores_at
from app.plots.reading import Reading
from app.plots.readout import place_text, view_text
from app.plots.region import ClassColors, RegionLayer, paint_shaded, paint_values
from app.plots.samples import Samples
from app.plots.scene import Axes, padded
from app.plots.shading import Shading
from app.plots.shading_words import Scale
from app.theme import Theme
from slp_core.arrays import Float64s, Floats
from slp_core.data.dataset import Dataset
from slp_core.data.slices import slice_through
from slp_core.data.table import Table
from slp_core.network.coding import threshold
from slp_core.network.parameters import Parameters

_PLACES = 400
"""Points of a curve across the view."""
_TRACE = 120
"""Points of an earlier curve."""
_JITTER = 0.035
_ROW = 0.085
"""Distance of the rows of samples above a multi-class plot, as a share of the targets' distance."""


class LineView:
    """Feature i against the output; the others are held at their means."""

    def __init__(
        self, canvas: Canvas, dataset: Dataset, reading: Reading | None, theme: Theme, axes: Axes
    ) -> None:
        self._canvas, self._dataset, self._reading, self._theme = canvas, dataset, reading, theme
        self._i = axes.i
        self._x = dataset.inputs(axes.i)
        self._low, self._high = _targets(dataset, reading)
        self._y = self._levels()
        self._slice = slice_through(dataset.preparation, axes.i, None, dataset.means)
        self.table: Table | None = None
        """What the samples come from, to name their rows."""
        self._coefficients: Float64s | None = None
        self._shading = Shading()
        self._region = RegionLayer(canvas, 0)
        self._colors = ClassColors(theme, max(len(dataset.classes), 2))
        self._marks = pg.PlotCurveItem(antialias=False)
        self._curves: list[pg.PlotCurveItem] = []
        self._marks.setPen(canvas.pen(theme.text, 1.2, Qt.PenStyle.DashLine))
        canvas.add(self._marks, 3)
        canvas.y_axis.limits = self._limits()
        self.samples = Samples(canvas, dataset, theme, self._x, self._y)

    # What the decision plot asks; see the plane view.

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ranges that show all samples."""
        if not self._dataset.classes:
            return padded(self._x), padded(self._y)
        span = self._high - self._low
        top = 1.5 * _ROW * span
        if self._rows:
            top += _ROW * span * len(self._dataset.classes)
        return padded(self._x), (self._low - 0.15 * span, self._high + max(top, 0.15 * span))

    @property
    def names(self) -> tuple[str, str]:
        """Names of the axes."""
        output = self._dataset.target
        if self._dataset.classes:
            probable = self._reading is not None and self._reading.probability
            output = "probability" if probable else "output"
            if len(self._dataset.classes) == 2:
                output += f" of {self._dataset.classes[1]}" if probable else ""
        return self._dataset.feature_names[self._i], output

    @property
    def value_range(self) -> tuple[float, float] | None:
        """No colour bar: the target is an axis."""
        return None

    @property
    def scale(self) -> Scale | None:
        """No colour bar: outputs are an axis."""
        return None

    def set_shading(self, shading: Shading) -> None:
        """Let the colours mean something else; of one class against the rest, only its curve."""
        if shading != self._shading:
            self._shading = shading
            self.refresh()

    @property
    def image(self) -> np.ndarray | None:
        """The background's pixels."""
        return self._region.image

    @property
    def curves(self) -> list[Segments]:
        """Places and outputs of each curve."""
        return [drawn(curve) for curve in self._curves if curve.isVisible()]

    @property
    def marks(self) -> Segments:
        """Ends of the upright boundaries and, last, of the threshold."""
        return drawn(self._marks)

    @property
    def heights(self) -> Float64s:
        """Height of each sample."""
        return self._y

    def show(self, parameters: Parameters) -> None:
        """Draw the model with these weights."""
        self._coefficients = self._slice.coefficients(parameters.W, parameters.b)
        self.refresh()

    def refresh(self) -> None:
        """Draw again for what is visible now."""
        if self._coefficients is None or self._reading is None:
            return
        window = Window.between(*self._canvas.x_range)
        feature = self._dataset.preparation.features[self._i]
        scaled = window.scaled(feature.center, feature.scale)
        local = recentred(self._coefficients, self._slice.basis, scaled)
        scores = local.line(_PLACES)
        places = np.linspace(window.low, window.high, _PLACES)
        self._draw_curves(places, self._reading.outputs(scores))
        if self._dataset.classes:
            self._draw_marks(self._reading, scores, window)
            self._draw_bands(self._reading, scores, window)

    def hold(self, held: Floats) -> None:
        """Hold the other features at these values (p,); drawn with the next weights."""
        self._slice = slice_through(self._dataset.preparation, self._i, None, held)

    def trace(self, parameters: Parameters) -> Segments:
        """Ends of pieces of the curve of other weights; of several classes, their boundaries."""
        if self._reading is None:
            return np.empty(0), np.empty(0)
        window = Window.between(*self._canvas.x_range)
        feature = self._dataset.preparation.features[self._i]
        M = self._slice.coefficients(parameters.W, parameters.b)
        scaled = window.scaled(feature.center, feature.scale)
        scores, one = recentred(M, self._slice.basis, scaled).line(_TRACE), self._shading.one
        if len(scores) == 1 or one >= 0:
            places = np.linspace(window.low, window.high, _TRACE)
            return _pieces(places), _pieces(self._reading.outputs(scores)[max(one, 0)])
        x = window.low + crossings(scores) * (2 * window.half / (_TRACE - 1))
        return np.repeat(x, 2), np.tile(self._canvas.y_range, len(x))

    def residuals(self, parameters: Parameters, most: int) -> Segments:
        """Ends of upright lines from samples to what is predicted for them; ``most`` of them."""
        if self._reading is None:
            return np.empty(0), np.empty(0)
        step = -(-len(self._x) // most)
        V = self._dataset.prepared[::step] @ parameters.W + parameters.b
        predicted = self._reading.outputs(V.T)[0]
        ends = np.stack((self._y[::step], predicted), axis=1)
        return np.repeat(self._x[::step], 2), ends.ravel()

    def show_mistakes(self, parameters: Parameters) -> int | None:
        """Mark the samples these weights get wrong; returns how many, if all were looked at."""
        return self.samples.mark_mistakes(self._reading, parameters) if self._reading else None

    def text_at(self, x: float, y: float) -> str:
        """The readout for a place."""
        scores = None
        if self._coefficients is not None:
            feature = self._dataset.preparation.features[self._i]
            u = (x - feature.center) / feature.scale
            scores = scores_at(self._coefficients, self._slice.basis, u)
        place = place_text(self.names[:1], (x,))
        sample = self.samples.at(x, y)
        return view_text(self._dataset, self._reading, scores, place, sample, self.table)

    def remove(self) -> None:
        """Take everything off the canvas."""
        self._region.remove()
        self.samples.remove()
        for item in (self._marks, *self._curves):
            self._canvas.remove(item)
        self._canvas.y_axis.limits = None

    # How it is drawn.

    @property
    def _rows(self) -> bool:
        """Whether classes lie in rows above the curves, instead of at two targets."""
        return len(self._dataset.classes) > 2

    def _limits(self) -> tuple[float, float] | None:
        """Heights that an output can have, where the plot shows more."""
        if self._reading is None or not self._dataset.classes:
            return None
        bottom, top = self._reading.activation.range
        return (bottom, top) if np.isfinite(bottom) and np.isfinite(top) else None

    def _levels(self) -> Float64s:
        """Height of each sample."""
        dataset = self._dataset
        if not dataset.classes:
            return dataset.all_values
        span = self._high - self._low
        jitter = np.random.default_rng(0).uniform(-_JITTER, _JITTER, len(self._x)) * span
        if self._rows:
            return self._high + _ROW * span * (1 + dataset.all_labels) + jitter * 0.6
        return np.where(dataset.all_labels == 1, self._high, self._low) + jitter

    def _draw_curves(self, places: Floats, outputs: Floats) -> None:
        while len(self._curves) < len(outputs):
            curve = pg.PlotCurveItem(antialias=True)
            curve.setPen(self._canvas.pen(self._curve_color(outputs), self._theme.line_width * 1.5))
            self._canvas.add(curve, 7 if not self._dataset.classes else 5)
            self._curves.append(curve)
        for number, (curve, output) in enumerate(zip(self._curves, outputs, strict=True)):
            curve.setVisible(self._shading.one in (-1, number))
            curve.setData(places, output, connect="all", skipFiniteCheck=True)

    def _curve_color(self, outputs: Floats) -> str:
        if len(outputs) == 1:
            return self._theme.text if self._dataset.classes else prediction_color(self._theme)
        return line_color(self._theme, len(self._curves))

    def _draw_marks(self, reading: Reading, scores: Floats, window: Window) -> None:
        one = self._shading.one
        margin = reading.margin(scores) if one < 0 else reading.lead(scores, one)
        found = crossings(
            np.stack((np.zeros_like(margin), margin)) if margin is not None else scores
        )
        x = window.low + found * (2 * window.half / (_PLACES - 1))
        bottom, top = self._canvas.y_range
        ends_x, ends_y = np.repeat(x, 2), np.tile([bottom, top], len(x))
        if len(scores) == 1:
            level = threshold(reading.pair)
            ends_x = np.append(ends_x, [window.low, window.high])
            ends_y = np.append(ends_y, [level, level])
        self._marks.setData(ends_x, ends_y, connect="pairs", skipFiniteCheck=True)

    def _draw_bands(self, reading: Reading, scores: Floats, window: Window) -> None:
        field, one = scores[:, None, :].astype(np.float32), self._shading.one
        buffer = self._region.buffer(1, _PLACES)
        if one < 0:
            paint_shaded(self._colors, reading, field, self._shading, buffer)
        else:
            outputs = reading.output_of(field, one)
            paint_values(outputs, *reading.targets, buffer, class_table(self._theme, one))
        bottom, top = self._canvas.y_range
        half = window.half * _PLACES / (_PLACES - 1)
        self._region.show(buffer, QRectF(window.middle - half, bottom, 2 * half, top - bottom))


def _pieces(values: Floats) -> Floats:
    """The ends of the pieces between neighbouring points."""
    return np.repeat(values, 2)[1:-1]


def _targets(dataset: Dataset, reading: Reading | None) -> tuple[float, float]:
    """Heights of "not this class" and "this class", as far as the activation can reach them."""
    if not dataset.classes or reading is None:
        return 0.0, 1.0
    return reading.targets
