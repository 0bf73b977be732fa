from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.insight.landscape import ground_of, losses, reach
from slp_core.insight.landscape_plane import through_path, through_weights
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import pose


def iris() -> Dataset:
    return load_sample("iris")


CONFIGS = (
    TrainingConfig(activation="softmax", loss="cross_entropy", l1=0.01, l2=0.1),
    TrainingConfig(activation="sigmoid", loss="quadratic", class_weights="balanced"),
    TrainingConfig(activation="identity", loss="hinge"),
    TrainingConfig(activation="tanh", loss="squared_hinge", l2=1e-3, bias=False),
)


def some(data: Dataset, seed: int = 0) -> Parameters:
    random = np.random.default_rng(seed)
    return Parameters(random.normal(size=(data.terms, 3)), random.normal(size=3))


@pytest.mark.parametrize("config", CONFIGS)
def test_losses_are_those_of_the_objective(config: TrainingConfig) -> None:
    data = iris()
    at = some(data)
    problem = pose(data, config)
    part = problem.training
    ground = ground_of(data, config)
    plane = through_weights(at, 2, 13)
    a, b = np.array([-2.0, 0.0, 1.5]), np.array([-1.0, 3.0])
    found = losses(ground, plane, a, b)
    assert found is not None
    assert not ground.is_part
    for row, height in enumerate(b):
        for column, place in enumerate(a):
            there = plane.parameters(place, height)
            exact = problem.objective.value(there, part.X, part.Y, part.weights)
            assert found[row, column] == pytest.approx(exact, rel=1e-12)
            assert ground.value(there) == pytest.approx(exact, rel=1e-12)


def test_the_plane_over_two_weights_goes_through_the_present_ones() -> None:
    at = some(iris())
    plane = through_weights(at, 4, 12)
    ((a, b),) = plane.places(at.flat()[None])
    assert (a, b) == (at.flat()[4], at.flat()[12])
    np.testing.assert_array_equal(plane.parameters(a, b).flat(), at.flat())


def test_many_samples_are_answered_for_by_some_and_it_is_known() -> None:
    data = iris()
    ground = ground_of(data, CONFIGS[0], most=90)
    assert ground.is_part
    assert (len(ground.X), ground.total) == (30, 150)
    again = ground_of(data, CONFIGS[0], most=90)
    np.testing.assert_array_equal(ground.X, again.X)


def test_overflow_is_not_finite_and_never_a_loss_of_nothing() -> None:
    data = iris()
    ground = ground_of(data, CONFIGS[2])
    found = losses(ground, through_weights(some(data), 0, 1), np.array([0.0, 1e308]), np.zeros(1))
    assert found is not None
    assert np.isfinite(found[0, 0])
    assert not np.isfinite(found[0, 1])


def test_a_cancelled_picture_is_none() -> None:
    data = iris()
    ground = ground_of(data, CONFIGS[0])
    plane = through_weights(some(data), 0, 1)
    assert losses(ground, plane, np.zeros(2), np.zeros(2), lambda: True) is None


@settings(deadline=None, max_examples=40)
@given(st.integers(3, 12), st.integers(0, 50))
def test_a_path_within_a_plane_is_found_whole(points: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    basis = np.linalg.qr(random.normal(size=(8, 2)))[0].T
    flats = random.normal(size=(points, 2)) * (3.0, 1.0) @ basis + random.normal(size=8)
    found = through_path(flats, (3, 2))
    assert found.share == pytest.approx(1.0)
    plane = found.plane
    places = plane.places(flats)
    np.testing.assert_allclose(places[0], 0.0, atol=1e-12)
    assert (places[-1] >= 0.0).all()
    back = np.array([plane.flat(a, b) for a, b in places])
    np.testing.assert_allclose(back, flats, atol=1e-9)
    assert plane.across @ plane.up == pytest.approx(0.0, abs=1e-12)


def test_a_straight_path_gets_a_second_direction_without_the_bias() -> None:
    flats = np.outer(np.arange(4.0), [1.0, 2.0, 0.0])
    found = through_path(flats, (2, 1), free=2)
    assert found.straight
    assert found.share == pytest.approx(1.0)
    assert found.plane.up[2] == 0.0
    assert found.plane.up @ found.plane.across == pytest.approx(0.0, abs=1e-12)


def test_a_single_learnt_weight_has_the_bias_beside_it() -> None:
    found = through_path(np.array([[0.0, 0.0], [2.0, 0.0]]), (1, 1), free=1)
    np.testing.assert_allclose(np.abs(found.plane.up), [0.0, 1.0])


@pytest.mark.parametrize("flats", [np.ones((1, 3)), np.ones((5, 3)), np.full((3, 3), np.nan)])
def test_no_movement_has_no_direction(flats: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"moved|finite"):
        through_path(flats, (2, 1))


def test_the_first_view_reaches_scores_of_three() -> None:
    data = iris()
    ground = ground_of(data, CONFIGS[0])
    across, up = reach(ground, through_weights(some(data), 0, 12))
    assert across == pytest.approx(3.0, rel=1e-6)  # one of three outputs, standardised
    assert up == pytest.approx(3.0, rel=1e-6)
