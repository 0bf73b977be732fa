"""The gradient of every pair against central differences of the value, and by matrix algebra."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Floats
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from tests.slp_core.network.cases import (
    DEFINED_PAIRS,
    FINITE_PAIRS,
    at_a_kink,
    name,
    targets,
    widths,
)

CASES = [
    pytest.param(judged, k, id=f"{name(judged)}-{k}")
    for judged in FINITE_PAIRS
    for k in widths(judged)
]


def problem(judged: Pair, k: int, n: int = 7, d: int = 3) -> tuple[Parameters, Floats, Floats]:
    """Parameters, inputs and targets with no score near a kink."""
    rng = np.random.default_rng(k)
    b = rng.normal(0.0, 0.3, k)
    Y = targets(judged, n, k, rng)
    for _ in range(200):
        X, W = rng.normal(0.0, 1.0, (n, d)), rng.normal(0.0, 1.0, (d, k))
        if not at_a_kink(judged, X @ W + b, Y):
            return Parameters(W, b), X, Y
    raise AssertionError("every draw has a score at a kink")


def numeric_gradient(
    objective: Objective, at: Parameters, X: Floats, Y: Floats, weights: Floats | None = None
) -> Floats:
    h, flat = 1e-5, at.flat()
    d, k = at.W.shape
    result = np.empty_like(flat)
    for i, e in enumerate(np.eye(len(flat)) * h):
        above = objective.value(Parameters.from_flat(flat + e, d, k), X, Y, weights)
        below = objective.value(Parameters.from_flat(flat - e, d, k), X, Y, weights)
        result[i] = (above - below) / (2.0 * h)
    return result


def assert_same(analytic: Floats, numeric: Floats) -> None:
    """Relative error below 1e-7, the bound for "right", with room for rounding near 0."""
    difference = np.abs(analytic - numeric)
    assert (difference <= 1e-7 * (np.abs(analytic) + np.abs(numeric)) + 1e-9).all()


@pytest.mark.parametrize(("judged", "k"), CASES)
def test_the_gradient_is_the_central_difference_of_the_value(judged: Pair, k: int) -> None:
    objective = Objective(activation=judged.activation, loss=judged.loss)
    at, X, Y = problem(judged, k)
    value, gradient = objective.value_and_gradient(at, X, Y)
    assert value == objective.value(at, X, Y)
    assert_same(gradient.flat(), numeric_gradient(objective, at, X, Y))
    if judged.status != "cannot_learn":
        assert gradient.flat().any()


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.3), (0.2, 0.0), (0.07, 0.4)])
@pytest.mark.parametrize("k", [1, 3])
def test_penalties_touch_the_weights_and_not_the_bias(l1: float, l2: float, k: int) -> None:
    plain = Objective(activation="sigmoid", loss="cross_entropy")
    objective = Objective(activation="sigmoid", loss="cross_entropy", l1=l1, l2=l2)
    at, X, Y = problem(plain.pair, k)
    value, gradient = objective.value_and_gradient(at, X, Y)
    expected = l1 * np.abs(at.W).sum() + 0.5 * l2 * np.square(at.W).sum()
    np.testing.assert_allclose(value - plain.value(at, X, Y), expected, rtol=1e-12)
    np.testing.assert_allclose(objective.penalty(at), expected, rtol=1e-14)
    bare = plain.value_and_gradient(at, X, Y)[1]
    np.testing.assert_allclose(gradient.W - bare.W, l1 * np.sign(at.W) + l2 * at.W, atol=1e-15)
    np.testing.assert_array_equal(gradient.b, bare.b)
    assert_same(gradient.flat(), numeric_gradient(objective, at, X, Y))


def test_l1_has_no_slope_at_zero() -> None:
    objective = Objective(activation="identity", loss="quadratic", l1=5.0)
    X, Y = np.array([[1.0, 0.0]]), np.zeros((1, 1))
    gradient = objective.value_and_gradient(Parameters(np.zeros((2, 1)), np.zeros(1)), X, Y)[1]
    np.testing.assert_array_equal(gradient.W, 0.0)


@pytest.mark.parametrize("k", [1, 3])
def test_without_a_bias_its_gradient_is_zero_and_the_rest_is_the_same(k: int) -> None:
    with_bias = Objective(activation="tanh", loss="quadratic")
    without = Objective(activation="tanh", loss="quadratic", bias=False)
    at, X, Y = problem(with_bias.pair, k)
    wanted, found = with_bias.value_and_gradient(at, X, Y), without.value_and_gradient(at, X, Y)
    assert found[0] == wanted[0]
    np.testing.assert_array_equal(found[1].W, wanted[1].W)
    np.testing.assert_array_equal(found[1].b, 0.0)
    assert wanted[1].b.all()
    in_blocks = at.copy()
    without.gradient_into(at, X, Y, without.workspace(2, 3, k), in_blocks)
    np.testing.assert_allclose(in_blocks.W, wanted[1].W, rtol=1e-12)
    np.testing.assert_array_equal(in_blocks.b, 0.0)


@pytest.mark.parametrize(
    ("activation", "loss", "k"),
    [("sigmoid", "cross_entropy", 1), ("softmax", "cross_entropy", 3), ("tanh", "huber", 3)],
)
def test_sample_weights_weigh_the_losses(activation: str, loss: str, k: int) -> None:
    objective = Objective(activation=activation, loss=loss)
    at, X, Y = problem(objective.pair, k)
    weights = np.array([2.0, 0.0, 1.0, 1.0, 0.5, 1.5, 1.0])
    value, gradient = objective.value_and_gradient(at, X, Y, weights)
    losses = objective.sample_losses(objective.scores(at, X), Y)
    np.testing.assert_allclose(value, np.mean(weights * losses), rtol=1e-14)
    np.testing.assert_allclose(objective.value(at, X, Y, weights), value, rtol=1e-14)
    assert_same(gradient.flat(), numeric_gradient(objective, at, X, Y, weights))


@pytest.mark.parametrize(
    ("activation", "loss", "k", "classes"),
    [
        ("sigmoid", "cross_entropy", 1, 2),
        ("identity", "hinge", 1, 2),
        ("softmax", "cross_entropy", 3, 3),
        ("tanh", "quadratic", 3, 3),
    ],
)
def test_class_weights_are_sample_weights_by_class(
    activation: str, loss: str, k: int, classes: int
) -> None:
    by_class = np.array([0.25, 2.0, 0.75][:classes])
    plain = Objective(activation=activation, loss=loss)
    weighted = Objective(activation=activation, loss=loss, class_weights=by_class)
    labels = np.array([0, 1, classes - 1, 0, 1, 1, 0])
    low, high = plain.pair.target_values
    Y = np.where(np.arange(classes) == labels[:, None], high, low)[:, -k:]
    at, X, _ = problem(plain.pair, k)
    wanted = plain.value_and_gradient(at, X, Y, by_class[labels])
    found = weighted.value_and_gradient(at, X, Y)
    np.testing.assert_allclose(found[0], wanted[0], rtol=1e-14)
    np.testing.assert_allclose(found[1].flat(), wanted[1].flat(), rtol=1e-13)
    twice = weighted.value_and_gradient(at, X, Y, np.full(len(X), 2.0))
    np.testing.assert_allclose(twice[1].flat(), 2.0 * wanted[1].flat(), rtol=1e-13)


@settings(deadline=None, max_examples=80)
@given(
    judged=st.sampled_from(DEFINED_PAIRS),
    n=st.integers(1, 40),
    d=st.integers(1, 7),
    extra=st.integers(0, 4),
    rows=st.integers(1, 12),
    seed=st.integers(0, 2**32 - 1),
)
def test_blocks_batches_and_formula_agree_for_every_shape(
    judged: Pair, n: int, d: int, extra: int, rows: int, seed: int
) -> None:
    """One block, many blocks, and Xᵀ E / n written out are the same gradient."""
    rng = np.random.default_rng(seed)
    k = widths(judged)[0] + extra
    at = Parameters(rng.normal(size=(d, k)), rng.normal(size=k))
    X, Y = rng.normal(size=(n, d)), targets(judged, n, k, rng)
    objective = Objective(activation=judged.activation, loss=judged.loss, l2=0.1)
    V = objective.scores(at, X)
    E = objective.error_signal(V, Y)
    wanted = np.concatenate(((X.T @ E / n + 0.1 * at.W).ravel(), E.mean(axis=0)))
    found = Parameters.zeros(d, k)
    objective.gradient_into(at, X, Y, objective.workspace(rows, d, k), found)
    np.testing.assert_allclose(found.flat(), wanted, rtol=1e-10, atol=1e-12)
    value, gradient = objective.value_and_gradient(at, X, Y)
    np.testing.assert_allclose(gradient.flat(), wanted, rtol=1e-10, atol=1e-12)
    mean = objective.sample_losses(V, Y).mean() + objective.penalty(at)
    np.testing.assert_allclose(value, mean, rtol=1e-12)
    again = objective.value_and_gradient_into(
        at, X, Y, objective.workspace(rows, d, k), Parameters.zeros(d, k)
    )
    np.testing.assert_allclose(again, mean, rtol=1e-12)
