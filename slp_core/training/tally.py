"""One pass over the scores of samples, and all that is counted on the way.

The record of a run wants the accuracy and, at the same points, how many samples have come where
the activation is flat. The scores are the dear part, so both are had from the same ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Bools, Floats
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.parameters import Parameters
from slp_core.training.metrics import r2_of, score_blocks
from slp_core.training.problem import Part, Problem

FLAT_SLOPE: Final = 0.01
"""A sample is saturated when the slope of the activation is below this at all of its scores."""

_NEARLY_ONE: Final = 0.5 + math.sqrt(0.25 - FLAT_SLOPE)
"""The output z above 1/2 at which z (1 − z) is that slope."""
_MOST_SUMMED: Final = 90
"""Outputs of a softmax up to which one of them must be large."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares of samples, between 0 and 1; NaN for what does not apply.

    Attributes
    ----------
    quality
        Share of samples classified rightly; R² in regression.
    saturated
        Share of samples where the activation is flat: |f'(v)| < 0.01 at every output. NaN under a
        loss of the score, which does not learn through f'.
    saturated_wrong
        Share of samples that are saturated and classified wrongly (in regression: further from
        their target than one standard deviation of the targets).
    largest_class
        Share of samples decided for the class that is decided most often; NaN in regression.
    """

    quality: float
    saturated: float
    saturated_wrong: float
    largest_class: float


def tally(problem: Problem, part: Part, parameters: Parameters) -> Tally:
    """Count over the samples of ``part``; without any, every share is 0."""
    classes, n = problem.classes, max(len(part.X), 1)
    can_saturate = _can_saturate(problem)
    good = flat_count = flat_wrong = 0.0
    decided_as = np.zeros(max(classes, 1), np.int64)
    far = math.sqrt(part.target_spread / n)
    for rows, V in score_blocks(part, parameters):
        Z = problem.objective.outputs(V)
        if classes:
            decided = coding.decide(Z, V, problem.pair, classes)
            wrong = decided != part.labels[rows]
            good += len(V) - np.count_nonzero(wrong)
            decided_as += np.bincount(decided, minlength=classes)
        else:
            residual = (Z - part.Y[rows])[:, 0].astype(np.float64)
            good += float(residual @ residual)
            wrong = np.abs(residual) > far
        if can_saturate:
            flat = saturated(problem, V, Z)
            flat_count += np.count_nonzero(flat)
            flat_wrong += np.count_nonzero(flat & wrong)
    applies = LOSSES[problem.pair.loss].space == "output"
    return Tally(
        quality=good / n if classes else r2_of(good, part),
        saturated=flat_count / n if applies else math.nan,
        saturated_wrong=flat_wrong / n if applies else math.nan,
        largest_class=float(decided_as.max()) / n if classes else math.nan,
    )


def saturated(problem: Problem, V: Floats, Z: Floats) -> Bools:
    """(n,) whether the activation is flat at all scores of a sample, V and Z being (n, k)."""
    f = ACTIVATIONS[problem.pair.activation]
    if not f.elementwise and Z.shape[1] < _MOST_SUMMED:
        # All z (1 − z) are small only where one z is nearly 1, as they add up to 1.
        return np.asarray(Z[np.arange(len(Z)), V.argmax(axis=1)] > _NEARLY_ONE)
    slopes = f.slope(V, Z)
    steepest = slopes[:, 0] if slopes.shape[1] == 1 else slopes.max(axis=1)
    return np.asarray(steepest < FLAT_SLOPE)


def _can_saturate(problem: Problem) -> bool:
    return LOSSES[problem.pair.loss].space == "output" and any(
        ACTIVATIONS[problem.pair.activation].dead
    )
