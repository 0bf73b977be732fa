"""Formulas to begin with: the right one of every pair, and those of the three questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from slp_core.insight.formula.axes import Convention
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair

_CANCELS: Final = frozenset(
    {("sigmoid", "cross_entropy"), ("softmax", "cross_entropy"), ("identity", "quadratic")}
)
_SIGNAL: Mapping[str, str] = MappingProxyType(
    {
        "quadratic": "Z - Y",
        "cross_entropy": "(1 - Y) / (1 - Z) - Y / Z",
        "hinge": "-Y * (Y * Z < 1)",
        "squared_hinge": "-2 * Y * maximum(0, 1 - Y * Z)",
        "perceptron": "-Y * (Y * V <= 0)",
        "absolute": "sign(Z - Y)",
        "huber": "clip(Z - Y, -1, 1)",
    }
)
"""dL/dZ of each loss; of the perceptron dL/dV."""


def right_formula(
    pair: Pair,
    convention: Convention = "rows",
    *,
    l1: bool = False,
    l2: bool = True,
    bias: bool = True,
) -> str:
    """The gradient of a pair in the formula language, by the chain rule, line by line.

    ``l1`` and ``l2`` say which penalties are written out; a factor of 0 does no harm.
    """
    penalty = (" + l1 * sign(W)" if l1 else "") + (" + l2 * W" if l2 else "")
    if convention == "rows":
        ends = [f"dW = X.T @ E / N{penalty}", "db = mean(E, axis=0)"]
    else:
        ends = [f"dW = E @ X.T / N{penalty}", "db = mean(E, axis=1, keepdims=True)"]
    return "\n".join([*_errors(pair, convention), *(ends if bias else ends[:1])]) + "\n"


def _errors(pair: Pair, convention: Convention) -> list[str]:
    """The lines that end in E, dL/dV of every sample."""
    f, signal = ACTIVATIONS[pair.activation], _SIGNAL[pair.loss]
    if (f.key, pair.loss) in _CANCELS:
        return ["E = Z - Y"]
    if LOSSES[pair.loss].space == "score" or f.key == "identity":
        return [f"E = {signal}"]
    if f.elementwise:
        return [f"G = {signal}", f"E = G * d{f.key}(V)"]
    axis = 1 if convention == "rows" else 0
    return [f"G = {signal}", f"E = Z * (G - sum(Z * G, axis={axis}, keepdims=True))"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A formula to begin with, and what it is to be checked against.

    ``mistakes`` are the ids it contains; ``bias`` False where its author has none.
    """

    key: str
    title: str
    note: str
    source: str
    activation: str
    loss: str
    convention: Convention = "rows"
    bias: bool = False
    mistakes: tuple[str, ...] = ()


_ROWS = (
    Start(
        key="q1_printed",
        title="Derivative as asked, X turned",
        note="Sigmoid and cross-entropy, samples as columns. Y (1/z)^T sums over the samples"
        " before sigma' and X are multiplied in, and the second term has an extra 1 -.",
        source="dL_dW = -(1/N) * (Y @ (1/Z).T + (1 - Y) @ (1 - 1/(Z - 1)).T) * dsigmoid(V) @ X.T\n",
        activation="sigmoid",
        loss="cross_entropy",
        convention="columns",
        mistakes=("summed_too_early", "second_term_extra_one"),
    ),
    Start(
        key="q1_as_asked",
        title="Derivative as asked, to the letter",
        note="The same, with X as it was printed: shapes do not meet.",
        source="dL_dW = -(1/N) * (Y @ (1/Z).T + (1 - Y) @ (1 - 1/(Z - 1)).T) * dsigmoid(V) @ X\n",
        activation="sigmoid",
        loss="cross_entropy",
        convention="columns",
        mistakes=("summed_too_early", "second_term_extra_one", "transposed"),
    ),
    Start(
        key="q1_elementwise",
        title="Derivative as asked, element by element",
        note="Multiplied element by element; the extra 1 - is still there.",
        source="dL_dW = -(1/N) * (Y * (1/Z) + (1 - Y) * (1 - 1/(Z - 1))) * dsigmoid(V) @ X.T\n",
        activation="sigmoid",
        loss="cross_entropy",
        convention="columns",
        mistakes=("second_term_extra_one",),
    ),
    Start(
        key="q1_right",
        title="Derivative as asked, all faults mended",
        note="sigma' cancels: (Z - Y) X^T / N.",
        source="dL_dW = -(1/N) * (Y * (1/Z) + (1 - Y) * 1/(Z - 1)) * dsigmoid(V) @ X.T\n",
        activation="sigmoid",
        loss="cross_entropy",
        convention="columns",
    ),
    Start(
        key="q2_quadratic",
        title="Squared error without its 2",
        note="C = sum (a - y)² has the slope 2 (a - y): the page that says (a - y) a (1 - a) has"
        " dropped the 2 of its own loss.",
        source="C = sum((Z - Y) ** 2) / N\n"
        "delta = (Z - Y) * Z * (1 - Z)\n"
        "dW = X.T @ delta / N\n"
        "db = mean(delta, axis=0)\n",
        activation="sigmoid",
        loss="quadratic",
        bias=True,
    ),
    Start(
        key="q2_log_likelihood",
        title="Log-likelihood without its second term",
        note="C = -sum y ln a with a sigmoid does not give a - y: the term (1 - y) ln(1 - a) is"
        " missing.",
        source="C = -sum(Y * log(Z)) / N\n"
        "delta = Z - Y\n"
        "dW = X.T @ delta / N\n"
        "db = mean(delta, axis=0)\n",
        activation="sigmoid",
        loss="cross_entropy",
        bias=True,
    ),
    Start(
        key="q2_missing_term",
        title="What that log-likelihood gives",
        note="The true error signal of -sum y ln a with a sigmoid is -y (1 - a).",
        source="delta = -Y * (1 - Z)\ndW = X.T @ delta / N\ndb = mean(delta, axis=0)\n",
        activation="sigmoid",
        loss="cross_entropy",
        bias=True,
        mistakes=("second_term_missing",),
    ),
    Start(
        key="q3_sign",
        title="Matrix gradient of softmax with its sign lost",
        note="L = + sum Y ln P is the likelihood, and this its gradient: going down it, the"
        " likelihood falls.",
        source="L = sum(Y * log(Z)) / N\ndW = X.T @ (Y - Z) / N\ndb = mean(Y - Z, axis=0)\n",
        activation="softmax",
        loss="cross_entropy",
        bias=True,
        mistakes=("sign_flipped",),
    ),
    Start(
        key="q3_right",
        title="Matrix gradient of softmax",
        note="With the minus in front of the likelihood.",
        source="L = -sum(Y * log(Z)) / N\ndW = X.T @ (Z - Y) / N\ndb = mean(Z - Y, axis=0)\n",
        activation="softmax",
        loss="cross_entropy",
        bias=True,
    ),
    Start(
        key="q3_overflow",
        title="A softmax that overflows",
        note="Without the largest score taken off, exp overflows from 710 on, and every row is"
        " NaN: pixels from 0 to 255 get there.",
        source="P = exp(V) / sum(exp(V), axis=1, keepdims=True)\n"
        "dW = X.T @ (P - Y) / N\n"
        "db = mean(P - Y, axis=0)\n",
        activation="softmax",
        loss="cross_entropy",
        bias=True,
    ),
)

STARTS: Mapping[str, Start] = MappingProxyType({row.key: row for row in _ROWS})
"""The formulas of the three questions, as their askers wrote them and mended."""
