"""Boundaries and contours as line segments, found on a grid of scores (marching squares).

A boundary passes between two neighbouring corners of the grid whose classes differ, at the place
where their two scores meet, by linear interpolation: exact for a model of degree 1, whatever the
grid. Only cells with differing corners are looked at, so that cost follows the length of the
boundary. Segments are pairs of ends, ``x`` and ``y`` (2 s,), in units of the grid (column, row).

Where three classes meet in a cell, or a saddle has four crossings, the crossings are joined to
their mean: a neat junction, and no ambiguous case to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Floats, Ints

Segments = tuple[Floats, Floats]
Places = tuple[Ints, Ints, Ints]
"""Index arrays of corners of the grid: level (or 0), row, column."""
Share = Callable[[Places, Places], Floats]
"""Corners at both ends of edges -> share of the way at which they part."""
_EDGES: Final = np.array(
    [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0), (1, 0)], [(0, 1), (1, 1)]], dtype=np.int64
)
"""The edges of a cell (below, above, left, right): (row, column) of their ends."""


def contour(field: Floats, level: float = 0.0) -> Segments:
    """Segments where ``field`` (rows, columns) passes through ``level``."""
    return contours(field, (level,))


def contours(field: Floats, levels: Sequence[float]) -> Segments:
    """Segments where ``field`` (rows, columns) passes through any of ``levels``, in one go."""
    margins = field - np.asarray(levels, dtype=field.dtype)[:, None, None]
    return _segments(
        (margins >= 0).view(np.uint8), lambda here, there: _crossing(margins[here], margins[there])
    )


def class_boundary(scores: Floats) -> Segments:
    """Segments between the classes of ``scores`` (classes, rows, columns); the highest wins."""
    labels = scores.argmax(axis=0)[None]

    def share(here: Places, there: Places) -> Floats:
        own, other = labels[here], labels[there]
        before = scores[(own, *here[1:])] - scores[(other, *here[1:])]
        after = scores[(own, *there[1:])] - scores[(other, *there[1:])]
        return _crossing(before, after)

    return _segments(labels, share)


def _crossing(before: Floats, after: Floats) -> Floats:
    """Share of the way from one corner to the next at which the margin is zero."""
    difference = before - after
    return np.clip(before / np.where(difference == 0, 1, difference), 0, 1)


def _segments(labels: Ints | NDArray[np.uint8], share: Share) -> Segments:
    """Segments of all levels of ``labels`` (levels, rows, columns), one after the other."""
    differs_x = labels[..., 1:] != labels[..., :-1]
    differs_y = labels[:, 1:] != labels[:, :-1]
    active = differs_x[:, :-1] | differs_x[:, 1:] | differs_y[..., :-1] | differs_y[..., 1:]
    level, r, c = (found[:, None] for found in np.nonzero(active))
    (row, column), (row2, column2) = _EDGES[:, 0].T, _EDGES[:, 1].T
    here, there = (level, r + row, c + column), (level, r + row2, c + column2)
    part = share(here, there)
    x = here[2] + np.where(column2 > column, part, 0)
    y = here[1] + np.where(row2 > row, part, 0)
    return _joined(labels[here] != labels[there], x, y)


def _joined(crossed: Bools, x: Floats, y: Floats) -> Segments:
    """Pairs of ends from the crossings (cells, 4) of each cell's edges."""
    count = crossed.sum(axis=1)
    pairs = count == 2
    two = crossed & pairs[:, None]  # read row by row: the two of a cell follow each other
    if pairs.all():
        return x[two], y[two]
    middle_x = (x * crossed).sum(axis=1) / np.maximum(count, 1)
    middle_y = (y * crossed).sum(axis=1) / np.maximum(count, 1)
    cell, edge = np.nonzero(crossed & ~pairs[:, None])
    return (
        np.concatenate((x[two], np.stack((x[cell, edge], middle_x[cell]), axis=1).ravel())),
        np.concatenate((y[two], np.stack((y[cell, edge], middle_y[cell]), axis=1).ravel())),
    )


def crossings(scores: Floats) -> Floats:
    """Places along ``scores`` (classes, columns) where the class changes, in units of columns."""
    labels = scores.argmax(axis=0)
    (c,) = np.nonzero(labels[1:] != labels[:-1])
    here, there = labels[c], labels[c + 1]
    before = scores[here, c] - scores[there, c]
    after = scores[here, c + 1] - scores[there, c + 1]
    return c + _crossing(before, after)
