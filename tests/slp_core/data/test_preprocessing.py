from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from slp_core.arrays import Float64s
from slp_core.data.polynomial import count_terms, term_names, terms_of
from slp_core.data.preprocessing import Feature, Preparation
from slp_core.data.scaling import SCALINGS, scaling
from slp_core.errors import ConfigError, DataError

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)


@st.composite
def preparations(draw: st.DrawFn, highest: int = 3) -> Preparation:
    scales = st.floats(1e-3, 1e3)
    features = tuple(
        Feature(f"f{j}", f"f{j}", None, draw(st.floats(-1e3, 1e3)), draw(scales))
        for j in range(draw(st.integers(1, 4)))
    )
    return Preparation(features, draw(st.integers(1, highest)))


def _inputs(seed: int, rows: int, features: int) -> Float64s:
    return np.random.default_rng(seed).normal(size=(rows, features)) * 100


@settings(deadline=None)
@given(preparation=preparations(), seed=st.integers(0, 999))
def test_inverse_undoes_transform(preparation: Preparation, seed: int) -> None:
    inputs = _inputs(seed, 5, len(preparation.features))
    back = preparation.inverse_linear(preparation.transform(inputs))
    np.testing.assert_allclose(back, inputs, rtol=1e-12, atol=1e-10)


@settings(deadline=None)
@given(preparation=preparations(), seed=st.integers(0, 999))
def test_each_term_is_the_product_its_exponents_say(preparation: Preparation, seed: int) -> None:
    inputs = _inputs(seed, 4, len(preparation.features))
    scaled = (inputs - preparation.centers) / preparation.scales
    expected = np.prod(scaled[:, np.newaxis, :] ** preparation.exponents, axis=2)
    np.testing.assert_allclose(preparation.transform(inputs), expected, rtol=1e-12)


@settings(deadline=None)
@given(preparation=preparations(highest=1), seed=st.integers(0, 999))
def test_weights_in_original_units_give_the_same_scores(
    preparation: Preparation, seed: int
) -> None:
    inputs = _inputs(seed, 5, len(preparation.features))
    W, b = _inputs(seed + 1, len(preparation.features), 3), _inputs(seed + 2, 1, 3)[0]
    original = preparation.in_original_units(W, b)
    assert original is not None
    scores = preparation.transform(inputs) @ W + b
    size = np.abs(scores).max() + np.abs(original[1]).max()
    np.testing.assert_allclose(inputs @ original[0] + original[1], scores, atol=1e-12 * size)
    back = preparation.from_original_units(*original)
    np.testing.assert_allclose(back[0], W, rtol=1e-12)
    np.testing.assert_allclose(back[1], b, atol=1e-12 * size)


def test_there_are_no_original_weights_above_degree_one() -> None:
    preparation = Preparation((Feature("x", "x"),), degree=2)
    assert preparation.in_original_units(np.ones((2, 1)), np.zeros(1)) is None
    with pytest.raises(ConfigError, match="degree 1"):
        preparation.from_original_units(np.ones((1, 1)), np.zeros(1))


def test_a_row_alone_gives_the_numbers_it_gives_among_many() -> None:
    features = tuple(Feature(n, n, None, 3.3, 0.7) for n in "abc")
    preparation = Preparation(features, degree=4)
    inputs = _inputs(1, 20_000, 3)
    together = preparation.transform(inputs)
    for row in (0, 1, 3854, 3855, 19_999):
        assert np.array_equal(preparation.transform(inputs[row : row + 1])[0], together[row])


def test_float32_stays_float32_and_is_computed_in_float64() -> None:
    preparation = Preparation((Feature("x", "x", None, 1e6, 1e-3),))
    inputs = np.array([[1e6 + 0.0625]], dtype=np.float32)
    out = preparation.transform(inputs)
    assert out.dtype == np.float32
    assert out[0, 0] == np.float32(62.5)


def test_transform_writes_where_it_is_told() -> None:
    out = np.empty((2, 1), dtype=np.float32)
    assert Preparation((Feature("x", "x"),)).transform(np.array([[1.0], [2.0]]), out) is out
    assert out.tolist() == [[1.0], [2.0]]


@pytest.mark.parametrize("shape", [(3,), (3, 1), (3, 3), (2, 2, 2)])
def test_inputs_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    preparation = Preparation((Feature("a", "a"), Feature("b", "b")))
    with pytest.raises(DataError, match=r"\(n, 2\)"):
        preparation.transform(np.zeros(shape))


def test_no_rows_make_no_rows() -> None:
    assert Preparation((Feature("a", "a"),), degree=2).transform(np.empty((0, 1))).shape == (0, 2)


# Terms


def test_terms_are_named_linear_first() -> None:
    assert term_names(["x", "y"], 2) == ("x", "y", "x²", "x·y", "y²")
    assert term_names(["x"], 3) == ("x", "x²", "x³")


def test_names_that_are_not_one_word_are_bracketed_in_products() -> None:
    assert term_names(["a b", "y"], 2) == ("a b", "y", "(a b)²", "(a b)·y", "y²")


@pytest.mark.parametrize(("features", "degree"), list(product([1, 2, 5], [1, 2, 3, 5])))
def test_terms_are_all_different_and_as_many_as_counted(features: int, degree: int) -> None:
    exponents = terms_of(features, degree).exponents
    assert len(exponents) == count_terms(features, degree)
    assert len({tuple(row) for row in exponents.tolist()}) == len(exponents)
    assert set(exponents.sum(axis=1)) == set(range(1, degree + 1))
    assert np.array_equal(exponents[:features], np.eye(features))


@pytest.mark.parametrize("degree", [0, 6, -1, 1.5, True, "2"])
def test_a_degree_that_does_not_exist_is_refused(degree: int) -> None:
    with pytest.raises(ConfigError) as caught:
        Preparation((Feature("x", "x"),), degree=degree)
    assert caught.value.field == "degree"


def test_too_many_terms_are_refused_with_their_number() -> None:
    features = tuple(Feature(f"p{j}", f"p{j}") for j in range(64))
    assert len(Preparation(features).terms) == 64
    with pytest.raises(ConfigError, match="47904"):
        Preparation(features, degree=3)


# Scalings


@settings(deadline=None)
@given(values=hnp.arrays(float, st.integers(1, 50), elements=numbers))
def test_standardized_training_values_have_mean_0_and_deviation_1(values: Float64s) -> None:
    center, scale = SCALINGS["standardize"].measure(values)
    scaled = (values - center) / scale
    span = np.ptp(values)
    if span == 0.0:
        assert np.all(scaled == 0.0)
    elif span > 1e-6 * np.abs(values).max():
        np.testing.assert_allclose([scaled.mean(), scaled.std()], [0.0, 1.0], atol=1e-8)


@settings(deadline=None)
@given(values=hnp.arrays(float, st.integers(1, 50), elements=numbers))
def test_min_max_runs_from_0_to_1(values: Float64s) -> None:
    center, scale = SCALINGS["minmax"].measure(values)
    scaled = (values - center) / scale
    assert scaled.min() == 0.0
    assert scaled.max() == (1.0 if np.ptp(values) else 0.0)


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e200, 1e307])
def test_extreme_sizes_are_standardized_too(size: float) -> None:
    values = np.array([1.0, 2.0, 6.0]) * size
    center, scale = SCALINGS["standardize"].measure(values)
    expected = np.array([3.0, np.std([1.0, 2.0, 6.0])])
    np.testing.assert_allclose([center / size, scale / size], expected, rtol=1e-9)


def test_a_span_beyond_the_largest_number_is_refused() -> None:
    with pytest.raises(DataError, match="more than a number can hold"):
        SCALINGS["minmax"].measure(np.array([-1e308, 1e308]))


def test_population_deviation_by_hand() -> None:
    assert SCALINGS["standardize"].measure(np.array([1.0, 3.0])) == (2.0, 1.0)


def test_float32_values_are_measured_in_float64() -> None:
    values = (np.arange(100_000) % 7 + 1e4).astype(np.float32)
    center, scale = SCALINGS["standardize"].measure(values)
    exact = values.astype(float)
    expected = np.array([exact.mean(), exact.std()])
    np.testing.assert_allclose([center, scale], expected, rtol=1e-12)


def test_an_unknown_scaling_lists_those_that_exist() -> None:
    with pytest.raises(ConfigError) as caught:
        scaling("robust")
    assert caught.value.allowed == ("none", "standardize", "minmax")


@pytest.mark.parametrize("key", SCALINGS)
def test_rows_are_complete(key: str) -> None:
    row = SCALINGS[key]
    assert row.key == key
    assert row.label
    assert row.formula
    assert row.latex
    assert row.summary.endswith(".")
