from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.generators import MARGIN, separable, shares
from slp_core.data.samples import SAMPLES, load_sample, sample_table
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot
from slp_core.training.trainer import Trainer

SIZES = st.integers(6, 400)


@given(SIZES, st.integers(2, 5), st.floats(0.01, 0.99))
def test_balance_is_the_share_of_the_first_class(points: int, classes: int, balance: float) -> None:
    counts = np.bincount(shares(points, classes, balance), minlength=classes)
    assert counts.sum() == points
    assert counts.min() >= 1
    spare = points - (classes - 1)
    assert abs(counts[0] - min(max(points * balance, 1), spare)) <= 1
    assert counts[1:].max() - counts[1:].min() <= 1


@given(SIZES, st.integers(2, 5))
def test_an_even_balance_is_as_if_none_was_given(points: int, classes: int) -> None:
    assert np.array_equal(shares(points, classes, 1 / classes), shares(points, classes))


def test_the_usual_balance_is_the_one_that_is_made() -> None:
    for key, row in SAMPLES.items():
        if row.balance is not None:
            labels = load_sample(key).labels
            first = np.count_nonzero(labels == 0)
            assert abs(first / row.points - row.balance) <= 0.5 / row.points + 1e-12


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 100), st.floats(0.01, 0.99), st.integers(0, 2**31))
def test_the_margin_stays_empty_whatever_is_asked_for(
    noise: float, balance: float, seed: int
) -> None:
    table = sample_table("separable", points=60, noise=noise, balance=balance, seed=seed)
    distance = np.asarray(table.matrix(), np.float64) @ [0.5**0.5, 0.5**0.5]
    assert np.abs(distance).min() >= MARGIN
    assert np.array_equal(distance > 0, table.column("class").values == "B")


def test_the_folded_clouds_are_where_they_belong() -> None:
    labels = shares(4000, 2)
    inputs = separable(labels, 0.3, np.random.default_rng(0))
    np.testing.assert_allclose(inputs[labels == 1].mean(axis=0), [1.0, 1.0], atol=0.05)


@pytest.mark.parametrize("key", ["three_blobs", "four_blobs", "five_blobs"])
def test_blobs_lie_around_a_circle(key: str) -> None:
    dataset = load_sample(key, noise=0.0, scaling="none")
    np.testing.assert_allclose(np.hypot(dataset.inputs(0), dataset.inputs(1)), 2.0)
    middles = np.unique(np.round(dataset.X, 9), axis=0)
    assert len(middles) == SAMPLES[key].classes


def test_the_arms_of_the_spiral_never_meet() -> None:
    dataset = load_sample("spiral", noise=0.0, points=2000, scaling="none")
    x, y = dataset.inputs(0), dataset.inputs(1)
    radius = np.hypot(x, y)
    turn = np.angle(np.exp(1j * (np.arctan2(y, x) - 3 * np.pi * radius)))
    np.testing.assert_allclose(np.abs(turn), np.pi * dataset.labels, atol=1e-9)


def test_without_noise_the_plane_is_the_plane() -> None:
    dataset = load_sample("noisy_plane", noise=0.0, scaling="none")
    plane = 2 * dataset.inputs(0) - dataset.inputs(1) + 1
    np.testing.assert_allclose(dataset.values, plane)


def test_recommended_settings_are_settings() -> None:
    names = {row.name for row in fields(TrainingConfig)}
    recommended = [row.settings for row in SAMPLES.values() if row.settings]
    assert recommended
    for chosen in recommended:
        assert set(chosen) <= names
        TrainingConfig(**dict(chosen))  # pyright: ignore[reportArgumentType] - plain values


def _run(**changes: object) -> tuple[Snapshot, Snapshot]:
    dataset = load_sample("saturated_start")
    chosen = {**SAMPLES["saturated_start"].settings, "epochs": 400, **changes}
    config = TrainingConfig(**chosen)  # pyright: ignore[reportArgumentType] - plain values
    trainer = Trainer(dataset, config.resolved(dataset))
    before = trainer.snapshot()
    trainer.advance()
    return before, trainer.snapshot()


@pytest.mark.parametrize(
    ("loss", "first", "last", "right"),
    [("quadratic", 0.874 / 2, 0.869 / 2, 0.11), ("cross_entropy", 11.46, 0.226, 0.895)],
)
def test_a_wrong_start_is_left_by_cross_entropy_alone(
    loss: str, first: float, last: float, right: float
) -> None:
    start = Parameters(np.array([[-8.0], [-8.0]]), np.array([0.0]))
    before, after = _run(loss=loss, start=start, learning_rate=1.0)
    assert before.loss == pytest.approx(first, rel=2e-3)
    assert after.loss == pytest.approx(last, rel=2e-3)
    assert after.accuracy == pytest.approx(right, abs=0.01)


def test_the_recommended_start_stands_still_as_well() -> None:
    before, after = _run()
    assert after.loss > 0.9 * before.loss
    assert after.accuracy is not None
    assert after.accuracy < 0.2
    _, learnt = _run(loss="cross_entropy")
    assert learnt.accuracy is not None
    assert learnt.accuracy > 0.85
