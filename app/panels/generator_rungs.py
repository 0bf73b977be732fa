"""The numbers that the sliders of a generated set offer: round ones, and always the usual one."""

from __future__ import annotations

import math

from slp_core.data.samples import Sample

_POINTS = (10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700)
_THOUSANDS = (1000, 1500, 2000, 3000, 5000, 7000, 10_000, 20_000, 50_000)
_REACH = 3.0
"""The slider of noise goes up to this many times the usual noise."""
_STEPS = 7.5
"""The usual noise has at least this many steps below it."""


def point_rungs(row: Sample) -> tuple[float, ...]:
    """Numbers of points, from 10 to 50 000."""
    return tuple(sorted({*_POINTS, *_THOUSANDS, row.points}))


def noise_rungs(row: Sample) -> tuple[float, ...]:
    """Even steps of 1, 2 or 5 times a power of ten, from none to three times the usual noise."""
    step = _round_below(row.noise / _STEPS)
    count = round(_REACH * row.noise / step)
    return tuple(sorted({*(float(f"{k * step:.6g}") for k in range(count + 1)), row.noise}))


def balance_rungs(row: Sample) -> tuple[float, ...]:
    """Shares of the first class from 5 to 95 per cent."""
    usual = 0.5 if row.balance is None else row.balance
    shares = {percent / 100 for percent in range(5, 100, 5)}
    return tuple(sorted(shares | {usual}))


def _round_below(number: float) -> float:
    power = 10.0 ** math.floor(math.log10(number))
    return max(digit for digit in (1, 2, 5) if digit * power <= number) * power
