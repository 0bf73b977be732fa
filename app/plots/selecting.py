"""Which samples a mouse means: near a place, in a rectangle, under a brush. NumPy, no index.

A million samples are searched in a few milliseconds; an index would have to be built anew for
every view, and costs more than it saves.
"""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Bools, Float64s, Ints

REACH = 9.0
"""Pixels from a sample within which it is meant."""

Size = tuple[float, float]
"""Width and height of a pixel in units of the view."""


def nearest(x: Float64s, y: Float64s, place: tuple[float, float], pixel: Size) -> int:
    """Index of the sample nearest to ``place``, or -1 if none is within reach."""
    near = np.flatnonzero(np.abs(x - place[0]) <= REACH * pixel[0])
    near = near[np.abs(y[near] - place[1]) <= REACH * pixel[1]]
    if not near.size:
        return -1
    distance = _squares(x[near], y[near], place, pixel)
    index = int(distance.argmin())
    return int(near[index]) if distance[index] <= REACH**2 else -1


def inside(x: Float64s, y: Float64s, first: tuple[float, float], last: tuple[float, float]) -> Ints:
    """The samples in the rectangle between two corners."""
    (left, right), (bottom, top) = sorted((first[0], last[0])), sorted((first[1], last[1]))
    across = np.flatnonzero((x >= left) & (x <= right))
    return across[(y[across] >= bottom) & (y[across] <= top)]


def under(x: Float64s, y: Float64s, places: Float64s, radius: float, pixel: Size) -> Ints:
    """The samples within ``radius`` pixels of one of the ``places`` (r, 2), ascending."""
    if not len(places):
        return np.empty(0, dtype=np.int64)
    reach = radius * pixel[0], radius * pixel[1]
    low, high = places.min(axis=0), places.max(axis=0)
    near = inside(
        x, y, (low[0] - reach[0], low[1] - reach[1]), (high[0] + reach[0], high[1] + reach[1])
    )
    hit: Bools = np.zeros(near.size, dtype=np.bool_)
    for place in places.tolist():
        hit |= _squares(x[near], y[near], (place[0], place[1]), pixel) <= radius**2
    return near[hit]


def _squares(x: Float64s, y: Float64s, place: tuple[float, float], pixel: Size) -> Float64s:
    """Squares of the distances in pixels."""
    return ((x - place[0]) / pixel[0]) ** 2 + ((y - place[1]) / pixel[1]) ** 2
