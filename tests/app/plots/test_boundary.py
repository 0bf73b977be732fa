from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.plots.boundary import class_boundary, contour, contours, crossings


def grid(count: int = 81) -> tuple[np.ndarray, np.ndarray]:
    v, u = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count), indexing="ij")
    return u, v


def to_view(columns: np.ndarray, count: int = 81) -> np.ndarray:
    return -1 + columns * 2 / (count - 1)


def test_a_line_is_exact() -> None:
    u, v = grid()
    x, y = contour(0.3 * u - 0.7 * v + 0.1)
    x, y = to_view(x), to_view(y)
    assert np.abs(0.3 * x - 0.7 * y + 0.1).max() < 1e-12
    length = np.hypot(np.diff(x)[::2], np.diff(y)[::2]).sum()
    ends = [(-1, (0.1 - 0.3) / 0.7), (1, 0.4 / 0.7)]
    assert length == pytest.approx(np.hypot(2, ends[1][1] - ends[0][1]), rel=1e-9)


def test_a_circle_is_round() -> None:
    u, v = grid()
    x, y = contour(u**2 + v**2, 0.5)
    x, y = to_view(x), to_view(y)
    assert np.abs(np.hypot(x, y) - np.sqrt(0.5)).max() < 2e-3
    length = np.hypot(np.diff(x)[::2], np.diff(y)[::2]).sum()
    assert length == pytest.approx(2 * np.pi * np.sqrt(0.5), rel=1e-3)


def test_segments_form_a_closed_path() -> None:
    """Each end of a circle's segments is shared by exactly two of them."""
    u, v = grid(40)
    x, y = contour(u**2 + v**2, 0.4)
    ends = np.round(np.stack((x, y), axis=1), 9)
    _, counts = np.unique(ends, axis=0, return_counts=True)
    assert set(counts.tolist()) == {2}


def test_a_saddle_gives_four_arms() -> None:
    field = np.array([[1.0, -1.0], [-1.0, 1.0]])
    x, y = contour(field)
    assert len(x) == 8
    assert sorted(zip(x[::2].tolist(), y[::2].tolist(), strict=True)) == [
        (0.0, 0.5), (0.5, 0.0), (0.5, 1.0), (1.0, 0.5),
    ]  # fmt: skip


def test_classes_meet_where_their_scores_do() -> None:
    u, v = grid()
    angles = np.arange(3) * 2 * np.pi / 3
    scores = np.stack([np.cos(a) * u + np.sin(a) * v for a in angles])
    x, y = class_boundary(scores)
    x, y = to_view(x), to_view(y)
    at = np.stack([np.cos(a) * x + np.sin(a) * y for a in angles])
    first, second = np.sort(at, axis=0)[::-1][:2]
    inner = np.hypot(x, y) > 0.05  # the junction's cell joins its crossings to their mean
    assert np.abs(first - second)[inner].max() < 1e-12
    assert len(x) > 100


def test_two_classes_and_a_margin_agree() -> None:
    u, v = grid(50)
    margin = u**3 - v + 0.1
    for a, b in zip(
        contour(margin), class_boundary(np.stack((np.zeros_like(margin), margin))), strict=True
    ):
        assert np.allclose(a, b)


def test_no_boundary_no_segments() -> None:
    x, y = contour(np.ones((5, 6)))
    assert len(x) == len(y) == 0


@settings(deadline=None)
@given(arrays(np.float32, (7, 9), elements=st.floats(-10, 10, width=32)))
def test_ends_lie_on_cell_edges_between_signs(field: np.ndarray) -> None:
    x, y = contour(field)
    assert len(x) == len(y)
    assert len(x) % 2 == 0
    assert ((x >= 0) & (x <= 8) & (y >= 0) & (y <= 6)).all()
    assert bool(len(x)) == ((field >= 0).any() and (field < 0).any())


def test_crossings_along_a_line() -> None:
    u = np.linspace(-1, 1, 101)
    found = crossings(np.stack((np.zeros_like(u), u**2 - 0.25)))
    assert -1 + found * 0.02 == pytest.approx([-0.5, 0.5], abs=1e-3)


@settings(deadline=None)
@given(
    arrays(np.float64, (5, 6), elements=st.integers(-3, 3).map(float)),
    st.lists(st.sampled_from([-2.5, -1.0, 0.0, 0.3, 2.0]), unique=True),
)
def test_several_levels_at_once_are_those_one_by_one(
    field: np.ndarray, levels: list[float]
) -> None:
    one_by_one = [contour(field, level) for level in levels]
    found = contours(field, levels)
    for axis in (0, 1):
        parts = np.concatenate([np.empty(0), *(line[axis] for line in one_by_one)])
        np.testing.assert_allclose(np.sort(found[axis]), np.sort(parts))
