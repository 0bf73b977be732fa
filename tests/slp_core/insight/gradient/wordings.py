"""Right gradients in many words: random rewriting that keeps the value of every expression."""

from __future__ import annotations

import random

from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair

_LOSS = {
    "quadratic": ("Z - Y", "-(Y - Z)", "2 * (Z - Y) / 2", "Z + -1 * Y"),
    "hinge": ("-Y * (Y * Z < 1)", "where(Y * Z < 1, -Y, 0)", "-(1 - Y * Z > 0) * Y"),
    "squared_hinge": ("-2 * Y * maximum(0, 1 - Y * Z)", "where(Y * Z < 1, 2 * (Z - Y), 0)"),
    "perceptron": ("-Y * (Y * V <= 0)", "where(Y * V > 0, 0, -Y)"),
    "absolute": ("sign(Z - Y)", "(Z > Y) - (Z < Y)", "where(Z > Y, 1, -1)"),
    "huber": ("clip(Z - Y, -1, 1)", "maximum(-1, minimum(1, Z - Y))"),
    "cross_entropy": (
        "(1 - Y) / (1 - Z) - Y / Z",
        "-(Y / Z + (1 - Y) / (Z - 1))",
        "(Z - Y) / (Z * (1 - Z))",
        "-(Y * 1 / Z - (1 - Y) * (1 / (1 - Z)))",
    ),
}
_SLOPE = {
    "sigmoid": ("dsigmoid(V)", "Z * (1 - Z)", "(Z - Z ** 2)", "exp(-V) / (1 + exp(-V)) ** 2"),
    "tanh": ("dtanh(V)", "(1 - Z ** 2)", "(1 - Z) * (1 + Z)", "(1 - square(tanh(V)))"),
    "relu": ("drelu(V)", "(V > 0)", "where(V >= 0, 1, 0)"),
    "leaky_relu": ("dleaky_relu(V)", "where(V >= 0, 1, 0.01)"),
    "softplus": ("dsoftplus(V)", "sigmoid(V)", "1 / (1 + exp(-V))", "(1 - exp(-Z))"),
    "softsign": ("dsoftsign(V)", "1 / (1 + abs(V)) ** 2", "(1 - abs(Z)) ** 2"),
    "probit": ("dprobit(V)", "phi(V)", "exp(-V ** 2 / 2) / sqrt(2 * 3.141592653589793)"),
    "identity": ("1", "ones(N, K)", "ones_like(V)", "didentity(V)"),
}
_SOFTMAX_AGAIN = (
    "Z = softmax(V)",
    "P = exp(V - max(V, axis=1, keepdims=True))\nZ = P / sum(P, axis=1, keepdims=True)",
    "V = X @ W + b\nZ = exp(V) / sum(exp(V), axis=-1, keepdims=True)",
    "A = X @ W\nA += b\nZ = softmax(A, axis=1)",
)
_JACOBIAN = (
    "Z * (G - sum(Z * G, axis=1, keepdims=True))",
    "Z * G - Z * sum(G * Z, axis=-1, keepdims=True)",
    "-Z * (sum(Z * G, axis=1, keepdims=True) - G)",
    "Z * (G - (Z * G) @ ones(K, 1))",
)
_WEIGHTS = (
    "X.T @ E / N",
    "X.T @ (E / N)",
    "(1 / N) * X.T @ E",
    "(E.T @ X).T / N",
    "dot(X.T, E) / N",
    "transpose(X) @ E * N ** -1",
    "-(X.T @ -E) / N",
    "(X / N).T @ E",
    "X.T @ E / sum(ones(N, 1))",
    "sqrt(1 / N) * X.T @ E * sqrt(1 / N)",
)
_BIAS = (
    "mean(E, axis=0)",
    "sum(E, axis=0) / N",
    "sum(E, 0) / N",
    "ones(N) @ E / N",
    "mean(E, axis=0, keepdims=True)",
    "(ones((1, N)) @ E) / N",
    "-mean(-E, axis=0)",
    "E.T @ ones(N, 1) / N",
)
_PENALTY = (
    " + l2 * W",
    " + W * l2",
    " + l2 * W * 1",
    " + 2 * l2 * W / 2",
    " - -l2 * W",
)
_NAMES = (("dW", "db"), ("gW", "gb"), ("grad_W", "grad_b"), ("dL_dW", "dL_db"), ("dw", "db"))
_SAME = ("{0}", "({0})", "1 * ({0})", "({0}) + 0", "-(-({0}))", "({0}) ** 1", "({0}) / 1")


def wording(of: Pair, chance: random.Random) -> str:
    """A right gradient of a pair, worded by chance."""
    lines = _error(of, chance)
    dW, db = chance.choice(_NAMES)
    weights = chance.choice(_SAME).format(chance.choice(_WEIGHTS)) + chance.choice(_PENALTY)
    bias = chance.choice(_SAME[:5]).format(chance.choice(_BIAS))
    ends = [f"{dW} = {weights}", f"{db} = {bias}"]
    chance.shuffle(ends)
    if chance.random() < 0.2:
        lines.insert(0, "# my own derivation")
    return "\n".join([*lines, *ends])


def _error(of: Pair, chance: random.Random) -> list[str]:
    softmax = of.activation == "softmax"
    lines = [chance.choice(_SOFTMAX_AGAIN)] if softmax and chance.random() < 0.5 else []
    if not softmax and chance.random() < 0.3:
        lines = ["V = X @ W + b", f"Z = {of.activation}(V)"]
    cancels = of.status == "canonical" and of.loss != "perceptron"
    if cancels and chance.random() < 0.5:
        return [*lines, "E = " + chance.choice(_SAME).format(chance.choice(_LOSS["quadratic"]))]
    one_hot = softmax and of.loss == "cross_entropy"
    signal = "-Y / Z" if one_hot else chance.choice(_LOSS[of.loss])
    if LOSSES[of.loss].space == "score":
        return [*lines, f"E = {signal}"]
    if softmax:
        return [*lines, f"G = {signal}", f"E = {chance.choice(_JACOBIAN)}"]
    assert ACTIVATIONS[of.activation].elementwise
    slope = chance.choice(_SLOPE[of.activation])
    signal = chance.choice(_SAME).format(signal)
    return [*lines, f"E = ({signal}) * {slope}"]
