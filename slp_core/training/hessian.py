"""The exact Hessian of the objective of one layer."""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Float64s, Floats
from slp_core.network.parameters import Parameters
from slp_core.training.metrics import score_blocks
from slp_core.training.problem import Problem


def hessian(problem: Problem, parameters: Parameters) -> Float64s:
    """Second derivatives by the flat parameters, (p, p) with p = (d + 1) k.

    H[(i, j), (i', j')] = mean over samples of xᵢ xᵢ' ∂²L/∂vⱼ∂vⱼ' + l2 on the diagonal of W, where
    x has a 1 appended for the bias. The l1 penalty has no curvature. A bias that is not learnt gets
    the identity, so that its share of a step is its gradient, zero.
    """
    part, objective = problem.training, problem.objective
    d, k = problem.shape
    H = np.zeros((d + 1, k, d + 1, k))
    for rows, V in score_blocks(part, parameters):
        bends = objective.curvature(V, part.Y[rows]).astype(np.float64)
        if part.weights is not None:
            bends *= part.weights[rows].reshape(-1, *[1] * (bends.ndim - 1))
        _add(H, part.X[rows].astype(np.float64), bends)
    np.divide(H, len(part.X), out=H)
    inputs, outputs = np.arange(d)[:, None], np.arange(k)
    H[inputs, outputs, inputs, outputs] += objective.l2
    if not objective.bias:
        H[d], H[:, :, d] = 0.0, 0.0
        H[d, outputs, d, outputs] = 1.0
    return H.reshape((d + 1) * k, (d + 1) * k)


def _add(H: Float64s, X: Float64s, C: Floats) -> None:
    """Add a block's sums; C is (m, k), or (m, k, k) where softmax couples the outputs."""
    A = np.hstack([X, np.ones((len(X), 1))])
    k = H.shape[1]
    for j in range(k):
        if C.ndim == 2:
            H[:, j, :, j] += (A * C[:, j : j + 1]).T @ A
            continue
        for i in range(j + 1):
            block = (A * C[:, i, j : j + 1]).T @ A
            H[:, i, :, j] += block
            if i != j:
                H[:, j, :, i] += block
