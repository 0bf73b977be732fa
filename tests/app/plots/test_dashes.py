"""A dashed line as pieces."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plots.dashes import MOST_PERIODS, dashes

PIXEL = (1.0, 1.0)


def lengths(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.hypot(x[1::2] - x[::2], y[1::2] - y[::2])


def test_a_straight_line_has_the_pattern_less_the_caps_of_the_pen():
    found = dashes(np.array([0.0, 50.0]), np.zeros(2), PIXEL, (6.0, 4.0), 2.0)
    assert found is not None
    np.testing.assert_allclose(found[0], [1, 11, 21, 31, 41, 50])
    assert not found[1].any()


def test_a_pattern_of_four_parts():
    found = dashes(np.array([0.0, 26.0]), np.zeros(2), PIXEL, (7.0, 2.5, 1.5, 2.5), 2.0)
    assert found is not None
    np.testing.assert_allclose(found[0], [1, 13, 20, 21])


def test_a_dash_goes_round_a_corner():
    x, y = np.array([0.0, 4.0, 4.0]), np.array([0.0, 0.0, 4.0])
    found = dashes(x, y, PIXEL, (6.0, 4.0), 1.0)
    assert found is not None
    np.testing.assert_allclose(np.stack(found, 1), [[0.5, 0], [4, 0], [4, 0], [4, 1.5]])


def test_lengths_are_those_of_the_screen():
    x, y = np.array([0.0, 1.0]), np.array([0.0, 1000.0])
    found = dashes(x, y, (0.01, 10.0), (10.0, 10.0), 1.0)
    assert found is not None
    u, v = found[0] / 0.01, found[1] / 10.0
    np.testing.assert_allclose(lengths(u, v)[:-1], 9.0)


@pytest.mark.parametrize("points", [0, 1])
def test_without_a_line_there_are_no_pieces(points: int):
    found = dashes(np.zeros(points), np.zeros(points), PIXEL, (6.0, 4.0), 1.0)
    assert found is not None
    assert not len(found[0])


def test_very_many_are_left_to_qt():
    far = np.array([0.0, 10.0 * (MOST_PERIODS + 1)])
    assert dashes(far, far * 0, PIXEL, (6.0, 4.0), 1.0) is None
    assert dashes(np.array([0.0, 1e308]), np.zeros(2), (1e-3, 1.0), (6.0, 4.0), 1.0) is None


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), min_size=2, max_size=30),
    st.sampled_from([(6.0, 2.5), (2.0, 2.0), (7.0, 2.5, 1.5, 2.5)]),
)
def test_pieces_lie_on_the_line_and_take_their_share_of_it(
    places: list[tuple[float, float]], pattern: tuple[float, ...]
):
    x, y = np.array(places).T
    found = dashes(x, y, PIXEL, pattern, 1.5)
    assert found is not None
    total = np.hypot(np.diff(x), np.diff(y)).sum()
    period = 1.5 * sum(pattern)
    ink = 1.5 * (sum(pattern[::2]) - len(pattern) / 2)
    drawn = lengths(*found).sum()
    whole = int(total / period)
    assert whole * ink - 1e-6 <= drawn <= (whole + 1) * ink + 1e-6
    for u, v in zip(*found, strict=True):
        away = [_distance(u, v, a, b) for a, b in pairwise(places)]
        assert min(away) < 1e-6


def _distance(u: float, v: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    across, up = b[0] - a[0], b[1] - a[1]
    length = across**2 + up**2
    share = 0.0 if length == 0 else ((u - a[0]) * across + (v - a[1]) * up) / length
    share = min(max(share, 0.0), 1.0)
    return float(np.hypot(u - a[0] - share * across, v - a[1] - share * up))
