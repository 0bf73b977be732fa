from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plots.field import Window, recentred, scores_at
from slp_core.data.slices import Basis, slice_through
from tests.app.plots.examples import blobs, weights


@pytest.mark.parametrize("degree", [1, 2, 3])
@pytest.mark.parametrize("features", [2, 4])
@pytest.mark.parametrize("sine", [False, True])
def test_the_grid_is_the_models_own_mathematics(degree: int, features: int, sine: bool) -> None:
    data = blobs(3, degree=degree, features=features, sine=sine)
    parameters = weights(data, 3)
    i, j = features - 1, 0
    through = slice_through(data.preparation, i, j, data.means)
    M = through.coefficients(parameters.W, parameters.b)
    x, y = Window.between(-2.0, 3.0), Window.between(0.5, 4.0)
    of = data.preparation.features
    windows = x.scaled(of[i].center, of[i].scale), y.scaled(of[j].center, of[j].scale)
    scores = recentred(M, through.basis, *windows).grid(21, 15)
    inputs = np.tile(data.means, (15, 21, 1))
    inputs[:, :, i] = np.linspace(-2, 3, 21)
    inputs[:, :, j] = np.linspace(0.5, 4, 15)[:, None]
    X = data.preparation.transform(inputs.reshape(-1, features))
    wanted = (X @ parameters.W + parameters.b).T.reshape(3, 15, 21)
    assert np.allclose(scores, wanted, rtol=1e-4, atol=1e-3 * np.abs(wanted).max())


@settings(deadline=None)
@given(
    st.lists(st.floats(-3, 3), min_size=9, max_size=9),
    st.floats(-5, 5),
    st.floats(0.01, 4),
    st.floats(-1, 1),
    st.floats(-1, 1),
)
def test_recentring_changes_nothing(
    entries: list[float], middle: float, half: float, t: float, s: float
) -> None:
    M, basis = np.array(entries).reshape(1, 3, 3), Basis(2)
    x, y = Window(middle, half), Window(-middle / 2, half * 2)
    there = scores_at(recentred(M, basis, x, y).coefficients, basis, t, s)
    assert there == pytest.approx(
        scores_at(M, basis, x.middle + x.half * t, y.middle + y.half * s), rel=1e-6, abs=1e-6
    )


def test_far_from_zero_float32_still_tells_places_apart() -> None:
    """A line through x = 1e9 + 5, seen in a view ten wide: float32 has steps of 64 there."""
    M = np.array([[[-(1e9 + 5), 0.0], [1.0, 0.0]]])
    local = recentred(M, Basis(1), Window.between(1e9, 1e9 + 10), Window.between(0, 1))
    scores = local.grid(11, 3)
    assert scores.dtype == np.float32
    assert scores[0, 1] == pytest.approx(np.arange(11) - 5.0, abs=1e-5)


def test_enormous_weights_keep_their_signs() -> None:
    M = np.array([[[0.0, 0.0], [1e300, 0.0]]])
    scores = recentred(M, Basis(1), Window(0, 1), Window(0, 1)).grid(5, 3)
    assert np.isfinite(scores).all()
    assert np.sign(scores[0, 0]).tolist() == [-1, -1, 0, 1, 1]


def test_one_feature() -> None:
    M = np.array([[1.0, 2.0, 3.0]])
    scores = recentred(M, Basis(2), Window(1.0, 2.0)).line(5)
    u = np.linspace(-1, 3, 5)
    assert scores[0] == pytest.approx(1 + 2 * u + 3 * u**2)
    assert scores_at(M, Basis(2), 2.0) == pytest.approx([17.0])


def test_a_sine_keeps_its_place_however_the_view_moves() -> None:
    """Far out and close in: the wave is that of the feature, not of the view."""
    basis, M = Basis(1, 3.0), np.array([[1.0, -0.5, 2.0]])
    for middle, half in ((0.0, 1.0), (1e6, 2.0), (-3.0, 1e-4)):
        u = np.linspace(middle - half, middle + half, 7)
        wanted = 1.0 - 0.5 * u + 2.0 * np.sin(3.0 * u)
        found = recentred(M, basis, Window(middle, half)).line(7)[0]
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)


def test_a_sine_bends_the_grid() -> None:
    basis, M = Basis(1, np.pi), np.zeros((1, 3, 3))
    M[0, 2, 0], M[0, 0, 1] = 1.0, 1.0  # sin(pi u) + v
    scores = recentred(M, basis, Window(10.0, 1.0), Window(0.0, 2.0)).grid(9, 5)[0]
    u, v = np.linspace(9.0, 11.0, 9), np.linspace(-2.0, 2.0, 5)
    assert scores == pytest.approx(np.sin(np.pi * u) + v[:, np.newaxis], abs=1e-5)
