"""What is known without training."""

from __future__ import annotations

import math

import numpy as np
import pytest

import slp_core as slp
from slp_core.insight.floor import baseline, error_floor, same_rows
from slp_core.training.config import TrainingConfig
from tests.slp_core.training.examples import from_arrays


def test_the_majority_and_what_it_costs() -> None:
    labels = np.array([0] * 8 + [1] * 2)
    dataset = from_arrays(np.arange(10.0)[:, None], labels)
    found = baseline(dataset, TrainingConfig())
    assert found.accuracy == 0.8
    assert found.answer == dataset.classes[0]
    assert found.loss == pytest.approx(-0.8 * math.log(0.8) - 0.2 * math.log(0.2), rel=1e-9)
    assert "80.0%" in found.text


@pytest.mark.parametrize(
    ("activation", "loss", "expected"),
    [
        ("softmax", "cross_entropy", -0.8 * math.log(0.8) - 0.2 * math.log(0.2)),
        ("sigmoid", "quadratic", 0.5 * 0.8 * 0.2),
        ("identity", "hinge", 2 * 0.2),
        ("identity", "absolute", 2 * 0.2),
        ("identity", "quadratic", 0.5 * 4 * 0.16),
        ("step", "perceptron", 0.0),
    ],
)
def test_the_cheapest_constant_of_a_pair(activation: str, loss: str, expected: float) -> None:
    dataset = from_arrays(np.arange(10.0)[:, None], np.array([0] * 8 + [1] * 2))
    config = TrainingConfig(activation=activation, loss=loss)
    assert baseline(dataset, config).loss == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_the_mean_of_a_regression() -> None:
    dataset = slp.load_sample("noisy_line")
    found = baseline(dataset, TrainingConfig())
    assert found.accuracy is None
    assert found.loss == pytest.approx(0.5 * dataset.values.var(), rel=1e-6)


def test_rows_that_contradict_each_other() -> None:
    X = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [3.0, 4.0], [3.0, 4.0], [5.0, 6.0]])
    dataset = from_arrays(X, np.array([0, 0, 1, 1, 1, 0]))
    found = error_floor(dataset)
    assert found.rows.tolist() == [0, 1, 2]
    assert (found.groups, found.errors, found.accuracy) == (1, 1, 5 / 6)
    assert "83.3%" in found.text


def test_contradicting_numbers_leave_a_variance() -> None:
    X = np.array([[1.0], [1.0], [2.0], [3.0]])
    found = error_floor(from_arrays(X, np.array([0.5, 1.5, 7.25, 9.5])))
    assert found.rows.tolist() == [0, 1]
    assert found.variance == pytest.approx(0.125)


def test_no_contradiction_is_said() -> None:
    found = error_floor(slp.load_sample("moons"))
    assert (found.errors, len(found.rows)) == (0, 0)
    assert found.text.startswith("No two rows")


def test_equal_rows_have_equal_numbers_and_others_do_not() -> None:
    generator = np.random.default_rng(0)
    X = generator.integers(0, 3, (500, 4)).astype(float)
    X[X == 0.0] *= generator.choice([-1.0, 1.0])
    numbers = same_rows(X)
    _, expected = np.unique(X, axis=0, return_inverse=True)
    both = np.stack([numbers, expected.ravel()], axis=1)
    assert len(np.unique(both, axis=0)) == len(np.unique(numbers)) == expected.max() + 1
