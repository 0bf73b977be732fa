"""Least squares in one step."""

from __future__ import annotations

from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.network.parameters import Parameters
from slp_core.training.problem import Problem

LARGEST: Final = 2e8
"""Multiplications up to which singular values are cheap; Newton takes larger problems."""


def least_squares(problem: Problem) -> Parameters | None:
    """The smallest of all solutions, by singular values; None where the matrix is large.

    Columns are brought to one length first, so that badly scaled features lose no digits.
    """
    part = problem.training
    n, d = part.X.shape
    if n * (d + 1) ** 2 > LARGEST:
        return None
    A = np.hstack([part.X, np.ones((n, 1))]).astype(np.float64)
    if not problem.objective.bias:
        A[:, -1] = 0.0
    root = np.ones(n) if part.weights is None else np.sqrt(part.weights.astype(np.float64))
    sizes = np.sqrt(np.square(A).mean(axis=0))
    sizes[sizes == 0.0] = 1.0
    scaled: Float64s = A / sizes * root[:, None]
    targets: Float64s = part.Y.astype(np.float64) * root[:, None]
    try:
        theta: Float64s = np.linalg.lstsq(scaled, targets, rcond=None)[0] / sizes[:, None]
    except np.linalg.LinAlgError:
        return None
    return Parameters(theta[:-1], theta[-1]).frozen()
