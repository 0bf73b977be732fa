from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.training import states
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.states import RunState, States
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs

RUN = Trainer(blobs(), TrainingConfig(epochs=10**6, batch_size=7))


def state(update: int) -> RunState:
    kept = RUN.kept()
    return replace(kept, updates=replace(kept.updates, update=update))


def updates(kept: States) -> list[int]:
    return [found.update for found in kept]


@settings(deadline=None)
@given(st.lists(st.integers(0, 50)), st.integers(0, 60))
def test_states_are_found_by_their_update(numbers: list[int], sought: int) -> None:
    kept = States(100)
    for number in numbers:
        kept.add(state(number))
    assert updates(kept) == sorted(set(numbers))
    before = [number for number in numbers if number <= sought]
    after = [number for number in numbers if number > sought]
    found, follower = kept.at_or_before(sought), kept.after(sought)
    assert (found.update if found else None) == max(before, default=None)
    assert (follower.update if follower else None) == min(after, default=None)
    kept.drop_after(sought)
    assert updates(kept) == sorted(set(before))


def test_a_later_state_replaces_one_of_the_same_update() -> None:
    kept, second = States(9), state(3)
    kept.add(state(3))
    kept.add(second)
    assert kept.at_or_before(5) is second
    assert len(kept) == 1


def test_thinning_leaves_no_wide_gap_and_more_detail_early() -> None:
    kept = States(64)
    update = 1
    while update < 10**6:
        kept.add(state(update))
        kept.thin()
        update += max(1, update // 32)
    found = np.array(updates(kept))
    assert len(found) == 64
    assert found[0] == 1
    gaps = np.diff(found)
    assert gaps.max() < 0.1 * found[-1]
    assert gaps[: len(gaps) // 4].max() < 0.3 * gaps.max()


def test_states_around_a_place_are_kept() -> None:
    kept = States(4)
    for number in (1, 5, 6, 7, 20, 90):
        kept.add(state(number))
    kept.keep_around(8)
    assert updates(kept) == [1, 5, 6, 7]


def test_large_states_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "STATE_BYTES", 10 * RUN.kept().updates.nbytes)
    kept = States(64)
    for number in range(40):
        kept.add(state(number))
    kept.thin()
    assert len(kept) == 10
    monkeypatch.setattr(states, "STATE_BYTES", 1)
    kept.keep_latest()
    assert updates(kept)[-1] == 39
    assert len(kept) == 4


def test_a_thousand_changes_are_kept_and_then_the_earliest_update_moves_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = Course(blobs(), TrainingConfig(epochs=10**6, learning_rate=0.1))
    monkeypatch.setattr(course, "_changes", States(50))
    course._changes.add(course._trainer.kept())  # pyright: ignore[reportPrivateUsage] - fewer than a thousand, to be quick
    seen: dict[int, list[float]] = {}
    for number in range(120):
        course.reconfigure(replace(course.config, learning_rate=0.1 + number / 1000))
        course.advance(3)
        seen[course.update] = course.parameters.flat().tolist()
    assert course.earliest == 3 * 70
    course.seek(0)
    assert course.update == course.earliest
    for update in (3 * 71, 3 * 100, 3 * 80):
        course.seek(update)
        assert course.parameters.flat().tolist() == seen[update]


def test_many_changes_while_paused_are_one() -> None:
    course = Course(blobs(), TrainingConfig(epochs=10**6))
    course.advance(10)
    for number in range(1, 200):
        course.reconfigure(replace(course.config, learning_rate=number / 1000))
    course.advance(10)
    assert course.earliest == 0
    course.seek(10)
    assert course.config.learning_rate == 0.199
    course.seek(9)
    assert course.config.learning_rate != 0.199


def test_samples_that_are_only_kept_to_go_back_take_bounded_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = Course(blobs(), TrainingConfig(epochs=10**6))
    size = sum(a.nbytes for a in (blobs().X, blobs().labels)) + 60 * 8
    monkeypatch.setattr(states, "SAMPLE_BYTES", 5 * size)
    for seed in range(1, 20):
        course.advance(2)
        course.reconfigure(course.config, blobs(seed=seed))
    assert course.reached == 38
    assert course.earliest == 38 - 5 * 2
    assert course.seek(course.earliest)
