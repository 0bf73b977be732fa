"""Planted mistakes are named, singly and in pairs; right formulas never are."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from slp_core.arrays import Float64s
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.mistakes import MISTAKES
from slp_core.insight.gradient.posing import random_case
from slp_core.insight.gradient.report import GradientReport
from slp_core.network.pairs import Pair, pair
from tests.slp_core.insight.gradient.planted import Data, data

CONTRACT = (
    *("forgot_mean", "factor_two", "sign_flipped", "summed_too_early", "slope_forgotten"),
    *("second_term_sign", "second_term_extra_one", "second_term_missing", "classes_permuted"),
    *("softmax_diagonal", "softmax_axis", "bias_forgotten", "transposed"),
    *("penalty_forgotten", "penalty_on_bias"),
)


def judged(formula: str, on: Data, of: Pair) -> GradientReport:
    return check_gradient(
        formula,
        X=on.X,
        Y=on.Y,
        activation=of.activation,
        loss=of.loss,
        l2=on.l2,
        curve=False,
        mend=False,
    )


def test_the_library_holds_every_id_of_the_contract() -> None:
    assert set(CONTRACT) <= set(MISTAKES)
    for key, row in MISTAKES.items():
        assert row.id == key
        assert row.title
        assert row.sentence.endswith(".")
        assert row.formula


def permuted(order: list[int], factor: float = 1.0):  # a closure for callables
    def gradient(X: Float64s, Y: Float64s, Z: Float64s, N: int) -> tuple[Float64s, Float64s]:
        E = factor * (Z - Y[:, order])
        return X.T @ E / N, E.mean(axis=0)

    return gradient


@pytest.mark.parametrize("k", [2, 3, 4, 7])
def test_classes_in_another_order(k: int) -> None:
    of = pair("softmax", "cross_entropy")
    on = data(of, 50, 4, k)
    for order in (list(range(k))[::-1], [*range(1, k), 0]):
        found = check_gradient(
            permuted(order), X=on.X, Y=on.Y, activation="softmax", loss="cross_entropy"
        )
        assert found.ids == ("classes_permuted",)
    found = check_gradient(
        permuted(list(range(k))[::-1], -1.0),
        X=on.X,
        Y=on.Y,
        activation="softmax",
        loss="cross_entropy",
    )
    assert found.ids == ("sign_flipped", "classes_permuted")


def test_columns_of_the_gradient_in_another_order() -> None:
    of = pair("softmax", "quadratic")
    on = data(of, 50, 4, 3)

    def gradient(parameters: object, X: Float64s, Y: Float64s) -> tuple[Float64s, Float64s]:
        from slp_core.network.objective import Objective
        from slp_core.network.parameters import Parameters

        assert isinstance(parameters, Parameters)
        objective = Objective(activation="softmax", loss="quadratic")
        true = objective.value_and_gradient(parameters, X, Y)[1]
        return np.asarray(true.W[:, ::-1], float), np.asarray(true.b[::-1], float)

    found = check_gradient(gradient, X=on.X, Y=on.Y, activation="softmax", loss="quadratic")
    assert found.ids == ("classes_permuted",)


def test_two_classes_exchanged_with_one_output() -> None:
    for of in (pair("sigmoid", "cross_entropy"), pair("tanh", "quadratic")):
        flip = "1 - Y" if of.targets == (0, 1) else "-Y"
        formula = f"T = {flip}\nE = Z - T\n"
        formula += "E = E * dtanh(V)\n" if of.activation == "tanh" else ""
        formula += "dW = X.T @ E / N\ndb = mean(E, axis=0)"
        assert judged(formula, data(of), of).ids == ("classes_permuted",)


TWO = (
    ("forgot_mean", "sign_flipped", "dW = X.T @ (Y - Z)\ndb = sum(Y - Z, axis=0)"),
    ("forgot_mean", "factor_two", "dW = 2 * X.T @ (Z - Y)\ndb = 2 * sum(Z - Y, axis=0)"),
    ("sign_flipped", "factor_two", "dW = 2 * X.T @ (Y - Z) / N\ndb = 2 * mean(Y - Z, axis=0)"),
    ("forgot_mean", "bias_forgotten", "dW = X.T @ (Z - Y)"),
    ("sign_flipped", "penalty_forgotten", "dW = X.T @ (Y - Z) / N\ndb = mean(Y - Z, axis=0)"),
    (
        "forgot_mean",
        "second_term_missing",
        "dW = X.T @ (-Y * (1 - Z))\ndb = sum(-Y * (1 - Z), axis=0)",
    ),
    (
        "sign_flipped",
        "slope_forgotten",
        "E = (Y - Z) / (Z * (1 - Z))\ndW = X.T @ E / N\ndb = mean(E, axis=0)",
    ),
    ("penalty_forgotten", "penalty_on_bias", "E = Z - Y\ndW = X.T @ E / N\ndb = mean(E) + l2 * b"),
    ("forgot_mean", "transposed", "dW = X @ (Z - Y) + l2 * W\ndb = sum(Z - Y, axis=0)"),
)


@pytest.mark.parametrize(("first", "second", "formula"), TWO)
def test_two_mistakes_at_once(first: str, second: str, formula: str) -> None:
    of = pair("sigmoid", "cross_entropy")
    penalty = 0.2 if "penalty" in first + second or "l2" in formula else 0.0
    found = judged(formula, data(of, 31, 4, 1, penalty), of)
    assert found.verdict == "wrong"
    assert set(found.ids) == {first, second}


def test_a_mistake_in_one_line_only_says_which() -> None:
    of = pair("sigmoid", "cross_entropy")
    found = judged("dW = X.T @ (Z - Y)\ndb = mean(Z - Y, axis=0)", data(of), of)
    assert [(m.id, m.where) for m in found.mistakes] == [("forgot_mean", ("dW",))]
    found = judged("dW = X.T @ (Z - Y) / N\ndb = sum(Z - Y, axis=0)", data(of), of)
    assert [(m.id, m.where) for m in found.mistakes] == [("forgot_mean", ("db",))]


@pytest.mark.parametrize(
    ("formula", "id_"),
    [
        ("E = (Z - Y) * dsigmoid(V)\ndW = X.T @ E / N\ndb = mean(E, axis=0)", "slope_twice"),
        ("dW = X.T @ (Z - Y) / N / N\ndb = mean(Z - Y) / N", "mean_twice"),
        ("dW = X.T @ (Z - Y) / N + 2 * l2 * W\ndb = mean(Z - Y)", "penalty_factor"),
        ("dW = (X.T @ (Z - Y) + l2 * W) / N\ndb = mean(Z - Y)", "penalty_averaged"),
    ],
)
def test_mistakes_beyond_the_contract(formula: str, id_: str) -> None:
    of = pair("sigmoid", "cross_entropy")
    penalty = 0.2 if "penalty" in id_ else 0.0
    assert judged(formula, data(of, 33, 3, 1, penalty), of).ids == (id_,)


def test_slope_at_the_output_and_the_mean_over_outputs() -> None:
    of = pair("sigmoid", "quadratic")
    formula = "E = (Z - Y) * dsigmoid(Z)\ndW = X.T @ E / N\ndb = mean(E, axis=0)"
    assert judged(formula, data(of), of).ids == ("slope_at_output",)
    formula = "E = (Z - Y) * dsigmoid(V)\ndW = X.T @ E / N / K\ndb = mean(E, axis=0) / K"
    assert judged(formula, data(of, k=3), of).ids == ("mean_over_outputs",)


def test_what_is_the_same_here_is_told_apart_on_other_data() -> None:
    of = pair("softmax", "cross_entropy")
    two = data(of, 2, 3, 2)
    cases = (
        ("forgot_mean", "dW = X.T @ (Z - Y)\ndb = sum(Z - Y, axis=0)"),
        ("factor_two", "dW = 2 * X.T @ (Z - Y) / N\ndb = 2 * mean(Z - Y, axis=0)"),
        ("factor_two", "dW = 0.5 * X.T @ (Z - Y) / N\ndb = 0.5 * mean(Z - Y, axis=0)"),
        ("mean_over_outputs", "dW = X.T @ (Z - Y) / N / K\ndb = mean(Z - Y, axis=0) / K"),
    )
    for mistake, formula in cases:
        found = judged(formula, two, of)
        assert found.ids == (mistake,)
        assert found.mistakes[0].alternatives == ()


def test_a_function_cannot_be_asked_elsewhere_and_names_alternatives() -> None:
    on = data(pair("sigmoid", "cross_entropy"), 2)

    def doubled(X: Float64s, Y: Float64s, Z: Float64s) -> tuple[Float64s, Float64s]:
        return X.T @ (Z - Y), (Z - Y).sum(axis=0)

    found = check_gradient(doubled, X=on.X, Y=on.Y, activation="sigmoid", loss="cross_entropy")
    assert found.ids == ("forgot_mean",)
    assert found.mistakes[0].alternatives == ("factor_two",)


def test_a_mistake_that_makes_no_difference_on_the_data_is_none() -> None:
    of = pair("sigmoid", "cross_entropy")
    one = data(of, 1, 3)
    assert judged("dW = X.T @ (Z - Y)\ndb = sum(Z - Y, axis=0)", one, of).verdict == "right"
    ones = Data(data(of).X, np.ones((40, 1)))
    formula = "dW = X.T @ (-Y * (1 - Z)) / N\ndb = mean(-Y * (1 - Z))"
    assert judged(formula, ones, of).verdict == "right"


@pytest.mark.parametrize(
    "formula",
    [
        "dW = 1.5 * X.T @ (Z - Y) / N\ndb = mean(Z - Y)",
        "dW = X.T @ (Z - Y) / N * (1 + 1e-4)\ndb = mean(Z - Y)",
        "dW = X.T @ (Z - Y) ** 3 / N\ndb = mean(Z - Y)",
        "dW = X.T @ (Z - Y * 0.9) / N\ndb = mean(Z - Y * 0.9)",
        "dW = W\ndb = b",
        "dW = 0 * W\ndb = b",
    ],
)
def test_a_wrong_formula_of_no_known_kind_gets_no_name(formula: str) -> None:
    of = pair("sigmoid", "cross_entropy")
    found = judged(formula, data(of), of)
    assert found.ids == ()
    assert found.verdict in ("wrong", "suspicious")
    assert found.remarks


def test_every_mistake_can_be_shown_on_any_data() -> None:
    """The rows compute wrong gradients that are wrong, and differ from each other."""
    from slp_core.insight.gradient.case import point_at, random_parameters

    for activation, loss in (("sigmoid", "cross_entropy"), ("softmax", "quadratic")):
        case = random_case(pair(activation, loss), l1=0.1, l2=0.2, k=3)
        point = point_at(case, random_parameters(case, 1.0, np.random.default_rng(0)), "")
        found = [
            np.concatenate([W.ravel(), b])
            for row in MISTAKES.values()
            for W, b in row.gradients(point)
        ]
        true = np.concatenate([point.dW.ravel(), point.data_b])
        assert all(np.abs(wrong - true).max() > 1e-6 for wrong in found)
        ordered = sorted(found, key=lambda wrong: tuple(wrong))
        assert all(np.abs(a - b).max() > 1e-9 for a, b in pairwise(ordered))


def test_both_conventions_find_the_same() -> None:
    for k, (of, sign) in product((1, 3), [(pair("sigmoid", "cross_entropy"), "Y - Z")]):
        on = data(of, 20, 4, k)
        found = check_gradient(
            f"E = {sign}\ndW = E @ X.T / N\ndb = mean(E, axis=1, keepdims=True)",
            X=on.X,
            Y=on.Y,
            activation=of.activation,
            loss=of.loss,
            convention="columns",
        )
        assert found.ids == ("sign_flipped",)
