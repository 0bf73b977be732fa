"""The best loss that any weights can reach: what a run is measured against."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.insight.floor import constant_loss
from slp_core.insight.optimum_budget import Budget
from slp_core.insight.optimum_descent import Descent, descend, newton_seconds
from slp_core.insight.optimum_l1 import descend_l1
from slp_core.insight.optimum_linear import lowest_of_straight_pieces
from slp_core.insight.optimum_problem import (
    floor_at_infinity,
    is_convex,
    is_straight,
    posed,
    reaches_ends,
    separates,
    value,
    without_penalty,
    zeros,
)
from slp_core.insight.optimum_search import partner_weights, search
from slp_core.insight.optimum_squares import least_squares
from slp_core.network.losses import LOSSES
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.hessian import hessian
from slp_core.training.problem import Problem

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

DEAR: Final = 0.1
"""Seconds that the curvature at the best weights may cost, by estimate."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BestLoss:
    """The smallest value of the training objective, penalties included.

    Attributes
    ----------
    value
        The smallest known; the infimum itself where ``exact``.
    exact
        Proved to be the smallest (relative 1e-10; 1e-6 for inputs kept in single precision).
    method
        ``least_squares``, ``newton``, ``lbfgs``, ``proximal``, ``linear_programme``, ``smoothing``,
        ``infimum``, ``zero`` or ``starts``.
    starts
        Descents that were compared: 1 where the first one is enough.
    text
        One sentence: what it is and how it is known.
    parameters
        Weights that reach it; for an infimum, weights that separate the samples.
    attained
        False: weights only come as near as one likes, by growing without end.
    baseline
        The loss of the best constant scores, without a penalty.
    unpenalised
        The same answer without l1 and l2, where the objective has them; else equal to ``value``.
    cut
        Time was over, or somebody cancelled, before the answer was complete.
    steepest
        Largest curvature of the objective there: beyond a rate of 2 over it, full-batch descent
        leaves the best weights again. None where there are none, or it is too dear.
    """

    value: float
    exact: bool
    method: str
    starts: int
    text: str
    parameters: Parameters | None
    baseline: float
    unpenalised: float
    attained: bool = True
    cut: bool = False
    steepest: float | None = None


def best_loss(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    seconds: float | None = 1.0,
    cancelled: Callable[[], bool] | None = None,
) -> BestLoss:
    """The best reachable loss of a pair with its penalties on the training samples.

    Convex pairs end exactly; elsewhere it is the best of several starts, and the text says so.

    Parameters
    ----------
    seconds
        Time it may take, more or less: steps on large data are not interrupted. None leaves the
        limits on the number of steps alone, so that the answer is the same every time.
    cancelled
        Asked often; True ends the work with what is known by then.

    Raises
    ------
    ConfigError
        As `TrainingConfig.resolved`.
    """
    problem = posed(dataset, config)
    budget = Budget(seconds, cancelled)
    with np.errstate(all="ignore"):
        return _best_loss(problem, dataset, budget)


def _best_loss(problem: Problem, dataset: Dataset, budget: Budget) -> BestLoss:
    if problem.objective.l1 == problem.objective.l2 == 0.0:
        return _with_curvature(problem, _solve(problem, dataset, budget))
    found = _with_curvature(problem, _solve(problem, dataset, budget.share(0.6)))
    free = without_penalty(problem)
    known = found.baseline if found.parameters is None else value(free, found.parameters)
    without = min(_solve(free, dataset, budget).value, known)
    return replace(found, unpenalised=without)


def _with_curvature(problem: Problem, found: BestLoss) -> BestLoss:
    cost = newton_seconds(problem)
    smooth = LOSSES[problem.pair.loss].smooth and problem.pair.status != "cannot_learn"
    known = found.parameters is not None and found.attained and problem.objective.l1 == 0.0
    if not (smooth and known and cost is not None and cost < DEAR and found.parameters):
        return found
    H = hessian(problem, found.parameters)
    if not np.isfinite(H).all():
        return found
    largest = float(np.linalg.eigvalsh(H)[-1])
    return replace(found, steepest=largest if largest > 0.0 else None)


def _solve(problem: Problem, dataset: Dataset, budget: Budget) -> BestLoss:
    pair = problem.pair
    if LOSSES[pair.loss].space == "score":
        return _perceptron(problem, dataset, budget)
    if is_straight(pair):
        lowest = lowest_of_straight_pieces(problem, budget)
        if lowest is not None:
            text = _STRAIGHT[lowest.method] if lowest.exact else _CUT
            return _answer(
                problem,
                lowest.value,
                lowest.exact,
                lowest.method,
                text,
                lowest.parameters,
                cut=not lowest.exact,
            )
        return _several(problem, dataset, budget)
    if is_convex(pair):
        return _convex(problem, budget)
    return _several(problem, dataset, budget)


def _answer(
    problem: Problem,
    found: float,
    exact: bool,
    method: str,
    text: str,
    parameters: Parameters | None,
    *,
    starts: int = 1,
    attained: bool = True,
    cut: bool = False,
) -> BestLoss:
    baseline = constant_loss(problem)
    if not exact and problem.objective.bias and baseline < found:
        found, parameters = baseline, None  # constant scores need no weights, so no penalty either
    return BestLoss(
        value=found, exact=exact, method=method, starts=starts, parameters=parameters,
        attained=attained, text=f"Best reachable loss {found:.6g}: {text}",
        baseline=baseline, unpenalised=found, cut=cut,
    )  # fmt: skip


_CUT = "the smallest found before time was over; the true one may be lower."
_STRAIGHT = {
    "linear_programme": "the corner that a linear programme ends at; no weights do better.",
    "smoothing": "found with the kinks rounded off by less and less; known to ten digits.",
}


def _convex(problem: Problem, budget: Budget) -> BestLoss:
    """Smooth and convex: one descent is enough, and 0 is the infimum of separable samples."""
    free = problem.objective.l1 == problem.objective.l2 == 0.0
    if free and problem.pair.activation == "identity" and problem.pair.loss == "quadratic":
        solved = _least_squares(problem)
        if solved is not None:
            return solved
    unbounded = free and reaches_ends(problem.pair)
    if problem.objective.l1 > 0.0:
        ended = descend_l1(problem, zeros(problem), budget)
    else:
        ended = descend(problem, zeros(problem), budget, separates if unbounded else None)
    if ended.proved:
        return _infimum(problem, ended.parameters)
    text = _how(problem, ended) if ended.rested else _CUT
    return _answer(
        problem,
        ended.value,
        ended.rested,
        ended.method,
        text,
        ended.parameters,
        attained=not (ended.rested and ended.growing and unbounded),
        cut=not ended.rested,
    )


def _how(problem: Problem, ended: Descent) -> str:
    if problem.training.X.dtype != np.float64:
        return "the objective is convex and its gradient has vanished, in single precision."
    if ended.growing:
        return "the infimum; some classes can be separated, so that no weights reach it."
    names = {"newton": "Newton's method", "lbfgs": "L-BFGS", "proximal": "proximal steps"}
    return f"the objective is convex, and {names[ended.method]} ended where its gradient is 0."


def _infimum(problem: Problem, parameters: Parameters, starts: int = 1) -> BestLoss:
    return _answer(
        problem,
        floor_at_infinity(problem),
        True,
        "infimum",
        "the samples can be separated, so that growing weights come as near as one likes; no "
        "weights reach it.",
        parameters.frozen(),
        starts=starts,
        attained=False,
    )


def _least_squares(problem: Problem) -> BestLoss | None:
    parameters = least_squares(problem)
    if parameters is None or not math.isfinite(found := value(problem, parameters)):
        return None
    return _answer(problem, found, True, "least_squares", "the least squares.", parameters)


def _perceptron(problem: Problem, dataset: Dataset, budget: Budget) -> BestLoss:
    """0, which weights of 0 reach as well: the loss of the score has no scale."""
    partner = partner_weights(problem, dataset, budget)
    if partner is not None and separates(problem, partner):
        text = "a line separates the samples, and the perceptron comes to rest on it."
        penalised = problem.objective.l1 + problem.objective.l2 > 0.0
        return _answer(problem, 0.0, True, "zero", text, zeros(problem) if penalised else partner)
    text = "but weights of 0 reach it too, as this loss has no scale: it is no measure of a line."
    return _answer(problem, 0.0, True, "zero", text, zeros(problem).frozen())


def _several(problem: Problem, dataset: Dataset, budget: Budget) -> BestLoss:
    found = search(problem, dataset, budget)
    if found.infimum:
        return _infimum(problem, found.parameters, found.starts)
    plural = "" if found.starts == 1 else "s"
    reason = _WHY.get(problem.pair.status, "the objective is not convex")
    if is_convex(problem.pair):
        reason = "too large for an exact answer"
    text = f"the best of {found.starts} start{plural}; {reason}, so that a lower one may exist."
    return _answer(
        problem,
        found.value,
        False,
        "starts",
        text,
        found.parameters,
        starts=found.starts,
        cut=budget.cut,
    )


_WHY = {"cannot_learn": "the gradient of this pair is 0 everywhere"}
