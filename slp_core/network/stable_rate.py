"""The largest learning rate at which full-batch gradient descent is stable.

    2 (1 + momentum) / (c · λmax + l2)

λmax is the largest eigenvalue of [X 1]ᵀ[X 1]/n, and c the largest |second derivative| of the loss
in the score: sigmoid + cross-entropy 1/4, softmax + cross-entropy 1/2, identity + quadratic 1.
Source: Nesterov 2004, theorem 2.1.14; Polyak 1964 for heavy-ball momentum.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

import numpy as np

from slp_core.arrays import Float64s, Floats
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.curvature import curvature
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair

_BLOCK_ROWS = 8192
_DENSE_LIMIT = 300


@cache
def curvature_bound(pair: Pair, targets: tuple[float, float] | None = None) -> float | None:
    """Largest |d²L/dv²| over a grid of scores, and of targets between the two given.

    ``targets`` is for regression: the smallest and the largest target; by default the two that code
    classes. None where no bound exists: the loss is piecewise linear in the score, or its slope
    jumps at an output that can be reached.
    """
    low, high = targets or pair.target_values
    inner = (0.5 * (low + high),) if targets else ()
    if pair.status == "undefined" or _jumps(pair, (low, high, *inner)):
        return None
    bound = _coupled_bound(pair) if pair.coupled else _elementwise_bound(pair, low, high)
    return bound if bound > 0.0 else None


def _jumps(pair: Pair, targets: tuple[float, ...]) -> bool:
    loss, (bottom, top) = LOSSES[pair.loss], ACTIVATIONS[pair.activation].range
    if loss.smooth:
        return False
    if loss.space == "score":
        return True
    kinks = (kink for y in targets for kink in loss.kinks(y))
    return any(bottom < kink < top for kink in kinks)


def _grid() -> Float64s:
    """Scores: dense around 0, both sides of a bend at 0, thinner far out."""
    near = np.linspace(-12.0, 12.0, 24_001)
    right = np.concatenate(([1e-9], np.geomspace(12.0, 1e3, 40)))
    return np.concatenate((near, right, -right))


def _elementwise_bound(pair: Pair, low: float, high: float) -> float:
    """The second derivative is monotonic in the target, so that the two ends are enough."""
    v = _grid()[:, None]
    return max(float(np.max(np.abs(curvature(pair, v, np.full_like(v, y))))) for y in (low, high))


def _coupled_bound(pair: Pair) -> float:
    """Largest |eigenvalue| of the Hessian of two scores; a third output only ever lowers it.

    Softmax sees differences of scores alone, and with two outputs the targets mirror each other:
    one axis of scores and one target cover everything.
    """
    v = _grid()
    V = np.stack((v, np.zeros_like(v)), axis=1)
    Y = np.broadcast_to(np.array(pair.target_values), V.shape)
    return float(np.max(np.abs(np.linalg.eigvalsh(curvature(pair, V, Y)))))


def largest_eigenvalue(X: Floats, bias: bool = True, weights: Floats | None = None) -> float:
    """Largest eigenvalue of [X 1]ᵀ diag(weights) [X 1]/n, summed in float64 block by block."""
    n, d = X.shape
    total = np.zeros((d + 1, d + 1))
    for start in range(0, n, _BLOCK_ROWS):
        block = np.ones((min(_BLOCK_ROWS, n - start), d + 1))
        block[:, :d] = X[start : start + _BLOCK_ROWS]
        weighted = block if weights is None else block * weights[start : start + len(block), None]
        total += weighted.T @ block
    total /= n
    return _top_eigenvalue(total if bias else total[:d, :d])


def _top_eigenvalue(matrix: Float64s) -> float:
    if len(matrix) <= _DENSE_LIMIT:
        return float(np.linalg.eigvalsh(matrix)[-1])
    last = len(matrix) - 1
    found = _linalg().eigh(matrix, eigvals_only=True, subset_by_index=(last, last))
    return float(found[0])


def _linalg() -> ModuleType:
    import scipy.linalg

    return scipy.linalg


def largest_stable_rate(
    X: Floats,
    pair: Pair,
    l2: float = 0.0,
    bias: bool = True,
    momentum: float = 0.0,
    weights: Floats | None = None,
    targets: tuple[float, float] | None = None,
) -> float | None:
    """Largest stable rate of full-batch gradient descent; None where no curvature sets one.

    Parameters
    ----------
    X
        Inputs (n, d), as training sees them.
    weights
        One factor per sample, (n,), where samples are weighted.
    targets
        Smallest and largest target of a regression.
    """
    bound = curvature_bound(pair, targets)
    if bound is None:
        return None
    steepest = bound * largest_eigenvalue(X, bias, weights) + l2
    return 2.0 * (1.0 + momentum) / steepest if steepest > 0.0 else None
