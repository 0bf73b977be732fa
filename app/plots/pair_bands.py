"""Two pictures on one canvas, one above the other: they share the axis of scores.

The lower band, with the error signal, lies between 0 and 1 of the view, the rug below it, and the
loss above both. One canvas keeps both pictures in line whatever the width of their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.plots.scales import LINEAR, Scale
from app.plots.ticks import Measure, Ticks, linear_ticks, written_out
from slp_core.arrays import Float64s

GAP: Final = 0.22
"""Room above each band for its name, as a share of the height of a band."""


@dataclass(frozen=True, slots=True)
class Band:
    """Values from ``low`` to ``high`` are drawn from ``bottom`` to ``bottom + 1``."""

    low: float
    high: float
    bottom: float

    def place(self, values: Float64s) -> Float64s:
        """Where values are drawn; beyond the band where they are too large, never far away."""
        with np.errstate(all="ignore"):
            share = (values - self.low) / (self.high - self.low)
        return np.clip(share, -5.0, 5.0) + self.bottom

    def ticks(self, low: float, high: float, length: float, measure: Measure) -> Ticks:
        """Ticks of this band in a view from ``low`` to ``high``."""
        bottom, top = max(self.bottom, low), min(self.bottom + 1.0, high)
        if top <= bottom:
            return Ticks(())
        span = self.high - self.low
        first, last = (self.low + (end - self.bottom) * span for end in (bottom, top))
        room = length * (top - bottom) / (high - low)
        inner = written_out(linear_ticks(first, last, room, measure))
        return Ticks(
            tuple(((v - self.low) / span + self.bottom, text) for v, text in inner.labelled)
        )


def signal_band(low: float, high: float) -> Band:
    """The lower band, with a little air."""
    air = 0.04 * (high - low)
    return Band(low - air, high + air, 0.0)


def loss_band(low: float, high: float) -> Band:
    """The upper band."""
    return Band(low, high + 0.04 * (high - low), 1.0 + GAP)


def banded(bands: tuple[Band, ...]) -> Scale:
    """An axis that counts anew in each band."""

    def ticks(low: float, high: float, length: float, measure: Measure) -> Ticks:
        each = [band.ticks(low, high, length, measure) for band in bands]
        return Ticks(tuple(tick for ticks in each for tick in ticks.labelled))

    return Scale(
        key="bands",
        label="Bands",
        forward=LINEAR.forward,
        inverse=LINEAR.inverse,
        ticks=ticks,
    )
