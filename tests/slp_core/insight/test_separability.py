"""Separable or not, with a proof that is checked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slp_core as slp
from slp_core.insight.optimum_linear import optimizer
from slp_core.insight.separability import Separability, separability
from tests.slp_core.training.examples import from_arrays


def right(dataset: slp.Dataset, found: Separability) -> bool:
    assert found.weights is not None
    V = dataset.X @ found.weights.W + found.weights.b
    if V.shape[1] == 1:
        return bool((np.where(dataset.labels == 1, V[:, 0], -V[:, 0]) > 0).all())
    own = V[np.arange(len(V)), dataset.labels].copy()
    V[np.arange(len(V)), dataset.labels] = -np.inf
    return bool((own > V.max(axis=1)).all())


def hulls_meet(dataset: slp.Dataset, found: Separability) -> bool:
    """Whether some mix of the named rows of the one class is a mix of those of the other."""
    assert found.classes is not None
    rows = np.array(found.rows)
    sign = np.where(dataset.labels[rows] == found.classes[1], 1.0, -1.0)
    A = np.vstack([(dataset.X[rows] * sign[:, None]).T, sign > 0, sign < 0]).astype(float)
    target = np.append(np.zeros(dataset.X.shape[1]), [1.0, 1.0])
    solve = optimizer().linprog
    return bool(solve(np.zeros(len(rows)), A_eq=A, b_eq=target, method="highs").status == 0)


@pytest.mark.parametrize("name", ["separable", "wine", "penguins", "breast_cancer", "digits"])
def test_weights_are_the_proof_of_separable_sets(name: str) -> None:
    dataset = slp.load_sample(name)
    found = separability(dataset, seconds=None)
    assert found.separable
    assert right(dataset, found)


@pytest.mark.parametrize(
    "name", ["two_gaussians", "xor", "circles", "moons", "three_blobs", "iris"]
)
def test_a_common_point_of_two_classes_is_the_proof_of_the_contrary(name: str) -> None:
    dataset = slp.load_sample(name)
    found = separability(dataset)
    assert found.separable is False
    assert len(found.rows) <= dataset.X.shape[1] + 2
    assert hulls_meet(dataset, found)
    assert found.classes is not None
    for place in found.classes:
        assert dataset.classes[place] in found.proof


def test_higher_degrees_separate_what_a_line_cannot() -> None:
    dataset = slp.load_sample("circles", noise=0.05, degree=2)
    assert right(dataset, separability(dataset))


def test_without_a_bias_the_line_goes_through_the_origin() -> None:
    X = np.array([[1.0, 0.0], [2.0, 0.1], [3.0, 0.0], [4.0, -0.1]])
    dataset = from_arrays(X, np.array([0, 0, 1, 1]), scaling="none")
    assert separability(dataset).separable
    assert separability(dataset, bias=False).separable is False


def test_a_million_times_larger_features_change_nothing() -> None:
    generator = np.random.default_rng(0)
    X = generator.normal(size=(50, 2))
    labels = (X @ [1.0, 2.0] > 0.3).astype(int)
    for factor in ([1.0, 1.0], [1e6, 1e-6]):
        assert separability(from_arrays(X * factor, labels, scaling="none")).separable


def test_many_rows_are_taken_in_step_by_step() -> None:
    generator = np.random.default_rng(0)
    X = generator.normal(size=(20_000, 3))
    score = X @ [1.0, -2.0, 0.5] + 0.2
    dataset = from_arrays(X[np.abs(score) > 1e-3], (score[np.abs(score) > 1e-3] > 0).astype(int))
    assert right(dataset, separability(dataset, seconds=None))
    labels = dataset.labels.copy()
    labels[7] = 1 - labels[7]
    flipped = from_arrays(dataset.X, labels)
    found = separability(flipped, seconds=None)
    assert found.separable is False
    assert hulls_meet(flipped, found)


def test_time_and_cancelling_leave_it_open() -> None:
    for found in (
        separability(slp.load_sample("iris"), seconds=0.0),
        separability(slp.load_sample("xor"), cancelled=lambda: True),
    ):
        assert found.separable is None
        assert "not settled" in found.proof


def test_numbers_have_no_classes() -> None:
    assert separability(slp.load_sample("noisy_line")).separable is None


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(4, 14))
def test_the_answer_is_always_one_of_the_two_with_its_proof(seed: int, rows: int) -> None:
    """Small whole numbers: equal points, points on the line, and classes of one point occur."""
    generator = np.random.default_rng(seed)
    X = generator.integers(-2, 3, (rows, 2)).astype(float)
    labels = np.append([0, 1], generator.integers(0, 2, rows - 2))
    dataset = from_arrays(X, labels, scaling="none")
    found = separability(dataset)
    assert found.separable is not None
    assert right(dataset, found) if found.separable else hulls_meet(dataset, found)
