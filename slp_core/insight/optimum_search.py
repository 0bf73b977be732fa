"""The best of several starts, where the objective is not convex.

The starts: zeros, the weights of the convex partner (the same samples under a log-likelihood or
least squares) at several lengths, and random draws. For samples that a line separates, an
activation with two ends comes as near its least loss as one likes: that infimum is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.insight.optimum_budget import Budget
from slp_core.insight.optimum_descent import Descent, descend
from slp_core.insight.optimum_l1 import descend_l1
from slp_core.insight.optimum_problem import (
    floor_at_infinity,
    reaches_ends,
    separates,
    value,
    with_pair,
    zeros,
)
from slp_core.network.initializers import initialize
from slp_core.network.parameters import Parameters
from slp_core.training.problem import Problem

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

LENGTHS: Final = (1.0, 3.0, 10.0)
"""What the weights of the convex partner are multiplied by."""
DRAWS: Final = 4
_LONG: Final = 100.0
_PARTNER_SHARE: Final = 0.4
"""Of the time: the partner is only a start."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best of ``starts`` starts; ``infimum``: proved, and not attained by any weights."""

    parameters: Parameters
    value: float
    starts: int
    infimum: bool = False


def search(problem: Problem, dataset: Dataset, budget: Budget) -> Found:
    """The smallest objective that descents from all starts end at."""
    partner = partner_weights(problem, dataset, budget)
    free = problem.objective.l1 == problem.objective.l2 == 0.0
    if partner is not None and free and reaches_ends(problem.pair) and separates(problem, partner):
        return Found(partner, floor_at_infinity(problem), 1, infimum=True)
    best, count = zeros(problem).frozen(), 0
    lowest = value(problem, best)
    starts = list(_starts(problem, partner))
    for start in starts:
        if count and budget.over():
            break
        ended = _descend(problem, start, budget.share(1.0 / (len(starts) - count)))
        count += 1
        for candidate in (start, ended.parameters):
            if (found := value(problem, candidate)) < lowest:
                best, lowest = candidate.frozen(), found
    return Found(best, lowest, count)


def _descend(problem: Problem, start: Parameters, budget: Budget) -> Descent:
    if problem.pair.status == "cannot_learn":
        # No gradient leads anywhere: the start itself is all there is to compare.
        return Descent(start, value(problem, start), False, "starts")
    if problem.objective.l1 > 0.0:
        return descend_l1(problem, start, budget)
    return descend(problem, start, budget)


def _starts(problem: Problem, partner: Parameters | None) -> Iterator[Parameters]:
    yield zeros(problem)
    if partner is not None:
        for length in LENGTHS:
            yield Parameters(partner.W * length, partner.b * length)
    for seed in range(DRAWS):
        yield initialize("xavier", *problem.shape, seed)


def partner_weights(problem: Problem, dataset: Dataset, budget: Budget) -> Parameters | None:
    """Weights of the convex pair whose scores mean the same; None if there is none.

    Classes: cross-entropy with sigmoid or softmax, a separating line where there is one.
    Numbers: least squares in the score, which the activation then bends.
    """
    if not problem.classes:
        return _inverse_fit(problem, dataset, budget)
    softmax = problem.pair.activation == "softmax"
    other = with_pair(problem, dataset, "softmax" if softmax else "sigmoid", "cross_entropy")
    ended = descend(other, zeros(other), budget.share(_PARTNER_SHARE), separates)
    size = float(np.linalg.norm(ended.parameters.flat()))
    # A separating line has no length of its own; one that fits a grid of starts is as good.
    scale = _LONG / size if size > _LONG else 1.0
    return Parameters(ended.parameters.W * scale, ended.parameters.b * scale)


def _inverse_fit(problem: Problem, dataset: Dataset, budget: Budget) -> Parameters:
    other = with_pair(problem, dataset, "identity", "quadratic")
    return descend(other, zeros(other), budget.share(_PARTNER_SHARE)).parameters
