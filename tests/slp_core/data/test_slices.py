from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Float64s
from slp_core.data.preprocessing import Feature, Preparation
from slp_core.data.slices import restrict, slice_through


def _preparation(features: int, degree: int, seed: int, sine: float = 0.0) -> Preparation:
    """Every third feature is a category, which has no sine term."""
    generator = np.random.default_rng(seed)
    rows = tuple(
        Feature(
            f"f{j}",
            f"f{j}",
            "yes" if j % 3 == 2 else None,
            generator.normal(),
            generator.uniform(0.5, 2.0),
        )
        for j in range(features)
    )
    return Preparation(rows, degree, "standardize", sine)


def _scores(preparation: Preparation, W: Float64s, b: Float64s, inputs: Float64s) -> Float64s:
    return np.asarray(preparation.transform(inputs) @ W + b)


@settings(deadline=None)
@given(
    features=st.integers(2, 5),
    degree=st.integers(1, 4),
    outputs=st.integers(1, 3),
    seed=st.integers(0, 999),
    sine=st.sampled_from([0.0, 1.0, np.pi, 4 * np.pi]),
    data=st.data(),
)
def test_a_plane_gives_the_scores_of_the_full_model(
    features: int, degree: int, outputs: int, seed: int, sine: float, data: st.DataObject
) -> None:
    i, j = data.draw(st.permutations(range(features)))[:2]
    preparation = _preparation(features, degree, seed, sine)
    generator = np.random.default_rng(seed + 1)
    W, b = generator.normal(size=(len(preparation.terms), outputs)), generator.normal(size=outputs)
    held = generator.normal(size=features)
    through = slice_through(preparation, i, j, held)
    M, size = through.coefficients(W, b), degree + 1 + bool(sine)
    assert M.shape == (outputs, size, size)
    inputs = np.tile(held, (10, 1))
    inputs[:, [i, j]] = generator.normal(size=(10, 2))
    u, v = ((inputs - preparation.centers) / preparation.scales)[:, [i, j]].T
    across, up = (_functions(places, degree, sine) for places in (u, v))
    along = np.einsum("kab,na,nb->nk", M, across, up)
    np.testing.assert_allclose(along, _scores(preparation, W, b, inputs), rtol=1e-9, atol=1e-9)


def _functions(u: Float64s, degree: int, sine: float) -> Float64s:
    powers = [u**power for power in range(degree + 1)]
    return np.stack([*powers, *([np.sin(sine * u)] if sine else [])], axis=1)


@pytest.mark.parametrize("degree", [1, 2, 5])
@pytest.mark.parametrize("features", [1, 4])
@pytest.mark.parametrize("sine", [0.0, np.pi])
def test_a_line_gives_the_scores_of_the_full_model(features: int, degree: int, sine: float) -> None:
    preparation = _preparation(features, degree, 5, sine)
    generator = np.random.default_rng(6)
    W, b = generator.normal(size=(len(preparation.terms), 2)), generator.normal(size=2)
    held = generator.normal(size=features)
    i = features - 1
    through = slice_through(preparation, i, None, held)
    M = through.coefficients(W, b)
    assert M.shape == (2, through.basis.size)
    inputs = np.tile(held, (7, 1))
    inputs[:, i] = np.linspace(-2, 2, 7)
    u = (inputs[:, i] - preparation.centers[i]) / preparation.scales[i]
    along = through.basis.values(u) @ M.T
    np.testing.assert_allclose(through.basis.values(u), _functions(u, degree, sine), rtol=1e-12)
    np.testing.assert_allclose(along, _scores(preparation, W, b, inputs), rtol=1e-9, atol=1e-9)


def test_values_at_the_moving_features_are_not_read() -> None:
    preparation = _preparation(3, 2, 1, 2.0)
    W, b = np.ones((len(preparation.terms), 1)), np.zeros(1)
    nan = float("nan")
    held = np.array([nan, 0.5, nan])
    assert np.isfinite(restrict(preparation, W, b, 0, 2, held)).all()


def test_one_slice_serves_many_weights() -> None:
    preparation = _preparation(4, 3, 2)
    held = np.zeros(4)
    through = slice_through(preparation, 1, 3, held)
    for seed in range(3):
        W = np.random.default_rng(seed).normal(size=(len(preparation.terms), 2))
        expected = restrict(preparation, W, np.ones(2), 1, 3, held)
        assert np.array_equal(through.coefficients(W, np.ones(2)), expected)
