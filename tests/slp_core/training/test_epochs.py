"""How many updates are left of an epoch, whatever was changed within it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import BatchSize, blobs


def completes_the_epoch(trainer: Trainer) -> bool:
    """Whether the updates said to be left end the present epoch exactly."""
    before = int(trainer.epoch)
    left = trainer.updates_left_in_epoch
    trainer.advance(left - 1)
    within = int(trainer.epoch) == before
    trainer.advance(1)
    return within and trainer.epoch == before + 1


@pytest.mark.parametrize("sizes", [(20, 7), (7, 20), (20, 1), (1, 49), ("full", 20), (9, "full")])
def test_updates_left_complete_the_epoch_in_the_batch_size_in_force(
    sizes: tuple[BatchSize, BatchSize],
) -> None:
    first, second = sizes
    trainer = Trainer(blobs(50), TrainingConfig(batch_size=first))
    assert trainer.updates_left_in_epoch == trainer.updates_per_epoch
    trainer.advance(1)
    trainer.reconfigure(replace(trainer.config, batch_size=second))
    assert completes_the_epoch(trainer)
    assert trainer.updates_left_in_epoch == trainer.updates_per_epoch
    assert completes_the_epoch(trainer)


def test_updates_left_are_those_of_advance_epoch() -> None:
    trainer = Trainer(blobs(50), TrainingConfig(batch_size=8))
    trainer.advance(3)
    assert trainer.updates_left_in_epoch == 4
    trainer.reconfigure(replace(trainer.config, batch_size=5))
    assert trainer.updates_left_in_epoch == 6
    assert trainer.advance_epoch() == 6
    assert trainer.epoch == 1.0
    newton = Trainer(blobs(50), TrainingConfig(optimizer="newton", l2=0.1))
    assert newton.updates_left_in_epoch == newton.advance_epoch() == 1
