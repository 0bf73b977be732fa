"""Boundaries and contours as line segments, found on a grid of scores (marching squares).

A boundary passes between two neighbouring corners of the grid whose classes differ, at the place
where their two scores meet, by linear interpolation: exact for a model of degree 1, whatever the
grid. Only cells with differing corners are looked at, so that cost follows the length of the
boundary. Segments are pairs of ends, ``x`` and ``y`` (2 s,), in units of the grid (column, row).

Where three classes meet in a cell, or a saddle has four crossings, the crossings are joined to
their mean: a neat junction, and no ambiguous case to decide.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Floats, Ints

Segments = tuple[Floats, Floats]
Share = Callable[[Ints, Ints, Ints, Ints], Floats]
"""(row, column, row, column) of two corners -> share of the way at which they part."""


def contour(field: Floats, level: float = 0.0) -> Segments:
    """Segments where ``field`` (rows, columns) passes through ``level``."""
    margin = field - np.asarray(level, dtype=field.dtype)

    def share(r: Ints, c: Ints, r2: Ints, c2: Ints) -> Floats:
        return _crossing(margin[r, c], margin[r2, c2])

    return _segments((margin >= 0).view(np.uint8), share)


def class_boundary(scores: Floats) -> Segments:
    """Segments between the classes of ``scores`` (classes, rows, columns); the highest wins."""
    labels = scores.argmax(axis=0)

    def share(r: Ints, c: Ints, r2: Ints, c2: Ints) -> Floats:
        here, there = labels[r, c], labels[r2, c2]
        before = scores[here, r, c] - scores[there, r, c]
        after = scores[here, r2, c2] - scores[there, r2, c2]
        return _crossing(before, after)

    return _segments(labels, share)


def _crossing(before: Floats, after: Floats) -> Floats:
    """Share of the way from one corner to the next at which the margin is zero."""
    difference = before - after
    return np.clip(before / np.where(difference == 0, 1, difference), 0, 1)


def _segments(labels: Ints | NDArray[np.uint8], share: Share) -> Segments:
    differs_x = labels[:, 1:] != labels[:, :-1]
    differs_y = labels[1:] != labels[:-1]
    active = differs_x[:-1] | differs_x[1:] | differs_y[:, :-1] | differs_y[:, 1:]
    r, c = np.nonzero(active)
    crossed = np.stack((differs_x[r, c], differs_x[r + 1, c], differs_y[r, c], differs_y[r, c + 1]))
    bottom, top = share(r, c, r, c + 1), share(r + 1, c, r + 1, c + 1)
    left, right = share(r, c, r + 1, c), share(r, c + 1, r + 1, c + 1)
    x = np.stack((c + bottom, c + top, c + 0.0, c + 1.0))
    y = np.stack((r + 0.0, r + 1.0, r + left, r + right))
    return _joined(crossed, x, y)


def _joined(crossed: Bools, x: Floats, y: Floats) -> Segments:
    """Pairs of ends from the crossings (4, cells) of each cell's edges."""
    count = crossed.sum(axis=0)
    pairs = count == 2
    first_two = np.argsort(~crossed[:, pairs], axis=0, kind="stable")[:2]
    stars = ~pairs
    center_x = (x * crossed).sum(axis=0) / np.maximum(count, 1)
    center_y = (y * crossed).sum(axis=0) / np.maximum(count, 1)
    edge, cell = np.nonzero(crossed & stars)
    return (
        _pairs(np.take_along_axis(x[:, pairs], first_two, 0), x[edge, cell], center_x[cell]),
        _pairs(np.take_along_axis(y[:, pairs], first_two, 0), y[edge, cell], center_y[cell]),
    )


def _pairs(ends: Floats, arm: Floats, center: Floats) -> Floats:
    return np.concatenate((ends.T.ravel(), np.stack((arm, center), axis=1).ravel()))


def crossings(scores: Floats) -> Floats:
    """Places along ``scores`` (classes, columns) where the class changes, in units of columns."""
    labels = scores.argmax(axis=0)
    (c,) = np.nonzero(labels[1:] != labels[:-1])
    here, there = labels[c], labels[c + 1]
    before = scores[here, c] - scores[there, c]
    after = scores[here, c + 1] - scores[there, c + 1]
    return c + _crossing(before, after)
