"""Gradients written as Python functions are checked like formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import slp_core as slp
from slp_core.arrays import Float64s
from slp_core.insight.gradient.report import GradientReport
from slp_core.network.pairs import pair
from tests.slp_core.insight.gradient.planted import data

SIGMOID: dict[str, Any] = {"activation": "sigmoid", "loss": "cross_entropy"}
SOFTMAX: dict[str, Any] = {"activation": "softmax", "loss": "cross_entropy"}
RIGHT = "E = Z - Y\ndW = X.T @ E / N\ndb = mean(E, axis=0)"


def checked(formula: Any, of: dict[str, Any] = SIGMOID, **more: Any) -> GradientReport:
    on = data(pair(of["activation"], of["loss"]), 40, 4, 3 if of is SOFTMAX else 1)
    settings: dict[str, Any] = {"X": on.X, "Y": on.Y, "curve": False}
    return slp.check_gradient(formula, **(settings | of | more))


def by_names(X: Float64s, Y: Float64s, Z: Float64s, N: int) -> tuple[Float64s, Float64s]:
    return X.T @ (Z - Y) / N, (Z - Y).mean(axis=0)


def by_number(x1: Float64s, x2: Float64s, x3: Float64s, x4: Float64s) -> dict[str, Float64s]:
    Z = 1.0 / (1.0 + np.exp(-(x1 @ x3 + x4)))
    return {"dW": x1.T @ (Z - x2) / len(x1), "db": (Z - x2).mean(axis=0)}


def lower_case(w: Float64s, b: Float64s, x: Float64s, y: Float64s) -> slp.Parameters:
    Z = 1.0 / (1.0 + np.exp(-(x @ w + b)))
    return slp.Parameters(x.T @ (Z - y) / len(x), (Z - y).mean(axis=0))


@pytest.mark.parametrize(
    "function", [by_names, by_number, lower_case, slp.Objective(**SIGMOID).value_and_gradient]
)
def test_functions_are_checked_too(function: Callable[..., Any]) -> None:
    found = checked(function)
    assert (found.verdict, found.shapes, found.fix) == ("right", (), None)


def test_functions_with_a_transpose_or_no_bias() -> None:
    def turned(X: Float64s, Y: Float64s, Z: Float64s) -> tuple[Float64s, Float64s]:
        return ((Z - Y).T @ X / len(X)), (Z - Y).mean(axis=0)

    found = checked(turned)
    assert (found.verdict, found.ids) == ("wrong", ("transposed",))

    def alone(X: Float64s, Y: Float64s, Z: Float64s) -> Float64s:
        return X.T @ (Y - Z) / len(X)

    assert checked(alone).ids == ("sign_flipped", "bias_forgotten")
    assert checked(alone, bias=False).ids == ("sign_flipped",)


@pytest.mark.parametrize("k", [5, 10])
def test_any_order_of_many_classes_is_found(k: int) -> None:
    on = data(pair("softmax", "cross_entropy"), 80, 6, k)
    order = np.random.default_rng(k).permutation(k)

    def of_targets(X: Float64s, Y: Float64s, Z: Float64s) -> tuple[Float64s, Float64s]:
        return X.T @ (Z - Y[:, order]), (Z - Y[:, order]).sum(axis=0)

    def of_columns(X: Float64s, Y: Float64s, Z: Float64s) -> tuple[Float64s, Float64s]:
        E = (Z - Y)[:, order] / len(X)
        return X.T @ E, E.sum(axis=0)

    found = slp.check_gradient(of_targets, X=on.X, Y=on.Y, **SOFTMAX)
    assert found.ids == ("forgot_mean", "classes_permuted")
    found = slp.check_gradient(of_columns, X=on.X, Y=on.Y, **SOFTMAX)
    assert found.ids == ("classes_permuted",)


def nothing() -> int:
    return 1


def unknown_names(first: Float64s, second: Float64s) -> Float64s:
    return first + second


def a_text(X: Float64s) -> str:
    return "text"


def two_texts(X: Float64s) -> tuple[str, str]:
    return "a", "b"


def test_functions_and_data_that_cannot_be_used() -> None:
    for function in (nothing, unknown_names, a_text, two_texts):
        with pytest.raises(slp.ConfigError):
            checked(function)
    unusable: tuple[dict[str, Any], ...] = (
        {"X": np.ones((3, 2))},
        {"Y": np.full((40, 1), 3.0)},
        {"X": [["a"]] * 40},
    )
    for more in unusable:
        with pytest.raises(slp.DataError):
            checked(RIGHT, **more)
    with pytest.raises(slp.FormulaError):
        checked("E = Z")
