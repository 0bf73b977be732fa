"""What the lab works out off the GUI thread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.jobs import JobControl
from app.lab.asked import Asked, Ground, Options
from app.lab.words import NO_PROOF, moral
from app.lab.work import complete, quick, shapes_of, trainable
from slp_core.errors import FormulaError
from slp_core.insight.gradient.starts import STARTS, right_formula
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from tests.slp_core.training.examples import gaussians

SIGMOID = pair("sigmoid", "cross_entropy")
DATA = gaussians(60)
GROUND = Ground(DATA, SIGMOID, TrainingConfig())
RIGHT = right_formula(SIGMOID)


def _control() -> JobControl:
    return JobControl(lambda _: None)


def _checked(source: str, ground: Ground = GROUND) -> Asked:
    return Asked(source, ground, Options())


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="dWXYZNb=@*/+-().T,\n 01sumexp_[]'\"", max_size=80))
def test_no_text_breaks_the_ledger_or_the_check(source: str) -> None:
    shapes = shapes_of(source, GROUND, "rows")
    assert shapes.source == source
    outcome = quick(_checked(source))(_control())
    assert outcome.report.verdict in ("right", "suspicious", "wrong", "refused")


def test_a_cancelled_check_gives_up() -> None:
    control = _control()
    control.cancel()
    with pytest.raises(FormulaError) as caught:
        quick(_checked(RIGHT))(control)
    assert caught.value.code == "formula.cancelled"


def test_weights_that_are_not_finite_are_no_point_to_check_at() -> None:
    broken = Parameters(np.full((2, 1), np.nan), np.zeros(1))
    report = quick(_checked(RIGHT, replace(GROUND, parameters=broken)))(_control()).report
    assert report.verdict == "right"
    assert "not finite" in report.remarks[0]


def test_class_weights_are_said_to_be_left_out() -> None:
    weighted = replace(GROUND, config=TrainingConfig(class_weights="balanced"))
    report = quick(_checked(RIGHT, weighted))(_control()).report
    assert "class weights" in report.remarks[0]


def test_single_fixes_come_with_the_whole_answer() -> None:
    start = STARTS["q1_printed"]
    config = TrainingConfig(bias=False)
    asked = Asked(start.source, replace(GROUND, config=config), Options(convention="columns"))
    first = quick(asked)(_control())
    assert not first.whole
    assert first.singles == {}
    outcome = complete(first)(_control())
    assert set(outcome.singles) == set(start.mistakes)
    assert outcome.report.sweep is not None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("dW = X\n", "has the shape"),
        ("dW = X @ W\n", "has the shape"),
        ("dW = X @ X\n", "do not meet"),
        ("E = Z - Y\n", "no line assigns dW"),
        ("dW = import os\n", ""),
    ],
)
def test_what_no_run_could_step_by_is_refused(source: str, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        trainable(source, GROUND, "rows", TrainingConfig(batch_size=7))
    assert said in caught.value.message


def test_the_right_formula_can_be_stepped_by_in_batches_of_any_size() -> None:
    for size in (1, 7, 60, 100):
        assert trainable(RIGHT, GROUND, "rows", TrainingConfig(batch_size=size)).bias == "db"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("dW = X.T @ (Z - Y)\ndb = sum(Z - Y, axis=0)\n", NO_PROOF),
        ("dW = X.T @ (Y - Z) / N\ndb = mean(Y - Z, axis=0)\n", "loss climb"),
        (RIGHT, "Every component"),
        ("dW = 1e-14 * X.T @ (Z - Y)\ndb = 0 * b\n", "stands still"),
    ],
)
def test_the_moral_follows_the_direction(source: str, said: str) -> None:
    assert said in moral(quick(_checked(source))(_control()).report)
