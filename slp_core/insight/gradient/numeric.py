"""The gradient by centred differences of the loss: the judge that knows no calculus.

Scores are moved, not weights: a step h in a weight moves every score by h times its input. The step
is chosen so that scores move by about ``H``, whatever the unit of the feature; with weights moved
by 1e-5 and a feature of 1000 the difference would be wrong by 1e-5 of itself. Losses are
subtracted sample by sample and then averaged, which is ten times as exact as the difference of two
means.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.gradient.case import Point

H: Final = 1e-5
"""Best measured: error 1.3e-11. Larger steps are bent, smaller ones drown in rounding."""
_ROUNDED: Final = 16.0 * np.finfo(np.float64).eps
"""Share of a loss that rounding takes: a few operations on either side of the difference."""
STEPS: Final = tuple(10.0 ** -(power / 2.0) for power in range(2, 25))
"""The steps of the sweep, 1e-1 to 1e-12."""


def numeric_weights(
    point: Point, places: Iterable[tuple[int, int]], h: float = H
) -> dict[tuple[int, int], float]:
    """dL/dW at some (feature, output), data term and penalties; NaN where |w| has its kink."""
    case = point.case
    sizes = np.sqrt(np.mean(np.square(case.X), axis=0))
    found: dict[tuple[int, int], float] = {}
    for i, j in places:
        step = h / sizes[i] if sizes[i] > 0.0 else h
        slope = _difference(point, j, step * case.X[:, i], step)
        found[i, j] = slope + _penalty(float(point.W[i, j]), case.l1, case.l2, h)
    return found


def numeric_bias(point: Point, outputs: Iterable[int], h: float = H) -> dict[int, float]:
    """dL/db of some outputs."""
    ones = np.ones(len(point.V))
    return {j: _difference(point, j, h * ones, h) for j in outputs}


def rounding(point: Point, h: float = H) -> tuple[Float64s, Float64s]:
    """What rounding may do to the differences: of W (d, k), and of b (k,).

    A loss of L is known to eps L, and a score of V is moved by its step to eps |V|. Divided by the
    step that is 5e-12 for a loss of 0.5, and 5 for one of 5e11: targets of a million, or weights
    that ran away. A difference cannot contradict anything by less than this.
    """
    case = point.case
    losses = np.asarray(case.objective.sample_losses(point.V, case.Y), np.float64)
    sizes = np.sqrt(np.mean(np.square(case.X), axis=0))
    steps = np.where(sizes > 0.0, h / np.where(sizes > 0.0, sizes, 1.0), h)
    with np.errstate(over="ignore", invalid="ignore"):
        lost = _ROUNDED * (np.abs(losses).mean() + np.abs(point.E * point.V).mean(axis=0))
        penalty = _ROUNDED * (case.l1 * np.abs(point.W) + case.l2 * np.square(point.W))
        return lost / (2.0 * steps[:, None]) + penalty / (2.0 * h), lost / (2.0 * h)


def _difference(point: Point, output: int, moves: Float64s, step: float) -> float:
    """(mean loss after - mean loss before) / 2 step, the scores of one output being moved."""
    case = point.case
    alone = not case.pair.coupled and case.pair.activation != "softmax"
    columns = slice(output, output + 1) if alone else slice(None)
    target = 0 if alone else output
    Y = case.Y[:, columns]
    losses: list[Float64s] = []
    for sign in (1.0, -1.0):
        V = point.V[:, columns].copy()
        V[:, target] += sign * moves
        losses.append(np.asarray(case.objective.sample_losses(V, Y), np.float64))
    with np.errstate(invalid="ignore"):
        return float((losses[0] - losses[1]).mean() / (2.0 * step))


def _penalty(w: float, l1: float, l2: float, h: float) -> float:
    if l1 > 0.0 and abs(w) <= h:
        return float("nan")
    if l1 == l2 == 0.0:
        return 0.0
    after, before = (l1 * abs(w + s) + 0.5 * l2 * (w + s) ** 2 for s in (h, -h))
    return (after - before) / (2.0 * h)
