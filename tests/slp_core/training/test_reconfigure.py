"""Settings that change in mid-run, those that cannot, and starts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs, line, same


def test_a_rate_changed_in_mid_run_acts_on_the_next_update() -> None:
    trainer = Trainer(line(), TrainingConfig(learning_rate=0.01))
    trainer.advance(10)
    before = trainer.parameters.flat()
    gradient = trainer.snapshot().gradient_norm
    trainer.reconfigure(replace(trainer.config, learning_rate=0.5))
    assert trainer.parameters.flat().tolist() == before.tolist()
    trainer.advance(1)
    step = np.linalg.norm(trainer.parameters.flat() - before)
    assert same(float(step), 0.5 * gradient, 1e-9)
    assert trainer.snapshot().learning_rate == 0.5


@pytest.mark.parametrize(
    "change",
    [
        {"optimizer": "lbfgs", "learning_rate": None, "batch_size": "full"},
        {"batch_size": 3},
        {"batch_size": "full"},
        {"l2": 5.0},
        {"l1": 0.5},
        {"class_weights": "balanced"},
        {"momentum": 0.1, "schedule": "cosine", "clip_norm": 1e-3},
    ],
)
def test_settings_change_in_mid_epoch_without_losing_the_weights(change: dict[str, Any]) -> None:
    dataset = blobs(50, 2, 3)
    trainer = Trainer(dataset, TrainingConfig(batch_size=8, optimizer="momentum"))
    trainer.advance(10)
    before = trainer.parameters.flat().tolist()
    trainer.reconfigure(replace(trainer.config, **change))
    assert trainer.parameters.flat().tolist() == before
    assert trainer.update == 10
    snapshot = trainer.snapshot()
    assert trainer.advance(5) >= 1
    assert trainer.parameters.flat().tolist() != before
    again = Trainer(dataset, snapshot.config, snapshot.parameters)
    assert same(again.snapshot().loss, snapshot.loss, 1e-12)


@pytest.mark.parametrize(
    ("field", "value"),
    [("activation", "tanh"), ("seed", 3), ("initializer", "normal"), ("bias", False)],
)
def test_what_needs_a_new_run_is_refused(field: str, value: object) -> None:
    trainer = Trainer(blobs(), TrainingConfig(loss="quadratic", activation="sigmoid"))
    trainer.advance(3)
    before = trainer.config
    changes: dict[str, Any] = {field: value}
    with pytest.raises(ConfigError) as caught:
        trainer.reconfigure(replace(before, **changes))
    assert caught.value.field == field
    assert trainer.config is before


def test_the_start_can_be_had_again() -> None:
    dataset, config = blobs(), TrainingConfig(initializer="normal", seed=3, epochs=5)
    first = Trainer(dataset, config)
    first.advance()
    second = Trainer(dataset, replace(config, seed=4), first.start)
    assert second.start.flat().tolist() == first.start.flat().tolist()
    second.advance()
    assert second.parameters.flat().tolist() == first.parameters.flat().tolist()
    given = Trainer(dataset, replace(config, start=first.start))
    assert given.start.flat().tolist() == first.start.flat().tolist()


def test_a_start_of_another_shape_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"\(2, 1\)"):
        Trainer(blobs(), TrainingConfig(), Parameters(np.zeros((3, 1)), np.zeros(1)))
