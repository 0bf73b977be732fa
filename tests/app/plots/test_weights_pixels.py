from __future__ import annotations

import numpy as np
import pytest

from app.plots.weights_pixels import grid_of_names, pixel_grid
from slp_core.data.samples import load_sample
from tests.app.plots.examples import dataset


@pytest.mark.parametrize(
    ("names", "shape", "place"),
    [
        ([f"pixel_{r}_{c}" for r in range(3) for c in range(5)], (3, 5), (1, 2)),
        ([f"{r}x{c}" for r in range(1, 5) for c in range(1, 5)], (4, 4), (1, 3)),
        ([f"pixel{n}" for n in range(16)], (4, 4), (1, 3)),
        ([f"pixel{n}" for n in range(1, 17)], (4, 4), (1, 3)),
        ([f"p{r}{c}" for r in range(8) for c in range(8)], (8, 8), (0, 7)),
        ([f"px{n:04}" for n in range(28 * 28)], (28, 28), (0, 7)),
    ],
)
def test_names_tell_where_a_pixel_is(
    names: list[str], shape: tuple[int, int], place: tuple[int, int]
) -> None:
    grid = grid_of_names(names)
    assert grid is not None
    assert (grid.rows, grid.columns) == shape
    assert (grid.row[7], grid.column[7]) == place
    assert grid.holes == 0


def test_constant_pixels_leave_holes() -> None:
    names = [f"pixel{n}" for n in range(1, 16) if n != 6]
    grid = grid_of_names(names)
    assert grid is not None
    assert (grid.rows, grid.columns, grid.holes) == (4, 4, 2)
    assert grid.feature_at(1, 2) == -1
    assert grid.feature_at(0, 1) == 0


@pytest.mark.parametrize(
    "names",
    [
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
        [f"year {n}" for n in range(1990, 2010)],
        ["x1", "x2"],
        [f"x{n}" for n in (1, 5, 90, 900, 5000, 80000, 3, 4, 6)],
        ["p1"] * 9,
    ],
)
def test_other_names_are_no_picture(names: list[str]) -> None:
    assert grid_of_names(names) is None


def test_the_digits_are_pictures_of_eight_by_eight() -> None:
    data = load_sample("digits")
    grid = pixel_grid(data.preparation)
    assert grid is not None
    assert (grid.rows, grid.columns) == (8, 8)
    assert grid.holes == 64 - data.features
    first = data.feature_names[0]
    assert (grid.row[0], grid.column[0]) == (int(first[1]), int(first[2]))


def test_iris_is_no_picture() -> None:
    assert pixel_grid(load_sample("iris").preparation) is None


@pytest.mark.parametrize(("last", "found"), [(1.0, True), (1e4, False)])
def test_a_square_number_of_like_features_may_be_a_picture(last: float, found: bool) -> None:
    random = np.random.default_rng(0)
    columns: dict[str, object] = {f"f{chr(97 + n)}": random.normal(size=30) for n in range(16)}
    columns["fp"] = random.normal(size=30) * last
    columns["kind"] = np.array(["a", "b"] * 15, dtype=object)
    grid = pixel_grid(dataset(columns, "kind").preparation)
    assert (grid is not None) is found
