"""Dashes as pieces of a line: Qt draws pieces ten times as fast as a dashed, thick, smooth path.

A dash is a length on the screen, so the pieces belong to one range and size of the view.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from slp_core.arrays import Floats

MOST_PERIODS: Final = 4_000
"""A line that is longer, of which a small part is in view, is left to Qt, which cuts it first."""


def dashes(
    x: Floats, y: Floats, pixel: tuple[float, float], pattern: Sequence[float], width: float
) -> tuple[Floats, Floats] | None:
    """Ends of the pieces that a dashed line consists of, for a pen with square caps.

    Parameters
    ----------
    x, y
        The line, finite, each (n,), in units of the view.
    pixel
        Width and height of a pixel in these units.
    pattern
        Lengths of ink and gaps in turn, in units of the width, as ``QPen.setDashPattern`` has
        them.
    width
        The pen's, in pixels. Its caps are half of it long: pieces are shorter by so much.

    Returns
    -------
    tuple or None
        Places of the ends, each (2 m,), pairs; None if there are more than `MOST_PERIODS`.
    """
    if len(x) < 2:
        return x[:0], y[:0]
    along = _lengths(x, y, pixel)
    total = float(along[-1])
    if not total <= MOST_PERIODS * width * sum(pattern):
        return None
    first, last = _ink(np.asarray(pattern, dtype=np.float64), width, total)
    return _pieces(x, y, along, first, last)


def _lengths(x: Floats, y: Floats, pixel: tuple[float, float]) -> Floats:
    """Length of the line up to each of its points; inf beyond all numbers."""
    with np.errstate(over="ignore"):
        across, up = np.diff(x) / pixel[0], np.diff(y) / pixel[1]
        return np.concatenate(([0.0], np.cumsum(np.hypot(across, up))))


def _ink(pattern: Floats, width: float, total: float) -> tuple[Floats, Floats]:
    """Where along the line each dash begins and ends, without its caps."""
    ends = np.cumsum(pattern) * width
    periods = int(total / ends[-1]) + 1
    shift = ends[-1] * np.arange(periods)[:, None]
    first = (shift + np.concatenate(([0.0], ends[1:-1:2]))).ravel()
    last = (shift + ends[::2]).ravel()
    cap = np.minimum(width, last - first) / 2
    first, last = first + cap, last - cap
    begun = first <= total
    return first[begun], np.minimum(last[begun], total)


def _pieces(
    x: Floats, y: Floats, along: Floats, first: Floats, last: Floats
) -> tuple[Floats, Floats]:
    """Each dash, cut where the line bends."""
    bends = along[1:-1] if len(first) else along[:0]
    dash = np.searchsorted(first, bends, side="right") - 1
    inside = bends[(dash >= 0) & (bends < last[dash])]
    # Ends and bends in the order of the line: within a dash every bend ends a piece and begins one.
    places = np.sort(np.concatenate((first, last, inside, inside)), kind="stable")
    return np.interp(places, along, x), np.interp(places, along, y)
