"""How numbers lie along an axis: linear, logarithmic, or logarithmic from zero on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.plots.ticks import (
    TickMaker,
    count_ticks,
    linear_ticks,
    log_ticks,
    share_ticks,
    whole_ticks,
)
from slp_core.arrays import Float64s, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One kind of axis; ``forward`` turns numbers into view coordinates, ``inverse`` back."""

    key: str
    label: str
    forward: Callable[[Floats], Floats]
    inverse: Callable[[float], float]
    ticks: TickMaker


def _log(values: Floats) -> Float64s:
    """log10, NaN where there is none: a zero has no place on a logarithmic axis."""
    positive = np.where(values > 0, values, np.nan)
    return np.log10(positive)


def _power(place: float) -> float:
    return 10.0 ** min(place, 307.0)


def _log_count(values: Floats) -> Float64s:
    return np.log10(1.0 + values)


LINEAR = Scale(
    key="linear",
    label="Linear",
    forward=lambda values: values,
    inverse=lambda place: place,
    ticks=linear_ticks,
)
SHARE = Scale(
    key="share",
    label="Percentages",
    forward=lambda values: values,
    inverse=lambda place: place,
    ticks=share_ticks,
)
COUNT = Scale(
    key="count",
    label="Whole numbers",
    forward=lambda values: values,
    inverse=lambda place: place,
    ticks=whole_ticks,
)
LOG = Scale(key="log", label="Logarithmic", forward=_log, inverse=_power, ticks=log_ticks)
LOG_COUNT = Scale(
    key="log_count",
    label="Logarithmic from zero",
    forward=_log_count,
    inverse=lambda place: _power(place) - 1,
    ticks=count_ticks,
)
