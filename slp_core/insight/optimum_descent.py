"""The way down to an optimum: L-BFGS to come near, Newton to end exactly.

Both are the optimizers of training, driven without a record. L-BFGS costs one pass over the
samples per step; Newton ends with sixteen digits but needs the Hessian, so it has the last word
where its matrix is affordable, and the only one where the problem is small.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from slp_core.insight.optimum_budget import Budget
from slp_core.network.parameters import Parameters
from slp_core.training.evaluation import Evaluator
from slp_core.training.problem import Part, Problem
from slp_core.training.second_order import second_order
from slp_core.training.vectors import Vectors

SMALL: Final = 64
"""Parameters up to which Newton alone is the quickest."""
LARGEST_NEWTON: Final = 1500
FLOPS_PER_SECOND: Final = 1e10
"""What a core does at least; an estimate of what a Hessian costs, on the safe side."""
NEWTON_STEPS: Final = 200
LBFGS_STEPS: Final = 2000
NEAR: Final = 300
"""Steps of L-BFGS before Newton takes over."""
RESTING: Final = 1e-11
"""Relative change of the loss in a step that is no progress any more."""
RESTING_SINGLE: Final = 1e-7
_MOVING: Final = 1e-5
"""Relative length of a last step of Newton's that a minimum does not leave."""
_FEWEST_STEPS: Final = 4
"""Steps of Newton that there must be time for to begin with them."""
_BIG: Final = 50_000
_SUBSET: Final = 20_000

Check = Callable[[Problem, Parameters], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Where a descent ended.

    ``rested``: nothing lowers the loss any more, and the gradient has gone with it. ``proved``: the
    check that was given held on the way, and the descent ended there. ``growing``: the weights
    still moved at the end, though the loss did not: there is an infimum, but no minimum.
    """

    parameters: Parameters
    value: float
    rested: bool
    method: str
    proved: bool = False
    growing: bool = False


def descend(
    problem: Problem, start: Parameters, budget: Budget, check: Check | None = None
) -> Descent:
    """Go down from ``start`` as far as it goes; ``check`` may end it earlier.

    Very large data are first solved on every so-many-th sample, from where few steps are left.
    """
    if len(problem.training.X) > _BIG:
        start = descend(_thinned(problem), start, budget).parameters
    with np.errstate(all="ignore"):
        return _Walk(problem, start, budget, check).run()


class _Walk:
    """One descent: weights, the objective at them, and what ends it."""

    def __init__(
        self, problem: Problem, start: Parameters, budget: Budget, check: Check | None
    ) -> None:
        self._problem, self._budget, self._check = problem, budget, check
        self._vectors = Vectors(start)
        self._evaluator = Evaluator(problem, self._vectors, own_gradient=False)
        self._first = self._evaluator.state().gradient_norm
        self._proved = False
        self._method = "newton"

    def run(self) -> Descent:
        cost = newton_seconds(self._problem)
        if cost is not None and not self._budget.affords(_FEWEST_STEPS * cost):
            cost = None
        rested = False
        if cost is None or self._vectors.theta.size > SMALL:
            rested = self._walk("lbfgs", LBFGS_STEPS if cost is None else NEAR, 0.0)
        if cost is not None and not self._proved and self._budget.affords(cost):
            rested = self._walk("newton", NEWTON_STEPS, cost) or rested
        return self._end(rested)

    def _walk(self, key: str, most: int, cost: float) -> bool:
        """Steps of one optimizer; whether it came to rest."""
        self._method = key
        optimizer = second_order(key, self._problem, self._vectors)
        resting = 0
        for step in range(most):
            if self._budget.over() or (cost and not self._budget.affords(cost)):
                return False
            before = self._evaluator.state().loss
            if not optimizer.step(self._evaluator, 1.0):
                return self._quiet()
            resting = resting + 1 if self._rests(before) else 0
            if resting >= 3:
                return self._quiet()
            if self._check is not None and step % 5 == 4 and self._holds():
                return False
        return False

    def _rests(self, before: float) -> bool:
        loss = self._evaluator.state().loss
        single = self._problem.training.X.dtype != np.float64
        return before - loss <= (RESTING_SINGLE if single else RESTING) * abs(before)

    def _quiet(self) -> bool:
        """Whether the gradient has all but gone too: a kink stops a line search as well."""
        return self._evaluator.state().gradient_norm <= 1e-5 * max(self._first, 1e-300)

    def _holds(self) -> bool:
        if self._check is not None:
            self._proved = self._check(self._problem, self._vectors.parameters)
        return self._proved

    def _end(self, rested: bool) -> Descent:
        loss = self._evaluator.state().loss
        if not self._proved:
            self._holds()
        parameters = self._vectors.parameters.frozen()
        growing = self._method == "newton" and self._vectors.step_ratio > _MOVING
        return Descent(parameters, loss, rested, self._method, self._proved, growing)


def newton_seconds(problem: Problem) -> float | None:
    """What a step of Newton costs, roughly; None if its matrix would be too large."""
    d, k = problem.shape
    size = (d + 1) * k
    if size > LARGEST_NEWTON:
        return None
    blocks = k * (k + 1) / 2 if problem.pair.coupled else k
    flops = 2.0 * len(problem.training.X) * (d + 1) ** 2 * blocks + size**3
    return flops / FLOPS_PER_SECOND


def _thinned(problem: Problem) -> Problem:
    """Every so-many-th sample, about 20,000."""
    part = problem.training
    rows = slice(None, None, max(len(part.X) // _SUBSET, 1))
    few = Part(
        X=np.ascontiguousarray(part.X[rows]),
        Y=np.ascontiguousarray(part.Y[rows]),
        labels=part.labels[rows],
        weights=None if part.weights is None else np.ascontiguousarray(part.weights[rows]),
        target_spread=part.target_spread,
    )
    return replace(problem, training=few, validation=None)
