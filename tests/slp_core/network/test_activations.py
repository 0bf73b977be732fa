"""Activations: values by hand, slopes by central difference, nothing lost at the extremes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from slp_core.network.activations import ACTIVATIONS, Activation

ROWS = list(ACTIVATIONS.values())
SMOOTH_SCORES = np.array([[-3.0, -0.7, 0.2], [1.3, 2.6, -1.9], [0.9, 0.4, 5.0]])

BY_HAND = {
    "identity": [(-2.0, -2.0, 1.0), (0.5, 0.5, 1.0)],
    "sigmoid": [(0.0, 0.5, 0.25), (math.log(3.0), 0.75, 0.1875), (-math.log(3.0), 0.25, 0.1875)],
    "tanh": [(0.0, 0.0, 1.0), (math.atanh(0.6), 0.6, 0.64)],
    "relu": [(-1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (2.5, 2.5, 1.0)],
    "leaky_relu": [(-4.0, -0.04, 0.01), (0.0, 0.0, 1.0), (3.0, 3.0, 1.0)],
    "softplus": [(0.0, math.log(2.0), 0.5), (math.log(3.0), math.log(4.0), 0.75)],
    "softsign": [(1.0, 0.5, 0.25), (-3.0, -0.75, 0.0625)],
    "probit": [
        (0.0, 0.5, 1.0 / math.sqrt(2.0 * math.pi)),
        (1.0, 0.841344746068543, 0.24197072451914337),
    ],
    "step": [(-1e-9, 0.0, 0.0), (0.0, 1.0, 0.0), (5.0, 1.0, 0.0)],
}


def ids(row: Activation) -> str:
    return row.key


def test_the_ten_activations_are_there_in_the_order_of_menus() -> None:
    assert list(ACTIVATIONS) == [
        *("identity", "sigmoid", "tanh", "softmax", "relu", "leaky_relu"),
        *("softplus", "softsign", "probit", "step"),
    ]


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_row_is_described(row: Activation) -> None:
    assert row.key == next(key for key, other in ACTIVATIONS.items() if other is row)
    assert row.label
    assert row.formula
    assert row.latex
    assert row.slope_formula
    assert row.summary.endswith(".")
    assert any(character.isdigit() for character in row.source)


@pytest.mark.parametrize("key", BY_HAND)
def test_value_and_slope_by_hand(key: str) -> None:
    row = ACTIVATIONS[key]
    for v, a, slope in BY_HAND[key]:
        V = np.array([[v]])
        Z = row.value(V)
        np.testing.assert_allclose(Z, a, rtol=1e-14, atol=1e-16)
        np.testing.assert_allclose(row.slope(V, Z), slope, rtol=1e-14)


def test_softmax_by_hand() -> None:
    V = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]])
    Z = ACTIVATIONS["softmax"].value(V)
    np.testing.assert_allclose(Z, [[0.125, 0.25, 0.625], [0.375, 0.375, 0.25]], rtol=1e-14)
    slope = ACTIVATIONS["softmax"].slope(V, Z)
    np.testing.assert_allclose(slope[0], [0.109375, 0.1875, 0.234375], rtol=1e-14)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_slope_and_bend_are_central_differences(row: Activation) -> None:
    h = 1e-5
    for j in range(3):
        step = np.zeros(3)
        step[j] = h
        above, below = SMOOTH_SCORES + step, SMOOTH_SCORES - step
        Z, up, down = row.value(SMOOTH_SCORES), row.value(above), row.value(below)
        slope = (up - down)[:, j] / (2.0 * h)
        np.testing.assert_allclose(row.slope(SMOOTH_SCORES, Z)[:, j], slope, atol=1e-9)
        bend = (row.slope(above, up) - row.slope(below, down))[:, j] / (2.0 * h)
        np.testing.assert_allclose(row.bend(SMOOTH_SCORES, Z)[:, j], bend, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_every_score_up_to_ten_thousand_is_finite_and_in_range(
    row: Activation, dtype: type[np.floating]
) -> None:
    ends = np.array([1e4, 800.0, 90.0, 40.0, 1.0, 0.0])
    V = np.concatenate((ends, -ends)).astype(dtype).reshape(-1, 2)
    Z = row.value(V)
    low, high = row.range
    assert Z.dtype == dtype
    assert np.isfinite(Z).all()
    assert ((low <= Z) & (high >= Z)).all()
    for derivative in (row.slope(V, Z), row.bend(V, Z)):
        assert derivative.dtype == dtype
        assert np.isfinite(derivative).all()


@pytest.mark.parametrize("row", [row for row in ROWS if row.elementwise], ids=ids)
def test_the_range_is_reached_where_it_is_closed_and_approached_elsewhere(row: Activation) -> None:
    ends = row.value(np.array([[-1e4, 1e4]]))[0]
    for end, limit, closed in zip(ends, row.range, row.closed, strict=True):
        if math.isinf(limit):
            assert abs(end) >= 100.0
            continue
        assert abs(end - limit) < 1e-3
        probe = np.array([[math.copysign(2.0, -1.0 if limit == row.range[0] else 1.0)]])
        assert closed == (float(row.value(probe)[0, 0]) == limit)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_dead_ends_are_where_the_slope_fades(row: Activation) -> None:
    V = np.array([[-1e4, 0.0], [1e4, 0.0]])
    slope = row.slope(V, row.value(V))[:, 0]
    assert tuple(slope < 1e-6) == row.dead


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_outputs_never_fall_when_the_score_rises(row: Activation) -> None:
    V = np.stack((np.linspace(-20.0, 20.0, 4001), np.zeros(4001)), axis=1)
    assert np.diff(row.value(V)[:, 0]).min() >= 0.0


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_inverse_gives_the_score_of_an_output(row: Activation) -> None:
    if row.inverse is None:
        assert row.key == "softmax"
        return
    low, high = max(row.range[0], -5.0), min(row.range[1], 5.0)
    for share in (0.1, 0.5, 0.77):
        z = low + share * (high - low)
        v = row.inverse(z)
        if row.key == "step":
            assert v == 0.0
        else:
            np.testing.assert_allclose(row.value(np.array([[v]])), z, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_out_is_written_and_returned(row: Activation) -> None:
    expected = row.value(SMOOTH_SCORES)
    out = np.full_like(SMOOTH_SCORES, np.nan)
    assert row.value(SMOOTH_SCORES, out) is out
    np.testing.assert_array_equal(out, expected)
    for derivative in (row.slope, row.bend):
        wanted = derivative(SMOOTH_SCORES, expected)
        out.fill(np.nan)
        assert derivative(SMOOTH_SCORES, expected, out) is out
        np.testing.assert_array_equal(out, wanted)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_scores_are_left_as_they_are(row: Activation) -> None:
    V = SMOOTH_SCORES.copy()
    row.bend(V, row.value(V))
    row.slope(V, row.value(V))
    np.testing.assert_array_equal(V, SMOOTH_SCORES)


def test_slopes_at_the_extremes_keep_their_digits() -> None:
    """1 - a and 1 - a² are 0 in double precision long before these slopes are."""
    V = np.array([[50.0, -50.0]])
    sigmoid, tanh = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]
    np.testing.assert_allclose(sigmoid.slope(V, sigmoid.value(V)), math.exp(-50.0), rtol=1e-14)
    np.testing.assert_allclose(tanh.slope(V, tanh.value(V)), 4.0 * math.exp(-100.0), rtol=1e-14)
    np.testing.assert_allclose(ACTIVATIONS["softplus"].value(V[:, 1:]), math.exp(-50.0), rtol=1e-14)


@settings(deadline=None, max_examples=60)
@given(
    V=arrays.arrays(
        np.float64,
        arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
        elements=st.floats(-1e4, 1e4),
    )
)
def test_softmax_is_a_distribution_whatever_the_scores(V: np.ndarray) -> None:
    Z = ACTIVATIONS["softmax"].value(V)
    assert (Z >= 0.0).all()
    np.testing.assert_allclose(Z.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(ACTIVATIONS["softmax"].value(V + 1234.5), Z, atol=1e-11)


@settings(deadline=None, max_examples=60)
@given(v=st.floats(-1e4, 1e4))
def test_symmetries(v: float) -> None:
    V = np.array([[v]])
    for key in ("sigmoid", "probit"):
        row = ACTIVATIONS[key]
        np.testing.assert_allclose(row.value(V) + row.value(-V), 1.0, rtol=1e-15)
        np.testing.assert_array_equal(row.slope(V, V), row.slope(-V, V))
    for key in ("tanh", "softsign"):
        np.testing.assert_array_equal(ACTIVATIONS[key].value(-V), -ACTIVATIONS[key].value(V))
    softplus = ACTIVATIONS["softplus"]
    np.testing.assert_allclose(softplus.value(V) - softplus.value(-V), v, rtol=1e-12, atol=1e-12)
