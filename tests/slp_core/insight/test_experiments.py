"""The small experiments: what they find on data where the answer is known."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

import slp_core as slp
from slp_core.insight.experiments import (
    Experiment,
    first_loss,
    fit_few,
    shuffled_labels,
    zero_inputs,
)
from slp_core.insight.experiments_rates import rate_sweep
from slp_core.training.config import TrainingConfig
from tests.slp_core.training.examples import from_arrays

DEFAULT = TrainingConfig()
Run = Callable[..., Experiment]


@pytest.mark.parametrize("run", [zero_inputs, fit_few, shuffled_labels])
@pytest.mark.parametrize("name", ["two_gaussians", "iris", "noisy_line"])
def test_sound_data_behave_as_expected(run: Run, name: str) -> None:
    dataset = slp.load_sample(name)
    found = run(dataset, DEFAULT, seconds=20.0)
    assert found.outcome == "as_expected"
    assert f"{found.found:.4g}" in found.text or run is fit_few


def test_without_inputs_the_majority_is_all_there_is() -> None:
    found = zero_inputs(slp.load_sample("imbalanced"), DEFAULT, seconds=20.0)
    expected = -0.9 * math.log(0.9) - 0.1 * math.log(0.1)
    assert found.found == pytest.approx(expected, rel=1e-3)
    assert "90.0%" in found.text


def test_three_samples_of_different_classes_are_learnt() -> None:
    dataset = slp.load_sample("iris")
    found = fit_few(dataset, DEFAULT, seconds=20.0)
    assert sorted(dataset.labels[list(found.rows)].tolist()) == [0, 1, 2]
    assert found.found == 1.0


def test_equal_inputs_cannot_be_learnt() -> None:
    dataset = from_arrays(np.arange(12.0)[:, None], np.arange(12) % 2)
    same = replace(dataset, prepared=np.ones((12, 1)))
    found = fit_few(same, DEFAULT, seconds=20.0)
    assert found.outcome == "suspicious"
    assert "Not even these" in found.text


def test_a_pair_that_cannot_learn_is_found() -> None:
    config = TrainingConfig(activation="step", loss="quadratic")
    assert fit_few(slp.load_sample("iris"), config, seconds=20.0).outcome == "suspicious"


def test_more_features_than_samples_learn_noise_as_well() -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(30, 60))
    labels = (X[:, 0] > 0).astype(int)
    found = shuffled_labels(from_arrays(X, labels), DEFAULT, seconds=20.0)
    assert found.outcome == "suspicious"
    assert "memory" in found.text


def test_the_first_loss_is_ln_k() -> None:
    dataset = slp.load_sample("iris")
    found = first_loss(dataset, DEFAULT)
    assert (found.outcome, found.found) == ("as_expected", pytest.approx(math.log(3)))
    assert "ln 3" in found.text
    far = first_loss(dataset, TrainingConfig(initializer="saturated"))
    assert far.outcome == "suspicious"
    several = first_loss(dataset, TrainingConfig(activation="sigmoid"))
    assert several.expected == pytest.approx(3 * math.log(2))


def test_a_sweep_marks_the_stable_rate_and_diverges_beyond() -> None:
    """Least squares: every rate below the limit falls, every rate beyond it grows."""
    sweep = rate_sweep(slp.load_sample("noisy_line"), DEFAULT, epochs=400, seconds=20.0)
    assert sweep.complete
    assert sweep.stable_rate is not None
    assert list(sweep.rates) == sorted(sweep.rates)
    for rate, loss in zip(sweep.rates, sweep.losses, strict=True):
        assert (loss > 20.0) == (rate > sweep.stable_rate * (1 + 1e-9))
    assert sweep.best_rate in sweep.rates
    assert f"{sweep.best_rate:.3g}" in sweep.text


def test_the_optimizer_and_the_batches_of_a_sweep_are_those_asked_for() -> None:
    adam = TrainingConfig(optimizer="adam", batch_size=16)
    sweep = rate_sweep(slp.load_sample("moons"), adam, epochs=2, seconds=20.0)
    assert sweep.stable_rate is None
    assert "stable" not in sweep.text


@pytest.mark.parametrize("run", [zero_inputs, fit_few, shuffled_labels])
def test_experiments_can_be_cancelled(run: Run) -> None:
    found = run(slp.load_sample("digits"), DEFAULT, cancelled=lambda: True)
    assert found.outcome in ("unknown", "suspicious")
    assert found.outcome == "unknown" or run is fit_few


def test_a_sweep_that_is_cut_short_has_what_it_had_time_for() -> None:
    asked = 0

    def after_three() -> bool:
        nonlocal asked
        asked += 1
        return asked > 6

    sweep = rate_sweep(slp.load_sample("xor"), DEFAULT, epochs=1, cancelled=after_three)
    assert not sweep.complete
    assert 0 < len(sweep.rates) < 16
    nothing = rate_sweep(slp.load_sample("xor"), DEFAULT, cancelled=lambda: True)
    assert nothing.text == "No time for a single rate."
