from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.plots.density import outline
from app.plots.selecting import REACH, inside, nearest, under

PLACES = arrays(np.float64, st.tuples(st.integers(0, 30), st.just(2)), elements=st.floats(-9, 9))
SPOT = st.tuples(st.floats(-9, 9), st.floats(-9, 9))
PIXEL = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1))


def pixels(
    points: np.ndarray, place: tuple[float, float], pixel: tuple[float, float]
) -> np.ndarray:
    return np.hypot((points[:, 0] - place[0]) / pixel[0], (points[:, 1] - place[1]) / pixel[1])


@settings(deadline=None)
@given(PLACES, SPOT, PIXEL)
def test_the_nearest_is_nearest_and_within_reach(
    points: np.ndarray, place: tuple[float, float], pixel: tuple[float, float]
) -> None:
    found = nearest(points[:, 0], points[:, 1], place, pixel)
    away = pixels(points, place, pixel)
    if found >= 0:
        assert away[found] <= away.min() + 1e-9
        assert away[found] <= REACH * (1 + 1e-9)
    else:
        assert not len(points) or away.min() > REACH * (1 - 1e-9)


@settings(deadline=None)
@given(PLACES, SPOT, SPOT)
def test_a_frame_may_be_drawn_in_any_direction(
    points: np.ndarray, first: tuple[float, float], last: tuple[float, float]
) -> None:
    x, y = points[:, 0], points[:, 1]
    found = inside(x, y, first, last)
    wanted = [
        n
        for n in range(len(points))
        if min(first[0], last[0]) <= x[n] <= max(first[0], last[0])
        and min(first[1], last[1]) <= y[n] <= max(first[1], last[1])
    ]
    assert found.tolist() == wanted
    assert inside(x, y, last, first).tolist() == wanted


@settings(deadline=None)
@given(PLACES, PLACES, st.floats(1, 50), PIXEL)
def test_a_brush_finds_what_lies_within_its_radius_of_its_way(
    points: np.ndarray, way: np.ndarray, radius: float, pixel: tuple[float, float]
) -> None:
    found = under(points[:, 0], points[:, 1], way, radius, pixel)
    least = np.full(len(points), np.inf)
    for place in way:
        least = np.minimum(least, pixels(points, (place[0], place[1]), pixel))
    sure, never = np.flatnonzero(least < radius * 0.999), np.flatnonzero(least > radius * 1.001)
    assert set(sure) <= set(found.tolist())
    assert not set(never) & set(found.tolist())
    assert found.tolist() == sorted(set(found.tolist()))


def test_an_outline_goes_around_each_group() -> None:
    mask = np.zeros((7, 9), dtype=np.bool_)
    mask[3, 2] = mask[3, 6] = mask[3, 7] = True
    line = outline(mask)
    assert not (line & mask).any()
    assert line.sum() == 8 + 10
    assert line[2:5, 1].all()
    assert not line[:, 0].any()
