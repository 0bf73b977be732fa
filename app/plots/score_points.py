"""The samples of the score view: a lane for each class, mistakes ringed or in darker cells."""

from __future__ import annotations

from typing import Final

import numpy as np

from app.plots.canvas import Canvas
from app.plots.colors import Bytes, rgb
from app.plots.density import MISTAKEN, DensityLayer, color_rows
from app.plots.points import PointsLayer, class_styles
from app.plots.score_distance import Drawn
from app.plots.selecting import inside, nearest
from app.theme import Theme
from slp_core.arrays import Bools, Float64s, Ints
from slp_core.data.dataset import Dataset

_MOST_SQUARES: Final = 2_000
"""More selected samples are outlined together instead of one by one."""


def lane_colors(theme: Theme, classes: int) -> Bytes:
    """(2 K, 3) colours of right samples and then of wrong ones, which move towards the text's."""
    right = color_rows(theme, classes)
    wrong = (1 - MISTAKEN) * right + MISTAKEN * np.array(rgb(theme.text))
    return np.concatenate([right, wrong.astype(np.uint8)])


class ScorePoints:
    """Draws the samples of one moment after the other, and finds them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._picture, self._points = DensityLayer(canvas, 4), PointsLayer(canvas, 6)
        self._kept: Ints = np.empty(0, np.int64)
        self._x: Float64s = np.empty(0)
        self._y: Float64s = np.empty(0)
        self._drawn: Drawn | None = None

    def show(self, drawn: Drawn, dataset: Dataset, theme: Theme) -> None:
        """Draw these."""
        self._drawn = drawn
        self._kept = np.flatnonzero(drawn.found.shown)
        self._x, self._y = drawn.found.distance[self._kept], drawn.heights[self._kept]
        few = self._kept if drawn.picture is None else self._kept[:0]
        kinds, kind = class_styles(theme, dataset.all_labels, dataset.samples)
        self._points.show(self._x[: len(few)], self._y[: len(few)], kinds, kind[few])
        wrong = few[drawn.found.wrong[few]]
        self._points.show_rings(drawn.found.distance[wrong], drawn.heights[wrong], theme)
        self.count()

    def count(self) -> None:
        """Count what is in view, where the samples are a picture."""
        if self._drawn is None or self._drawn.picture is None:
            self._picture.clear()
        else:
            self._picture.show(self._drawn.picture)

    def mark(self, picked: Bools, theme: Theme) -> None:
        """Mark the samples of ``picked`` (N,) as selected."""
        chosen = picked[self._kept]
        x, y = self._x[chosen], self._y[chosen]
        dense = self._drawn is not None and self._drawn.picture is not None
        cut = 0 if dense and len(x) > _MOST_SQUARES else len(x)
        self._points.show_squares(x[:cut], y[:cut], theme)
        if dense:
            self._picture.outline(x[cut:], y[cut:], theme)

    def at(self, place: tuple[float, float]) -> int:
        """The sample at a place, or −1."""
        found = nearest(self._x, self._y, place, self._canvas.pixel)
        return int(self._kept[found]) if found >= 0 else -1

    def between(self, first: tuple[float, float], last: tuple[float, float]) -> Ints:
        """The samples in a frame."""
        return self._kept[inside(self._x, self._y, first, last)]
