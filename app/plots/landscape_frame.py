"""Which part of the plane is looked at: all of the paths with room around them, calmly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from slp_core.arrays import Float64s

Frame = tuple[tuple[float, float], tuple[float, float]]
"""Left and right end, lower and upper end."""
_AIR: Final = 0.3
"""Room around a path that grows: the losses of a frame must be worked out first."""
_EDGE: Final = 0.04
_KEPT: Final = 0.45
"""A frame is kept while the one that is wanted would be larger than this share of it."""
_STRAY: Final = 3.0
"""A path is followed so many times as far as the next longest one: beyond it is not worth a view
in which the others cannot be told apart."""


def frame_of(
    places: Sequence[Float64s], reach: tuple[float, float], before: Frame | None = None
) -> Frame:
    """The frame for paths (m, 2): they with air around, and at least ``reach`` about zero.

    The frame before is kept while the paths stay well inside of it and it is not much too large.
    Of several paths one that runs away from all others is followed for some of its way only.
    """
    known = _followed([at[np.isfinite(at).all(axis=1)] for at in places], max(reach))
    if before is None:
        return _wanted(known[:, 0], reach[0]), _wanted(known[:, 1], reach[1])
    x = _calm(known[:, 0], reach[0], before[0])
    y = _calm(known[:, 1], reach[1], before[1])
    return x, y


def _followed(places: list[Float64s], least: float) -> Float64s:
    """All places (m, 2) but for those of the longest path that are far from all of the others."""
    if not places:
        return np.zeros((0, 2))
    if len(places) == 1:
        return places[0]
    away = [np.abs(at - at[:1]).max(axis=1, initial=0.0) for at in places]
    *_, second, _ = sorted(float(distances.max(initial=0.0)) for distances in away)
    limit = _STRAY * max(second, least)
    return np.concatenate([at[far <= limit] for at, far in zip(places, away, strict=True)])


def _wanted(places: Float64s, reach: float) -> tuple[float, float]:
    low = min(-reach, float(places.min(initial=0.0)))
    high = max(reach, float(places.max(initial=0.0)))
    air = _AIR * (high - low)
    return (
        low - (air if low < -reach else 0.0),
        high + (air if high > reach else 0.0),
    )


def _calm(places: Float64s, reach: float, before: tuple[float, float]) -> tuple[float, float]:
    wanted = _wanted(places, reach)
    edge = _EDGE * (before[1] - before[0])
    inside = not len(places) or (
        before[0] + edge <= places.min() and places.max() <= before[1] - edge
    )
    filled = (wanted[1] - wanted[0]) / (before[1] - before[0])
    return before if inside and filled >= _KEPT else wanted


def outside(frame: Frame, place: Float64s) -> bool:
    """Whether a place (2,) is not in a frame; one that is not finite is not."""
    (left, right), (low, high) = frame
    return not (left <= place[0] <= right and low <= place[1] <= high)
