"""The centred difference at many steps: why h = 1e-5, as a curve."""

from __future__ import annotations

from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.gradient.case import Point
from slp_core.insight.gradient.numeric import STEPS, numeric_weights
from slp_core.insight.gradient.report import Sweep
from slp_core.insight.gradient.subject import Typed

_MOST: Final = 12
_ROWS: Final = 500


def sweep(point: Point, typed: Typed) -> Sweep | None:
    """How far the typed gradient and the program's are from the difference, by its step.

    On the twelve largest components, relative to the largest. None where there is no typed
    gradient, or too many samples for a curve in between.
    """
    truth = point.dW
    if typed.W is None or len(point.V) > _ROWS or not np.isfinite(typed.W).all():
        return None
    flat = np.argsort(-np.abs(truth).ravel(), kind="stable")[:_MOST]
    places = [(int(i), int(j)) for i, j in zip(*np.unravel_index(flat, truth.shape), strict=True)]
    yours, program = _values(typed.W, places), _values(truth, places)
    size = float(np.abs(program).max()) or 1.0
    curves: list[tuple[float, float]] = []
    for h in STEPS:
        found = numeric_weights(point, places, h)
        values = np.array([found[place] for place in places])
        curves.append((_apart(yours, values, size), _apart(program, values, size)))
    return Sweep(STEPS, tuple(row[0] for row in curves), tuple(row[1] for row in curves))


def _values(gradient: Float64s, places: list[tuple[int, int]]) -> Float64s:
    return np.array([gradient[place] for place in places])


def _apart(gradient: Float64s, values: Float64s, size: float) -> float:
    gaps = np.abs(gradient - values)
    return float(np.nanmax(gaps, initial=0.0)) / size
