"""The perceptron's loss is 0 at weights of zeros, where nothing is decided: it must not count."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import BatchSize, blobs, from_arrays

RULE = TrainingConfig(
    activation="step", loss="perceptron", initializer="zeros", learning_rate=0.1, epochs=30
)


@pytest.mark.parametrize("batch", ["full", 1, 7])
def test_a_start_of_zeros_is_not_the_best(batch: BatchSize) -> None:
    trainer = Trainer(blobs(), replace(RULE, batch_size=batch))
    start = trainer.snapshot()
    assert (start.loss, start.best_loss) == (0.0, math.inf)
    trainer.advance(1)
    first = trainer.snapshot()
    assert (first.best_loss, first.best_update) == (first.loss, 1)
    assert first.loss > 0.0
    trainer.advance()
    end = trainer.snapshot()
    assert end.best_update > 0
    assert 0.0 < end.best_loss <= end.history.loss[1:].min()


@pytest.mark.parametrize("batch", ["full", 1])
def test_no_goal_is_reached_at_a_start_of_zeros(batch: BatchSize) -> None:
    X = np.array([[-2.0, 0.5], [-1.0, -0.5], [1.0, 0.5], [2.0, -0.5]])
    dataset = from_arrays(X, np.array([0, 0, 1, 1]))
    trainer = Trainer(dataset, replace(RULE, stop_loss=0.0, batch_size=batch))
    assert trainer.advance() > 0
    assert trainer.stop is not None
    assert trainer.stop.kind == "loss"
    snapshot = trainer.snapshot()
    assert (snapshot.accuracy, snapshot.best_loss) == (1.0, 0.0)
    assert snapshot.best_update == snapshot.update


@pytest.mark.parametrize("validation", [0.0, 0.25])
def test_patience_does_not_compare_with_a_start_of_zeros(validation: float) -> None:
    trainer = Trainer(blobs(validation=validation), replace(RULE, patience=5, epochs=500))
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.kind == "patience"
    assert "at epoch 0." not in trainer.stop.text
    history = trainer.snapshot().history
    losses = history.validation_loss if validation else history.loss
    assert len(losses) - 1 - (1 + int(np.argmin(losses[1:]))) == 5


def test_weights_that_stay_zero_are_stopped_by_patience_without_a_best() -> None:
    X = np.array([[1.0], [1.0], [-1.0], [-1.0]])
    dataset = from_arrays(X, np.array([0, 1, 0, 1]))
    trainer = Trainer(dataset, replace(RULE, patience=5))
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.text == "The training loss has not got better for 5 epochs."


def test_other_starts_and_other_losses_count_from_the_start() -> None:
    moved = Trainer(blobs(), replace(RULE, initializer="normal")).snapshot()
    assert moved.best_loss == moved.loss > 0.0
    smooth = Trainer(
        blobs(), TrainingConfig(activation="sigmoid", loss="cross_entropy", initializer="zeros")
    ).snapshot()
    assert smooth.best_loss == smooth.loss
    assert smooth.loss == pytest.approx(math.log(2.0))
