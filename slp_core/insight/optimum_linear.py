"""Exact minima of losses made of straight pieces: hinge, absolute, perceptron.

Without a squared penalty the whole objective is piecewise linear, and a linear programme ends at
a corner of it, exactly. With one, or with more samples than the programme takes, the kinks are
rounded off, |r| ≈ √(r² + μ²), and Newton's method follows μ down: the loss is then known to μ.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.optimum_budget import Budget
from slp_core.insight.optimum_problem import value
from slp_core.network.parameters import Parameters
from slp_core.training.problem import Problem

LARGEST_PROGRAMME: Final = 300_000
"""Numbers in the matrix of a linear programme up to which one is solved."""
LARGEST_SMOOTHED: Final = 1_500
"""Parameters up to which the smoothed objective is solved."""
_ROUNDINGS: Final = tuple(10.0**-power for power in range(11))
_STEPS: Final = 60
_ARMIJO: Final = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Lowest:
    """The smallest objective found, the weights there, and how sure it is."""

    parameters: Parameters
    value: float
    exact: bool
    method: str


def optimizer() -> ModuleType:
    """SciPy's optimizers, loaded when the first programme is solved."""
    import scipy.optimize

    return scipy.optimize


def _sparse_module() -> ModuleType:
    import scipy.sparse

    return scipy.sparse


def lowest_of_straight_pieces(problem: Problem, budget: Budget) -> Lowest | None:
    """The minimum of identity with hinge or absolute; None if it is out of reach.

    Parameters
    ----------
    problem
        One whose loss is convex and piecewise linear in an output that is the score.
    """
    part = problem.training
    n, d = part.X.shape
    if problem.objective.l2 == 0.0 and n * (d + 1) <= LARGEST_PROGRAMME and not budget.over():
        solved = _by_programmes(problem, budget)
        if solved is not None:
            return solved
    if (d + 1) * part.Y.shape[1] > LARGEST_SMOOTHED or problem.objective.l1 > 0.0:
        return None
    return _by_smoothing(problem, budget)


def _by_programmes(problem: Problem, budget: Budget) -> Lowest | None:
    """One programme for each output: nothing couples them."""
    found = Parameters.zeros(*problem.shape)
    for j in range(problem.shape[1]):
        if budget.over():
            return None
        column = _programme(problem, j, budget)
        if column is None:
            return None
        found.W[:, j], found.b[j] = column[:-1], column[-1]
    return Lowest(found.frozen(), value(problem, found), True, "linear_programme")


def _programme(problem: Problem, output: int, budget: Budget) -> Float64s | None:
    """min Σ cᵢ sᵢ + l1 Σ|w| over w, b and slacks s: (d + 1,) weights and bias, or None.

    hinge: s ≥ 1 − y v, s ≥ 0. absolute: s ≥ v − y, s ≥ y − v. With l1, w is a difference p − q
    of two numbers not below 0.
    """
    part, objective = problem.training, problem.objective
    n, d = part.X.shape
    A, y = _with_ones(problem), part.Y[:, output].astype(np.float64)
    rows, limits = _slack_rows(problem.pair.loss, A, y)
    weights = np.ones(n) if part.weights is None else part.weights.astype(np.float64)
    split = objective.l1 > 0.0
    columns = [rows[:, :d], -rows[:, :d]] if split else [rows[:, :d]]
    slacks = -_slack_matrix(n, len(rows))
    matrix = _sparse(np.hstack([*columns, rows[:, d:]]), slacks)
    free = [(0.0, None)] * (2 * d) if split else [(None, None)] * d
    bounds = [*free, (None, None) if objective.bias else (0.0, 0.0), *[(0.0, None)] * n]
    price = np.concatenate([np.full(d * len(columns), objective.l1), [0.0], weights / n])
    limit = min(budget.left, 1e6)
    solution: Any = optimizer().linprog(
        price,
        A_ub=matrix,
        b_ub=limits,
        bounds=bounds,
        method="highs",
        options={"time_limit": max(limit, 0.01)},
    )
    if solution.status != 0:
        return None
    x = np.asarray(solution.x, np.float64)
    w = x[:d] - x[d : 2 * d] if split else x[:d]
    return np.append(w, x[d * len(columns)])


def _with_ones(problem: Problem) -> Float64s:
    X = problem.training.X.astype(np.float64)
    return np.hstack([X, np.ones((len(X), 1))])


def _slack_rows(loss: str, A: Float64s, y: Float64s) -> tuple[Float64s, Float64s]:
    """Rows R and limits r such that R θ − s ≤ r holds every slack above its sample's loss."""
    if loss == "absolute":
        return np.vstack([A, -A]), np.concatenate([y, -y])
    margin = 1.0 if loss == "hinge" else 0.0
    return -y[:, None] * A, np.full(len(y), -margin)


def _slack_matrix(n: int, rows: int) -> Any:
    sparse = _sparse_module()
    eye = sparse.identity(n, format="csr")
    return eye if rows == n else sparse.vstack([eye, eye], format="csr")


def _sparse(dense: Float64s, slacks: Any) -> Any:
    sparse = _sparse_module()
    return sparse.hstack([sparse.csr_matrix(dense), slacks], format="csr")


def _by_smoothing(problem: Problem, budget: Budget) -> Lowest | None:
    """Newton on the rounded objective, output by output, for smaller and smaller roundings."""
    found = Parameters.zeros(*problem.shape)
    A = _with_ones(problem)
    finished = True
    for j in range(problem.shape[1]):
        theta, done = _Smoothed(problem, A, j).solve(budget)
        finished &= done
        found.W[:, j], found.b[j] = theta[:-1], theta[-1]
    return Lowest(found.frozen(), value(problem, found), finished, "smoothing")


class _Smoothed:
    """The objective of one output with its kinks rounded off by μ.

    Every loss is c·r/2 + |r|/2 or |r| of a residual r that is linear in the weights:
    max(0, r) = (r + |r|)/2 with r = 1 − y v or −y v, and |v − y| as it is.
    """

    def __init__(self, problem: Problem, A: Float64s, output: int) -> None:
        part = problem.training
        y = part.Y[:, output].astype(np.float64)
        self._straight = problem.pair.loss != "absolute"
        margin = 1.0 if problem.pair.loss == "hinge" else 0.0
        self._A = -y[:, None] * A if self._straight else A
        self._offset = np.full(len(y), margin) if self._straight else -y
        weights = np.ones(len(y)) if part.weights is None else part.weights.astype(np.float64)
        self._share = weights / len(y) * (0.5 if self._straight else 1.0)
        self._ridge = np.full(A.shape[1], problem.objective.l2)
        self._ridge[-1] = 0.0
        self._bias = problem.objective.bias

    def solve(self, budget: Budget) -> tuple[Float64s, bool]:
        theta = np.zeros(self._A.shape[1])
        for rounding in _ROUNDINGS:
            for _ in range(_STEPS):
                if budget.over():
                    return theta, False
                moved = self._step(theta, rounding)
                if moved is None:
                    break
                theta = moved
        return theta, True

    def _value(self, theta: Float64s, mu: float) -> float:
        r = self._A @ theta + self._offset
        smooth = np.hypot(r, mu)
        total = smooth + r if self._straight else smooth
        return float(self._share @ total + 0.5 * theta @ (self._ridge * theta))

    def _step(self, theta: Float64s, mu: float) -> Float64s | None:
        """The next weights, or None where none are better."""
        r = self._A @ theta + self._offset
        smooth = np.hypot(r, mu)
        slope = r / smooth + (1.0 if self._straight else 0.0)
        bend = self._share * (mu / smooth) ** 2 / smooth
        gradient = self._A.T @ (self._share * slope) + self._ridge * theta
        H = (self._A * bend[:, None]).T @ self._A + np.diag(self._ridge)
        if not self._bias:
            gradient[-1], H[-1], H[:, -1], H[-1, -1] = 0.0, 0.0, 0.0, 1.0
        H[np.diag_indices(len(H))] += 1e-12 * max(float(np.trace(H)), 1e-300)
        if not (np.isfinite(H).all() and np.isfinite(gradient).all()):
            return None
        direction = -np.linalg.lstsq(H, gradient, rcond=None)[0]
        promised = float(gradient @ direction)
        now = self._value(theta, mu)
        if not promised < -1e-15 * max(abs(now), 1e-300):
            return None
        length = 1.0
        while length > 1e-10:
            trial = theta + length * direction
            if self._value(trial, mu) <= now + _ARMIJO * length * promised:
                return trial
            length *= 0.5
        return None
