"""A gradient that is right near the start and leaves the finite numbers at large scores."""

from __future__ import annotations

import pytest

from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport

NAIVE = """P = exp(V) / sum(exp(V), axis=1, keepdims=True)
dW = X.T @ (P - Y) / N
db = mean(P - Y, axis=0)
"""
SIGMOID = "A = 1 / (1 + exp(-V))\ndW = X.T @ (A - Y) / N\ndb = mean(A - Y)"
STEADY = NAIVE.replace("exp(V)", "exp(V - max(V, axis=1, keepdims=True))")


def checked(source: str, activation: str, loss: str = "cross_entropy") -> GradientReport:
    return check_gradient(source, activation=activation, loss=loss, curve=False)


def test_a_naive_softmax_is_right_and_overflows_far_out() -> None:
    found = checked(NAIVE, "softmax")
    assert found.verdict == "right"
    assert found.far is not None
    assert (found.far.what, found.far.line) == ("exp overflows", 1)
    assert "at scores of about 1,000 exp overflows in line 1" in found.remarks[-1]


@pytest.mark.parametrize(
    ("source", "activation", "loss"),
    [
        (STEADY, "softmax", "cross_entropy"),
        ("E = softmax(V) - Y\ndW = X.T @ E / N\ndb = mean(E, axis=0)", "softmax", "cross_entropy"),
        (SIGMOID, "sigmoid", "cross_entropy"),
        ("dW = X.T @ (Z - Y) / N\ndb = mean(Z - Y)", "identity", "quadratic"),
    ],
)
def test_what_stays_finite_is_plainly_right(source: str, activation: str, loss: str) -> None:
    found = checked(source, activation, loss)
    assert found.verdict == "right"
    assert found.far is None
    assert not any("on paper" in remark for remark in found.remarks)


def test_a_wrong_gradient_is_not_looked_at_far_out() -> None:
    found = checked(NAIVE.replace("P - Y", "Y - P"), "softmax")
    assert found.verdict == "wrong"
    assert found.far is None
