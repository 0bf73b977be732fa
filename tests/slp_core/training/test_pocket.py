from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.pocket import Pocket
from slp_core.training.problem import pose
from slp_core.training.trainer import Trainer
from slp_core.training.vectors import Vectors
from tests.slp_core.training.examples import blobs

PLAIN = blobs(60, 3, 2)
HELD_OUT = blobs(60, 3, 2, validation=0.3)
BOUNCING = TrainingConfig(learning_rate=40.0, optimizer="momentum", epochs=200)
"""A rate far too large: the loss goes up and down, so that the best is not the last."""


def loss_of(parameters: Parameters, config: TrainingConfig, *, held: bool) -> float:
    data = HELD_OUT if held else PLAIN
    problem = pose(data, config.resolved(data))
    part = problem.validation if held else problem.training
    assert part is not None
    return problem.objective.value(parameters, part.X, part.Y)


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "adam"])
def test_in_full_batches_the_best_of_all_states_is_kept(optimizer: str) -> None:
    config = replace(BOUNCING, optimizer=optimizer)
    trainer = Trainer(PLAIN, config)
    seen: dict[int, tuple[float, bytes]] = {}
    for _ in range(80):
        now = trainer.snapshot()
        seen[now.update] = now.loss, now.parameters.flat().tobytes()
        trainer.advance(1)
    trainer.advance(0)
    found = trainer.snapshot().best
    seen[trainer.update] = trainer.snapshot().loss, trainer.parameters.flat().tobytes()
    assert found is not None
    least = min(loss for loss, _ in seen.values())
    assert (found.loss, found.parameters.flat().tobytes()) == seen[found.update]
    assert found.loss == least == trainer.snapshot().best_loss
    assert found.update == trainer.snapshot().best_update
    assert not found.by_validation


@pytest.mark.parametrize("batch", ["full", 8])
def test_with_a_validation_part_its_loss_decides_at_the_points(batch: int | str) -> None:
    config = replace(BOUNCING, batch_size=batch, optimizer="gd")  # type: ignore[arg-type]  # as listed
    trainer = Trainer(HELD_OUT, config)
    trainer.advance(700)
    now = trainer.snapshot()
    best, history = now.best, now.history
    assert best is not None
    assert best.by_validation
    assert best.loss == np.nanmin([*history.validation_loss, now.validation_loss or math.inf])
    assert best.update in {*history.update.tolist(), now.update}
    assert best.loss == pytest.approx(loss_of(best.parameters, now.config, held=True), rel=1e-12)
    assert best.update < now.update


def test_the_training_loss_does_not_decide_where_samples_are_held_out() -> None:
    trainer = Trainer(HELD_OUT, TrainingConfig(epochs=2000, learning_rate=5.0))
    trainer.advance(2000)
    now = trainer.snapshot()
    assert now.best is not None
    assert now.best.update != now.best_update


def test_going_to_the_best_finds_the_weights_that_are_kept() -> None:
    course = Course(HELD_OUT, replace(BOUNCING, batch_size=8))
    course.advance(900)
    best = course.snapshot().best
    assert best is not None
    course.seek(best.update)
    np.testing.assert_array_equal(course.parameters.flat(), best.parameters.flat())


def test_looking_on_the_way_changes_nothing() -> None:
    config = replace(BOUNCING, batch_size=8)
    quiet, watched = Trainer(PLAIN, config), Trainer(PLAIN, config)
    quiet.advance(500)
    for _ in range(500):
        watched.advance(1)
        watched.snapshot()
    first, second = quiet.snapshot().best, watched.snapshot().best
    assert first is not None
    assert second is not None
    assert (first.update, first.loss) == (second.update, second.loss)
    np.testing.assert_array_equal(first.parameters.flat(), second.parameters.flat())


def test_another_objective_begins_anew() -> None:
    trainer = Trainer(PLAIN, TrainingConfig())
    trainer.advance(50)
    trainer.reconfigure(replace(trainer.config, l2=0.5))
    best = trainer.snapshot().best
    assert best is not None
    assert best.update == 50
    assert best.loss == pytest.approx(loss_of(best.parameters, trainer.config, held=False))


def test_samples_that_are_held_out_later_decide_from_then_on() -> None:
    trainer = Trainer(PLAIN, TrainingConfig(learning_rate=0.5))
    trainer.advance(50)
    trainer.reconfigure(trainer.config, HELD_OUT)
    trainer.advance(300)
    best = trainer.snapshot().best
    assert best is not None
    assert best.by_validation
    assert best.update >= 50


def test_what_was_handed_out_does_not_move() -> None:
    trainer = Trainer(PLAIN, TrainingConfig())
    trainer.advance(5)
    early = trainer.snapshot().best
    assert early is not None
    before = early.parameters.flat().copy()
    trainer.advance(100)
    np.testing.assert_array_equal(early.parameters.flat(), before)
    assert not early.parameters.W.flags.writeable


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=20))
def test_the_least_number_wins_and_the_first_of_equals(losses: list[float]) -> None:
    pocket = Pocket()
    for update, loss in enumerate(losses):
        weights = np.full((1, 1), float(update))
        pocket.offer(update, loss, Vectors(Parameters(weights, np.zeros(1))))
    counted = [(loss, update) for update, loss in enumerate(losses) if loss < math.inf]
    best = pocket.best()
    if not counted:
        assert best is None
        return
    assert best is not None
    assert (best.loss, best.update) == min(counted, key=lambda pair: (pair[0], pair[1]))
    assert best.parameters.W[0, 0] == best.update
    other = Pocket()
    other.restore(best, by_validation=False)
    assert other.best() is best
