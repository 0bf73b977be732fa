from __future__ import annotations

import numpy as np
import pytest

from slp_core.data.samples import SAMPLES, load_sample, sample_table
from slp_core.errors import ConfigError

GENERATED = [key for key, row in SAMPLES.items() if row.generated]

SHAPES = {
    "two_gaussians": ("binary", 2, 200),
    "xor": ("binary", 2, 200),
    "circles": ("binary", 2, 200),
    "moons": ("binary", 2, 200),
    "three_blobs": ("multiclass", 2, 240),
    "iris": ("multiclass", 4, 150),
    "digits": ("multiclass", 61, 1797),
    "noisy_line": ("regression", 1, 100),
}


@pytest.mark.parametrize("key", SAMPLES)
def test_every_set_loads_as_what_it_says(key: str) -> None:
    row = SAMPLES[key]
    dataset = load_sample(key)
    assert (dataset.task, dataset.features, dataset.samples) == SHAPES[key]
    assert dataset.samples == row.points
    assert dataset.target == row.target
    assert dataset.left_out == 0
    assert dataset.name == row.label
    assert row.key == key
    assert row.summary.endswith(".")
    assert row.source
    assert row.licence


def test_the_pixels_that_never_change_are_said() -> None:
    dataset = load_sample("digits")
    assert dataset.classes == tuple("0123456789")
    assert [note.partition(":")[0] for note in dataset.notes] == ["p00", "p40", "p47"]


@pytest.mark.parametrize("key", GENERATED)
def test_a_seed_gives_the_same_points_and_another_seed_others(key: str) -> None:
    first, again, other = (sample_table(key, seed=seed).columns[0].values for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("key", [key for key in GENERATED if key != "noisy_line"])
@pytest.mark.parametrize("points", [6, 7, 100])
def test_points_are_as_many_as_asked_for_and_evenly_shared(key: str, points: int) -> None:
    dataset = load_sample(key, points=points)
    counts = np.bincount(dataset.labels)
    assert counts.sum() == points
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize(
    ("key", "degree", "accuracy"),
    [("two_gaussians", 1, 0.85), ("xor", 2, 0.9), ("circles", 2, 0.95), ("moons", 3, 0.95)],
)
def test_sets_are_as_separable_as_they_say(key: str, degree: int, accuracy: float) -> None:
    dataset = load_sample(key, degree=degree, points=400)
    X = np.hstack([dataset.X, np.ones((400, 1))])
    W = np.linalg.lstsq(X, 2.0 * dataset.labels - 1.0)[0]
    assert np.mean((X @ W > 0) == dataset.labels) > accuracy


@pytest.mark.parametrize("key", ["xor", "circles"])
def test_no_line_separates_the_sets_that_say_so(key: str) -> None:
    dataset = load_sample(key, points=400)
    X = np.hstack([dataset.X, np.ones((400, 1))])
    W = np.linalg.lstsq(X, 2.0 * dataset.labels - 1.0)[0]
    assert np.mean((X @ W > 0) == dataset.labels) < 0.75


def test_without_noise_the_line_is_the_line() -> None:
    dataset = load_sample("noisy_line", noise=0.0, scaling="none")
    np.testing.assert_allclose(dataset.values, 2.0 * dataset.inputs(0) + 1.0)


def test_noise_is_the_deviation_of_the_points() -> None:
    table = sample_table("two_gaussians", points=20_000, noise=0.25)
    x, label = table.column("x1").values, table.column("class").values
    assert abs(np.std(x[label == "A"]) - 0.25) < 0.01
    assert abs(np.mean(x[label == "A"]) + 1.0) < 0.01


@pytest.mark.parametrize(
    ("key", "points", "noise", "field"),
    [
        ("nope", None, None, "sample"),
        ("iris", 10, None, "points"),
        ("digits", None, 0.1, "noise"),
        ("xor", 5, None, "points"),
        ("xor", 10**9, None, "points"),
        ("xor", 10.5, None, "points"),
        ("xor", None, -0.1, "noise"),
        ("xor", None, float("nan"), "noise"),
    ],
)
def test_what_cannot_be_made_is_refused(
    key: str, points: int | None, noise: float | None, field: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        sample_table(key, points=points, noise=noise)
    assert caught.value.field == field


def test_an_unknown_set_lists_those_that_exist() -> None:
    with pytest.raises(ConfigError) as caught:
        load_sample("nope")
    assert caught.value.allowed == tuple(SAMPLES)


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1"])
def test_a_seed_that_is_none_is_refused(seed: int) -> None:
    with pytest.raises(ConfigError):
        sample_table("xor", seed=seed)
