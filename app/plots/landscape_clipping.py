"""A path cut where it leaves the surroundings of a view: lines of any length cannot be painted.

A run that diverges soon has weights of 1e40; a pen that is asked for a line as long paints wedges
over the whole view. What lies inside is drawn where it is.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from app.plots.landscape_frame import Frame
from slp_core.arrays import Float64s

_AROUND: Final = 2.0
"""Views to each side that are drawn, too: a path goes on while the view moves a little."""
_RESOLVED: Final = 1e9
"""Beyond so many views from it two numbers do not tell where their line crosses the view."""


def clipped(places: Float64s, view: Frame) -> tuple[Float64s, bool]:
    """The parts of a path (m, 2) near a view, rows of NaN between, and whether it was cut."""
    low = np.array([start - _AROUND * (end - start) for start, end in view])
    high = np.array([end + _AROUND * (end - start) for start, end in view])
    if ((places >= low) & (places <= high)).all():
        return places, False
    away = np.abs((places - (low + high) / 2) / (high - low)).max(axis=1)
    lost = np.flatnonzero(away > _RESOLVED)
    path = places[: lost[0]] if len(lost) else places
    return _joined(path, *_inside(path, low, high)), True


def _inside(path: Float64s, low: Float64s, high: Float64s) -> tuple[Float64s, Float64s]:
    """From which share to which each piece is between the corners (Liang and Barsky 1984)."""
    first, way = path[:-1], np.diff(path, axis=0)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        one, other = (low - first) / way, (high - first) / way
    between = (first >= low) & (first <= high)
    enter = np.where(way == 0, np.where(between, -np.inf, np.inf), np.minimum(one, other))
    leave = np.where(way == 0, np.inf, np.maximum(one, other))
    return np.maximum(enter.max(axis=1), 0.0), np.minimum(leave.min(axis=1), 1.0)


def _joined(path: Float64s, enter: Float64s, leave: Float64s) -> Float64s:
    """The pieces that are seen, those that follow each other as one line."""
    points: list[Float64s] = []
    gap = np.full(2, np.nan)
    ended = -1  # the piece before, if it is seen up to its end
    for number in np.flatnonzero(enter < leave).tolist():
        start, way = path[number], path[number + 1] - path[number]
        if ended != number - 1 or enter[number] > 0.0 or not points:
            points += [gap, start + enter[number] * way]
        points.append(start + leave[number] * way)
        ended = number if leave[number] == 1.0 else -1
    return np.array(points[1:]) if points else np.empty((0, 2))
