"""The weight vector: upright on the boundary in the scaled units in which the network works.

Its foot is the middle of the part of the boundary that is in view; it points to the second class.
On the screen it is upright only where both axes show as many scaled units to a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

import numpy as np

from app.numbers import number_text
from app.plots.boundary import Segments
from app.plots.field import Window
from slp_core.arrays import Float64s

MOST_ARROWS: Final = 6
"""Weight vectors drawn at once: of more classes only the chosen one's."""
_LONGEST: Final = 0.7
"""Half widths of the view that the arrow takes at most."""
_ROOM: Final = 0.85
"""Of half the view, for the tips of several arrows: their names stand beyond."""
_HEAD: Final = 9.0
"""Pixels of each stroke of the head."""


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


def star(
    weights: Float64s,
    at: tuple[float, float],
    scaled: tuple[Window, Window],
    view: tuple[Window, Window],
) -> list[Arrow]:
    """Arrows of several weight vectors (k, 2) from one foot, all drawn at the same share.

    ``at`` is the foot in coordinates of the view; one out of sight gives way to the middle.
    """
    foot = np.array([(place - v.middle) / v.half for place, v in zip(at, view, strict=True)])
    if not np.abs(foot).max() <= _ROOM - 0.1:
        foot = np.zeros(2)
    ways = weights / [window.half for window in scaled]
    with np.errstate(divide="ignore", invalid="ignore"):
        rooms = np.where(ways == 0, np.inf, (_ROOM - np.sign(ways) * foot) / np.abs(ways))
    share = min(1.0, float(rooms.min(initial=np.inf)))
    first, last = foot.tolist(), (foot + share * ways).tolist()
    return [
        Arrow(_place((first[0], first[1]), *view), _place((tip[0], tip[1]), *view), (u, v), share)
        for tip, (u, v) in zip(last, weights.tolist(), strict=True)
    ]


def distance(arrow: Arrow, x: float, y: float, pixel: tuple[float, float]) -> float:
    """Pixels from a place of the view to the arrow."""
    size = np.array(pixel)
    foot, tip = np.array(arrow.foot) / size, np.array(arrow.tip) / size
    way, place = tip - foot, np.array([x, y]) / size
    share = np.clip((place - foot) @ way / max(way @ way, 1e-12), 0, 1)
    return float(np.linalg.norm(place - foot - share * way))


def head(arrow: Arrow, pixel: tuple[float, float]) -> Segments:
    """Ends of the two strokes of the head."""
    size = np.array(pixel)
    tip = np.array(arrow.tip)
    way = (tip - arrow.foot) / size
    length = float(np.linalg.norm(way))
    if length == 0:
        return np.empty(0), np.empty(0)
    back = min(_HEAD, length) * way / length
    side = np.array([-back[1], back[0]]) * 0.5
    places = np.array([tip, tip - (back + side) * size, tip, tip - (back - side) * size])
    return places[:, 0], places[:, 1]
