"""A smoother line beside a noisy one: an exponential mean of the record's points, without bias.

The mean at a point is the sum of the values up to it, each with its weight, over the sum of the
weights; a weight fades by 1 − 1 / n from point to point for a mean over about n points. (Dividing
by the sum is the bias correction of Kingma and Ba 2015.) It looks back only, so that a line once
drawn stays, and at most an eighth of the run so far, so that the start is not smeared over. On a
logarithmic axis logarithms are averaged: the mean of a norm that falls by decades would otherwise
be that of its first values.

A point without a value has no smoothed one and no weight; time goes on across it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from app.plots.curve_data import Record
from app.plots.scales import LOG, Scale
from slp_core.arrays import Float64s

STRENGTHS: Final = (3, 6, 12, 25, 50, 100)
"""Points that a mean is over, from hardly to very smooth."""
_SHARE: Final = 8
"""A mean is over an eighth of the updates so far at most."""
_BLOCK: Final = 64
_FAR: Final = 1e301
_LAST_DECADE: Final = 307.0


def smoothed(values: Float64s, updates: Float64s, points: float, scale: Scale) -> Float64s:
    """The means over about ``points`` points, in the unit of the values."""
    with np.errstate(invalid="ignore", over="ignore"):
        placed = scale.forward(values)
    known = np.isfinite(placed)
    fading = 1.0 - 1.0 / np.minimum(points, 1.0 + updates / _SHARE)
    total = _fading_sums(np.where(known, np.clip(placed, -_FAR, _FAR), 0.0), fading)
    weight = _fading_sums(known.astype(np.float64), fading)
    mean = np.full(len(values), np.nan)
    np.divide(total, weight, out=mean, where=known)
    return 10.0 ** np.minimum(mean, _LAST_DECADE) if scale is LOG else mean


def with_smooth(record: Record, points: int | None, scale: Scale) -> Record:
    """The record with its smoothed lines; None smooths nothing."""
    if points is None:
        return record
    update = record.update
    smooth = tuple(smoothed(line.value, update, points, scale) for line in record.lines)
    return replace(record, smooth=smooth)


def _fading_sums(values: Float64s, fading: Float64s) -> Float64s:
    """s₀ = v₀, sᵢ = vᵢ + fᵢ · sᵢ₋₁, where f rises to its last value and stays there."""
    if not len(values):
        return values
    last = float(fading[-1])
    rising = int(np.searchsorted(fading, last))
    carried, first = 0.0, np.empty(rising)
    for i, (value, f) in enumerate(zip(values[:rising].tolist(), fading.tolist(), strict=False)):
        first[i] = carried = value + f * carried
    return np.concatenate([first, _steady_sums(values[rising:], last, carried)])


def _steady_sums(values: Float64s, fading: float, carried: float) -> Float64s:
    """The same for one f, block by block: NumPy has no such loop."""
    rows = -(-len(values) // _BLOCK)
    padded = np.zeros(rows * _BLOCK)
    padded[: len(values)] = values
    within, before = _weights(fading)
    sums = padded.reshape(rows, _BLOCK) @ within
    for row in sums:
        row += carried * before
        carried = float(row[-1])
    return sums.reshape(-1)[: len(values)]


@lru_cache(maxsize=64)
def _weights(fading: float) -> tuple[Float64s, Float64s]:
    """What each value of a block adds to the later sums, and what the sum before it does."""
    steps = np.arange(_BLOCK, dtype=np.float64)
    apart = steps[None, :] - steps[:, None]
    within = np.where(apart >= 0, np.power(fading, np.maximum(apart, 0.0)), 0.0)
    return within, np.asarray(np.power(fading, steps + 1.0), np.float64)
