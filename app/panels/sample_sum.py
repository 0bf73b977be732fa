"""The gradient over all samples, added up part by part where there are many of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters
from slp_core.training.problem import Problem

AT_ONCE: Final = 100_000
"""Products of an input and an error signal that are added up between two events."""


class GradientSum(QObject):
    """X^T dV / n over all training samples, without the penalty."""

    done = Signal()
    """The sum that was asked for last is known now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._parameters: Parameters | None = None
        self._sum: Parameters | None = None
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    def ask(self, problem: Problem, parameters: Parameters) -> Parameters | None:
        """The gradient, or None until `done`."""
        if problem is not self._problem or parameters is not self._parameters:
            self._problem, self._parameters = problem, parameters
            self._sum, self._next = Parameters.zeros(*problem.shape), 0
            self._add()
        if self._next < self._samples:
            self._timer.start()
            return None
        self._timer.stop()
        return self._sum

    def forget(self) -> None:
        """Nobody waits for the sum any more."""
        self._timer.stop()
        self._problem = self._parameters = self._sum = None

    @property
    def _samples(self) -> int:
        return 0 if self._problem is None else len(self._problem.training.X)

    def _step(self) -> None:
        self._add()
        if self._next >= self._samples:
            self._timer.stop()
            self.done.emit()

    def _add(self) -> None:
        problem, parameters, total = self._problem, self._parameters, self._sum
        if problem is None or parameters is None or total is None:
            return
        part, (d, k) = problem.training, problem.shape
        end = min(self._next + max(AT_ONCE // max(d * k, 1), 1), self._samples)
        rows = slice(self._next, end)
        weights = None if part.weights is None else part.weights[rows]
        with np.errstate(all="ignore"):
            _, found = _plain(problem).value_and_gradient(
                parameters, part.X[rows], part.Y[rows], weights
            )
        share = (end - self._next) / self._samples
        np.add(total.W, share * found.W, total.W)
        np.add(total.b, share * found.b, total.b)
        self._next = end


def _plain(problem: Problem) -> Objective:
    """The objective without its penalties."""
    objective = problem.objective
    return Objective(
        activation=objective.pair.activation, loss=objective.pair.loss, bias=objective.bias
    )
