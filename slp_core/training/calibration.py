"""Whether probabilities mean what they say: of all samples with 80 %, 80 % should come true.

Source: the reliability diagram of Murphy & Winkler (1977); the calibration error as in C. Guo et
al., On Calibration of Modern Neural Networks, ICML 2017; the score of G. W. Brier (1950); the
interval of E. B. Wilson (1927).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Bools, Float64s, Ints

_Z: Final = 1.959963984540054
"""A normal number is within this many standard deviations with 95 %."""


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Samples gathered by their probability; NaN in an empty bin.

    Attributes
    ----------
    edges
        (B + 1,) of the bins.
    counts
        (B,) samples in each bin.
    said
        (B,) mean probability.
    happened
        (B,) share that came true.
    low, high
        (B,) 95 % interval of the share that a bin of so many samples leaves open.
    error
        Expected calibration error Σ (n_b / n) |happened_b − said_b|.
    brier
        Mean of (p − y)², with y = 1 for what came true.
    """

    edges: Float64s
    counts: Ints
    said: Float64s
    happened: Float64s
    low: Float64s
    high: Float64s
    error: float
    brier: float


def bin_of(values: Float64s, edges: Float64s) -> Ints:
    """(n,) number of the bin of each value; what lies on an edge belongs to the bin below it.

    So does a sample exactly at a decision's threshold belong to "not above". Values beyond the
    ends fall into the outer bins.
    """
    return np.searchsorted(edges[1:-1], values, side="left").astype(np.int64)


def reliability(probability: Float64s, true: Bools, bins: int = 10) -> Reliability:
    """Gather n samples in ``bins`` equal bins of their probability.

    Parameters
    ----------
    probability
        (n,) between 0 and 1.
    true
        (n,) whether what was given that probability came true.
    """
    edges = np.linspace(0.0, 1.0, bins + 1)
    place, n = bin_of(probability, edges), len(probability)
    counts = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        said = np.bincount(place, probability, bins) / counts
        happened = np.bincount(place, true.astype(np.float64), bins) / counts
    low, high = wilson(happened, counts)
    gaps = np.where(counts > 0, np.abs(happened - said), 0.0)
    return Reliability(
        edges=edges,
        counts=counts,
        said=said,
        happened=happened,
        low=low,
        high=high,
        error=float(counts @ gaps / n) if n else float("nan"),
        brier=float(np.mean((probability - true) ** 2)) if n else float("nan"),
    )


def wilson(share: Float64s, counts: Ints) -> tuple[Float64s, Float64s]:
    """Ends of the 95 % interval of a share of ``counts`` samples; NaN where there are none.

    (s + z²/2n ± z √(s(1 − s)/n + z²/4n²)) / (1 + z²/n) with z = 1.96: never outside [0, 1], and
    sensible for a handful.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        n = counts.astype(np.float64)
        middle = share + _Z**2 / (2 * n)
        half = _Z * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        low, high = (middle - half) / (1 + _Z**2 / n), (middle + half) / (1 + _Z**2 / n)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)
