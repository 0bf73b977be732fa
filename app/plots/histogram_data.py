"""How sure a model is: counts of probabilities, outputs or scores, and whether they come true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, isfinite
from typing import Final

import numpy as np

from app.plots.ticks import nice_step
from slp_core.arrays import Bools, Float64s, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.answers import Certainty, answers, certainty_kind, certainty_threshold
from slp_core.training.calibration import Reliability, bin_of, reliability

_BINS: Final = 20
_COARSE: Final = 10
"""Bins of the calibration: fewer, for each is to have enough rows."""
_TOGETHER: Final = _BINS // _COARSE
"""Bins that lie in one of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Certainties:
    """What n samples look like to the model.

    With two classes the certainty is the second class's, and the upper group its samples; with
    more it is the decided class's, and the upper group what is decided rightly.

    Attributes
    ----------
    edges
        (B + 1,) of the bins; a value on an edge belongs to the bin below.
    place
        (n,) bin of each sample, −1 where its score is not a finite number.
    upper
        (n,) whether a sample belongs to the upper group.
    counts
        (2, B) samples of the lower and of the upper group in each bin.
    threshold
        With two classes: what lies above is decided for the second class. Else None.
    reliability
        None where the certainty is no probability.
    """

    kind: Certainty
    edges: Float64s
    place: Ints
    upper: Bools
    counts: Ints
    threshold: float | None
    reliability: Reliability | None

    def counted(self, mask: Bools) -> Ints:
        """(2, B) `counts` of the samples of ``mask`` (n,) alone."""
        return counts_of(self.place, self.upper, mask, len(self.edges) - 1)

    def samples(self, number: int, upper: bool) -> Ints:
        """The samples of one group in a bin."""
        return np.flatnonzero((self.place == number) & (self.upper == upper))

    @property
    def coarse(self) -> Float64s:
        """Edges of the bins of the calibration."""
        return np.empty(0) if self.reliability is None else self.reliability.edges

    def samples_between(self, number: int) -> Ints:
        """The samples in a bin of the calibration."""
        first = number * _TOGETHER
        return np.flatnonzero((self.place >= first) & (self.place < first + _TOGETHER))

    @property
    def unknown(self) -> int:
        """How many samples have no finite score."""
        return len(self.place) - int(self.counts.sum())


def certainties(
    dataset: Dataset,
    pair: Pair,
    parameters: Parameters,
    samples: slice,
    stop: Callable[[], bool] | None = None,
) -> Certainties | None:
    """Look at these samples; None if told to stop."""
    found = answers(dataset, pair, parameters, samples, stop)
    if found is None:
        return None
    labels, kind = dataset.all_labels[samples], certainty_kind(pair)
    two = len(dataset.classes) == 2
    upper: Bools = labels == 1 if two else labels == found.decided
    known, values = found.known, found.certainty
    probable = kind == "probability"
    edges = np.linspace(0.0, 1.0, _BINS + 1) if probable else round_edges(values[known])
    place = np.where(known, bin_of(np.where(known, values, 0.0), edges), -1)
    return Certainties(
        kind=kind,
        edges=edges,
        place=place,
        upper=upper,
        counts=counts_of(place, upper, known, len(edges) - 1),
        threshold=certainty_threshold(pair) if two else None,
        reliability=reliability(values[known], upper[known], _COARSE) if probable else None,
    )


def counts_of(place: Ints, upper: Bools, mask: Bools, bins: int) -> Ints:
    """(2, bins) samples of ``mask`` (n,) in each bin: those not in the upper group, those in it."""
    chosen = np.flatnonzero(mask)
    number = place[chosen]
    cell = upper[chosen] * bins + number
    return np.bincount(cell[number >= 0], minlength=2 * bins).reshape(2, bins)


def round_edges(values: Float64s) -> Float64s:
    """Some twenty bins with round ends around the values: they stay while the values move."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    span = high - low
    if not isfinite(span) or abs(low) + abs(high) > 1e290:
        return np.linspace(low / 2, high / 2, _BINS + 1) * 2
    least = 1e-9 * max(abs(low), abs(high)) or 1e-9
    if span <= least:
        half = 0.5 * max(abs(low), 1e-9) or 0.5
        low, high = low - half, high + half
        span = high - low
    step = nice_step(span / _BINS)
    first, last = floor(low / step), ceil(high / step)
    return np.arange(first, max(last, first + 1) + 1).astype(np.float64) * step
