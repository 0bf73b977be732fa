"""Ranges of the curves' axes: they change in round steps and seldom, never with each frame."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import numpy as np

from app.plots.numbers import decade
from app.plots.scales import LINEAR, LOG, SHARE, Scale
from app.plots.ticks import nice_step
from slp_core.arrays import Float64s, Floats

Range = tuple[float, float]

_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
_AIR = 0.04
_ROUNDING = 1e-10
_FAR = 1e300
"""Values beyond are drawn outside of the view: its ends must stay finite, with some air."""


def nice_end(last: float) -> float:
    """The next round number at or above ``last``: an axis of time grows a few times a decade."""
    if not last > 0:
        return 1.0
    power = 10.0 ** decade(last)
    return next(step * power for step in _STEPS if step * power >= last * (1 - 1e-12))


def time_range(last: float, scale: Scale) -> Range:
    """View range of an axis of time that starts at 0."""
    end = np.array([0.0, nice_end(max(last, 1.0))])  # whole numbers have ticks
    low, high = scale.forward(end)
    return float(low), float(high)


def value_range(
    values: Floats, scale: Scale, before: Range | None = None, from_zero: bool = False
) -> Range | None:
    """View range that shows ``values`` (in view coordinates, NaN allowed).

    ``from_zero`` starts a linear axis at 0 where nothing is below: a loss that falls from 0.69
    to 0.68 has hardly fallen, and looks it.

    The range before is kept while values are inside it and fill at least half of it.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    low, high = float(known.min()), float(known.max())
    if scale is LOG:
        low = max(low, min(high - 2.0, _NOTHING))
        wanted = _log_range(low, high)
    else:
        wanted = _linear_range(min(low, 0.0) if from_zero else low, high)
    if before is not None and before[0] <= low and high <= before[1]:
        filled = (wanted[1] - wanted[0]) / (before[1] - before[0])
        if filled >= 0.5:
            return before
    return wanted


def _log_range(low: float, high: float) -> Range:
    """Half decades, at least one of them."""
    bottom, top = floor(low * 2 - 1e-9) / 2, ceil(high * 2 + 1e-9) / 2
    return (bottom, top) if top - bottom >= 1 else (bottom - 0.5, top)


def _linear_range(low: float, high: float) -> Range:
    """Round steps."""
    span = high - low or abs(high) * 0.1 or 1.0
    step = nice_step(span / 5)
    bottom, top = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    if top <= bottom:
        bottom, top = bottom - step, top + step
    return bottom, top


def with_air(view: Range) -> Range:
    """A little room, so that a line on the edge is not cut in half."""
    air = _AIR * (view[1] - view[0])
    return view[0] - air, view[1] + air


_NOTHING = -20.0
"""Power of ten below which values are as good as 0: an axis down to 1e-160 shows nothing else."""
_WORST = -10.0
"""R² below this is not followed."""


def share_range(values: Floats) -> Range:
    """Range of accuracies: 0 .. 1, or the upper part of it; of R² from -1 on where it is bad.

    It ends at 1, which both cannot pass. Of a run that diverges R² falls out of the view: scaled
    to hold it, the view would show nothing else.
    """
    known = values[np.isfinite(values)]
    lowest = float(known.min()) if len(known) else 0.0
    for bottom in (0.9, 0.5, 0.0, -1.0):
        if lowest >= bottom:
            return bottom, 1.0
    return _linear_range(max(lowest, _WORST), 1.0)[0], 1.0


def without_noise(part: Float64s, whole: Float64s) -> Float64s:
    """A part without the values that only rounding keeps from being 0: NaN instead.

    By symmetry a gradient of the biases may be 1e-17 of 1; such an axis shows nothing else.
    """
    return np.where(part > _ROUNDING * whole, part, np.nan)


def shown_ranges(
    parts: Sequence[tuple[Float64s, Sequence[Floats]]],
    scales: tuple[Scale, Scale],
    before: Range | None,
    *,
    share: bool,
    recent: bool,
) -> tuple[Range, Range | None]:
    """Ranges of both axes that hold several records.

    Parameters
    ----------
    parts
        For each record the times of its points and the values over them, or values (of another
        length) that hold at any time; the first is the active run's and has at least one point.
    before
        The range of the values as it was.
    share
        Whether the values are shares, whose axis ends at 1.
    recent
        Whether to scale the values on the last half of the time alone.
    """
    x_scale, y_scale = scales
    last = max(float(time[-1]) for time, _ in parts if len(time))
    x = time_range(last, x_scale)
    if all(len(time) < 2 for time, _ in parts):  # a dot on the axis would be cut in half
        x = (x[0] - 0.03 * (x[1] - x[0]), x[1])
    since = 0.5 * last if recent else 0.0
    shown = [
        value[time >= since] if len(value) == len(time) else value
        for time, values in parts
        for value in values
    ]
    values = np.clip(np.concatenate(shown), -_FAR, _FAR)
    if share and y_scale in (LINEAR, SHARE) and not recent:
        return x, share_range(values)
    with np.errstate(invalid="ignore"):
        placed = y_scale.forward(np.where(np.isfinite(values), values, np.nan))
    return x, value_range(placed, y_scale, before, from_zero=not recent)
