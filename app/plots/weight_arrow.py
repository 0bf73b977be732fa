"""The weight vector: upright on the boundary in the scaled units in which the network works.

Its foot is the middle of the part of the boundary that is in view; it points to the second class.
On the screen it is upright only where both axes show as many scaled units to a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

import numpy as np
import pyqtgraph as pg

from app.numbers import number_text
from app.plots.boundary import Segments
from app.plots.canvas import Canvas
from app.plots.field import Window
from app.theme import Theme
from slp_core.arrays import Float64s

_LONGEST: Final = 0.7
"""Half widths of the view that the arrow takes at most."""
_HEAD: Final = 9.0
"""Pixels of each stroke of the head."""
_NEAR: Final = 10.0
"""Pixels from the arrow at which its numbers are read."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """The arrow in coordinates of the view; ``share`` of its true length is drawn."""

    foot: tuple[float, float]
    tip: tuple[float, float]
    weights: tuple[float, float]
    share: float = 1.0

    @property
    def length(self) -> float:
        """Length of the weight vector, in scaled units."""
        return hypot(*self.weights)

    @property
    def text(self) -> str:
        """The numbers in words."""
        first, second = (number_text(value) for value in self.weights)
        cut = "" if self.share == 1 else f"   (drawn at {number_text(self.share)} of its length)"
        return f"w = ({first}, {second})   length {number_text(self.length)}{cut}"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight boundary ``offset + weights · (u, v) = 0`` in scaled units, and the view's part.

    ``scaled`` is the view in scaled units, ``view`` the same in original ones.
    """

    offset: float
    weights: tuple[float, float]
    scaled: tuple[Window, Window]
    view: tuple[Window, Window]

    def arrow(self) -> Arrow | None:
        """The weight vector, or None where no part of the boundary is in view."""
        (across, up), (x, y) = self.scaled, self.view
        slopes = self.weights[0] * across.half, self.weights[1] * up.half
        offset = self.offset + self.weights[0] * across.middle + self.weights[1] * up.middle
        foot = middle_of_line(offset, *slopes)
        if foot is None:
            return None
        way = self.weights[0] / across.half, self.weights[1] / up.half
        longest = max(abs(way[0]), abs(way[1]))
        share = min(1.0, _LONGEST / longest)
        tip = foot[0] + share * way[0], foot[1] + share * way[1]
        return Arrow(_place(foot, x, y), _place(tip, x, y), self.weights, share)


def middle_of_line(offset: float, across: float, up: float) -> tuple[float, float] | None:
    """Middle of the part of ``offset + across p + up q = 0`` in the square -1 .. 1, or None."""
    if abs(up) < abs(across):
        found = middle_of_line(offset, up, across)
        return None if found is None else (found[1], found[0])
    if up == 0 or not np.isfinite(offset):
        return None
    slope, start = -across / up, -offset / up
    low, high = -1.0, 1.0
    if slope != 0:
        ends = sorted(((-1 - start) / slope, (1 - start) / slope))
        low, high = max(low, ends[0]), min(high, ends[1])
    elif abs(start) > 1:
        return None
    middle = (low + high) / 2
    return (middle, start + slope * middle) if low <= high else None


def _place(at: tuple[float, float], x: Window, y: Window) -> tuple[float, float]:
    return x.middle + at[0] * x.half, y.middle + at[1] * y.half


class ArrowLayer:
    """The arrow on a canvas."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas = canvas
        self._item = pg.PlotCurveItem(antialias=True)
        self._item.setSegmentedLineMode("on")
        self.arrow: Arrow | None = None
        canvas.add(self._item, z)

    def set_theme(self, theme: Theme) -> None:
        """The colour of text: it belongs to the boundary."""
        self._item.setPen(self._canvas.pen(theme.text, theme.line_width * 1.2))

    def show(self, arrow: Arrow | None) -> None:
        """Draw this arrow, or none."""
        if arrow is None:
            self.clear()
            return
        self.arrow = arrow
        x, y = strokes(arrow, self._canvas.pixel)
        self._item.setData(x, y, connect="pairs", skipFiniteCheck=True)

    def clear(self) -> None:
        """Draw none."""
        if self.arrow is not None:
            self.arrow = None
            self._item.clear()

    def near(self, x: float, y: float) -> bool:
        """Whether a place lies on the arrow."""
        if self.arrow is None:
            return False
        size = np.array(self._canvas.pixel)
        foot, tip = np.array(self.arrow.foot) / size, np.array(self.arrow.tip) / size
        way, place = tip - foot, np.array([x, y]) / size
        share = np.clip((place - foot) @ way / max(way @ way, 1e-12), 0, 1)
        return float(np.linalg.norm(place - foot - share * way)) < _NEAR

    def at_tip(self, x: float, y: float) -> bool:
        """Whether a place lies on the arrow's tip."""
        if self.arrow is None:
            return False
        width, height = self._canvas.pixel
        (tip_x, tip_y) = self.arrow.tip
        return hypot((x - tip_x) / width, (y - tip_y) / height) < _NEAR


def strokes(arrow: Arrow, pixel: tuple[float, float]) -> Segments:
    """Ends of the shaft and of the two strokes of the head."""
    size = np.array(pixel)
    foot, tip = np.array(arrow.foot), np.array(arrow.tip)
    way = (tip - foot) / size
    length = float(np.linalg.norm(way))
    if length == 0:
        return np.empty(0), np.empty(0)
    head = min(_HEAD, length) * way / length
    side = np.array([-head[1], head[0]]) * 0.5
    ends: Float64s = np.array([foot, tip, tip - (head + side) * size, tip])
    last: Float64s = np.array([tip - (head - side) * size, tip])
    places = np.concatenate([ends, last])
    return places[:, 0], places[:, 1]
