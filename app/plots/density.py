"""Many samples as a picture: one cell for a few pixels, counted instead of drawn one by one.

A cell shows the colour of one of its samples, taken at random: classes keep their pure colours and
appear as often as they occur, as if all markers had been drawn in a shuffled order. How full a cell
is shows as opacity, on a logarithmic scale. A cell whose sample is misclassified moves towards the
colour of text; what is selected is outlined.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from app.plots.canvas import Canvas
from app.plots.colors import Bytes, class_color, rgb, value_index, value_table
from app.theme import Theme
from slp_core.arrays import Bools, Float64s, Ints

MOST_MARKERS = 20_000
"""More samples than this are drawn as a picture: zooming a million markers takes half a second."""

MISTAKEN = 0.6
"""Share of the text's colour in a cell whose sample is misclassified."""
_CELL = 3.0
"""Pixels across a cell."""
_FAINTEST = 110
"""Opacity (of 255) of a cell with one sample."""

Rect = tuple[float, float, float, float]
"""Left, right, bottom, top of a view."""


def color_rows(theme: Theme, classes: int) -> Bytes:
    """(classes, 3) colours."""
    return np.array([rgb(class_color(theme, k)) for k in range(classes)], dtype=np.uint8)


def value_rows(values: Float64s, low: float, high: float) -> tuple[Bytes, Ints]:
    """The colour table (256, 3) and each sample's row of it."""
    return value_table()[:, :3], value_index(values, low, high).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Counted:
    """Samples counted in cells.

    ``picture`` is RGBA (rows, columns, 4), rows from the bottom up; ``counts`` (rows, columns);
    ``sample`` (rows, columns) is the one sample whose colour a cell shows, −1 in an empty cell.
    """

    picture: Bytes
    counts: NDArray[np.int64]
    sample: Ints


class Density:
    """Samples in a fixed random order, ready to be counted in any view."""

    def __init__(
        self, x: Float64s, y: Float64s, row: Ints, colors: NDArray[np.uint8], seed: int = 0
    ) -> None:
        self._order = np.random.default_rng(seed).permutation(len(x))
        self._x, self._y = x[self._order], y[self._order]
        self._row = row.astype(np.int16)
        self._colors = colors

    def count(self, rect: Rect, columns: int, rows: int) -> Counted:
        """Count what is in view."""
        inside, cell = cells_in(self._x, self._y, rect, columns, rows)
        counts = np.bincount(cell, minlength=rows * columns)
        sample = np.full(rows * columns, -1, dtype=np.int64)
        sample[cell] = self._order[inside]  # of several samples in a cell, NumPy keeps the last
        picture = np.zeros((rows * columns, 4), dtype=np.uint8)
        picture[:, :3] = self._colors[self._row[sample]]
        picture[:, 3] = _opacity(counts)
        shape = (rows, columns)
        return Counted(picture.reshape(*shape, 4), counts.reshape(shape), sample.reshape(shape))


def cells_in(
    x: Float64s, y: Float64s, rect: Rect, columns: int, rows: int
) -> tuple[Ints, NDArray[np.int64]]:
    """Which samples (s,) are in view, and the cell each of them falls into."""
    left, right, bottom, top = rect
    with np.errstate(invalid="ignore"):
        u = np.floor((x - left) * (columns / (right - left)))
        v = np.floor((y - bottom) * (rows / (top - bottom)))
    inside = np.flatnonzero((u >= 0) & (u < columns) & (v >= 0) & (v < rows))
    return inside, v[inside].astype(np.int64) * columns + u[inside].astype(np.int64)


def outline(mask: Bools) -> Bools:
    """The cells just outside of those in ``mask``: a line around each group of them."""
    wide = np.pad(mask, 1)
    upright = wide[:-2] | wide[1:-1] | wide[2:]
    grown = upright[:, :-2] | upright[:, 1:-1] | upright[:, 2:]
    return grown & ~mask


def _opacity(counts: NDArray[np.int64]) -> Bytes:
    fullest = max(int(counts.max(initial=0)), 2)
    share = np.log(np.maximum(counts, 1)) / np.log(fullest)
    return np.where(counts > 0, _FAINTEST + (255 - _FAINTEST) * share, 0).astype(np.uint8)


class DensityLayer:
    """The picture of the samples, counted anew when the view has come to rest."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas = canvas
        self._item = pg.ImageItem(axisOrder="row-major")
        self._lines = pg.ImageItem(axisOrder="row-major")
        self._counted: Counted | None = None
        self._rect: Rect = (0.0, 1.0, 0.0, 1.0)
        canvas.add(self._item, z)
        canvas.add(self._lines, z + 0.5)

    @property
    def shown(self) -> Ints:
        """(cells,) the samples whose colours are shown."""
        if self._counted is None:
            return np.empty(0, dtype=np.int64)
        sample = self._counted.sample
        return sample[sample >= 0]

    @property
    def picture(self) -> Bytes | None:
        """What is drawn, rows from the bottom up."""
        return self._item.image

    @property
    def outlined(self) -> Bytes | None:
        """The line around what is selected, or None."""
        return self._lines.image

    def show(self, density: Density) -> None:
        """Count what is in view."""
        (left, right), (bottom, top) = self._canvas.x_range, self._canvas.y_range
        self._rect = (left, right, bottom, top)
        columns, rows = self._size()
        self._counted = density.count(self._rect, columns, rows)
        self._put(self._item, self._counted.picture)

    def darken(self, wrong: Bools, theme: Theme) -> None:
        """Mark cells; ``wrong`` (cells,) is about the samples of ``shown``."""
        if self._counted is None:
            return
        picture = self._counted.picture.copy()
        cells = picture[self._counted.sample >= 0]
        mixed = (1 - MISTAKEN) * cells[wrong, :3] + MISTAKEN * np.array(rgb(theme.text))
        cells[wrong, :3] = mixed.astype(np.uint8)
        picture[self._counted.sample >= 0] = cells
        self._put(self._item, picture)

    def outline(self, x: Float64s, y: Float64s, theme: Theme) -> None:
        """Draw a line around the cells of these samples; no line without any."""
        if not len(x):
            self._lines.clear()
            return
        columns, rows = self._size()
        _, cell = cells_in(x, y, self._rect, columns, rows)
        mask = np.zeros(rows * columns, dtype=np.bool_)
        mask[cell] = True
        picture = np.zeros((rows, columns, 4), dtype=np.uint8)
        picture[outline(mask.reshape(rows, columns))] = (*rgb(theme.text), 255)
        self._put(self._lines, picture)

    def clear(self) -> None:
        """Show nothing."""
        self._counted = None
        self._item.clear()
        self._lines.clear()

    def remove(self) -> None:
        """Take it off the canvas."""
        self._canvas.remove(self._item)
        self._canvas.remove(self._lines)

    def _size(self) -> tuple[int, int]:
        width, height = self._canvas.area
        return max(int(width / _CELL), 2), max(int(height / _CELL), 2)

    def _put(self, item: pg.ImageItem, picture: Bytes) -> None:
        left, right, bottom, top = self._rect
        item.setImage(picture, autoLevels=False, levels=None)
        item.setRect(QRectF(left, bottom, right - left, top - bottom))
