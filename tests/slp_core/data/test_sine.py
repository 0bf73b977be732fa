"""Sine terms: one for each feature of numbers, after the powers and products."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.data.preprocessing import Feature, Preparation
from slp_core.errors import ConfigError
from tests.slp_core.data.tables import table


def waves_of(x: Float64s, scaling: str) -> Dataset:
    kinds = (["a", "b"] * len(x))[: len(x)]
    return Dataset.from_table(table(x=x, kind=kinds), "kind", scaling=scaling, sine=True)


@pytest.mark.parametrize(
    ("scaling", "names"),
    [
        ("none", ("sin(x)", "sin(two words)")),
        ("standardize", ("sin(π·x)", "sin(π·(two words))")),
        ("minmax", ("sin(4π·x)", "sin(4π·(two words))")),
    ],
)
def test_they_come_last_and_say_their_argument(scaling: str, names: tuple[str, ...]) -> None:
    columns = {"x": np.arange(6.0), "two words": np.arange(6.0) ** 2}
    made = table(**columns, colour=["r", "g"] * 3, kind=["a", "b", "b"] * 2)
    dataset = Dataset.from_table(made, "kind", scaling=scaling, degree=2, sine=True)
    assert dataset.sine
    assert dataset.preparation.terms[-2:] == names == dataset.preparation.wave_terms
    assert dataset.terms == 14 + 2  # categories have none
    assert dataset.preparation.terms[:14] == Preparation(dataset.preparation.features, 2).terms


@settings(deadline=None)
@given(
    degree=st.integers(1, 3),
    sine=st.sampled_from([1.0, np.pi, 4 * np.pi, 0.3]),
    rows=st.integers(1, 40),
    seed=st.integers(0, 99),
)
def test_a_term_is_the_sine_of_the_scaled_feature_in_any_company(
    degree: int, sine: float, rows: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    features = tuple(
        Feature(name, name, None, generator.normal(), generator.uniform(0.1, 3.0)) for name in "abc"
    )
    preparation = Preparation(features, degree, "standardize", sine)
    X = generator.normal(size=(rows, 3)) * 10
    scaled = (X - preparation.centers) / preparation.scales
    terms = preparation.transform(X)
    np.testing.assert_allclose(terms[:, -3:], np.sin(sine * scaled), rtol=1e-12, atol=1e-12)
    alone = np.concatenate([preparation.transform(row[np.newaxis]) for row in X])
    assert np.array_equal(alone, terms)


@pytest.mark.parametrize("scaling", ["standardize", "minmax"])
def test_there_are_about_two_waves_over_the_data(scaling: str) -> None:
    """As in the TensorFlow Playground, where sin(x) meets inputs from -6 to 6."""
    dataset = waves_of(np.linspace(-40.0, 90.0, 400), scaling)
    turns = int((np.diff(np.sign(np.diff(dataset.X[:, 1]))) != 0).sum())
    assert 3 <= turns <= 4


def test_there_are_no_weights_in_original_units() -> None:
    preparation = waves_of(np.arange(6.0), "standardize").preparation
    assert not preparation.is_linear
    assert preparation.in_original_units(np.ones((2, 1)), np.zeros(1)) is None
    with pytest.raises(ConfigError, match="without sine terms"):
        preparation.from_original_units(np.ones((2, 1)), np.zeros(1))


def test_without_numbers_there_is_nothing_to_wave() -> None:
    made = table(colour=["r", "g", "b"] * 4, kind=["a", "b"] * 6)
    dataset = Dataset.from_table(made, "kind", sine=True)
    assert dataset.terms == 3
    assert dataset.preparation.is_linear
