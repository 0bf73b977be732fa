"""Two features, or mixtures of them, against each other: region, boundary, contours, samples."""

from __future__ import annotations

import numpy as np

from app.plots.boundary import Segments, contour
from app.plots.canvas import Canvas
from app.plots.field import LocalScores, Window, recentred, scores_at
from app.plots.plane_picture import MULTIPLE, PlanePicture
from app.plots.plane_sheet import Sheet
from app.plots.plane_words import Misled, Witnesses
from app.plots.reading import Reading
from app.plots.readout import place_text, view_text
from app.plots.samples import Samples
from app.plots.scene import padded
from app.plots.shading import Shading
from app.plots.shading_words import Scale, class_scale
from app.plots.weight_arrow import MOST_ARROWS, Arrow, Line, star
from app.theme import Theme
from slp_core.arrays import Float64s, Floats
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.coding import score_threshold
from slp_core.network.parameters import Parameters

_TRACE = 61
"""Lines of the grid on which an earlier, curved boundary is found."""


class PlaneView:
    """A plane through the features' space; what is not on it is held at the means at first."""

    def __init__(
        self, canvas: Canvas, dataset: Dataset, reading: Reading | None, theme: Theme, sheet: Sheet
    ) -> None:
        self._canvas, self._dataset, self._reading, self._theme = canvas, dataset, reading, theme
        self.sheet = sheet
        self._witnesses: Witnesses | None = None
        self._slice = sheet.through(dataset.means)
        self._linear = dataset.preparation.is_linear
        self.table: Table | None = None
        """What the samples come from, to name their rows."""
        self._coefficients: Float64s | None = None
        self.picture = PlanePicture(canvas, theme, len(dataset.classes))
        self.samples = Samples(canvas, dataset, theme, sheet.x, sheet.y, self.value_range)

    # What the decision plot asks.

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ranges that show all samples."""
        return padded(self.sheet.x), padded(self.sheet.y)

    @property
    def names(self) -> tuple[str, str]:
        """Names of the axes."""
        return self.sheet.axes.names

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
        return self.picture.image

    @property
    def scale(self) -> Scale | None:
        """What the colour bar says; None where colours are classes."""
        one = self.picture.shading.one
        if one >= 0 and self._reading is not None:
            return class_scale(self._dataset, self._reading, self._theme, one)
        found = self.value_range
        return None if found is None else Scale(*found, self._dataset.target)

    def show(self, parameters: Parameters) -> None:
        """Draw the model with these weights."""
        self._coefficients = self._slice.coefficients(parameters.W, parameters.b)
        self.refresh()

    def refresh(self) -> None:
        """Draw again for what is visible now."""
        if self._coefficients is None or self._reading is None:
            return
        x, y = self._windows()
        scores = self._about_view(self._coefficients, x, y).grid(*self.picture.grid)
        if self._dataset.classes:
            self.picture.draw_classes(self._reading, scores, x, y, self._is_straight)
        elif self.value_range is not None:
            outputs = self._reading.outputs(scores)[0]
            straight = self._linear and self._reading.pair.activation == "identity"
            self.picture.draw_values(outputs, self.value_range, x, y, straight)

    def hold(self, held: Floats) -> None:
        """Hold the other features at these values (p,); drawn with the next weights."""
        self._slice = self.sheet.through(held)

    def misses(self, parameters: Parameters, most: int) -> tuple[Float64s, Float64s, Float64s]:
        """Places of samples, ``most`` of them, and their residuals: true less predicted."""
        if self._reading is None:
            return np.empty(0), np.empty(0), np.empty(0)
        step = -(-len(self.sheet.x) // most)
        V = self._dataset.prepared[::step] @ parameters.W + parameters.b
        residual = self._dataset.all_values[::step] - self._reading.outputs(V.T)[0]
        return self.sheet.x[::step], self.sheet.y[::step], residual

    def misled(self, parameters: Parameters) -> Misled | None:
        """How many samples the model decides otherwise than their places on the plane."""
        if self._reading is None or not self._dataset.classes:
            return None
        if self._witnesses is None:
            self._witnesses = Witnesses(self._dataset, self.sheet.x, self.sheet.y)
        return self._witnesses.misled(self._reading, parameters, self._slice)

    def trace(self, parameters: Parameters) -> Segments:
        """Ends of the segments of the boundary that other weights would have."""
        if self._reading is None or not self._dataset.classes:
            return np.empty(0), np.empty(0)
        x, y = self._windows()
        local = self._about_view(self._slice.coefficients(parameters.W, parameters.b), x, y)
        count = MULTIPLE + 1 if self._is_straight else _TRACE
        scores, one = local.grid(count, count), self.picture.shading.one
        reading = self._reading
        columns, rows = reading.boundary(scores) if one < 0 else contour(reading.lead(scores, one))
        step = 2 / (count - 1)
        return x.low + columns * (step * x.half), y.low + rows * (step * y.half)

    @property
    def straight(self) -> bool:
        """Whether the boundary is one straight line: two classes and no powers."""
        return self._linear and len(self._dataset.classes) == 2

    @property
    def _is_straight(self) -> bool:
        """Whether the lines that are drawn are: also those of one class with outputs of its own."""
        one = self._reading is not None and self._reading.activation.elementwise
        return self.straight or (self._linear and one and self.picture.shading.one >= 0)

    @property
    def has_contours(self) -> bool:
        """Whether there are lines of equal output."""
        return self._reading is not None and (
            not self._dataset.classes
            or bool(self._reading.contour_levels())
            or (self.picture.shading.one >= 0 and bool(self._reading.lead_levels()))
        )

    def set_contours(self, on: bool) -> None:
        """Show or hide the lines of equal output."""
        if on != self.picture.with_contours:
            self.picture.set_contours(on)
            self.refresh()

    def set_shading(self, shading: Shading) -> None:
        """Let the colours mean something else."""
        if shading != self.picture.shading:
            self.picture.shading = shading
            self.refresh()

    def arrow(self) -> Arrow | None:
        """The weight vector on a straight boundary, if it is in view."""
        line = self.line()
        return None if line is None else line.arrow()

    def arrows(self) -> list[tuple[int, Arrow]]:
        """Each class's weight vector, or that of the one class shown; with two, of the second.

        Several start at the means of the training samples; one class's stands on its boundary,
        where that is straight and in view.
        """
        if self._coefficients is None or self._reading is None or not self.has_arrows:
            return []
        one, M = self.picture.shading.one, self._coefficients
        if len(self._dataset.classes) == 2:
            found = self.arrow()
            return [] if found is None else [(1, found)]
        if one >= 0 and self._is_straight:
            level = score_threshold(self._reading.pair)
            found = self._line(M[one], float(M[one, 0, 0]) - level).arrow()
            if found is not None:
                return [(one, found)]
        x, y = self._windows()
        shown = range(len(M)) if one < 0 else range(one, one + 1)
        weights = np.stack((M[shown, 1, 0], M[shown, 0, 1]), axis=1)
        return list(
            zip(
                shown,
                star(weights, self.sheet.middle, self.sheet.scaled(x, y), (x, y)),
                strict=True,
            )
        )

    @property
    def has_arrows(self) -> bool:
        """Whether scores rise along straight weight vectors, and those are not too many."""
        few = len(self._dataset.classes) <= MOST_ARROWS or self.picture.shading.one >= 0
        return self._linear and bool(self._dataset.classes) and few

    def line(self) -> Line | None:
        """The boundary's equation, where it is one straight line."""
        if self._coefficients is None or self._reading is None or not self.straight:
            return None
        M = self._coefficients
        one = len(M) == 1
        lead = M[0] if one else M[1] - M[0]
        offset = float(lead[0, 0]) - (score_threshold(self._reading.pair) if one else 0.0)
        return self._line(lead, offset)

    def _line(self, lead: Float64s, offset: float) -> Line:
        x, y = self._windows()
        return Line(offset, (float(lead[1, 0]), float(lead[0, 1])), self.sheet.scaled(x, y), (x, y))

    def show_mistakes(self, parameters: Parameters) -> int | None:
        """Mark the samples these weights get wrong; returns how many, if all were looked at."""
        return self.samples.mark_mistakes(self._reading, parameters) if self._reading else None

    def text_at(self, x: float, y: float) -> str:
        """The readout for a place."""
        scores = None
        if self._coefficients is not None:
            u, v = self.sheet.scaled(Window(x, 0.0), Window(y, 0.0))
            scores = scores_at(self._coefficients, self._slice.basis, u.middle, v.middle)
        place = place_text(self.sheet.axes.short, (x, y))
        sample = self.samples.at(x, y)
        return view_text(self._dataset, self._reading, scores, place, sample, self.table)

    def remove(self) -> None:
        """Take everything off the canvas."""
        self.picture.remove()
        self.samples.remove()

    # How it is drawn.

    def _windows(self) -> tuple[Window, Window]:
        return Window.between(*self._canvas.x_range), Window.between(*self._canvas.y_range)

    def _about_view(self, M: Float64s, x: Window, y: Window) -> LocalScores:
        return recentred(M, self._slice.basis, *self.sheet.scaled(x, y))
