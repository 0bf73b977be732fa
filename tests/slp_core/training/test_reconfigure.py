"""Settings that change in mid-run, those that cannot, and starts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.history import History
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import BatchSize, blobs, line, same


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


OBJECTIVES: list[dict[str, Any]] = [{"l2": 0.3}, {"l1": 0.2}, {"class_weights": "balanced"}]


@pytest.mark.parametrize("batch", ["full", 8])
@pytest.mark.parametrize("change", OBJECTIVES, ids=lambda change: "".join(change))
def test_another_objective_has_its_own_best(change: dict[str, Any], batch: BatchSize) -> None:
    trainer = Trainer(blobs(50, 2, 3), TrainingConfig(batch_size=batch, epochs=10**6))
    trainer.advance(700)
    trainer.reconfigure(replace(trainer.config, **change))
    changed = trainer.snapshot()
    assert (changed.best_loss, changed.best_update) == (changed.loss, 700)
    trainer.advance(400)
    later = trainer.snapshot()
    new = later.history.table[:, later.objective_point :]
    seen = History(new, ())
    assert same(later.best_loss, min(float(seen.loss_min.min()), later.loss), 1e-12)
    assert later.best_loss <= changed.loss
    assert later.best_update >= 700


def test_no_point_of_the_record_mixes_two_objectives() -> None:
    """From update 512 on a point stands for two updates and more."""
    trainer = Trainer(blobs(seed=1), TrainingConfig(epochs=10**6))
    trainer.advance(3003)
    before = trainer.snapshot()
    trainer.reconfigure(replace(trainer.config, l2=5.0))
    changed = trainer.snapshot()
    assert changed.loss > 1.5 * before.loss
    trainer.advance(300)
    history, first = trainer.snapshot().history, trainer.snapshot().objective_point
    assert history.update[first] == 3003
    assert same(float(history.loss[first]), changed.loss, 1e-12)
    assert (np.diff(history.update) > 0).all()
    assert history.loss_max[1:first].max() < 0.8
    rise = history.loss_max[first - 5 : first] / history.loss_min[first - 5 : first]
    assert rise.max() < 1.01
    assert before.objective_point == 0


def test_a_change_while_paused_makes_one_point_however_often_it_is_changed() -> None:
    trainer = Trainer(blobs(), TrainingConfig(epochs=10**6))
    trainer.advance(3003)
    points = len(trainer.snapshot().history)
    for l2 in (0.1, 0.2, 0.3):
        trainer.reconfigure(replace(trainer.config, l2=l2))
        trainer.snapshot()
    assert trainer.advance(1) == 1
    assert len(trainer.snapshot().history) == points + 1


def test_a_change_of_the_objective_after_the_end_goes_on_from_there() -> None:
    trainer = Trainer(blobs(), TrainingConfig(epochs=20, batch_size=10))
    trainer.advance()
    ended = trainer.update
    trainer.reconfigure(replace(trainer.config, l2=1.0, epochs=40))
    loss = trainer.snapshot().loss
    trainer.advance()
    snapshot = trainer.snapshot()
    assert snapshot.history.update[snapshot.objective_point] > ended
    assert (np.diff(snapshot.history.update) > 0).all()
    assert snapshot.best_loss <= loss


def test_settings_that_leave_the_objective_keep_the_best() -> None:
    trainer = Trainer(blobs(), TrainingConfig(batch_size=5, learning_rate=3.0))
    trainer.advance(600)
    before = trainer.snapshot()
    assert before.best_update < 600
    trainer.reconfigure(replace(trainer.config, learning_rate=2.0, optimizer="momentum"))
    after = trainer.snapshot()
    assert (after.best_loss, after.best_update) == (before.best_loss, before.best_update)
    assert after.objective_point == 0


def test_an_objective_that_is_not_finite_is_refused_and_can_be_left() -> None:
    trainer = Trainer(blobs(), TrainingConfig(epochs=10**6))
    trainer.advance(1003)
    trainer.reconfigure(replace(trainer.config, l1=1e308, l2=1e308))
    trainer.advance(10)
    assert trainer.stop is not None
    assert trainer.stop.kind == "not_finite"
    trainer.reconfigure(replace(trainer.config, l1=0.0, l2=0.1))
    assert trainer.stop is None
    assert trainer.advance(10) == 10
    assert np.isfinite(trainer.snapshot().best_loss)


def test_patience_waits_anew_for_another_objective() -> None:
    trainer = Trainer(blobs(), TrainingConfig(epochs=10**6, patience=20))
    trainer.advance(60)
    trainer.reconfigure(replace(trainer.config, l2=0.3))
    trainer.advance(60)
    assert trainer.stop is None
    assert trainer.update == 120
    assert trainer.snapshot().best_update == 120


@pytest.mark.parametrize("batch", ["full", 20])
def test_patience_switched_on_or_changed_counts_from_then_on(batch: BatchSize) -> None:
    # Steps so small that no loss is new after a while: rounding holds them all.
    config = TrainingConfig(epochs=10**6, batch_size=batch, patience=500)
    trainer = Trainer(blobs(), replace(config, learning_rate=1e-30))
    for _ in range(10):
        trainer.advance_epoch()
    for patience in (8, 5, None, 4):
        trainer.reconfigure(replace(trainer.config, patience=patience))
        trainer.advance_epoch()
        trainer.advance_epoch()
        assert trainer.stop is None
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.kind == "patience"
    assert "for 4 epochs" in trainer.stop.text


def test_a_run_that_patience_ended_goes_on_with_more_of_it() -> None:
    trainer = Trainer(blobs(), TrainingConfig(learning_rate=1e-30, patience=3))
    trainer.advance()
    assert trainer.stop is not None
    ended = trainer.epoch
    trainer.reconfigure(replace(trainer.config, patience=6))
    assert trainer.stop is None
    trainer.advance()
    assert trainer.epoch == ended + 6
