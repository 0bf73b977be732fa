from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plots.field import Window, grid_scores, line_scores, recentred, scores_at
from slp_core.data.slices import restrict
from tests.app.plots.examples import blobs, weights


@pytest.mark.parametrize("degree", [1, 2, 3])
@pytest.mark.parametrize("features", [2, 4])
def test_the_grid_is_the_models_own_mathematics(degree: int, features: int) -> None:
    data = blobs(3, degree=degree, features=features)
    parameters = weights(data, 3)
    i, j = features - 1, 0
    M = restrict(data.preparation, parameters.W, parameters.b, i, j, data.means)
    x, y = Window.between(-2.0, 3.0), Window.between(0.5, 4.0)
    of = data.preparation.features
    local = recentred(M, x.scaled(of[i].center, of[i].scale), y.scaled(of[j].center, of[j].scale))
    scores = grid_scores(local, 21, 15)
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
    M = np.array(entries).reshape(1, 3, 3)
    x, y = Window(middle, half), Window(-middle / 2, half * 2)
    local = recentred(M, x, y)
    there = scores_at(local, t, s)
    assert there == pytest.approx(
        scores_at(M, x.middle + x.half * t, y.middle + y.half * s), rel=1e-6, abs=1e-6
    )


def test_far_from_zero_float32_still_tells_places_apart() -> None:
    """A line through x = 1e9 + 5, seen in a view ten wide: float32 has steps of 64 there."""
    M = np.array([[[-(1e9 + 5), 0.0], [1.0, 0.0]]])
    local = recentred(M, Window.between(1e9, 1e9 + 10), Window.between(0, 1))
    scores = grid_scores(local, 11, 3)
    assert scores.dtype == np.float32
    assert scores[0, 1] == pytest.approx(np.arange(11) - 5.0, abs=1e-5)


def test_enormous_weights_keep_their_signs() -> None:
    M = np.array([[[0.0, 0.0], [1e300, 0.0]]])
    scores = grid_scores(recentred(M, Window(0, 1), Window(0, 1)), 5, 3)
    assert np.isfinite(scores).all()
    assert np.sign(scores[0, 0]).tolist() == [-1, -1, 0, 1, 1]


def test_one_feature() -> None:
    M = np.array([[1.0, 2.0, 3.0]])
    scores = line_scores(recentred(M, Window(1.0, 2.0)), 5)
    u = np.linspace(-1, 3, 5)
    assert scores[0] == pytest.approx(1 + 2 * u + 3 * u**2)
    assert scores_at(M, 2.0) == pytest.approx([17.0])
