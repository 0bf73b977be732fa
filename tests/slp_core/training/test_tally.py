"""What is counted at every point of the record, against a count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import quality
from slp_core.training.problem import Problem, pose
from slp_core.training.tally import Tally, tally
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import from_arrays, gaussians, line, same

X = np.array([[-6.0], [-4.0], [4.0], [6.0], [7.0]])


def problem(activation: str, loss: str, target: object = (0, 0, 1, 1, 0)) -> Problem:
    dataset = from_arrays(X, np.array(target), scaling="none")
    return pose(dataset, TrainingConfig(activation=activation, loss=loss).resolved(dataset))


def counted(posed: Problem, w: float) -> Tally:
    k = posed.shape[1]
    W = np.full((1, 1), w) if k == 1 else np.array([[-w, w]]) / 2
    return tally(posed, posed.training, Parameters(W, np.zeros(k)))


def test_saturated_samples_and_those_of_them_that_are_wrong() -> None:
    """The slope of a sigmoid falls under 0.01 at a score of 4.595."""
    seen = counted(problem("sigmoid", "quadratic"), 1.0)
    assert (seen.saturated, seen.saturated_wrong) == (3 / 5, 1 / 5)
    assert (seen.quality, seen.largest_class) == (4 / 5, 3 / 5)
    wrong_way = counted(problem("sigmoid", "quadratic"), -1.0)
    assert (wrong_way.saturated, wrong_way.saturated_wrong) == (3 / 5, 2 / 5)


def test_softmax_saturates_as_the_sigmoid_of_the_difference() -> None:
    assert counted(problem("softmax", "cross_entropy"), 1.0) == counted(
        problem("sigmoid", "cross_entropy"), 1.0
    )


def test_activations_that_are_never_flat_and_losses_of_the_score() -> None:
    assert counted(problem("identity", "quadratic"), 100.0).saturated == 0.0
    assert np.isnan(counted(problem("step", "perceptron"), 100.0).saturated)


def test_one_class_for_everything() -> None:
    assert counted(problem("sigmoid", "cross_entropy"), 0.0).largest_class == 1.0


def test_a_regression_is_wrong_beyond_one_deviation() -> None:
    posed = problem("sigmoid", "quadratic", (0.1, 0.2, 0.8, 0.9, 0.15))
    seen = counted(posed, 1.0)
    assert seen.saturated_wrong == 1 / 5
    assert np.isnan(seen.largest_class)
    weights = Parameters(np.ones((1, 1)), np.zeros(1))
    assert seen.quality == quality(posed, posed.training, weights)


@pytest.mark.parametrize("rate", [0.5, 9.0])
def test_the_turn_is_the_cosine_of_successive_gradients(rate: float) -> None:
    dataset = gaussians()
    trainer = Trainer(dataset, TrainingConfig(learning_rate=rate, epochs=12))
    posed = pose(dataset, trainer.config)
    gradients: list[np.ndarray] = []
    while trainer.stop is None:
        part = posed.training
        _, slopes = posed.objective.value_and_gradient(trainer.parameters, part.X, part.Y)
        gradients.append(slopes.flat())
        trainer.advance(1)
    turn = trainer.snapshot().history.turn
    for i in range(1, len(gradients)):
        a, b = gradients[i - 1], gradients[i]
        assert same(turn[i], float(a @ b / np.sqrt(a @ a * (b @ b))), 1e-6)


def test_the_weight_norm_leaves_the_bias_out() -> None:
    trainer = Trainer(line(), TrainingConfig(epochs=5))
    trainer.advance()
    snapshot = trainer.snapshot()
    assert same(snapshot.history.weight_norm[-1], float(np.linalg.norm(snapshot.parameters.W)))
