"""The samples' scores as the activation plot shows them."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from slp_core.arrays import Bools, Float64s, Floats, Ints
from slp_core.network.activations import ACTIVATIONS, Activation
from slp_core.network.pairs import Pair

FLAT = 0.01
"""A slope below this passes next to nothing of the error back."""

MOST_DRAWN = 2000
_ENDS = (6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 50.0, 75.0)


@dataclass(frozen=True, slots=True)
class Scores:
    """What is drawn: one score for each sample, and what is counted: all of them.

    ``row`` (n,) is the class of each drawn score (zeros in regression); ``total`` the number of
    samples given, of which at most `MOST_DRAWN` are drawn; ``flat`` the share of scores whose slope
    is below `FLAT`.
    """

    value: Float64s
    row: Ints
    total: int
    flat: float


def own_scores(V: Floats, labels: Ints | None, pair: Pair) -> Scores:
    """One score for each sample.

    One output: its score. Several: the score of the sample's own class. Softmax: that score less
    ln(sum of exp) of the others, at which the probability of the class is exactly the sigmoid.
    """
    rows = np.zeros(len(V), dtype=np.int64) if labels is None else labels
    if V.shape[1] == 1:
        value = V[:, 0].astype(np.float64)
        flat = flat_share(ACTIVATIONS[pair.activation], value)
    elif ACTIVATIONS[pair.activation].elementwise:
        value = V[np.arange(len(V)), rows].astype(np.float64)
        flat = flat_share(ACTIVATIONS[pair.activation], V)
    else:
        value = lead(V, rows)
        flat = flat_share(ACTIVATIONS["sigmoid"], value)
    step = max(1, -(-len(value) // MOST_DRAWN))
    return Scores(value[::step], rows[::step], len(value), flat)


def lead(V: Floats, own: Ints) -> Float64s:
    """Log-odds of the own class (n,): its score less ln(sum of exp) of the others."""
    scores = np.asarray(V, dtype=np.float64)
    mine = np.zeros(scores.shape, dtype=np.bool_)
    mine[np.arange(len(scores)), own] = True
    others = np.where(mine, -np.inf, scores)
    top = others.max(axis=1)
    rest = top + np.log(np.exp(others - top[:, None]).sum(axis=1))
    return scores[mine] - rest


def flat_share(activation: Activation, V: Floats) -> float:
    """Share of the scores at which the slope is below `FLAT`."""
    known = np.asarray(V, dtype=np.float64)[np.isfinite(V)]
    if not len(known):
        return float("nan")
    slope = activation.slope(known, activation.value(known))
    return float((np.abs(slope) < FLAT).mean())


def score_end(value: Float64s, before: float) -> float:
    """End of the axis, which goes from -end to end: at least 6, in calm steps.

    It grows when scores leave it and shrinks when less than half of it is used.
    """
    known: Bools = np.isfinite(value)
    furthest = float(np.abs(value[known]).max(initial=0.0))
    if not isfinite(furthest):
        return before
    wanted = _nice(furthest)
    return before if furthest <= before and wanted > before / 2 else wanted


def _nice(furthest: float) -> float:
    factor = 1.0
    while True:
        for end in _ENDS:
            if furthest <= end * factor and (factor == 1 or end >= 10):
                return end * factor
        factor *= 10
