"""The samples as markers: colour and shape are the class, hollow ones were not trained on.

All markers are one item in a shuffled order, so that no class hides the others, drawn from
pyqtgraph's atlas of symbols and kept in Qt's cache: a frame costs one copy of the picture, however
many points there are. (One item for each class costs one full-size copy for each class.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QGraphicsItem

from app.plots.canvas import Canvas
from app.plots.colors import (
    SEEN,
    class_color,
    class_symbol,
    hexadecimal,
    line_color,
    value_index,
    value_table,
)
from app.theme import Theme, contrast
from slp_core.arrays import Float64s, Ints

_VALUE_STEPS = 64
"""A numeric target gets this many different markers; more would not be told apart."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of marker looks."""

    symbol: str
    size: float
    pen: QPen
    brush: QBrush


def _pen(color: str | QColor, width: float) -> QPen:
    """Cosmetic: a marker is a unit shape drawn enlarged, its rim is not."""
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    return pen


def _rim(theme: Theme) -> QColor:
    return QColor(theme.text if theme.dark else theme.surface)


def class_style(theme: Theme, index: int, hollow: bool, scale: float = 1.0) -> Style:
    """Marker of one class."""
    color = QColor(class_color(theme, index))
    symbol = class_symbol(theme, index)
    thin = symbol in ("+", "x", "star")
    size = (_size(theme) + (3 if thin else 0)) * scale
    if hollow:
        rim = line_color(theme, index)
        return Style(symbol, size, _pen(rim, 1.6 * scale), QBrush(QColor(theme.surface)))
    pale = contrast(class_color(theme, index), theme.surface) < SEEN
    # A dark edge would make pale classes the heaviest: one of their own, darker, is seen as well.
    rim = QColor(line_color(theme, index)) if pale and not theme.dark else _rim(theme)
    return Style(symbol, size, _pen(rim, 1.2 * scale), QBrush(color))


def value_style(theme: Theme, row: int, held_out: bool) -> Style:
    """Marker of a numeric target, ``row`` of the colour table.

    Its inside must show the value, so that a held-out one is told by its shape: where the model is
    right the inside is the colour around it, and a filled marker looks hollow anyway.
    """
    brush = QBrush(QColor(hexadecimal(*(int(c) for c in value_table()[row, :3]))))
    shape, size = ("d", _size(theme) + 5) if held_out else ("o", _size(theme) + 1)
    return Style(shape, size, _pen("#ffffff", 1.5), brush)


def plain_style(theme: Theme, color: str, hollow: bool) -> Style:
    """Marker of a sample whose target is read from the axis."""
    if hollow:
        return Style("o", _size(theme), _pen(color, 1.6), QBrush(QColor(theme.surface)))
    return Style("o", _size(theme), _pen(_rim(theme), 1.2), QBrush(QColor(color)))


def class_styles(theme: Theme, labels: Ints, training: int) -> tuple[list[Style], Ints]:
    """Kinds of markers, and which one each sample has; the first ``training`` are filled."""
    count = int(labels.max(initial=0)) + 1
    kinds = [class_style(theme, k, hollow) for hollow in (False, True) for k in range(count)]
    held_out = np.arange(len(labels)) >= training
    return kinds, labels + count * held_out


def value_styles(
    theme: Theme, values: Float64s, low: float, high: float, training: int
) -> tuple[list[Style], Ints]:
    """The same for a numeric target shown by colour."""
    step = 256 // _VALUE_STEPS
    kinds = [
        value_style(theme, row * step + step // 2, held_out)
        for held_out in (False, True)
        for row in range(_VALUE_STEPS)
    ]
    validation = np.arange(len(values)) >= training
    rows = value_index(values, low, high).astype(np.int64) // step
    return kinds, rows + _VALUE_STEPS * validation


def _size(theme: Theme) -> float:
    return round(theme.font_size * 0.82)


def fill(
    item: pg.ScatterPlotItem, x: Float64s, y: Float64s, kinds: list[Style], kind: Ints
) -> None:
    """Draw markers at (x, y), each (n,), that look like ``kinds[kind]``.

    pyqtgraph looks at the style of each spot by itself, which takes ten times as long as drawing
    them. So it is shown one spot of each kind, and the rows it makes of them are repeated.
    """
    used, place = np.unique(kind, return_inverse=True)
    styles = [kinds[int(n)] for n in used]
    blank = np.zeros(len(styles))
    item.setData(
        blank,
        blank,
        symbol=[style.symbol for style in styles],
        size=[style.size for style in styles],
        pen=[style.pen for style in styles],
        brush=[style.brush for style in styles],
    )
    if not len(x):
        return
    spots = item.data[place]
    spots["x"], spots["y"] = x, y
    item.data = spots
    item.bounds = [None, None]
    item.prepareGeometryChange()
    item.informViewBoundsChanged()
    item.invalidate()


class PointsLayer:
    """Markers of the samples, rings around mistakes and squares around what is selected."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas = canvas
        self._points = pg.ScatterPlotItem()
        self._rings = pg.ScatterPlotItem()
        self._picked = pg.ScatterPlotItem()
        for place, item in enumerate((self._points, self._rings, self._picked)):
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
            canvas.add(item, z + place)
        for item in (self._rings, self._picked):
            item.setVisible(False)

    @property
    def squares(self) -> tuple[Float64s, Float64s]:
        """Places of the squares around what is selected."""
        return self._picked.getData()

    @property
    def rings(self) -> tuple[Float64s, Float64s]:
        """Places of the rings around mistakes."""
        return self._rings.getData()

    def show(self, x: Float64s, y: Float64s, kinds: list[Style], kind: Ints, seed: int = 0) -> None:
        """Draw a marker for each sample."""
        order = np.random.default_rng(seed).permutation(len(x))
        fill(self._points, x[order], y[order], kinds, kind[order])

    def show_rings(self, x: Float64s, y: Float64s, theme: Theme) -> None:
        """Ring these places."""
        ring = Style("o", _size(theme) + 8.0, _pen(theme.text, 1.6), QBrush(Qt.BrushStyle.NoBrush))
        self._mark(self._rings, x, y, ring)

    def show_squares(self, x: Float64s, y: Float64s, theme: Theme) -> None:
        """Draw squares around these places; another shape than a ring, so both can be seen."""
        pen = _pen(theme.text, 2.2)
        square = Style("s", _size(theme) + 11.0, pen, QBrush(Qt.BrushStyle.NoBrush))
        self._mark(self._picked, x, y, square)

    def _mark(self, item: pg.ScatterPlotItem, x: Float64s, y: Float64s, style: Style) -> None:
        if len(x) or len(item.getData()[0]):
            fill(item, x, y, [style], np.zeros(len(x), dtype=np.int64))
            item.setVisible(len(x) > 0)  # an empty item takes as long to paint as one of a few

    def remove(self) -> None:
        """Take it off the canvas."""
        for item in (self._points, self._rings, self._picked):
            self._canvas.remove(item)
