"""The formula is mended where it stands; what is proposed is right, always."""

from __future__ import annotations

import pytest

from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport
from slp_core.insight.gradient.starts import STARTS
from slp_core.network.pairs import Pair, pair
from tests.slp_core.insight.gradient.planted import Data, data, name, planted

PAIRS = [
    pair("sigmoid", "cross_entropy"),
    pair("softmax", "quadratic"),
    pair("softmax", "cross_entropy"),
    pair("tanh", "squared_hinge"),
    pair("identity", "quadratic"),
    pair("probit", "cross_entropy"),
]


def judged(formula: str, on: Data, of: Pair) -> GradientReport:
    return check_gradient(
        formula, X=on.X, Y=on.Y, activation=of.activation, loss=of.loss, l2=on.l2, curve=False
    )


@pytest.mark.parametrize("of", PAIRS, ids=name)
def test_every_planted_mistake_is_mended_in_the_user_s_own_words(of: Pair) -> None:
    on = data(of, 40, 3, 3 if of.activation == "softmax" else 1, 0.3)
    for mistake, formula in planted(of):
        fix = judged(formula, on, of).fix
        assert fix is not None
        assert fix.own, (mistake, formula)
        again = judged(fix.source, on, of)
        assert again.verdict == "right", (mistake, fix.source)
        changed = set(fix.lines)
        for place, line in enumerate(formula.splitlines(), 1):
            assert place in changed or line.strip() in fix.source


def test_the_line_of_q1_becomes_right_as_a_whole() -> None:
    for key in ("q1_printed", "q1_as_asked", "q1_elementwise"):
        start = STARTS[key]
        found = check_gradient(
            start.source,
            activation="sigmoid",
            loss="cross_entropy",
            convention="columns",
            bias=False,
        )
        assert found.fix is not None
        assert (found.fix.own, found.fix.lines) == (True, (1,))
        assert found.fix.source.count("1/(Z - 1)") == 1
        assert "(1 - 1/" not in found.fix.source
        assert "Y * (1/Z)" in found.fix.source
        assert found.fix.source.strip().endswith("X.T")


def test_what_cannot_be_mended_gets_the_formula_of_the_pair() -> None:
    of = pair("sigmoid", "cross_entropy")
    found = judged("dW = W ** 3\ndb = b", data(of), of)
    assert found.ids == ()
    assert found.fix is not None
    assert not found.fix.own
    assert judged(found.fix.source, data(of), of).verdict == "right"


def test_a_right_formula_needs_no_fix() -> None:
    of = pair("sigmoid", "cross_entropy")
    formula = "dW = X.T @ (Z - Y) / N\ndb = mean(Z - Y, axis=0)"
    assert judged(formula, data(of), of).fix is None


def test_remarks_and_other_lines_stay() -> None:
    of = pair("sigmoid", "cross_entropy")
    formula = "# after the lecture\nE = Y - Z  # error\n\ndW = X.T @ E / N\ndb = sum(E, 0) / N\n"
    fix = judged(formula, data(of), of).fix
    assert fix is not None
    assert fix.source == formula.replace("Y - Z", "Z - Y")
    assert fix.lines == (2,)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("q2_quadratic", ("0.5 times the slope of the C", "C is not the loss", "a factor of 2")),
        ("q2_log_likelihood", ("not the slope of the C", "(1 - y) term missing")),
        ("q3_sign", ("is the slope of the L", "L is not the loss", "sign flipped")),
        ("q3_right", ("is the slope of the L", "L is the loss of this pair")),
    ],
)
def test_a_loss_typed_beside_the_gradient_is_checked_too(key: str, said: tuple[str, ...]) -> None:
    start = STARTS[key]
    found = check_gradient(start.source, activation=start.activation, loss=start.loss, curve=False)
    for words in said:
        assert any(words in remark for remark in found.remarks), (words, found.remarks)
    assert found.foreign_loss == ("C" if key.startswith("q2") else "")


def test_a_value_called_l_that_is_no_loss_is_left_alone() -> None:
    of = pair("sigmoid", "cross_entropy")
    formula = "L = X.T\ndW = L @ (Z - Y) / N\ndb = mean(Z - Y)"
    assert judged(formula, data(of), of).remarks == ()
    formula = "L = log(Z - 5)\ndW = X.T @ (Z - Y) / N\ndb = mean(Z - Y)"
    assert judged(formula, data(of), of).remarks == ()


@pytest.mark.parametrize(("of", "loss"), [("sigmoid", "quadratic"), ("softmax", "cross_entropy")])
@pytest.mark.parametrize("keepdims", ["", ", keepdims=True"])
def test_a_sum_before_the_product_is_named_also_where_shapes_do_not_meet(
    of: str, loss: str, keepdims: str
) -> None:
    slope = " * dsigmoid(V)" if of == "sigmoid" else ""
    formula = (
        f"E = (Z - Y){slope}\nS = sum(E, axis=0{keepdims})\ndW = X.T @ S / N\ndb = mean(E, axis=0)"
    )
    found = check_gradient(formula, activation=of, loss=loss, curve=False)
    assert found.ids == ("summed_too_early",)
    assert "The samples are summed already in S" in found.message
    assert found.fix is not None
    assert check_gradient(found.fix.source, activation=of, loss=loss).verdict == "right"
