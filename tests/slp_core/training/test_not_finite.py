"""Numbers that leave the finite range stop the run in that very update."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.stopping import NotFinite
from slp_core.training.trainer import Trainer
from slp_core.training.vectors import clip
from tests.slp_core.training.examples import BatchSize, blobs, from_arrays, line


def failure(trainer: Trainer) -> NotFinite:
    trainer.advance()
    stop = trainer.stop
    assert stop is not None
    assert stop.kind == "not_finite"
    assert stop.not_finite is not None
    assert trainer.parameters.is_finite
    assert stop.not_finite.update == trainer.update
    return stop.not_finite


@pytest.mark.parametrize("batch", ["full", 10])
@pytest.mark.parametrize("optimizer", ["gd", "momentum", "nesterov"])
def test_a_parabola_climbed_until_it_overflows(batch: BatchSize, optimizer: str) -> None:
    config = TrainingConfig(learning_rate=1e6, batch_size=batch, optimizer=optimizer, epochs=10**6)
    trainer = Trainer(line(), config)
    found = failure(trainer)
    assert found.quantity in ("score", "loss", "gradient", "weights")
    assert found.update > 5
    assert found.count >= 1
    snapshot = trainer.snapshot()
    assert np.isfinite(snapshot.best_loss)
    if batch == "full":
        assert np.isfinite(snapshot.loss)
        assert np.isfinite(snapshot.gradient_norm)


def test_the_run_up_to_the_failure_is_the_run_without_it() -> None:
    config = TrainingConfig(learning_rate=1e6, epochs=10**6)
    trainer = Trainer(line(), config)
    failure(trainer)
    shorter = Trainer(line(), config)
    assert shorter.advance(trainer.update) == trainer.update
    assert shorter.stop is None
    assert shorter.parameters.flat().tolist() == trainer.parameters.flat().tolist()


@pytest.mark.parametrize("batch", ["full", 4])
def test_a_step_that_overflows_is_named_and_placed(batch: BatchSize) -> None:
    config = TrainingConfig(learning_rate=1e308, batch_size=batch)
    X = np.array([[1.0, -1e3], [2.0, 1e3], [3.0, 1e3], [4.0, 2e3], [5.0, -1e3], [6.0, 1e3]])
    trainer = Trainer(from_arrays(X, np.array([0, 1, 1, 1, 0, 0]), scaling="none"), config)
    found = failure(trainer)
    assert found.quantity == "weights"
    assert found.where == (1, 0)
    assert found.update == 0
    assert trainer.stop is not None
    assert "weights" in trainer.stop.text
    assert "term 2, output 1" in trainer.stop.text
    assert not trainer.parameters.W.any()


def test_the_sample_of_a_score_is_named_by_its_number_not_its_place_in_the_batch() -> None:
    X = np.ones((12, 1))
    X[7] = 1e200
    dataset = from_arrays(X + np.arange(12)[:, None], np.arange(12) % 2, scaling="none")
    start = Parameters(np.array([[1e200]]), np.zeros(1))
    for batch in (3, "full"):
        trainer = Trainer(dataset, TrainingConfig(batch_size=batch, learning_rate=0.1), start)
        found = failure(trainer)
        assert found.quantity == "score"
        assert found.where == (7, 0)
        assert (found.count, found.update) == (1, 0)


def test_a_loss_whose_terms_overflow_is_named() -> None:
    dataset = line(20, 1)
    start = Parameters(np.array([[1e200]]), np.zeros(1))
    trainer = Trainer(dataset, TrainingConfig(), start)
    found = failure(trainer)
    assert found.quantity == "loss"
    assert len(found.where) == 1
    assert found.size == len(dataset.X)


def test_a_lower_rate_goes_on_from_the_last_finite_weights() -> None:
    config = TrainingConfig(learning_rate=1e6, optimizer="momentum", epochs=10**4)
    trainer = Trainer(line(), config)
    failure(trainer)
    kept, loss = trainer.parameters.flat(), trainer.snapshot().loss
    trainer.reconfigure(trainer.config)
    assert trainer.stop is not None
    trainer.reconfigure(replace(trainer.config, learning_rate=0.1))
    assert trainer.stop is None
    assert trainer.parameters.flat().tolist() == kept.tolist()
    trainer.advance(500)
    assert trainer.stop is None
    assert trainer.snapshot().loss < 1e-10 * loss


@pytest.mark.parametrize("batch", ["full", 8])
def test_clipping_keeps_a_wild_rate_finite(batch: BatchSize) -> None:
    config = TrainingConfig(learning_rate=1e3, clip_norm=1e-3, batch_size=batch, epochs=30)
    trainer = Trainer(line(), config)
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.kind == "epochs"


def test_clipping_shortens_without_turning_even_where_squares_overflow() -> None:
    gradient = np.array([3e200, -4e200])
    with np.errstate(over="ignore"):
        clip(gradient, 10.0)
    np.testing.assert_allclose(gradient, [6.0, -8.0], rtol=1e-12)
    clip(gradient, 20.0)
    np.testing.assert_allclose(gradient, [6.0, -8.0], rtol=1e-12)


def test_very_large_finite_weights_are_no_failure() -> None:
    start = Parameters(np.full((2, 1), 1e200), np.zeros(1))
    trainer = Trainer(blobs(), TrainingConfig(batch_size=8, epochs=2), start)
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.kind == "epochs"


def test_a_loss_that_is_infinite_from_the_start_is_said() -> None:
    config = TrainingConfig(activation="step", loss="cross_entropy")
    trainer = Trainer(blobs(), config)
    found = failure(trainer)
    assert (found.quantity, found.update) == ("loss", 0)
    assert trainer.stop is not None
    assert "at the start" in trainer.stop.text
    assert trainer.snapshot().history.table.shape[1] == 0


def test_a_step_to_where_the_loss_overflows_is_no_fault_of_the_start() -> None:
    trainer = Trainer(line(), TrainingConfig(learning_rate=1e160))
    found = failure(trainer)
    assert (found.quantity, found.update) == ("loss", 0)
    assert trainer.stop is not None
    assert trainer.stop.text.startswith("Stopped in update 1: the loss is no longer finite.")
    assert "The weights before it are kept" in trainer.stop.text
    assert "lower the learning rate" in trainer.stop.text
    assert not trainer.parameters.W.any()


def test_weights_that_are_kept_are_not_called_those_before() -> None:
    """With mini-batches the loss of all samples tells of the update before, which stays."""
    trainer = Trainer(line(), TrainingConfig(learning_rate=1e160, batch_size=25))
    found = failure(trainer)
    assert (found.quantity, found.update) == ("loss", 1)
    assert trainer.stop is not None
    assert trainer.stop.text.startswith("Stopped after update 1: the loss is no longer finite.")
    assert "before" not in trainer.stop.text
    assert trainer.parameters.W.all()


@pytest.mark.parametrize("batch", ["full", 3])
def test_a_gradient_that_is_infinite_from_the_start_is_no_fault_of_a_rate(batch: BatchSize) -> None:
    X = np.array([[1e200], [1.0], [2.0], [3.0], [4.0], [5.0]])
    start = Parameters(np.array([[1e-180]]), np.array([-1e120]))
    config = TrainingConfig(learning_rate=1e-3, batch_size=batch)
    trainer = Trainer(from_arrays(X, np.linspace(0.1, 0.7, 6), scaling="none"), config, start)
    found = failure(trainer)
    assert (found.quantity, found.update) == ("gradient", 0)
    assert trainer.stop is not None
    assert trainer.stop.text.startswith("The gradient is not finite at the start (")
