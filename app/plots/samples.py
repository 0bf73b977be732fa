"""The samples of a view: markers, or a picture where there are many; what is marked about them.

Both views use it: where a sample lies is theirs to say, how it is drawn is said here.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from app.plots.canvas import Canvas
from app.plots.colors import Bytes, class_color
from app.plots.density import (
    MOST_MARKERS,
    Density,
    DensityLayer,
    color_rows,
    value_rows,
)
from app.plots.points import PointsLayer, Style, class_styles, plain_style, value_styles
from app.plots.reading import Reading
from app.plots.selecting import Size, inside, nearest, under
from app.theme import Theme
from slp_core.arrays import Bools, Float64s, Floats, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters

MOST_SQUARES = 2_000
"""More selected samples of a picture are outlined together instead of one by one."""
MOST_RINGS = 40
"""More mistakes of a picture only darken their cells, as do those of which not all are known: rings
would cover the boundary they lie along."""
_MOST_CHECKED = 1_000_000
"""Numbers read at most to find the mistakes of a picture, a few milliseconds' worth."""


class Samples:
    """Samples at (x, y), each (N,); ``values`` is the range of colours of a numeric target."""

    def __init__(
        self,
        canvas: Canvas,
        dataset: Dataset,
        theme: Theme,
        x: Float64s,
        y: Float64s,
        values: tuple[float, float] | None = None,
    ) -> None:
        self._canvas, self._dataset, self._theme = canvas, dataset, theme
        self.x, self.y = x, y
        self._values = values
        self._picked: Ints = np.empty(0, dtype=np.int64)
        self._inputs: Floats | None = None
        self._asked: tuple[float, float, Size] | None = None
        self._found = -1
        self._density: Density | None = None
        self.picture = DensityLayer(canvas, 4)
        self.points = PointsLayer(canvas, 6)
        if len(x) > MOST_MARKERS:
            self._density = Density(x, y, *self._rows())
        else:
            self.points.show(x, y, *self._styles())

    @property
    def many(self) -> bool:
        """Whether they are drawn as a picture."""
        return self._density is not None

    def refresh(self) -> None:
        """Count the samples in view again, if they are drawn as a picture."""
        if self._density is not None:
            self.picture.show(self._density)
            self._inputs = None
            self._mark_picked()

    def mark_mistakes(self, reading: Reading, parameters: Parameters) -> int | None:
        """Ring what these weights get wrong and say how many; None where not all are looked at."""
        if self._density is not None:
            return self._mark_cells(reading, parameters)
        wrong = reading.mistakes(self._dataset, parameters.W, parameters.b)
        self.points.show_rings(self.x[wrong], self.y[wrong], self._theme)
        return int(wrong.sum())

    def select(self, samples: Ints) -> None:
        """Mark these as selected and no others."""
        if samples.size or self._picked.size:
            self._picked = samples
            self._mark_picked()

    # Finding.

    def at(self, x: float, y: float) -> int:
        """The sample at a place, or -1."""
        asked = (x, y, self._canvas.pixel)
        if asked != self._asked:  # each frame asks again for what lies under a mouse at rest
            self._asked = asked
            self._found = nearest(self.x, self.y, (x, y), self._canvas.pixel)
        return self._found

    def between(self, first: tuple[float, float], last: tuple[float, float]) -> Ints:
        """The samples in a rectangle."""
        return inside(self.x, self.y, first, last)

    def under(self, places: Float64s, radius: float) -> Ints:
        """The samples under a brush of ``radius`` pixels along ``places`` (r, 2)."""
        pixel: Size = self._canvas.pixel
        return under(self.x, self.y, places, radius, pixel)

    def remove(self) -> None:
        """Take everything off the canvas."""
        self.picture.remove()
        self.points.remove()

    # How they are drawn.

    def _rows(self) -> tuple[Ints, Bytes]:
        """Each sample's row of a table of colours, and the table."""
        dataset = self._dataset
        if dataset.classes:
            return dataset.all_labels, color_rows(self._theme, len(dataset.classes))
        if self._values is None:
            return np.zeros(len(self.x), dtype=np.int64), color_rows(self._theme, 1)
        colors, row = value_rows(dataset.all_values, *self._values)
        return row, colors

    def _styles(self) -> tuple[list[Style], Ints]:
        """Kinds of markers, and which of them each sample has."""
        dataset, theme = self._dataset, self._theme
        if dataset.classes:
            return class_styles(theme, dataset.all_labels, dataset.samples)
        if self._values is not None:
            return value_styles(theme, dataset.all_values, *self._values, dataset.samples)
        color = QColor(class_color(theme, 0)).name()
        held_out = (np.arange(len(self.x)) >= dataset.samples).astype(np.int64)
        return [plain_style(theme, color, hollow) for hollow in (False, True)], held_out

    def _mark_cells(self, reading: Reading, parameters: Parameters) -> int | None:
        """Look at all samples where that is quick, else at the ones whose colours are shown."""
        dataset, shown = self._dataset, self.picture.shown
        if dataset.prepared.size <= _MOST_CHECKED:
            all_wrong = reading.mistakes(dataset, parameters.W, parameters.b)
            found, count = np.flatnonzero(all_wrong), int(all_wrong.sum())
            wrong = all_wrong[shown]
        else:
            wrong, count = self._wrong_of(shown, reading, parameters), None
            found = shown[:0]
        self.picture.darken(wrong, self._theme)
        ringed = found if found.size <= MOST_RINGS else found[:0]
        self.points.show_rings(self.x[ringed], self.y[ringed], self._theme)
        return count

    def _wrong_of(self, shown: Ints, reading: Reading, parameters: Parameters) -> Bools:
        """Which of these samples are misclassified; not all are looked at if that took long."""
        step = max(1, shown.size * self._dataset.terms // _MOST_CHECKED)
        checked = shown[::step]
        if self._inputs is None:
            self._inputs = self._dataset.prepared[checked]
        labels = reading.labels(self._inputs @ parameters.W + parameters.b)
        wrong: Bools = np.zeros(shown.size, dtype=np.bool_)
        wrong[::step] = labels != self._dataset.all_labels[checked]
        return wrong

    def _mark_picked(self) -> None:
        single = not self.many or self._picked.size <= MOST_SQUARES
        squared = self._picked if single else self._picked[:0]
        lined = self._picked[:0] if single else self._picked
        self.points.show_squares(self.x[squared], self.y[squared], self._theme)
        if self.many:
            self.picture.outline(self.x[lined], self.y[lined], self._theme)
