"""Newton and L-BFGS: few, dear steps to an exact optimum, always with all samples.

Both choose a direction and then walk along it as far as the loss falls enough (Armijo), halving the
step until it does. The rate is the first length tried: 1 is the full step of the theory.
"""

from __future__ import annotations

from typing import Final, Protocol, TypeAlias

import numpy as np

from slp_core.arrays import Float64s
from slp_core.network.parameters import Parameters
from slp_core.training.evaluation import Evaluator
from slp_core.training.hessian import hessian
from slp_core.training.problem import Problem
from slp_core.training.vectors import Vectors, norm

MEMORY: Final = 10
"""Steps that L-BFGS remembers."""
ARMIJO: Final = 1e-4
"""Share of the promised descent that a step must keep."""
HALVINGS: Final = 40
ROUNDING: Final = 4.0 * float(np.finfo(np.float64).eps)
"""Relative change of the loss that is mere rounding: near the optimum the gradient decides."""
Pair: TypeAlias = "tuple[Float64s, Float64s, float]"
"""A step s, the change y of the gradient along it, and 1 / s·y; never changed in place."""
_FIRST_DAMPING: Final = 1e-10
_LARGEST_DAMPING: Final = 1e12


class SecondOrder(Protocol):
    """What Newton and L-BFGS share: a step, and a memory that can be had and given back."""

    pairs: list[Pair]
    """The latest steps, the oldest first; Newton remembers none."""

    @property
    def length(self) -> float:
        """What the search made of the rate in the last step; NaN before the first."""
        ...

    def step(self, evaluator: Evaluator, rate: float) -> bool:
        """Move the weights to a lower loss; False, and nothing moved, if there is none."""
        ...


class Newton:
    """θ ← θ − t (H + λI)⁻¹ g with the exact Hessian.

    λ starts at a relative 1e-10, which softmax needs (a common shift of all scores changes
    nothing, so H is singular), and grows tenfold until H + λI has a Cholesky factor: pairs that
    are not convex (sigmoid + quadratic) have Hessians that point uphill.
    """

    def __init__(self, problem: Problem, vectors: Vectors) -> None:
        self.pairs: list[Pair] = []
        self._problem = problem
        self._search = _LineSearch(problem, vectors)

    @property
    def length(self) -> float:
        """What the search made of the rate in the last step."""
        return self._search.length

    def step(self, evaluator: Evaluator, rate: float) -> bool:
        vectors = self._search.vectors
        loss = evaluator.state().loss
        H = hessian(self._problem, vectors.parameters)
        direction = _damped_solution(H, evaluator.gradient)
        return self._search.move(evaluator, loss, direction, rate)


class Lbfgs:
    """θ ← θ − t B g, B by the two-loop recursion over the last ten steps (Liu and Nocedal 1989)."""

    def __init__(self, problem: Problem, vectors: Vectors) -> None:
        self._search = _LineSearch(problem, vectors)
        self.pairs: list[Pair] = []

    @property
    def length(self) -> float:
        """What the search made of the rate in the last step."""
        return self._search.length

    def step(self, evaluator: Evaluator, rate: float) -> bool:
        vectors = self._search.vectors
        loss = evaluator.state().loss
        before = evaluator.gradient.copy()
        moved = self._search.move(evaluator, loss, self._direction(before), rate)
        if not moved and self.pairs:
            # A stale memory may point nowhere: the plain gradient has the last word.
            self.pairs.clear()
            moved = self._search.move(evaluator, loss, self._direction(before), rate)
        if moved:
            self._remember(vectors.theta - vectors.previous, evaluator.gradient - before)
        return moved

    def _direction(self, gradient: Float64s) -> Float64s:
        q = gradient.copy()
        shares: list[float] = []
        for s, y, inverse in reversed(self.pairs):
            shares.append(inverse * float(s @ q))
            q -= shares[-1] * y
        if self.pairs:
            s, y, inverse = self.pairs[-1]
            q /= inverse * float(y @ y)
        else:
            q *= min(1.0, 1.0 / max(norm(gradient), np.finfo(np.float64).tiny))
        for (s, y, inverse), share in zip(self.pairs, reversed(shares), strict=True):
            q += s * (share - inverse * float(y @ q))
        return -q

    def _remember(self, s: Float64s, y: Float64s) -> None:
        product = float(s @ y)
        # Without positive curvature along the step the recursion would turn uphill.
        if product > 1e-10 * norm(s) * norm(y):
            self.pairs.append((s, y, 1.0 / product))
            del self.pairs[:-MEMORY]


class _LineSearch:
    """Walks along a direction until the loss has fallen enough."""

    def __init__(self, problem: Problem, vectors: Vectors) -> None:
        d, k = problem.shape
        self.vectors = vectors
        self.length = np.nan
        """Share of the direction that was walked last."""
        self._trial = np.empty_like(vectors.theta)
        self._slope = np.empty_like(vectors.theta)
        self._parameters = Parameters.from_flat(self._trial, d, k)
        self._slopes = Parameters.from_flat(self._slope, d, k)

    def move(self, evaluator: Evaluator, loss: float, direction: Float64s, length: float) -> bool:
        """Accept the first point that is good enough; weights, gradient and state move there."""
        gradient, theta = evaluator.gradient, self.vectors.theta
        slope = float(direction @ gradient)
        if not slope < 0.0:
            return False
        size = norm(gradient)
        for _ in range(HALVINGS):
            np.multiply(direction, length, out=self._trial)
            np.add(self._trial, theta, out=self._trial)
            value = evaluator.try_at(self._parameters, self._slopes)
            if self._good(loss, value, length * slope, size):
                self._accept(evaluator, value)
                self.length = length
                return True
            length *= 0.5
        return False

    def _good(self, loss: float, value: float, promised: float, size: float) -> bool:
        """Enough descent; or, where the loss only changes by rounding, a smaller gradient."""
        if not np.isfinite(value):
            return False
        steepness = norm(self._slope)
        if not np.isfinite(steepness):
            return False
        if abs(promised) > ROUNDING * abs(loss) and value <= loss + ARMIJO * promised:
            return True
        return abs(value - loss) <= ROUNDING * abs(loss) and steepness < size

    def _accept(self, evaluator: Evaluator, value: float) -> None:
        self.vectors.previous[:] = self.vectors.theta
        self.vectors.theta[:] = self._trial
        evaluator.gradient[:] = self._slope
        evaluator.accept(value)


def _damped_solution(H: Float64s, gradient: Float64s) -> Float64s:
    """−(H + λI)⁻¹ g with the smallest λ of the ladder that makes the matrix positive definite."""
    scale = max(float(np.abs(np.diagonal(H)).max()), np.finfo(np.float64).tiny)
    damping = _FIRST_DAMPING
    while damping < _LARGEST_DAMPING:
        damped = H + damping * scale * np.eye(len(H))
        try:
            np.linalg.cholesky(damped)
        except np.linalg.LinAlgError:
            damping *= 10.0
        else:
            solution = np.asarray(np.linalg.solve(damped, gradient), np.float64)
            return -solution
    return -gradient


def second_order(key: str, problem: Problem, vectors: Vectors) -> SecondOrder:
    """The optimizer of that key, with nothing remembered."""
    return Newton(problem, vectors) if key == "newton" else Lbfgs(problem, vectors)
