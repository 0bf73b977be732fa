from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.training.lockstep import Lockstep
from app.training.messages import RunPlan
from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig


@pytest.fixture
def dataset() -> Dataset:
    return load_sample("two_gaussians")


def plan(dataset: Dataset, run: int, **settings: object) -> RunPlan:
    config = replace(TrainingConfig(), **settings)  # pyright: ignore[reportArgumentType] - in tests
    return RunPlan(run, dataset, config)


def test_a_run_can_start_like_the_first(dataset: Dataset):
    first = plan(dataset, 1, initializer="normal", seed=3)
    runs = Lockstep((first, replace(plan(dataset, 2), as_first=True)))
    (_, one), (_, two) = runs.snapshots()
    np.testing.assert_array_equal(one.parameters.W, two.parameters.W)
    assert np.abs(one.parameters.W).min() > 0


def test_a_run_of_another_shape_starts_by_itself(dataset: Dataset):
    start = Parameters(np.ones((2, 1)), np.ones(1))
    first = replace(plan(dataset, 1), start=start)
    other = replace(plan(dataset, 2, activation="softmax"), as_first=True)
    (_, one), (_, two) = Lockstep((first, other)).snapshots()
    assert one.parameters.W.shape == (2, 1)
    assert two.parameters.W.shape == (2, 2)
    assert not two.parameters.W.any()


def test_settings_that_cannot_be_are_refused_all_the_same(dataset: Dataset):
    bad = plan(dataset, 2, activation="identity", loss="cross_entropy")
    with pytest.raises(ConfigError):
        Lockstep((plan(dataset, 1), replace(bad, as_first=True)))


def test_a_run_can_end_while_the_others_go_on(dataset: Dataset):
    runs = Lockstep((plan(dataset, 1), plan(dataset, 2)))
    runs.advance(3)
    runs.remove(1)
    runs.remove(1)
    runs.advance(2)
    assert [(run, shown.update) for run, shown in runs.snapshots()] == [(2, 5)]
