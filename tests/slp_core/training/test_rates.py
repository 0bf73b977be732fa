from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slp_core.training.config import TrainingConfig
from slp_core.training.rates import default_rate, largest_rate
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs, from_arrays, line, same


def eigenvalue(X: np.ndarray[Any, Any], weights: np.ndarray[Any, Any] | None = None) -> float:
    A = np.hstack([X, np.ones((len(X), 1))])
    w = np.ones(len(X)) if weights is None else weights
    return float(np.linalg.eigvalsh((A * w[:, None]).T @ A / len(X))[-1])


def test_limits_by_formula() -> None:
    dataset = blobs(60, 3)
    base = TrainingConfig(activation="sigmoid", loss="cross_entropy", l2=0.1, momentum=0.8)
    limit = 2.0 / (0.25 * eigenvalue(dataset.X) + 0.1)
    assert same(largest_rate(dataset, base), limit)
    assert same(default_rate(dataset, base), limit / 2)
    heavy = largest_rate(dataset, replace(base, optimizer="momentum"))
    assert same(heavy, limit * 1.8)
    ahead = largest_rate(dataset, replace(base, optimizer="nesterov"))
    assert same(ahead, limit * 1.8 / 2.6)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "adagrad", "newton", "lbfgs"])
def test_optimizers_that_scale_their_steps_have_no_limit(optimizer: str) -> None:
    config = TrainingConfig(optimizer=optimizer).resolved(blobs())
    assert largest_rate(blobs(), config) is None
    assert config.learning_rate is not None


def test_mini_batches_take_smaller_steps_the_smaller_they_are() -> None:
    dataset = blobs(64, 3)
    config = TrainingConfig(activation="sigmoid", loss="cross_entropy")
    rates = [default_rate(dataset, replace(config, batch_size=m)) for m in (1, 4, 16, 63)]
    assert rates == sorted(rates)
    assert rates[-1] < default_rate(dataset, config)
    longest = np.square(dataset.X).sum(axis=1).max() + 1.0
    assert same(rates[0], 1.0 / (0.25 * longest))


def test_class_weights_count() -> None:
    X = np.random.default_rng(0).normal(size=(50, 2)) * [[1.0, 3.0]]
    labels = (np.arange(50) < 8).astype(int)
    dataset = from_arrays(X, labels)
    config = TrainingConfig(activation="sigmoid", loss="cross_entropy", class_weights="balanced")
    weights = np.where(labels == 1, 50 / 16, 50 / 84)
    limit = 2.0 / (0.25 * eigenvalue(dataset.X, weights))
    assert same(largest_rate(dataset, config), limit)


@pytest.mark.parametrize("loss", ["hinge", "perceptron", "absolute"])
def test_piecewise_linear_losses_take_the_rate_of_curvature_one(loss: str) -> None:
    dataset = blobs(60, 3)
    config = TrainingConfig(activation="identity", loss=loss)
    assert largest_rate(dataset, config) is None
    assert same(default_rate(dataset, config), 1.0 / eigenvalue(dataset.X))


def test_inputs_that_never_vary_still_give_a_rate() -> None:
    dataset = blobs(10, 2)
    still = replace(dataset, prepared=np.zeros_like(dataset.prepared))
    config = TrainingConfig(activation="sigmoid", loss="cross_entropy", bias=False)
    for size in ("full", 3):
        assert default_rate(still, replace(config, batch_size=size)) == 1.0


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "nesterov"])
def test_the_limit_is_where_descent_on_a_parabola_begins_to_grow(optimizer: str) -> None:
    dataset = line(60, 3)
    base = TrainingConfig(optimizer=optimizer, epochs=1500, momentum=0.7).resolved(dataset)
    limit = largest_rate(dataset, base)
    assert limit is not None
    losses: list[float] = []
    for share in (0.99, 1.01):
        trainer = Trainer(dataset, replace(base, learning_rate=share * limit))
        start = trainer.snapshot().loss
        trainer.advance()
        losses.append(trainer.snapshot().loss / start)
    assert losses[0] < 1.0
    assert losses[1] > 1e3
