"""The problem an exact answer solves: the run's own, in double precision where that fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import score_blocks
from slp_core.training.problem import Problem, pose

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

LARGEST_COPY: Final = 1 << 26
"""Bytes of inputs up to which single precision is turned into double for the exact answer."""
_FAR: Final = 1e17
"""A score at which even the softsign has reached its end."""
_LOG_CONCAVE: Final = ("sigmoid", "softmax", "probit")


def posed(dataset: Dataset, config: TrainingConfig) -> Problem:
    """The problem of a run, in double precision if a copy of the inputs is not too large."""
    return in_double(pose(dataset, config.resolved(dataset)))


def in_double(problem: Problem) -> Problem:
    """The same with training samples in float64; as it is where that copy would be too large."""
    part = problem.training
    if part.X.dtype == np.float64 or part.X.size * 8 > LARGEST_COPY:
        return problem
    weights = None if part.weights is None else part.weights.astype(np.float64)
    wide = replace(part, X=part.X.astype(np.float64), Y=part.Y.astype(np.float64), weights=weights)
    return replace(problem, training=wide, validation=None)


def is_convex(pair: Pair) -> bool:
    """Whether the objective of the pair is convex in the weights.

    Every loss here is convex in a linear output; cross-entropy with sigmoid, softmax or probit
    is convex in the score (their logarithms are concave); the perceptron's lives on the score.
    """
    log_concave = pair.activation in _LOG_CONCAVE and pair.loss == "cross_entropy"
    return log_concave or pair.activation == "identity" or LOSSES[pair.loss].space == "score"


def is_straight(pair: Pair) -> bool:
    """Whether the loss is convex and made of straight pieces in the score."""
    return is_convex(pair) and not LOSSES[pair.loss].smooth


def without_penalty(problem: Problem) -> Problem:
    """The same samples and pair without l1 and l2."""
    pair, bias = problem.pair, problem.objective.bias
    objective = Objective(activation=pair.activation, loss=pair.loss, bias=bias)
    return replace(problem, objective=objective)


def with_pair(problem: Problem, dataset: Dataset, activation: str, loss: str) -> Problem:
    """The same samples coded for another pair, without penalties."""
    config = TrainingConfig(
        activation=activation, loss=loss, bias=problem.objective.bias, learning_rate=1.0
    )  # a rate of its own costs a pass over the samples
    other = pose(dataset, config.resolved(dataset))
    part = replace(other.training, weights=problem.training.weights)
    return in_double(replace(other, training=part))


def value(problem: Problem, parameters: Parameters) -> float:
    """The objective over the training samples; inf where it is not finite."""
    part = problem.training
    with np.errstate(all="ignore"):
        found = problem.objective.value(parameters, part.X, part.Y, part.weights)
    return found if np.isfinite(found) else float("inf")


def separates(problem: Problem, parameters: Parameters) -> bool:
    """Whether every training sample is strictly on the right side of its scores.

    One output: on the side of its class, at a score that is not 0. Elementwise activations of
    several classes: so at every output. Softmax: the true class has the largest score alone.
    """
    if not problem.classes:
        return False
    part, (low, high) = problem.training, problem.pair.target_values
    for rows, V in score_blocks(part, parameters):
        hit = part.Y[rows] > 0.5 * (low + high)
        if problem.pair.activation == "softmax":
            others = np.where(hit, -np.inf, V).max(axis=1)
            right = V[hit] > others
        else:
            right = np.where(hit, V, -V) > 0.0
        if not right.all():
            return False
    return True


def floor_at_infinity(problem: Problem) -> float:
    """The mean loss when every score goes to infinity on its right side.

    The infimum of the loss of separable samples under an activation with two ends, without a
    penalty; 0 for cross-entropy, and for the quadratic loss where targets are the two ends.
    """
    part, pair = problem.training, problem.pair
    low, high = pair.target_values
    hit = 0.5 * (low + high) < part.Y
    far = np.where(hit, _FAR, -_FAR)
    targets = part.Y.astype(np.float64)
    losses = problem.objective.sample_losses(far, targets)
    weights = 1.0 if part.weights is None else part.weights
    return float(np.mean(losses * weights))


def reaches_ends(pair: Pair) -> bool:
    """Whether scores without bound bring every loss to its least value (sigmoid, softmax ...)."""
    return pair.activation in ("sigmoid", "softmax", "probit", "tanh", "softsign")


def zeros(problem: Problem) -> Parameters:
    """All weights 0."""
    return Parameters.zeros(*problem.shape)
