"""Starts: seeded, of the right spread, and wrong on purpose where asked for."""

from __future__ import annotations

import math

import numpy as np
import pytest

from slp_core.errors import ConfigError
from slp_core.network import coding
from slp_core.network.initializers import INITIALIZERS, SATURATED_SCORE, initialize
from slp_core.network.objective import Objective
from slp_core.network.pairs import pair


def test_keys_and_descriptions() -> None:
    assert list(INITIALIZERS) == ["zeros", "normal", "xavier", "he", "saturated"]
    for key, row in INITIALIZERS.items():
        assert row.key == key
        assert row.label
        assert row.formula
        assert row.latex
        assert row.summary.endswith(".")


def test_zeros() -> None:
    start = initialize("zeros", 3, 2, seed=7)
    assert start.W.shape == (3, 2)
    assert not start.flat().any()


@pytest.mark.parametrize(
    ("key", "spread"),
    [("normal", 1.0), ("xavier", math.sqrt(2.0 / 500.0)), ("he", math.sqrt(2.0 / 400.0))],
)
def test_spread_and_seed(key: str, spread: float) -> None:
    start = initialize(key, 400, 100, seed=1)
    np.testing.assert_allclose(start.W.std(), spread, rtol=0.02)
    assert abs(start.W.mean()) < 0.02 * spread
    assert not start.b.any()
    np.testing.assert_array_equal(initialize(key, 400, 100, seed=1).W, start.W)
    assert (initialize(key, 400, 100, seed=2).W != start.W).any()


def two_clouds(classes: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    labels = np.arange(60) % classes
    corners = np.array([[4.0, 4.0], [-4.0, 4.0], [0.0, -4.0]])
    return rng.normal(size=(60, 2)) + corners[labels] + 10.0, labels


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softmax"])
def test_saturated_is_sure_and_wrong(activation: str, classes: int) -> None:
    X, labels = two_clouds(classes)
    judged = pair(activation, "quadratic")
    Y = coding.encode(labels, classes, judged)
    start = initialize("saturated", 2, Y.shape[1], seed=0, X=X, Y=Y)
    V = X @ start.W + start.b
    np.testing.assert_allclose(np.sqrt(np.square(V).mean(axis=0)), SATURATED_SCORE, rtol=1e-12)
    objective = Objective(activation=activation, loss="quadratic")
    right = coding.decide(objective.outputs(V), V, judged, classes) == labels
    assert right.mean() < 0.05


def test_saturated_without_a_direction_is_sure_all_the_same() -> None:
    """The four corners of XOR: no line tells the classes apart."""
    X = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]]) * 0.3 + 0.1
    start = initialize("saturated", 2, 1, seed=0, X=X, Y=np.array([[0.0], [0.0], [1.0], [1.0]]))
    V = X @ start.W + start.b
    np.testing.assert_allclose(np.sqrt(np.square(V).mean()), SATURATED_SCORE, rtol=1e-12)
    np.testing.assert_allclose(start.W[0], start.W[1], rtol=1e-12)
    assert start.W[0] > 0.0


@pytest.mark.parametrize(("y", "score"), [(1.0, -SATURATED_SCORE), (0.0, SATURATED_SCORE)])
def test_saturated_with_inputs_that_do_not_vary_uses_the_bias(y: float, score: float) -> None:
    start = initialize("saturated", 1, 1, seed=0, X=np.ones((3, 1)), Y=np.full((3, 1), y))
    np.testing.assert_array_equal(start.flat(), [0.0, score])


def test_wrong_requests() -> None:
    with pytest.raises(ConfigError, match="no initializer 'glorot'") as caught:
        initialize("glorot", 2, 1, seed=0)
    assert caught.value.allowed == tuple(INITIALIZERS)
    with pytest.raises(ConfigError, match="computed from the data"):
        initialize("saturated", 2, 1, seed=0)
