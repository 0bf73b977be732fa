from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pytest

from slp_core.data.samples import SAMPLES, load_sample, sample_table
from slp_core.errors import ConfigError

GENERATED = [key for key, row in SAMPLES.items() if row.generated]
CLOUDS = [key for key, row in SAMPLES.items() if row.cloud is not None]

USED = {"penguins": (9, 333), "cars": (9, 392), "digits": (61, 1797)}
"""Features and samples of the sets whose columns and rows are not all used as they are."""

GOLDEN = {
    "two_gaussians": "2fb2073f77a5ac08",
    "overlapping": "bd92860e5ddca255",
    "separable": "85dea505fece7e3a",
    "imbalanced": "90b0e63ac376d9f6",
    "saturated_start": "2fb2073f77a5ac08",
    "xor": "6807ba55adbe73b9",
    "circles": "f119e4f6188e57d9",
    "moons": "802e05332089630e",
    "spiral": "4cda0eb81215dc08",
    "three_blobs": "61e8be95cb751636",
    "four_blobs": "1e4edc6bde87b533",
    "five_blobs": "f78e22cd06013344",
    "noisy_line": "1316edfa02e4ffbd",
    "noisy_plane": "07b1a1f7cf79df89",
}
"""Digest of the points of seed 0, which people have built lessons on."""


@pytest.mark.parametrize("key", SAMPLES)
def test_every_set_loads_as_what_it_says(key: str) -> None:
    row = SAMPLES[key]
    dataset = load_sample(key)
    used = USED.get(key, (row.features, row.points))
    assert (dataset.features, dataset.samples) == used
    assert len(dataset.classes) == row.classes
    assert (dataset.task == "regression") == (row.classes == 0)
    assert dataset.target == row.target
    assert dataset.left_out == row.points - dataset.samples
    assert dataset.name == row.label
    assert row.key == key
    assert row.summary.endswith(".")
    assert len(row.summary) <= 75  # three lines of a card
    assert row.source
    assert row.licence


def test_the_pixels_that_never_change_are_said() -> None:
    dataset = load_sample("digits")
    assert dataset.classes == tuple("0123456789")
    assert [note.partition(":")[0] for note in dataset.notes] == ["p00", "p40", "p47"]


@pytest.mark.parametrize("key", GENERATED)
def test_the_usual_points_never_change(key: str) -> None:
    text = ""
    for column in sample_table(key).columns:
        # Sines may differ in their last digits between processors.
        numbers = column.numbers if column.numbers is not None else ()
        text += ",".join([f"{x:.9f}" for x in numbers] or [str(t) for t in column.values])
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == GOLDEN[key]


@pytest.mark.parametrize("key", GENERATED)
def test_a_seed_gives_the_same_points_and_another_seed_others(key: str) -> None:
    first, again, other = (sample_table(key, seed=seed).columns[0].values for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("key", CLOUDS)
@pytest.mark.parametrize("points", [6, 7, 100])
def test_points_are_as_many_as_asked_for_and_evenly_shared(key: str, points: int) -> None:
    dataset = load_sample(key, points=points, balance=1 / SAMPLES[key].classes)
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
    ("key", "given", "field"),
    [
        ("nope", {}, "sample"),
        ("iris", {"points": 10}, "points"),
        ("digits", {"noise": 0.1}, "noise"),
        ("wine", {"balance": 0.5}, "balance"),
        ("noisy_line", {"balance": 0.5}, "balance"),
        ("xor", {"points": 5}, "points"),
        ("xor", {"points": 10**9}, "points"),
        ("xor", {"points": 10.5}, "points"),
        ("xor", {"noise": -0.1}, "noise"),
        ("xor", {"noise": float("nan")}, "noise"),
        ("xor", {"balance": 0.0}, "balance"),
        ("xor", {"balance": 1.0}, "balance"),
        ("xor", {"balance": float("nan")}, "balance"),
    ],
)
def test_what_cannot_be_made_is_refused(key: str, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        sample_table(key, **given)
    assert caught.value.field == field


def test_an_unknown_set_lists_those_that_exist() -> None:
    with pytest.raises(ConfigError) as caught:
        load_sample("nope")
    assert caught.value.allowed == tuple(SAMPLES)


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1"])
def test_a_seed_that_is_none_is_refused(seed: int) -> None:
    with pytest.raises(ConfigError):
        sample_table("xor", seed=seed)
