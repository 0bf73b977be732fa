"""Learning rates: the largest one that is stable, and the default half of it.

Full-batch descent on a loss of curvature at most L bounces and grows beyond 2 / L. That limit is
known here, because one layer's curvature is c times that of the data. Half of it is the rate with
the best guaranteed descent, so the first run on any data converges.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from slp_core.arrays import Floats
from slp_core.network.pairs import Pair, pair
from slp_core.network.stable_rate import largest_eigenvalue, largest_stable_rate
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.problem import sample_weights

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

_FALLBACK = 1.0
"""Rate where the data or the pair give no curvature at all: nothing can diverge, nothing learns."""


def largest_rate(dataset: Dataset, config: TrainingConfig) -> float | None:
    """The largest stable learning rate of a run, or None where there is no such thing.

    There is none for the adaptive optimizers and the second-order ones, which scale their own
    steps, and for piecewise linear losses, which have no curvature.

    Parameters
    ----------
    config
        A configuration with activation and loss.

    Notes
    -----
    gd 2/L; momentum (1 + μ) 2/L (Polyak 1964); nesterov (1 + μ)/(1 + 2μ) 2/L, less than gd
    allows. With mini-batches of B of n samples L becomes the expected smoothness
    n(B−1)/(B(n−1)) L + (n−B)/(B(n−1)) max L_i (Gower et al. 2019), and momentum multiplies by
    (1 − μ) instead: the velocity adds up the noise of 1/(1 − μ) gradients.
    """
    if OPTIMIZERS[config.optimizer].fixed_rate is not None:
        return None
    judged = _pair(config)
    full = _full_batch_limit(dataset, config, judged)
    return None if full is None else _limit(full, dataset.X, config)


def default_rate(dataset: Dataset, config: TrainingConfig) -> float:
    """Half the largest stable rate, or the optimizer's own default; finite and above zero.

    Piecewise linear losses (hinge, perceptron, absolute) take the same form with the curvature
    of half the mean square, 1: their slope is at most 1, like that of a residual of one.
    """
    fixed = OPTIMIZERS[config.optimizer].fixed_rate
    if fixed is not None:
        return fixed
    limit = largest_rate(dataset, config)
    if limit is None:
        stand_in = _full_batch_limit(dataset, config, pair("identity", "quadratic"))
        limit = math.inf if stand_in is None else _limit(stand_in, dataset.X, config)
    return 0.5 * limit if 0.0 < limit < math.inf else _FALLBACK


def _pair(config: TrainingConfig) -> Pair:
    if config.activation is None or config.loss is None:
        raise ValueError("the configuration has no activation or no loss")
    return pair(config.activation, config.loss)


def _full_batch_limit(dataset: Dataset, config: TrainingConfig, judged: Pair) -> float | None:
    values = dataset.values
    targets = (float(values.min()), float(values.max())) if len(values) else None
    return largest_stable_rate(
        dataset.X,
        judged,
        l2=config.l2,
        bias=config.bias,
        weights=sample_weights(dataset.labels, len(dataset.classes), config),
        targets=targets,
    )


def _limit(full: float, X: Floats, config: TrainingConfig) -> float:
    """The limit of the optimizer and batch size, from that of full-batch descent."""
    mu, n = config.momentum, len(X)
    if config.batch_size == "full" or config.batch_size >= n:
        return full * momentum_factor(config)
    slack = 1.0 - mu if OPTIMIZERS[config.optimizer].uses_momentum else 1.0
    return full * slack / _noise_factor(X, config.batch_size, config.bias)


def momentum_factor(config: TrainingConfig) -> float:
    """What the memory of the optimizer multiplies the limit of full-batch descent by."""
    mu = config.momentum
    factors = {"momentum": 1.0 + mu, "nesterov": (1.0 + mu) / (1.0 + 2.0 * mu)}
    return factors.get(config.optimizer, 1.0)


def _noise_factor(X: Floats, batch: int, bias: bool) -> float:
    """Expected smoothness of mini-batches over the smoothness of the whole, at least 1.

    The curvature of the pair multiplies both and drops out; so, nearly, does the penalty.
    """
    n = len(X)
    largest_sample = float(np.einsum("ij,ij->i", X, X).max()) + float(bias)
    whole = largest_eigenvalue(X, bias)
    if not whole > 0.0:
        return 1.0
    return (n * (batch - 1) + (n - batch) * largest_sample / whole) / (batch * (n - 1))
