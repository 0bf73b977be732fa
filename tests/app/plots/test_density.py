from __future__ import annotations

import numpy as np

from app.plots.density import Density, color_rows
from app.theme import THEMES

COLORS = color_rows(THEMES["light"], 3)


def many(points: int = 30_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    label = np.arange(points) % 3
    x = random.normal(0, 0.3, points) + 3 * label
    return x, random.normal(0, 1, points), label


def test_counts_are_those_of_a_histogram() -> None:
    x, y, label = many()
    counts = Density(x, y, label, COLORS).count((-1, 7, -3, 3), 16, 12).counts
    wanted, _, _ = np.histogram2d(y, x, bins=(12, 16), range=((-3, 3), (-1, 7)))
    assert np.abs(counts - wanted).sum() <= 4  # a sample on an edge may fall to either side


def test_cells_have_the_pure_color_of_their_class() -> None:
    x, y, label = many()
    counted = Density(x, y, label, COLORS).count((-1, 7, -3, 3), 80, 60)
    picture, counts = counted.picture, counted.counts
    left, right = picture[:, :15], picture[:, -15:]
    assert (left[left[..., 3] > 0][:, :3] == COLORS[0]).all()
    assert (right[right[..., 3] > 0][:, :3] == COLORS[2]).all()
    assert ((picture[..., 3] > 0) == (counts > 0)).all()


def test_mixed_cells_show_each_class_as_often_as_it_occurs() -> None:
    random = np.random.default_rng(0)
    points = 40_000
    label = (random.random(points) < 0.25).astype(np.int64)
    density = Density(random.random(points), random.random(points), label, COLORS)
    picture = density.count((0, 1, 0, 1), 50, 50).picture
    share = (picture[..., :3] == COLORS[1]).all(axis=-1).mean()
    assert 0.2 < share < 0.3


def test_fuller_cells_are_more_opaque() -> None:
    x = np.array([0.5] + [1.5] * 50 + [2.5] * 1000)
    density = Density(x, np.full(len(x), 0.5), np.zeros(len(x), dtype=np.int64), COLORS)
    picture = density.count((0, 4, 0, 1), 4, 1).picture
    assert 0 < picture[0, 0, 3] < picture[0, 1, 3] < picture[0, 2, 3] == 255
    assert picture[0, 3, 3] == 0
