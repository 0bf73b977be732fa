"""Training with a typed gradient: the figures that the three questions measured."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from slp_core.arrays import Floats, Ints
from slp_core.data.samples import load_sample
from slp_core.errors import FormulaError
from slp_core.insight.gradient.function import GradientFunction
from slp_core.insight.gradient.starts import STARTS, right_formula
from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.slp_core.insight.gradient.planted import USABLE, data, name


@pytest.mark.parametrize("of", USABLE, ids=name)
def test_a_right_formula_is_the_objective_s_gradient(of: Pair) -> None:
    on = data(of, 12, 3, 3)
    rng = np.random.default_rng(1)
    at = Parameters(rng.normal(size=(3, 3)), rng.normal(size=3))
    objective = Objective(activation=of.activation, loss=of.loss, l2=0.2)
    true = objective.value_and_gradient(at, on.X, on.Y)[1]
    for convention in ("rows", "columns"):
        mine = GradientFunction(
            right_formula(of, convention), activation=of.activation, l2=0.2, convention=convention
        )
        assert mine.has_bias
        found = mine(at, on.X, on.Y)
        np.testing.assert_allclose(found.W, true.W, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.b, true.b, rtol=1e-9, atol=1e-12)


def losses(key: str, steps: int) -> list[float]:
    """Plain descent at rate 0.5 on two clouds of 100 points; the loss before each step."""
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(-1.0, 1.0, (100, 2)), rng.normal(1.0, 1.0, (100, 2))])
    Y = np.repeat([[0.0], [1.0]], 100, axis=0)
    at = Parameters(0.1 * rng.normal(size=(2, 1)), np.zeros(1))
    mine = GradientFunction(STARTS[key].source, activation="sigmoid", convention="columns")
    objective = Objective(activation="sigmoid", loss="cross_entropy")
    found = [objective.value(at, X, Y)]
    for _ in range(steps):
        slope = mine(at, X, Y)
        at = Parameters(at.W - 0.5 * slope.W, at.b - 0.5 * slope.b)
        found.append(objective.value(at, X, Y))
    return found


def test_q1_as_printed_explodes_in_one_step_and_is_then_no_number() -> None:
    found = losses("q1_printed", 5)
    assert found[0] == pytest.approx(0.68, abs=0.01)
    assert found[1] > 7.0 * found[0]
    assert math.isnan(found[3])


def test_q1_element_by_element_climbs_and_is_then_no_number() -> None:
    found = losses("q1_elementwise", 300)
    assert found[:2] == [pytest.approx(0.68, abs=0.01), pytest.approx(0.77, abs=0.02)]
    assert any(3.0 < loss < 3.4 for loss in found)
    assert math.isnan(found[-1])


def test_q1_mended_learns() -> None:
    found = losses("q1_right", 400)
    assert all(later <= before for before, later in pairwise(found))
    assert found[-1] == pytest.approx(0.226, abs=0.001)


def digits() -> tuple[Floats, Floats]:
    dataset = load_sample("digits", scaling="minmax")
    Y = coding.encode(dataset.labels, 10, pair("softmax", "cross_entropy"))
    return dataset.X, Y


def error_after(source: str, X: Floats, Y: Floats, steps: int, rate: float) -> tuple[float, int]:
    """Share of wrong digits after single-sample steps, and how many classes are predicted."""
    mine = GradientFunction(source, activation="softmax")
    at = Parameters.zeros(X.shape[1], 10)
    gradient = Parameters.zeros(X.shape[1], 10)
    rng = np.random.default_rng(0)
    for row in list[int](rng.integers(0, len(X), steps).tolist()):
        mine.gradient_into(at, X[row : row + 1], Y[row : row + 1], gradient)
        at = Parameters(at.W - rate * gradient.W, at.b - rate * gradient.b)
    predicted: Ints = np.argmax(X @ at.W + at.b, axis=1)
    wrong = [a != b for a, b in zip(predicted.tolist(), Y.argmax(axis=1).tolist(), strict=True)]
    return sum(wrong) / len(wrong), len(set(predicted.tolist()))


def test_q3_with_its_sign_lost_ends_at_ninety_percent() -> None:
    X, Y = digits()
    error, classes = error_after(STARTS["q3_sign"].source, X, Y, 5000, 0.1)
    assert error == pytest.approx(0.9, abs=0.004)
    assert classes == 1


def test_q3_mended_reads_digits() -> None:
    X, Y = digits()
    error, classes = error_after(STARTS["q3_right"].source, X, Y, 5000, 0.1)
    assert error < 0.12
    assert classes == 10


def test_q3_with_a_softmax_that_overflows_predicts_one_class_and_says_where() -> None:
    shades, Y = digits()
    X = 255.0 * shades
    source = STARTS["q3_overflow"].source
    error, classes = error_after(source, X, Y, 200, 0.1)
    assert classes == 1
    assert error == pytest.approx(0.901, abs=0.002)
    mine = GradientFunction(source, activation="softmax")
    far = Parameters(np.full((X.shape[1], 10), 0.2), np.zeros(10))
    facts = mine.facts(far, X[:3], Y[:3])
    assert str(facts[0]).startswith("exp overflows in line 1")


def test_shapes_that_do_not_meet_are_refused_once_the_batch_is_known() -> None:
    mine = GradientFunction("dW = X @ (Z - Y)", activation="sigmoid")
    at = Parameters.zeros(3, 1)
    X, Y = np.ones((5, 3)), np.ones((5, 1))
    with pytest.raises(FormulaError) as caught:
        mine(at, X, Y)
    assert caught.value.code == "formula.shape"
    turned = GradientFunction("E = Z - Y\ndW = (X.T @ E).T", activation="sigmoid")
    with pytest.raises(FormulaError) as caught:
        turned(at, X, Y)
    assert caught.value.line == 2
    with pytest.raises(FormulaError):
        GradientFunction("E = Z", activation="sigmoid")


def test_without_db_the_bias_stays() -> None:
    mine = GradientFunction("dW = X.T @ (Z - Y)", activation="sigmoid")
    assert not mine.has_bias
    found = mine(Parameters.zeros(3, 1), np.ones((5, 3)), np.ones((5, 1)))
    assert found.b.tolist() == [0.0]
    np.testing.assert_allclose(found.W, -2.5)
