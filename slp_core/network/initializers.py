"""Where training starts: rows that fill W (d, k) and b (k,)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slp_core.arrays import Floats
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters

SATURATED_SCORE = 8.0
"""Root mean square of the scores of a saturated start: the sigmoid's slope is 0.0003 there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initializer:
    """One way to start.

    ``spread(d, k)`` is the standard deviation of the normal distribution that weights are drawn
    from, or None for the start that is computed from the data. b starts at 0, except there.
    """

    key: str
    label: str
    formula: str
    latex: str
    summary: str
    source: str
    spread: Callable[[int, int], float] | None


_ROWS = (
    Initializer(
        key="zeros",
        label="Zeros",
        formula="W = 0, b = 0",
        latex="W = 0,\\; b = 0",
        summary="Every weight at 0: with one layer there is no symmetry to break.",
        source="Rosenblatt 1958",
        spread=lambda _d, _k: 0.0,
    ),
    Initializer(
        key="normal",
        label="Normal",
        formula="W ~ N(0, 1), b = 0",
        latex=r"W \sim N(0, 1),\; b = 0",
        summary="Weights drawn with a spread of 1, however many inputs there are.",
        source="",
        spread=lambda _d, _k: 1.0,
    ),
    Initializer(
        key="xavier",
        label="Xavier",
        formula="W ~ N(0, 2/(d + k)), b = 0",
        latex=r"W \sim N(0, \tfrac{2}{d + k}),\; b = 0",
        summary="A spread with which neither scores nor gradients grow with the number of inputs.",
        source="Glorot & Bengio 2010",
        spread=lambda d, k: math.sqrt(2.0 / (d + k)),
    ),
    Initializer(
        key="he",
        label="He",
        formula="W ~ N(0, 2/d), b = 0",
        latex=r"W \sim N(0, \tfrac{2}{d}),\; b = 0",
        summary="Xavier's idea for ReLU, which blocks half of what comes in.",
        source="He, Zhang, Ren & Sun 2015",
        spread=lambda d, _k: math.sqrt(2.0 / d),
    ),
    Initializer(
        key="saturated",
        label="Saturated",
        formula="scores of size 8, on the wrong side",
        latex=r"V \approx -8 \cdot \operatorname{sign}(Y)",
        summary="Sure and wrong on purpose: shows which losses can still learn from there.",
        source="Nielsen 2015, chapter 3",
        spread=None,
    ),
)

INITIALIZERS: Mapping[str, Initializer] = MappingProxyType({row.key: row for row in _ROWS})
"""Every initialiser by its key, in the order of menus."""


def initialize(
    key: str, d: int, k: int, seed: int, X: Floats | None = None, Y: Floats | None = None
) -> Parameters:
    """The start of a network with d inputs and k outputs, in float64; the same for the same seed.

    Parameters
    ----------
    key
        Key of `INITIALIZERS`.
    seed
        Seed of the draw; zeros and saturated draw nothing.
    X, Y
        Inputs (n, d) and targets (n, k), needed by "saturated" alone.

    Raises
    ------
    ConfigError
        For an unknown key, or when "saturated" is asked for without data.
    """
    if key not in INITIALIZERS:
        raise ConfigError(
            f"There is no initializer {key!r}; choose one of {', '.join(INITIALIZERS)}.",
            field="initializer",
            value=key,
            allowed=tuple(INITIALIZERS),
        )
    spread = INITIALIZERS[key].spread
    if spread is None:
        return _saturated(d, k, X, Y)
    start = Parameters.zeros(d, k)
    if (size := spread(d, k)) > 0.0:
        start.W[:] = np.random.default_rng(seed).normal(0.0, size, (d, k))
    return start


def _saturated(d: int, k: int, X: Floats | None, Y: Floats | None) -> Parameters:
    """Scores that point against the covariance of inputs and targets, of root mean square 8."""
    if X is None or Y is None:
        raise ConfigError(
            "A saturated start is computed from the data: inputs and targets are needed.",
            field="initializer",
            value="saturated",
        )
    inputs, targets = np.asarray(X, np.float64), np.asarray(Y, np.float64)
    mean, mean_target = inputs.mean(axis=0), targets.mean(axis=0)
    centred = inputs - mean
    against = -centred.T @ (targets - mean_target)
    start = Parameters.zeros(d, k)
    for j in range(k):
        start.W[:, j], middle = _wrong(centred, against[:, j], float(mean_target[j]))
        start.b[j] = middle - mean @ start.W[:, j]
    return start


def _wrong(centred: Floats, direction: Floats, mean_target: float) -> tuple[Floats, float]:
    """Weights and the score of the mean sample.

    Where no direction tells the targets apart (XOR), any will do; where the inputs do not vary at
    all, only the bias can be wrong.
    """
    if not np.linalg.norm(direction) > 1e-9 * np.linalg.norm(centred):
        direction = np.ones_like(direction)
    size = math.sqrt(float(np.mean(np.square(centred @ direction))))
    if size == 0.0:
        score = -SATURATED_SCORE if mean_target > 0.0 else SATURATED_SCORE
        return np.zeros_like(direction), score
    return direction * (SATURATED_SCORE / size), 0.0
