"""Formulas with known mistakes, and data of several sizes, for the tests of the gradient lab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Floats
from slp_core.insight.gradient.starts import right_formula
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair, pair

USABLE = [
    judged
    for activation in ACTIVATIONS
    for loss in LOSSES
    if (judged := pair(activation, loss)).status not in ("undefined", "cannot_learn")
]
ENDS = "dW = X.T @ E / N + l2 * W\ndb = mean(E, axis=0)"
_SIGNAL = {
    "quadratic": "Z - Y",
    "hinge": "-Y * (Y * Z < 1)",
    "squared_hinge": "-2 * Y * maximum(0, 1 - Y * Z)",
    "absolute": "sign(Z - Y)",
    "huber": "clip(Z - Y, -1, 1)",
}


def name(judged: Pair) -> str:
    """For the ids of parametrised tests."""
    return f"{judged.activation}-{judged.loss}"


@dataclass(frozen=True)
class Data:
    """Inputs and targets, and the penalty that goes with them."""

    X: Floats
    Y: Floats
    l2: float = 0.0


def data(
    judged: Pair,
    n: int = 40,
    d: int = 3,
    k: int = 1,
    l2: float = 0.0,
    seed: int = 0,
    dtype: type[np.floating] = np.float64,
) -> Data:
    """Random data, each class being there."""
    rng = np.random.default_rng(seed)
    X = rng.normal(0.3, 1.0, (n, d)).astype(dtype)
    low, high = judged.target_values
    if judged.activation == "softmax":
        k = max(k, 2)
    labels = np.arange(n) % max(k, 2)
    hit = labels[:, None] == (np.arange(k) if k > 1 else np.ones(1))
    return Data(X, np.where(hit, high, low).astype(dtype), l2)


def signal(judged: Pair) -> str:
    """dL/dZ in the formula language."""
    if judged.loss == "cross_entropy":
        return "-Y / Z" if judged.activation == "softmax" else "(1 - Y) / (1 - Z) - Y / Z"
    return _SIGNAL[judged.loss]


def planted(judged: Pair) -> Iterator[tuple[str, str]]:
    """Every contract's mistake that makes sense for a pair: its id and a formula that has it."""
    right = right_formula(judged)
    error = right.split("dW =")[0]
    yield "forgot_mean", f"{error}dW = X.T @ E + l2 * W\ndb = sum(E, axis=0)"
    yield "factor_two", f"{error}E = 2 * E\n{ENDS}"
    yield "factor_two", f"{error}E = E / 2\n{ENDS}"
    yield "sign_flipped", f"{error}E = -E\n{ENDS}"
    yield "sign_flipped", f"{error}dW = -(X.T @ E / N + l2 * W)\ndb = -mean(E, axis=0)"
    early = "dW = outer(mean(X, axis=0), mean(E, axis=0)) + l2 * W\ndb = mean(E, axis=0)"
    yield "summed_too_early", f"{error}{early}"
    yield "bias_forgotten", f"{error}dW = X.T @ E / N + l2 * W"
    yield "bias_forgotten", f"{error}dW = X.T @ E / N + l2 * W\ndb = zeros(K)"
    yield "transposed", f"{error}dW = X @ E / N + l2 * W\ndb = mean(E, axis=0)"
    yield "transposed", f"{error}dW = (X.T @ E / N + l2 * W).T\ndb = mean(E, axis=0)"
    yield "penalty_forgotten", f"{error}dW = X.T @ E / N\ndb = mean(E, axis=0)"
    yield "penalty_on_bias", f"{error}{ENDS} + l2 * b"
    if LOSSES[judged.loss].space == "output":
        yield from _by_slope(judged)


def _by_slope(judged: Pair) -> Iterator[tuple[str, str]]:
    error, slope = f"G = {signal(judged)}\n", f"d{judged.activation}(V)"
    if judged.activation == "softmax":
        yield "slope_forgotten", f"{error}E = G\n{ENDS}"
        yield "softmax_diagonal", f"{error}E = G * dsoftmax(V)\n{ENDS}"
        yield "softmax_axis", f"Z = softmax(V, axis=0)\n{right_formula(judged)}"
        return
    if judged.activation != "identity":
        yield "slope_forgotten", f"{error}E = G\n{ENDS}"
        early = f"E = sum(G, axis=0) * {slope}\n{ENDS}"
        yield "summed_too_early", f"{error}{early}"
    if judged.loss == "cross_entropy":
        for mistake, G in (
            ("second_term_sign", "-Y / Z - (1 - Y) / (1 - Z)"),
            ("second_term_extra_one", "-(Y / Z + (1 - Y) * (1 - 1 / (Z - 1)))"),
            ("second_term_missing", "-Y / Z"),
        ):
            yield mistake, f"E = ({G}) * {slope}\n{ENDS}"
