"""Other ways from an earlier moment of a run, and the same way again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from slp_core.errors import ConfigError
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs
from tests.slp_core.training.told import numbers, told


def test_the_same_way_is_gone_again_without_another_branch() -> None:
    course = Course(blobs(), TrainingConfig(batch_size=8, epochs=10**6))
    course.advance(500)
    end = told(course)
    course.seek(100)
    assert course.future is not None
    assert course.advance(400) == 400
    assert told(course) == end
    assert course.future is None
    assert course.reached == 500


def test_other_settings_in_the_past_begin_another_branch() -> None:
    dataset, config = blobs(), TrainingConfig(batch_size=8, epochs=10**6)
    course = Course(dataset, config)
    course.advance(900)
    course.seek(300)
    left = course.future
    assert left is not None
    before = numbers(left)
    course.reconfigure(replace(course.config, learning_rate=0.01))
    assert (course.reached, course.future) == (300, None)
    course.advance(700)
    assert numbers(left) == before
    trainer = Trainer(dataset, config)
    trainer.advance(300)
    trainer.reconfigure(replace(trainer.config, learning_rate=0.01))
    trainer.advance(700)
    assert told(course) == told(trainer)
    course.seek(299)
    assert course.config == config.resolved(dataset)
    assert course.reached == 1000


def test_settings_in_the_past_that_are_those_of_the_end_change_nothing() -> None:
    course = Course(blobs(), TrainingConfig(epochs=10**6, learning_rate=0.5))
    course.advance(50)
    course.reconfigure(replace(course.config, learning_rate=0.1))
    course.advance(50)
    course.seek(20)
    course.reconfigure(replace(course.config, learning_rate=0.1))
    assert course.reached == 100
    assert course.config.learning_rate == 0.5
    assert course.changes_ahead
    course.go_on()
    assert course.reached == 20
    assert course.config.learning_rate == 0.1


def test_going_on_without_a_change_ahead_keeps_the_future() -> None:
    course = Course(blobs(), TrainingConfig(epochs=10**6))
    course.advance(100)
    course.seek(20)
    course.go_on()
    assert course.reached == 100


def test_a_setting_that_is_refused_leaves_the_future() -> None:
    course = Course(blobs(), TrainingConfig(epochs=10**6))
    course.advance(100)
    course.seek(20)
    with pytest.raises(ConfigError):
        course.reconfigure(replace(course.config, seed=9))
    assert course.reached == 100
    assert course.future is not None
