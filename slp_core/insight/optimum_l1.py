"""The minimum under an l1 penalty, whose slope jumps at zero: proximal steps, then Newton.

FISTA (Beck & Teboulle 2009) with restarts (O'Donoghue & Candès 2015) finds which weights are zero;
Newton's method among the others, whose signs stay, ends exactly. The pair of conditions at the end
is the proof: no gradient where a weight lives, none above l1 where it does not.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.optimum_budget import Budget
from slp_core.insight.optimum_descent import Descent, newton_seconds
from slp_core.insight.optimum_problem import value
from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters
from slp_core.training.hessian import hessian
from slp_core.training.problem import Problem

_ROUNDS: Final = 40
_PROXIMAL: Final = 50
_TIGHT: Final = 1e-8
"""Largest violation of the conditions, as a share of l1, that counts as none."""


def descend_l1(problem: Problem, start: Parameters, budget: Budget) -> Descent:
    """Go down from ``start``; ``rested`` where the conditions of a minimum hold."""
    with np.errstate(all="ignore"):
        return _Proximal(problem, start).run(budget)


class _Proximal:
    """Smooth part and penalty apart."""

    def __init__(self, problem: Problem, start: Parameters) -> None:
        self._problem, objective = problem, problem.objective
        pair = objective.pair
        self._smooth = Objective(
            activation=pair.activation, loss=pair.loss, l2=objective.l2, bias=objective.bias
        )
        d, k = problem.shape
        part = problem.training
        self._workspace = self._smooth.workspace(len(part.X), d, k, part.X.dtype)
        self._weights = d * k
        self._l1 = objective.l1
        self._theta: Float64s = start.flat().astype(np.float64)
        self._length = 1.0

    def run(self, budget: Budget) -> Descent:
        rested = False
        polish = newton_seconds(self._problem)
        for _ in range(_ROUNDS):
            if budget.over():
                break
            self._fista(budget)
            if polish is not None and budget.left > polish:
                self._newton()
            rested = self._violation() <= _TIGHT * self._l1
            if rested:
                break
        parameters = self._parameters(self._theta).frozen()
        return Descent(parameters, value(self._problem, parameters), rested, "proximal")

    def _parameters(self, theta: Float64s) -> Parameters:
        return Parameters.from_flat(theta, *self._problem.shape)

    def _at(self, theta: Float64s) -> tuple[float, Float64s]:
        part = self._problem.training
        gradient = np.zeros_like(theta)
        found = self._smooth.value_and_gradient_into(
            self._parameters(theta), part.X, part.Y, self._workspace,
            self._parameters(gradient), part.weights,
        )  # fmt: skip
        return found, gradient

    def _shrunk(self, theta: Float64s, length: float) -> Float64s:
        W = theta[: self._weights]
        small = np.sign(W) * np.maximum(np.abs(W) - length * self._l1, 0.0)
        return np.concatenate([small, theta[self._weights :]])

    def _fista(self, budget: Budget) -> None:
        theta, ahead, speed = self._theta, self._theta, 1.0
        for _ in range(_PROXIMAL):
            if budget.over():
                break
            moved = self._proximal_step(ahead)
            faster = 0.5 * (1.0 + np.sqrt(1.0 + 4.0 * speed * speed))
            if (ahead - moved) @ (moved - theta) > 0.0:
                faster = speed = 1.0
            ahead = moved + (speed - 1.0) / faster * (moved - theta)
            theta, speed = moved, faster
        self._theta = theta

    def _proximal_step(self, theta: Float64s) -> Float64s:
        here, gradient = self._at(theta)
        self._length *= 1.2
        for _ in range(60):
            moved = self._shrunk(theta - self._length * gradient, self._length)
            step = moved - theta
            bound = here + gradient @ step + step @ step / (2.0 * self._length)
            if self._at(moved)[0] <= bound + 1e-14 * abs(here):
                return moved
            self._length *= 0.5
        return theta

    def _living(self) -> Float64s:
        alive = self._theta != 0.0
        alive[self._weights :] = self._smooth.bias
        return alive

    def _newton(self) -> None:
        """Newton among the weights that are not zero, as long as none changes its sign."""
        alive = self._living()
        if not alive.any():
            return
        places = np.flatnonzero(alive)
        sign = np.sign(self._theta)
        for _ in range(20):
            gradient = self._at(self._theta)[1]
            gradient[: self._weights] += self._l1 * sign[: self._weights]
            H = hessian(self._problem, self._parameters(self._theta))[np.ix_(places, places)]
            H[np.diag_indices(len(H))] += 1e-12 * max(float(np.abs(H).max()), 1e-300)
            if not (np.isfinite(H).all() and np.isfinite(gradient).all()):
                return
            move = np.linalg.lstsq(H, gradient[places], rcond=None)[0]
            trial = self._theta.copy()
            trial[places] -= move
            kept = np.sign(trial[: self._weights]) == sign[: self._weights]
            if not kept.all() or self._total(trial) > self._total(self._theta):
                return
            self._theta = trial

    def _total(self, theta: Float64s) -> float:
        return self._at(theta)[0] + self._l1 * float(np.abs(theta[: self._weights]).sum())

    def _violation(self) -> float:
        gradient = self._at(self._theta)[1]
        W, g = self._theta[: self._weights], gradient[: self._weights]
        alive = np.abs(g + self._l1 * np.sign(W))[W != 0.0]
        dead = np.abs(g)[W == 0.0] - self._l1
        bias = np.abs(gradient[self._weights :])
        return float(max(alive.max(initial=0.0), dead.max(initial=0.0), bias.max(initial=0.0)))
