from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Float64s
from slp_core.data import principal
from slp_core.data.preprocessing import Feature, Preparation
from slp_core.data.principal import PrincipalPlane, principal_plane, slice_on
from slp_core.data.slices import scores_along
from slp_core.errors import ConfigError


def _cloud(n: int, p: int, seed: int) -> Float64s:
    """Correlated numbers with a mean of their own."""
    random = np.random.default_rng(seed)
    mixing = random.normal(size=(p, p)) * np.geomspace(3, 0.3, p)[:, None]
    return random.normal(size=(n, p)) @ mixing + random.normal(size=p)


def _preparation(features: int, degree: int, sine: float = 0.0) -> Preparation:
    rows = tuple(Feature(f"f{j}", f"f{j}", None, 0.5 * j, 1.0 + j) for j in range(features))
    return Preparation(rows, degree, "standardize", sine)


@settings(deadline=None)
@given(n=st.integers(3, 60), p=st.integers(2, 12), seed=st.integers(0, 9999))
def test_no_other_plane_holds_more_of_the_variance(n: int, p: int, seed: int) -> None:
    X = _cloud(n, p, seed)
    plane = principal_plane(X)
    centred = X - X.mean(axis=0)
    singular = np.linalg.svd(centred, compute_uv=False)
    shares = np.zeros(2)
    count = min(2, len(singular))
    shares[:count] = (singular**2 / (singular**2).sum())[:count]
    assert plane.shares == pytest.approx(tuple(shares), abs=1e-9)
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2), abs=1e-9)
    spread = (plane.project(X) ** 2).sum(axis=0) / (centred**2).sum()
    assert spread == pytest.approx(shares, abs=1e-9)


@settings(deadline=None)
@given(n=st.integers(3, 40), p=st.integers(2, 8), seed=st.integers(0, 9999))
def test_signs_do_not_depend_on_the_order_or_the_mirror_of_the_rows(
    n: int, p: int, seed: int
) -> None:
    X = _cloud(n, p, seed)
    plane = principal_plane(X)
    assert (plane.axes[np.arange(2), np.abs(plane.axes).argmax(axis=1)] > 0).all()
    if plane.shares[0] - plane.shares[1] > 1e-3 < plane.shares[1]:
        again = principal_plane(-X[::-1])
        assert again.axes[0] == pytest.approx(plane.axes[0], abs=1e-5)


@settings(deadline=None)
@given(
    p=st.integers(2, 7),
    degree=st.integers(1, 4),
    outputs=st.integers(1, 3),
    seed=st.integers(0, 9999),
    through=st.booleans(),
)
def test_on_the_plane_the_scores_are_those_of_the_full_model(
    p: int, degree: int, outputs: int, seed: int, through: bool
) -> None:
    random = np.random.default_rng(seed)
    preparation, X = _preparation(p, degree), _cloud(20, p, seed)
    plane = principal_plane(X)
    sample = X[3] if through else None
    m = len(preparation.terms)
    W, b = random.normal(size=(m, outputs)), random.normal(size=outputs)
    found = slice_on(preparation, plane, sample)
    places = random.normal(size=(9, 2)) * 3
    points = plane.points(places, sample)
    raw = points * preparation.scales + preparation.centers
    expected = preparation.transform(raw) @ W + b
    M = found.coefficients(W, b)
    assert M.shape == (outputs, degree + 1, degree + 1)
    along = scores_along(M, found.basis, places[:, 0], places[:, 1])
    scale = max(1.0, float(np.abs(expected).max()))
    np.testing.assert_allclose(along, expected, rtol=1e-7, atol=1e-8 * scale)
    assert plane.project(points) == pytest.approx(places, abs=1e-8)


@settings(deadline=None)
@given(p=st.integers(2, 9), seed=st.integers(0, 9999))
def test_the_plane_through_a_sample_holds_it_at_its_own_place(p: int, seed: int) -> None:
    X = _cloud(15, p, seed)
    plane = principal_plane(X)
    place = plane.project(X[4:5])
    assert plane.points(place, X[4])[0] == pytest.approx(X[4], abs=1e-9)
    assert plane.base() is plane.mean


def test_the_largest_loadings_come_first() -> None:
    plane = PrincipalPlane(np.zeros(4), np.array([[0.5, -0.8, 0.1, 0.3], [0, 0, 1, 0]]), (0.6, 0.2))
    assert plane.loadings(0, 3) == [(1, -0.8), (0, 0.5), (3, 0.3)]


def test_equal_rows_have_a_plane_without_variance() -> None:
    plane = principal_plane(np.ones((5, 3)))
    assert plane.shares == (0.0, 0.0)
    assert np.isfinite(plane.axes).all()


def test_float32_rows_give_float64_directions() -> None:
    X = _cloud(200, 5, 1)
    plane = principal_plane(X.astype(np.float32))
    assert plane.axes.dtype == np.float64
    assert plane.shares == pytest.approx(principal_plane(X).shares, abs=1e-5)


def test_many_features_are_taken_without_a_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    X = _cloud(80, 30, 2)
    exact = principal_plane(X)
    monkeypatch.setattr(principal, "_WIDE", 10)
    found = principal_plane(X)
    assert found.shares == pytest.approx(exact.shares, abs=1e-7)
    assert found.axes == pytest.approx(exact.axes, abs=1e-3)


def test_of_very_many_rows_evenly_spaced_ones_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    X = _cloud(5000, 4, 3)
    exact = principal_plane(X)
    monkeypatch.setattr(principal, "_MOST_PRODUCTS", 1000 * 16)
    found = principal_plane(X)
    assert (exact.every, found.every) == (1, 5)
    assert found.shares == pytest.approx(exact.shares, abs=0.05)


def test_one_feature_and_sines_have_no_plane() -> None:
    with pytest.raises(ConfigError):
        principal_plane(np.zeros((4, 1)))
    with pytest.raises(ConfigError):
        slice_on(_preparation(3, 1, 2.0), principal_plane(_cloud(9, 3, 0)))
