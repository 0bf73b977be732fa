"""A run that goes on with other samples."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample, sample_table
from slp_core.errors import ConfigError
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


def gaussians(points: int, seed: int = 0) -> Dataset:
    return load_sample("two_gaussians", points=points, seed=seed, scaling="none")


@pytest.mark.parametrize("batch", ["full", 32])
@pytest.mark.parametrize("points", [80, 200, 640])
def test_the_weights_stay_and_the_loss_is_of_the_new_samples(
    batch: int | Literal["full"], points: int
) -> None:
    trainer = Trainer(gaussians(200), TrainingConfig(batch_size=batch, epochs=50))
    trainer.advance(27)
    before = trainer.snapshot()
    other = gaussians(points, seed=1)
    trainer.reconfigure(trainer.config, other)
    after = trainer.snapshot()
    assert np.array_equal(after.parameters.W, before.parameters.W)
    assert after.update == before.update
    fresh = Trainer(other, trainer.config, before.parameters).snapshot()
    assert after.loss == fresh.loss
    assert after.accuracy == fresh.accuracy
    assert after.best_loss == after.loss
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.kind == "epochs"
    assert len(trainer.snapshot().history) > 0


def test_samples_exchanged_in_mid_epoch_begin_an_epoch() -> None:
    trainer = Trainer(gaussians(200), TrainingConfig(batch_size=32))
    trainer.advance(3)
    trainer.reconfigure(trainer.config, gaussians(100, seed=1))
    assert trainer.epoch == 1.0
    assert trainer.updates_left_in_epoch == 4


@pytest.mark.parametrize("optimizer", ["newton", "lbfgs", "adam"])
def test_any_optimizer_finds_the_new_optimum(optimizer: str) -> None:
    config = TrainingConfig(optimizer=optimizer, epochs=400, l2=0.01)
    trainer = Trainer(gaussians(200), config)
    trainer.advance()
    other = gaussians(300, seed=1)
    trainer.reconfigure(trainer.config, other)
    trainer.reconfigure(TrainingConfig(optimizer=optimizer, epochs=900, l2=0.01))
    trainer.advance()
    best = Trainer(other, TrainingConfig(optimizer="newton", epochs=50, l2=0.01))
    best.advance()
    assert trainer.snapshot().loss == pytest.approx(best.snapshot().loss, rel=1e-4)


def test_an_ended_run_goes_on_when_its_goal_is_out_of_reach_again() -> None:
    trainer = Trainer(gaussians(200), TrainingConfig(stop_loss=0.3))
    trainer.advance()
    assert trainer.stop is not None
    flipped = Dataset.from_table(sample_table("xor", points=200), scaling="none")
    trainer.reconfigure(trainer.config, flipped)
    assert trainer.stop is None


@pytest.mark.parametrize("other", ["three_blobs", "iris", "noisy_line"])
def test_samples_that_do_not_fit_the_weights_are_refused(other: str) -> None:
    trainer = Trainer(gaussians(200), TrainingConfig(activation="identity", loss="quadratic"))
    trainer.advance(5)
    with pytest.raises(ConfigError):
        trainer.reconfigure(trainer.config, load_sample(other))
    trainer.advance(5)
    assert trainer.update == 10
