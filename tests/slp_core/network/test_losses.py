"""Losses: values by hand, slopes and second derivatives by central difference."""

from __future__ import annotations

import math

import numpy as np
import pytest

from slp_core.network.losses import LOSSES, Loss

ROWS = list(LOSSES.values())

# For each loss: an output (or score), a target, the loss there and its slope.
BY_HAND = {
    "quadratic": [(3.0, 1.0, 2.0, 2.0), (0.25, 1.0, 0.28125, -0.75)],
    "cross_entropy": [
        (0.25, 1.0, math.log(4.0), -4.0),
        (0.25, 0.0, math.log(4.0 / 3.0), 4.0 / 3.0),
        (0.5, 0.5, math.log(2.0), 0.0),
        (1.0, 1.0, 0.0, -1.0),
        (0.0, 0.0, 0.0, 1.0),
    ],
    "hinge": [
        (0.25, 1.0, 0.75, -1.0),
        (0.25, -1.0, 1.25, 1.0),
        (1.0, 1.0, 0.0, 0.0),
        (-2.0, -1.0, 0.0, 0.0),
    ],
    "squared_hinge": [(0.5, 1.0, 0.25, -1.0), (1.0, -1.0, 4.0, 4.0), (2.0, 1.0, 0.0, 0.0)],
    "perceptron": [
        (2.0, 1.0, 0.0, 0.0),
        (2.0, -1.0, 2.0, 1.0),
        (-0.5, 1.0, 0.5, -1.0),
        (0.0, 1.0, 0.0, -1.0),
        (0.0, -1.0, 0.0, 1.0),
    ],
    "absolute": [(0.25, 1.0, 0.75, -1.0), (3.0, 1.0, 2.0, 1.0), (1.0, 1.0, 0.0, 0.0)],
    "huber": [(0.5, 1.0, 0.125, -0.5), (4.0, 1.0, 2.5, 1.0), (-4.0, 1.0, 4.5, -1.0)],
}


def ids(row: Loss) -> str:
    return row.key


def test_the_seven_losses_are_there_in_the_order_of_menus() -> None:
    assert list(LOSSES) == list(BY_HAND)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_row_is_described(row: Loss) -> None:
    assert row.label
    assert row.formula
    assert row.latex
    assert row.slope_formula
    assert row.summary.endswith(".")
    assert any(character.isdigit() for character in row.source)
    assert (row.space == "score") == (row.key == "perceptron")


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_value_and_slope_by_hand(row: Loss) -> None:
    for a, y, value, slope in BY_HAND[row.key]:
        A, Y = np.array([[a]]), np.array([[y]])
        np.testing.assert_allclose(row.value(A, Y), value, rtol=1e-14, atol=0.0)
        np.testing.assert_allclose(row.slope(A, Y), slope, rtol=1e-14, atol=0.0)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_slope_and_curve_are_central_differences(row: Loss) -> None:
    A = np.array([[0.11, 0.37, 0.62, 0.93]])
    h = 1e-5
    for y in (0.0, 1.0) if row.key == "cross_entropy" else (-1.0, 1.0):
        Y = np.full_like(A, y)
        slope = (row.value(A + h, Y) - row.value(A - h, Y)) / (2.0 * h)
        np.testing.assert_allclose(row.slope(A, Y), slope, rtol=1e-7, atol=1e-10)
        curve = (row.slope(A + h, Y) - row.slope(A - h, Y)) / (2.0 * h)
        np.testing.assert_allclose(row.curve(A, Y), curve, rtol=1e-6, atol=1e-9)
        assert row.smooth or not row.curve(A, Y).any()


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_kinks_are_where_the_slope_jumps(row: Loss) -> None:
    low, high = (0.05, 0.95) if row.key == "cross_entropy" else (-3.0, 3.0)
    grid = np.linspace(low, high, 6001)[None, :] + 5e-4
    for y in (0.5,) if row.key == "cross_entropy" else (-1.0, 1.0):
        slope = row.slope(grid, np.full_like(grid, y))[0]
        jumps = grid[0, :-1][np.abs(np.diff(slope)) > 0.5]
        assert len(jumps) == len(row.kinks(y))
        np.testing.assert_allclose(jumps, row.kinks(y), atol=2e-3)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_out_is_written_and_returned_and_float32_stays(row: Loss) -> None:
    A = np.array([[0.2, 0.7], [0.4, 0.9]], np.float32)
    Y = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    for function in (row.value, row.slope, row.curve):
        expected = function(A, Y)
        assert expected.dtype == np.float32
        out = np.full_like(A, np.nan)
        assert function(A, Y, out) is out
        np.testing.assert_array_equal(out, expected)


def test_cross_entropy_of_a_certain_output_is_infinite_only_when_it_is_wrong() -> None:
    row = LOSSES["cross_entropy"]
    A, Y = np.array([[0.0, 1.0, 0.0, 1.0]]), np.array([[0.0, 1.0, 1.0, 0.0]])
    np.testing.assert_array_equal(row.value(A, Y), [[0.0, 0.0, np.inf, np.inf]])
