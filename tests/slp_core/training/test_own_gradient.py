"""Runs whose steps follow another gradient, and what is recorded of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from slp_core.errors import ConfigError
from slp_core.insight.gradient.starts import STARTS, right_formula
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import gaussians

DATA = gaussians()
SIGMOID = TrainingConfig(activation="sigmoid", loss="cross_entropy", learning_rate=0.5, epochs=400)
RIGHT = TypedGradient(right_formula(pair("sigmoid", "cross_entropy")))
Q1 = STARTS["q1_printed"]


@pytest.mark.parametrize("batch", ["full", 16])
def test_the_right_formula_goes_where_the_program_goes(batch: int | Literal["full"]) -> None:
    config = replace(SIGMOID, batch_size=batch, epochs=20, l2=0.01)
    typed, own = Trainer(DATA, config, None, RIGHT), Trainer(DATA, config)
    typed.advance()
    own.advance()
    assert typed.update == own.update > 0
    np.testing.assert_allclose(typed.parameters.W, own.parameters.W, rtol=1e-9)
    np.testing.assert_allclose(typed.parameters.b, own.parameters.b, rtol=1e-9)


@pytest.mark.parametrize("batch", ["full", 16])
def test_steps_are_the_typed_ones_and_the_record_is_true(batch: int | Literal["full"]) -> None:
    start = Parameters(np.array([[0.2], [0.1]]), np.zeros(1))
    config = replace(SIGMOID, batch_size=batch)
    typed = Trainer(DATA, config, start, TypedGradient("dW = 0 * W + 1\n"))
    before = typed.snapshot()
    typed.advance(1)
    np.testing.assert_allclose(typed.parameters.W, start.W - 0.5)
    assert typed.parameters.b[0] == 0.0  # the formula has no db
    truth = Trainer(DATA, config, start).snapshot()
    assert (before.loss, before.gradient_norm) == (truth.loss, truth.gradient_norm)


def test_a_gradient_that_is_not_a_number_ends_the_run_and_is_named() -> None:
    run = Trainer(DATA, SIGMOID, None, TypedGradient(Q1.source, "columns"))
    run.advance()
    assert run.stop is not None
    assert run.stop.kind == "not_finite"
    assert np.isfinite(run.parameters.W).all()


def test_going_back_makes_the_same_steps_again() -> None:
    source = STARTS["q1_elementwise"].source
    course = Course(
        DATA, replace(SIGMOID, learning_rate=0.05), None, TypedGradient(source, "columns")
    )
    course.advance(6)
    there = course.parameters.W.copy()
    course.seek(2)
    course.seek(6)
    assert np.array_equal(course.parameters.W, there)


def test_penalties_changed_during_a_run_reach_the_formula() -> None:
    run = Trainer(DATA, SIGMOID, None, TypedGradient("dW = l2 * ones_like(W)\n"))
    run.advance(1)
    at = run.parameters.W.copy()
    run.reconfigure(replace(SIGMOID, l2=0.5))
    run.advance(1)
    np.testing.assert_allclose(run.parameters.W, at - 0.25)


def test_without_bias_the_formulas_db_is_not_followed() -> None:
    run = Trainer(DATA, replace(SIGMOID, bias=False), None, RIGHT)
    run.advance(3)
    assert run.parameters.b[0] == 0.0


def test_an_optimizer_that_searches_refuses_it() -> None:
    with pytest.raises(ConfigError) as caught:
        Trainer(DATA, replace(SIGMOID, optimizer="lbfgs"), None, RIGHT)
    assert caught.value.field == "optimizer"
    assert "lbfgs" not in caught.value.allowed
    assert "adam" in caught.value.allowed
