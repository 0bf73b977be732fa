"""An activation as a curve to draw and to read."""

from __future__ import annotations

import numpy as np

from app.numbers import number_text
from slp_core.arrays import Float64s, Floats
from slp_core.network.activations import Activation


def output_range(activation: Activation, end: float) -> tuple[float, float]:
    """Lowest and highest of the curve and its slope for scores from -end to end."""
    V = np.linspace(-end, end, 241)
    Z = activation.value(V)
    slope = activation.slope(V, Z)
    low = min(float(Z.min()), float(slope.min()))
    return low, max(float(Z.max()), float(slope.max()), low + 1)


def with_kinks(places: Float64s, activation: Activation) -> Floats:
    """Places and, for each kink, those just below and at it: a jump is drawn upright."""
    kinks = [[np.nextafter(kink, -np.inf), kink] for kink in activation.kinks]
    return np.unique(np.concatenate([places, *(np.array(pair) for pair in kinks)]))


def reading_text(activation: Activation, v: float) -> str:
    """Score, output and slope at one place."""
    V = np.array([v])
    Z = activation.value(V)
    slope = activation.slope(V, Z)
    return (
        f"v {number_text(v, 3)}   f(v) {number_text(float(Z[0]))}"
        f"   f′(v) {number_text(float(slope[0]))}"
    )
