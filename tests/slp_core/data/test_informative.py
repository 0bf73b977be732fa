from __future__ import annotations

import numpy as np

from slp_core.data.dataset import Dataset
from slp_core.data.informative import informative_features
from slp_core.data.samples import load_sample
from slp_core.data.table import Table


def test_the_petals_tell_the_flowers_apart():
    dataset = load_sample("iris")
    names = [dataset.preparation.features[i].name for i in informative_features(dataset)]
    assert names == ["petal_length", "petal_width"]


def test_fewer_features_than_asked_for():
    assert informative_features(load_sample("noisy_line")) == (0,)


def test_regression_ranks_by_correlation():
    rng = np.random.default_rng(0)
    columns = {name: rng.normal(size=50) for name in "abc"}
    columns["y"] = 5 * columns["c"] - 2 * columns["a"] + 0.1 * rng.normal(size=50)
    dataset = Dataset.from_table(Table.from_columns("t", columns), "y", scaling="none")
    assert informative_features(dataset) == (0, 2)
    assert informative_features(dataset, 1) == (2,)


def test_the_choice_does_not_depend_on_scaling():
    rng = np.random.default_rng(1)
    label = rng.integers(0, 2, 60)
    columns = {
        "small": 1e-6 * (label + 0.3 * rng.normal(size=60)),
        "noise": 1e6 * rng.normal(size=60),
        "large": 1e5 * (label + 0.2 * rng.normal(size=60)),
        "y": label,
    }
    dataset = Dataset.from_table(Table.from_columns("t", columns), "y", scaling="none")
    assert informative_features(dataset) == (0, 2)


def test_numbers_come_before_categories():
    label = np.array([0, 1] * 20)
    columns = {
        "colour": np.array(["red", "blue"] * 20, object),
        "noise": np.random.default_rng(2).normal(size=40),
        "y": label,
    }
    dataset = Dataset.from_table(Table.from_columns("t", columns), "y")
    first, second = informative_features(dataset)
    features = dataset.preparation.features
    assert {features[first].column, features[second].column} == {"noise", "colour"}
    assert informative_features(dataset, 1)[0] == next(
        i for i, feature in enumerate(features) if feature.column == "noise"
    )
