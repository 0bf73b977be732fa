"""The sweep of rates as a card shows it, and the table of experiments."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest

import slp_core as slp
from slp_core.insight.experiments import Experiment, fit_few
from slp_core.insight.experiments_rates import Sweep, rate_sweep
from slp_core.insight.experiments_rows import EXPERIMENTS, ExperimentRow, Subject
from slp_core.insight.experiments_runs import Watch
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.training.config import TrainingConfig

DEFAULT = TrainingConfig()
UPHILL = TypedGradient("E = Z - Y\ndW = -X.T @ E / N\ndb = -sum(E, axis=0) / N")


def test_the_rate_that_is_set_is_tried_as_well() -> None:
    data = slp.load_sample("two_gaussians")
    sweep = rate_sweep(data, TrainingConfig(learning_rate=0.0123), seconds=20.0)
    assert len(sweep.rates) == 17
    assert math.isfinite(sweep.loss_at(0.0123))
    assert sweep.start_loss == pytest.approx(math.log(2))
    assert "0.0123, which is set," in sweep.text


def test_a_rate_that_is_far_too_small_is_told_from_a_good_one() -> None:
    data = slp.load_sample("two_gaussians")
    small = rate_sweep(data, TrainingConfig(learning_rate=1e-4), seconds=20.0)
    usual = rate_sweep(data, DEFAULT, seconds=20.0)
    assert (small.outcome, usual.outcome) == ("suspicious", "as_expected")


def test_settings_that_end_a_run_early_do_not_end_those_of_a_sweep() -> None:
    data = slp.load_sample("two_gaussians")
    plain = rate_sweep(data, DEFAULT, seconds=20.0)
    early = rate_sweep(data, replace(DEFAULT, stop_loss=0.6, patience=1), seconds=20.0)
    assert early.losses == plain.losses


def test_large_data_get_fewer_epochs_at_every_rate() -> None:
    sweep = rate_sweep(slp.load_sample("digits"), DEFAULT, epochs=100_000, seconds=1.0)
    assert 1 <= sweep.epochs < 100_000
    assert f"{sweep.epochs} epoch" in sweep.text


@pytest.mark.parametrize("optimizer", ["newton", "lbfgs"])
def test_an_optimizer_without_a_rate_says_so(optimizer: str) -> None:
    sweep = rate_sweep(slp.load_sample("two_gaussians"), TrainingConfig(optimizer=optimizer))
    assert sweep.rates == ()
    assert (sweep.outcome, sweep.complete) == ("unknown", True)
    assert "itself" in sweep.text


def test_a_gradient_of_somebody_is_followed() -> None:
    data = slp.load_sample("two_gaussians")
    sweep = rate_sweep(data, DEFAULT, seconds=20.0, gradient=UPHILL)
    assert min(sweep.losses) > sweep.start_loss
    assert fit_few(data, DEFAULT, seconds=20.0, gradient=UPHILL).outcome == "suspicious"
    assert fit_few(data, DEFAULT, seconds=20.0).outcome == "as_expected"


@pytest.mark.parametrize("row", EXPERIMENTS.values(), ids=list(EXPERIMENTS))
def test_a_row_is_whole(row: ExperimentRow) -> None:
    told: list[float] = []
    watch = Watch(20.0, progress=told.append)
    found = row.run(Subject(slp.load_sample("two_gaussians"), DEFAULT), watch)
    assert isinstance(found, Sweep if row.key == "rate_sweep" else Experiment)
    assert found.outcome == "as_expected"
    assert row.tells.endswith(".")
    assert all(before <= after for before, after in itertools.pairwise(told))
    assert all(0.0 <= share <= 1.0 for share in told)
    assert all(hasattr(DEFAULT, name) for name in row.depends)
    assert not isinstance(found, Experiment) or found.kind == row.key


def test_of_rates_that_are_as_good_a_stable_one_is_the_best() -> None:
    sweep = rate_sweep(slp.load_sample("two_gaussians"), DEFAULT, seconds=20.0)
    assert sweep.stable_rate is not None
    assert sweep.best_rate <= sweep.stable_rate * 1.01
    assert sweep.loss_at(sweep.best_rate) <= 1.01 * min(sweep.losses)
