"""Weights and biases: shapes, flat views, copies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters


@given(d=st.integers(0, 6), k=st.integers(1, 5))
def test_flat_and_back_is_the_same_memory(d: int, k: int) -> None:
    flat = np.arange(float(d * k + k))
    parameters = Parameters.from_flat(flat, d, k)
    np.testing.assert_array_equal(parameters.W, flat[: d * k].reshape(d, k))
    np.testing.assert_array_equal(parameters.b, flat[d * k :])
    np.testing.assert_array_equal(parameters.flat(), flat)
    flat += 1.0
    np.testing.assert_array_equal(parameters.flat(), flat)
    assert not np.shares_memory(parameters.flat(), flat)


def test_copies_are_independent_and_frozen_ones_read_only() -> None:
    parameters = Parameters(np.ones((2, 3)), np.zeros(3))
    copy, kept = parameters.copy(), parameters.frozen()
    parameters.W[0, 0] = 5.0
    parameters.b[0] = 5.0
    np.testing.assert_array_equal(copy.W, 1.0)
    np.testing.assert_array_equal(kept.b, 0.0)
    copy.W[0, 0] = 2.0
    with pytest.raises(ValueError, match="read-only"):
        kept.W[0, 0] = 2.0
    with pytest.raises(ValueError, match="read-only"):
        kept.b[0] = 2.0


def test_finiteness() -> None:
    assert Parameters.zeros(2, 1).is_finite
    assert not Parameters([[np.nan]], [0.0]).is_finite  # pyright: ignore[reportArgumentType] - lists are taken
    assert not Parameters([[0.0]], [np.inf]).is_finite  # pyright: ignore[reportArgumentType] - lists are taken


def test_dtypes() -> None:
    assert Parameters(np.ones((1, 1), np.float32), np.ones(1, np.float32)).W.dtype == np.float32
    whole = Parameters([[1]], [1])  # pyright: ignore[reportArgumentType] - lists are taken
    assert whole.W.dtype == whole.b.dtype == np.float64
    assert Parameters.zeros(2, 1, np.float32).b.dtype == np.float32


@pytest.mark.parametrize(
    ("W", "b"),
    [
        (np.ones(3), np.ones(1)),
        (np.ones((3, 2)), np.ones(3)),
        (np.ones((3, 2)), np.ones((1, 2))),
    ],
)
def test_shapes_that_do_not_belong_together_are_refused(W: np.ndarray, b: np.ndarray) -> None:
    with pytest.raises(ConfigError, match="W must have the shape") as caught:
        Parameters(W, b)
    assert str(W.shape) in caught.value.message


def test_other_wrong_input() -> None:
    with pytest.raises(ConfigError, match="must be numbers"):
        Parameters([["a"]], ["b"])  # pyright: ignore[reportArgumentType] - wrong on purpose
    with pytest.raises(ConfigError, match="need 8 numbers"):
        Parameters.from_flat(np.zeros(7), 3, 2)
