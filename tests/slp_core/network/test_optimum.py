"""At an optimum that is known, the gradient is zero."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.arrays import Floats
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters

RNG = np.random.default_rng(3)
X = RNG.normal(size=(30, 2))
AT = Parameters(np.array([[0.7], [-0.4]]), np.array([0.2]))


def gradient(activation: str, loss: str, at: Parameters, Y: Floats) -> Floats:
    objective = Objective(activation=activation, loss=loss)
    return objective.value_and_gradient(at, X, Y)[1].flat()


def test_least_squares() -> None:
    Y = X @ np.array([[1.0], [2.0]]) + RNG.normal(size=(30, 1))
    found = np.linalg.lstsq(np.hstack((X, np.ones((30, 1)))), Y, rcond=None)[0]
    best = Parameters(found[:2], found[2])
    np.testing.assert_allclose(gradient("identity", "quadratic", best, Y), 0.0, atol=1e-14)


@pytest.mark.parametrize("loss", ["quadratic", "absolute", "huber"])
@pytest.mark.parametrize("activation", [key for key in ACTIVATIONS if key != "softmax"])
def test_outputs_that_equal_their_targets(activation: str, loss: str) -> None:
    objective = Objective(activation=activation, loss=loss)
    Y = objective.outputs(objective.scores(AT, X))
    np.testing.assert_array_equal(gradient(activation, loss, AT, Y), 0.0)
    assert objective.value(AT, X, Y) == 0.0


@pytest.mark.parametrize("loss", ["quadratic", "absolute", "huber", "cross_entropy"])
def test_softmax_outputs_that_equal_their_targets(loss: str) -> None:
    objective = Objective(activation="softmax", loss=loss)
    at = Parameters(RNG.normal(size=(2, 3)), RNG.normal(size=3))
    Y = objective.outputs(objective.scores(at, X))
    np.testing.assert_allclose(gradient("softmax", loss, at, Y), 0.0, atol=1e-15)


@pytest.mark.parametrize("activation", ["sigmoid", "probit"])
def test_probabilities_that_equal_their_targets(activation: str) -> None:
    objective = Objective(activation=activation, loss="cross_entropy")
    Y = objective.outputs(objective.scores(AT, X))
    np.testing.assert_allclose(gradient(activation, "cross_entropy", AT, Y), 0.0, atol=1e-15)


@pytest.mark.parametrize("activation", ["identity", "leaky_relu"])
@pytest.mark.parametrize("loss", ["hinge", "squared_hinge"])
def test_samples_beyond_their_margins(activation: str, loss: str) -> None:
    Y = np.where(X[:, :1] + X[:, 1:] >= 0.0, 1.0, -1.0)
    far = Parameters(np.full((2, 1), 1e6), np.zeros(1))
    np.testing.assert_array_equal(gradient(activation, loss, far, Y), 0.0)


@pytest.mark.parametrize("activation", [key for key in ACTIVATIONS if key != "softmax"])
def test_scores_on_the_right_side_for_the_perceptron(activation: str) -> None:
    Y = np.where(X @ AT.W + AT.b > 0.0, 1.0, -1.0)
    np.testing.assert_array_equal(gradient(activation, "perceptron", AT, Y), 0.0)
    assert gradient(activation, "perceptron", AT, -Y).all()


@pytest.mark.parametrize("activation", ["sigmoid", "probit"])
def test_a_bias_alone_ends_at_the_share_of_the_class(activation: str) -> None:
    Y = np.zeros((30, 1))
    Y[:12] = 1.0
    inverse = ACTIVATIONS[activation].inverse
    assert inverse is not None
    at = Parameters(np.zeros((2, 1)), np.array([inverse(0.4)]))
    np.testing.assert_allclose(gradient(activation, "cross_entropy", at, Y)[2], 0.0, atol=1e-15)
