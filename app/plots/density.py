"""Many samples as a picture: one cell for a few pixels, counted instead of drawn one by one.

A cell shows the colour of one of its samples, taken at random: classes keep their pure colours and
appear as often as they occur, as if all markers had been drawn in a shuffled order. How full a cell
is shows as opacity, on a logarithmic scale.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from app.plots.canvas import Canvas
from app.plots.colors import Bytes, class_color, rgb, value_index, value_table
from app.theme import Theme
from slp_core.arrays import Float64s, Ints

MOST_MARKERS = 20_000
"""More samples than this are drawn as a picture: zooming a million markers takes half a second."""

_CELL = 3.0
"""Pixels across a cell."""
_FAINTEST = 110
"""Opacity (of 255) of a cell with one sample."""


def color_rows(theme: Theme, classes: int) -> Bytes:
    """(classes, 3) colours."""
    return np.array([rgb(class_color(theme, k)) for k in range(classes)], dtype=np.uint8)


def value_rows(values: Float64s, low: float, high: float) -> tuple[Bytes, Ints]:
    """The colour table (256, 3) and each sample's row of it."""
    return value_table()[:, :3], value_index(values, low, high).astype(np.int64)


class Density:
    """Samples in a fixed random order, ready to be counted in any view."""

    def __init__(
        self, x: Float64s, y: Float64s, row: Ints, colors: NDArray[np.uint8], seed: int = 0
    ) -> None:
        order = np.random.default_rng(seed).permutation(len(x))
        self._x, self._y = x[order], y[order]
        self._row = row[order].astype(np.int16)
        self._colors = colors

    def picture(
        self, rect: tuple[float, float, float, float], columns: int, rows: int
    ) -> tuple[Bytes, NDArray[np.int64]]:
        """RGBA (rows, columns, 4) of the view (left, right, bottom, top), and the counts."""
        left, right, bottom, top = rect
        with np.errstate(invalid="ignore"):
            u = np.floor((self._x - left) * (columns / (right - left)))
            v = np.floor((self._y - bottom) * (rows / (top - bottom)))
        seen = (u >= 0) & (u < columns) & (v >= 0) & (v < rows)
        cell = v[seen].astype(np.int64) * columns + u[seen].astype(np.int64)
        counts = np.bincount(cell, minlength=rows * columns)
        shown = np.zeros(rows * columns, dtype=np.int16)
        shown[cell] = self._row[seen]  # of several samples in a cell, NumPy keeps the last
        picture = np.zeros((rows * columns, 4), dtype=np.uint8)
        picture[:, :3] = self._colors[shown]
        picture[:, 3] = _opacity(counts)
        return picture.reshape(rows, columns, 4), counts.reshape(rows, columns)


def _opacity(counts: NDArray[np.int64]) -> Bytes:
    fullest = max(int(counts.max(initial=0)), 2)
    share = np.log(np.maximum(counts, 1)) / np.log(fullest)
    return np.where(counts > 0, _FAINTEST + (255 - _FAINTEST) * share, 0).astype(np.uint8)


class DensityLayer:
    """The picture of the samples, counted anew when the view has come to rest."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas = canvas
        self._item = pg.ImageItem(axisOrder="row-major")
        canvas.add(self._item, z)

    def show(self, density: Density) -> None:
        """Count what is in view."""
        (left, right), (bottom, top) = self._canvas.x_range, self._canvas.y_range
        width, height = self._canvas.area
        columns, rows = max(int(width / _CELL), 2), max(int(height / _CELL), 2)
        picture, _ = density.picture((left, right, bottom, top), columns, rows)
        self._item.setImage(picture, autoLevels=False, levels=None)
        self._item.setRect(QRectF(left, bottom, right - left, top - bottom))

    def remove(self) -> None:
        """Take it off the canvas."""
        self._canvas.remove(self._item)

    def clear(self) -> None:
        """Show nothing."""
        self._item.clear()
