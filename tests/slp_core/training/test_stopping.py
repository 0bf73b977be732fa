from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from slp_core.training.config import TrainingConfig
from slp_core.training.stopping import Patience, Stop
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import BatchSize, blobs, from_arrays


def stopped(trainer: Trainer) -> Stop:
    trainer.advance()
    stop = trainer.stop
    assert stop is not None
    assert trainer.snapshot().stop is stop
    assert trainer.advance() == 0
    return stop


@pytest.mark.parametrize(("batch", "updates"), [("full", 7), (20, 21), (7, 63)])
def test_epochs(batch: BatchSize, updates: int) -> None:
    trainer = Trainer(blobs(60), TrainingConfig(epochs=7, batch_size=batch))
    assert trainer.advance() == updates
    assert trainer.epoch == 7.0
    stop = stopped(trainer)
    assert stop.kind == "epochs"
    assert "7" in stop.text


def test_no_epochs_no_updates() -> None:
    trainer = Trainer(blobs(), TrainingConfig(epochs=0))
    assert trainer.advance() == 0
    assert stopped(trainer).kind == "epochs"
    assert len(trainer.snapshot().history) == 1


@pytest.mark.parametrize("batch", ["full", 10])
def test_loss(batch: BatchSize) -> None:
    trainer = Trainer(blobs(seed=1), TrainingConfig(stop_loss=0.4, batch_size=batch))
    stop = stopped(trainer)
    assert stop.kind == "loss"
    assert trainer.snapshot().loss <= 0.4
    assert f"{trainer.snapshot().loss:.6g}" in stop.text
    assert trainer.epoch < 20


def test_gradient() -> None:
    trainer = Trainer(blobs(), TrainingConfig(stop_gradient=1e-3))
    assert stopped(trainer).kind == "gradient"
    snapshot = trainer.snapshot()
    assert snapshot.gradient_norm <= 1e-3
    assert snapshot.history.gradient_norm[:-1].min() > 1e-3


def test_seconds_count_training_only() -> None:
    trainer = Trainer(blobs(), TrainingConfig(stop_seconds=0.02, epochs=10**9))
    stop = stopped(trainer)
    assert stop.kind == "seconds"
    assert "0.02" in stop.text
    assert trainer.snapshot().seconds >= 0.02


def test_patience_watches_the_validation_loss() -> None:
    generator = np.random.default_rng(3)
    X = generator.normal(size=(40, 12))
    dataset = from_arrays(X, generator.permutation(np.arange(40) % 2), validation=0.5)
    trainer = Trainer(dataset, TrainingConfig(patience=5))
    stop = stopped(trainer)
    assert stop.kind == "patience"
    assert "validation" in stop.text
    losses = trainer.snapshot().history.validation_loss
    assert len(losses) - 1 - int(np.argmin(losses)) == 5


def test_patience_without_validation_watches_the_training_loss() -> None:
    dataset = blobs()
    trainer = Trainer(dataset, TrainingConfig(patience=3, batch_size=15, epochs=5000))
    stop = stopped(trainer)
    assert stop.kind == "patience"
    assert "training" in stop.text
    assert trainer.epoch == int(trainer.epoch)


def test_patience_counts_epochs_once() -> None:
    patience = Patience()
    for epoch, loss in ((0, 3.0), (1, 2.0), (1, 9.0), (2, 2.0), (3, 2.5)):
        patience.see(epoch, loss)
    assert patience.waited == 2
    assert (patience.best, patience.best_epoch) == (2.0, 1)


def test_more_epochs_revive_a_finished_run_and_lead_to_the_same_weights() -> None:
    dataset = blobs()
    short = TrainingConfig(epochs=10, batch_size=7)
    trainer = Trainer(dataset, short)
    trainer.advance()
    trainer.reconfigure(replace(short, epochs=25))
    assert trainer.stop is None
    trainer.advance()
    straight = Trainer(dataset, replace(short, epochs=25))
    straight.advance()
    assert trainer.parameters.flat().tolist() == straight.parameters.flat().tolist()


def test_a_rule_that_still_holds_keeps_the_run_ended() -> None:
    trainer = Trainer(blobs(seed=1), TrainingConfig(stop_loss=0.4))
    trainer.advance()
    trainer.reconfigure(replace(trainer.config, stop_loss=0.5))
    assert trainer.stop is not None
    assert trainer.stop.kind == "loss"
    trainer.reconfigure(replace(trainer.config, stop_loss=0.1))
    assert trainer.stop is None


@pytest.mark.parametrize("batch", ["full", 7])
def test_fewer_epochs_than_made_end_a_run_at_the_next_call(batch: BatchSize) -> None:
    trainer = Trainer(blobs(), TrainingConfig(epochs=50, batch_size=batch))
    trainer.advance(190)
    made = trainer.update
    trainer.reconfigure(replace(trainer.config, epochs=10))
    assert trainer.advance() == 0
    assert trainer.update == made
    assert trainer.stop is not None
    assert trainer.stop.kind == "epochs"
    assert trainer.snapshot().history.update[-1] == made
