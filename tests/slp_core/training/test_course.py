from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Floats
from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import BatchSize, blobs, line
from tests.slp_core.training.runs import CONFIGS
from tests.slp_core.training.told import each_update, told

OTHER_SAMPLES = (blobs(41, 3, 3, seed=5), blobs(60, 3, 3, seed=6, validation=0.2))


@pytest.mark.parametrize("name", CONFIGS)
def test_any_update_can_be_gone_back_to_and_is_the_same(name: str) -> None:
    dataset, config = CONFIGS[name]
    course = Course(dataset, config)
    course.advance(80)
    straight = each_update(Trainer(dataset, config), 80)
    assert course.reached == max(straight)
    order = np.random.default_rng(0).permutation(sorted(straight))
    for update in order[:30].tolist():
        assert course.seek(update)
        assert told(course) == straight[update], update
    course.seek(course.reached)
    assert told(course) == straight[course.reached]


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "optimizer": st.sampled_from(["gd", "momentum", "adam", "nesterov", "adagrad", "rmsprop"]),
        "batch_size": st.sampled_from(["full", 1, 7, 16, 100]),
        "schedule": st.sampled_from(["constant", "cosine", "step"]),
        "learning_rate": st.sampled_from([0.003, 0.1, 30.0, 1e300]),
        "l2": st.sampled_from([0.0, 0.1, 1e308]),
        "class_weights": st.sampled_from(["none", "balanced"]),
        "epochs": st.sampled_from([3, 20, 10**6]),
        "stop_loss": st.sampled_from([None, 0.4]),
        "stop_gradient": st.sampled_from([None, 0.2]),
        "patience": st.sampled_from([None, 2]),
        "clip_norm": st.sampled_from([None, 0.1]),
    },
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 60), SETTINGS, st.sampled_from([None, 0, 1])), max_size=4
)


Turn: TypeAlias = "tuple[int, dict[str, Any], int | None]"
"""Updates, the settings that change after them, and which other samples there are then."""


def turn(run: Course | Trainer, at: Turn) -> None:
    dataset = None if at[2] is None else OTHER_SAMPLES[at[2]]
    run.reconfigure(replace(run.config, **at[1]), dataset)


@settings(deadline=None, max_examples=100)
@given(SETTINGS, CHANGES, st.lists(st.integers(0, 300), max_size=8), st.integers(1, 40))
def test_going_back_and_forth_is_straight_training(
    first: dict[str, Any],
    changes: list[Turn],
    sought: list[int],
    ahead: int,
) -> None:
    dataset, config = blobs(45, 3, 3, validation=0.2), replace(TrainingConfig(), **first)
    course, trainer = Course(dataset, config), Trainer(dataset, config)
    straight: dict[int, dict[str, Any]] = {}
    last: Turn = (50, {}, None)
    for change in [*changes, last]:
        seen = each_update(trainer, change[0])
        straight = {u: state for u, state in straight.items() if u <= trainer.update} | seen
        turn(trainer, change)
        course.advance(change[0])
        turn(course, change)
        straight[trainer.update] = told(trainer)
    assert told(course) == straight[course.reached]
    assert course.reached == max(straight)
    for update in sought:
        course.seek(update)
        assert told(course) == straight[min(update, course.reached)]
        course.advance(min(3, course.reached - course.update))
        assert told(course) == straight[course.update]
    course.seek(course.reached)
    assert course.advance(ahead) == trainer.advance(ahead)
    assert told(course) == told(trainer)


@pytest.mark.parametrize("optimizer", ["lbfgs", "newton"])
def test_exact_optimizers_go_back_over_changes(optimizer: str) -> None:
    dataset = blobs(45, 3, 3, validation=0.2)
    config = TrainingConfig(optimizer=optimizer, l2=0.01, learning_rate=0.3)
    course, trainer = Course(dataset, config), Trainer(dataset, config)
    changes: list[Turn] = [(7, {"l2": 0.1}, None), (5, {}, 0), (4, {"optimizer": "momentum"}, None)]
    seen: dict[int, dict[str, Any]] = {}
    for change in changes:
        seen |= each_update(trainer, change[0])
        turn(trainer, change)
        seen[trainer.update] = told(trainer)
        course.advance(change[0])
        turn(course, change)
    for update in (0, 12, 6, 7, 15, 3, 16):
        course.seek(update)
        assert told(course) == seen[update]


class Pull:
    """A gradient of one's own: towards a point, faster the stronger the penalty."""

    def __init__(self, config: TrainingConfig) -> None:
        self._strength = 0.1 + config.l2

    def gradient_into(
        self, parameters: Parameters, X: Floats, Y: Floats, gradient: Parameters
    ) -> None:
        del Y
        gradient.W[:] = (parameters.W - X.mean()) * self._strength
        gradient.b[:] = parameters.b - 1.0


@pytest.mark.parametrize("batch", ["full", 7])
def test_steps_along_a_gradient_of_ones_own_come_again(batch: BatchSize) -> None:
    dataset, config = blobs(), TrainingConfig(batch_size=batch, learning_rate=0.1, epochs=10**6)
    course = Course(dataset, config, None, Pull)
    trainer = Trainer(dataset, config, None, Pull)
    seen = each_update(trainer, 30)
    course.advance(30)
    for run in (course, trainer):
        run.reconfigure(replace(run.config, l2=0.5))
    seen |= each_update(trainer, 30)
    course.advance(30)
    for update in (0, 59, 29, 30, 31, 60):
        course.seek(update)
        assert told(course) == seen[update]


def test_the_end_of_a_run_is_an_end_again() -> None:
    course = Course(line(), TrainingConfig(epochs=30))
    course.advance()
    ended = course.stop
    course.seek(10)
    assert course.stop is None
    course.advance()
    assert course.stop == ended
    assert course.reached == 30


def test_a_seek_that_is_cut_short_goes_on() -> None:
    course = Course(blobs(), TrainingConfig(batch_size=4, epochs=10**6))
    course.advance(4000)
    course.seek(2000)
    there = told(course)
    course.seek(4000)
    again = Course(blobs(), TrainingConfig(batch_size=4, epochs=10**6))
    again.advance(4000)
    calls = 1
    while not again.seek(2000, deadline=0.0):
        calls += 1
    assert calls > 1
    assert told(again) == there


def test_stepping_back_repeats_few_updates() -> None:
    course = Course(blobs(), TrainingConfig(batch_size=4, epochs=10**6))
    course.advance(100_000)
    repeated = 0
    course.seek(90_000)
    for update in range(89_999, 89_900, -1):
        calls = 1
        while not course.seek(update, deadline=0.0):
            calls += 1
        repeated += calls
    assert repeated < 1000


def test_beginnings_of_epochs_are_found_over_changes_of_the_batches() -> None:
    course = Course(blobs(), TrainingConfig(batch_size=8, epochs=10**6))  # 8 updates an epoch
    course.advance(19)
    course.reconfigure(replace(course.config, batch_size=30))  # 36 samples are left: 2 updates
    course.advance(6)
    begins: list[int] = []
    before = course.update
    while before > 0:
        before = course.epoch_begin(before)
        begins.append(before)
    assert begins == [23, 21, 16, 8, 0]
    for update in begins:
        course.seek(update)
        assert course.snapshot().epoch.is_integer()


def test_the_time_spent_lies_between_what_it_was_before_and_after() -> None:
    course = Course(blobs(), TrainingConfig(batch_size=4, epochs=10**6))
    course.advance(5000)
    seconds = course.snapshot().seconds
    course.seek(2500)
    assert 0.0 < course.snapshot().seconds < seconds
    course.seek(5000)
    assert course.snapshot().seconds == seconds


def test_a_limit_of_time_does_not_end_a_way_back() -> None:
    dataset: Dataset = blobs()
    course = Course(dataset, TrainingConfig(batch_size=4, epochs=10**6, stop_seconds=0.05))
    course.advance()
    assert course.stop is not None
    assert course.stop.kind == "seconds"
    course.seek(course.reached // 2)
    assert course.stop is None
    course.advance()
    assert course.stop is not None
    assert course.stop.kind == "seconds"
