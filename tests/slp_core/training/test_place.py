"""Weights that a hand has put elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.data.samples import load_sample
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.trainer import Trainer

DATA = load_sample("two_gaussians")
ELSEWHERE = Parameters(np.array([[3.0], [-2.0]]), np.array([0.5]))


@pytest.mark.parametrize("optimizer", ["gd", "adam", "lbfgs"])
def test_training_goes_on_from_there_as_from_a_start(optimizer: str) -> None:
    config = TrainingConfig(optimizer=optimizer, epochs=500)
    moved = Trainer(DATA, config)
    moved.advance(20)
    moved.place(ELSEWHERE)
    np.testing.assert_array_equal(moved.snapshot().parameters.W, ELSEWHERE.W)
    fresh = Trainer(DATA, config, ELSEWHERE)
    moved.advance(10)
    fresh.advance(10)
    np.testing.assert_array_equal(moved.parameters.W, fresh.parameters.W)


def test_a_run_that_had_ended_goes_on() -> None:
    trainer = Trainer(DATA, TrainingConfig(stop_loss=0.3))
    trainer.advance()
    assert trainer.stop is not None
    trainer.place(ELSEWHERE)
    assert trainer.stop is None
    assert trainer.advance(5) == 5


@pytest.mark.parametrize(
    "weights",
    [
        Parameters(np.zeros((3, 1)), np.zeros(1)),
        Parameters(np.array([[np.nan], [0.0]]), np.zeros(1)),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights: Parameters) -> None:
    trainer = Trainer(DATA, TrainingConfig())
    with pytest.raises(ConfigError):
        trainer.place(weights)


def test_the_place_can_be_gone_back_to() -> None:
    course = Course(DATA, TrainingConfig())
    course.advance(30)
    course.place(ELSEWHERE)
    course.advance(30)
    end = course.parameters.W.copy()
    course.seek(10)
    course.seek(30)
    np.testing.assert_array_equal(course.parameters.W, ELSEWHERE.W)
    course.seek(60)
    np.testing.assert_array_equal(course.parameters.W, end)
