"""The shaded region: what the model says everywhere in view, as colours.

Classes: every pixel is ``background + strength * sum_k w_k (color_k - background)`` with
``w_k = p_k² / |p|``. Where one class is certain its colour is at full strength, where classes are
even the region fades towards the background: confidence is visible as strength, the class as hue.
With p itself instead, a place between two classes is as strong as any, and of a colour like mud;
with p² alone, ten classes are nowhere certain enough to be seen. That is the usual shading; others
show the decided class alone, at full strength or fading with its certainty, or one class's output.
A numeric target takes its colour from a table.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from app.plots.canvas import Canvas
from app.plots.colors import Bytes, class_color, rgb, value_index, value_table
from app.plots.field import Float32s
from app.plots.reading import Reading
from app.plots.shading import Shading
from app.theme import Theme
from slp_core.arrays import Floats

_TIED = 1e-6
"""Rounding of float32: shares this even prefer no class, and get no colour."""


class ClassColors:
    """Turns shares of classes into RGBA bytes."""

    def __init__(self, theme: Theme, classes: int) -> None:
        background = np.array(rgb(theme.surface), dtype=np.float32)
        table = np.zeros((classes + 1, 4), dtype=np.float32)
        for k in range(classes):
            color = np.array(rgb(class_color(theme, k)), dtype=np.float32)
            table[k, :3] = theme.region_strength * (color - background)
        table[classes, :3] = background + 0.5  # conversion to bytes cuts off: this rounds
        table[classes, 3] = 255.0
        self._table = table
        self._weights: Float32s = np.ones((classes + 1, 0), dtype=np.float32)
        self._colors: Float32s = np.empty((0, 4), dtype=np.float32)

    def paint(self, shares: Float32s, out: Bytes) -> None:
        """Colours of shares (classes, rows, columns), written to ``out`` (rows, columns, 4)."""
        flat = shares.reshape(len(shares), -1)
        weights = self._room_for(*flat.shape)
        np.multiply(flat, flat, out=weights)
        squares = weights.sum(axis=0)
        weights /= np.sqrt(squares)
        tied = squares <= (1 + _TIED) / len(flat)  # |p|² is least where all are equal
        if tied.any():
            weights[:, tied] = 0.0
        self._blend(out)

    def paint_decided(self, rivals: Floats, out: Bytes) -> None:
        """The full colour of the largest of ``rivals`` (classes, rows, columns); none at a tie."""
        flat = rivals.reshape(len(rivals), -1)
        weights = self._room_for(*flat.shape)
        weights[:] = flat >= flat.max(axis=0)
        weights[:, weights.sum(axis=0) > 1] = 0.0
        self._blend(out)

    def paint_certain(self, shares: Float32s, out: Bytes) -> None:
        """Colours of the largest of ``shares`` (classes, rows, columns), as strong as it is sure.

        They fade to the background as the largest share falls to that of even classes.
        """
        flat = shares.reshape(len(shares), -1)
        weights, even = self._room_for(*flat.shape), 1 / len(flat)
        largest = flat.max(axis=0)
        np.multiply(flat >= largest, (largest - even) / (1 - even), out=weights)
        self._blend(out)

    def _room_for(self, classes: int, pixels: int) -> Float32s:
        """Where the weights (classes, pixels) of the colours are written."""
        if self._weights.shape[1] != pixels:
            self._weights = np.ones((classes + 1, pixels), dtype=np.float32)
            self._colors = np.empty((pixels, 4), dtype=np.float32)
        return self._weights[:-1]

    def _blend(self, out: Bytes) -> None:
        np.matmul(self._weights.T, self._table, out=self._colors)
        np.copyto(out.reshape(-1, 4), self._colors, casting="unsafe")


def paint_shaded(
    colors: ClassColors, reading: Reading, scores: Float32s, shading: Shading, out: Bytes
) -> None:
    """Colours of all classes by their scores (k, rows, columns), which may be overwritten."""
    if shading.kind == "class":
        colors.paint_decided(reading.rivals(scores), out)
        return
    shares = reading.shares(scores).astype(np.float32, copy=False)
    paint = colors.paint if shading.kind == "shares" else colors.paint_certain
    paint(shares, out)


def paint_values(
    values: Floats, low: float, high: float, out: Bytes, table: Bytes | None = None
) -> None:
    """Colours of values (rows, columns) on the scale low .. high, written to ``out``."""
    colors = (value_table() if table is None else table).view(np.uint32).ravel()
    np.take(colors, value_index(values, low, high), out=out.view(np.uint32)[..., 0], mode="clip")


class RegionLayer:
    """The picture of the region, in one of two buffers: Qt may still be painting the other."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas = canvas
        self._item = pg.ImageItem(axisOrder="row-major")
        self._buffers: list[Bytes] = []
        self._turn = 0
        canvas.add(self._item, z)

    @property
    def image(self) -> Bytes | None:
        """What is shown (rows from the bottom up, columns, RGBA), or None."""
        return self._item.image

    def buffer(self, rows: int, columns: int) -> Bytes:
        """The buffer to paint next."""
        if not self._buffers or self._buffers[0].shape[:2] != (rows, columns):
            self._buffers = [np.empty((rows, columns, 4), dtype=np.uint8) for _ in range(2)]
        self._turn = 1 - self._turn
        return self._buffers[self._turn]

    def show(self, image: Bytes, rect: QRectF) -> None:
        """Show a painted buffer over ``rect`` of the view."""
        self._item.setImage(image, autoLevels=False, levels=None)
        self._item.setRect(rect)  # before the first image this would stretch one pixel

    def remove(self) -> None:
        """Take it off the canvas."""
        self._canvas.remove(self._item)

    def clear(self) -> None:
        """Show nothing."""
        self._item.clear()
