"""Second derivatives in the score: central differences of the error signal, for every pair."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from tests.slp_core.network.cases import DEFINED_PAIRS, name, targets, widths


@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_curvature_is_the_central_difference_of_the_error_signal(judged: Pair) -> None:
    rng = np.random.default_rng(4)
    objective = Objective(activation=judged.activation, loss=judged.loss)
    h = 1e-6
    for k in widths(judged):
        V, Y = rng.uniform(-2.5, 2.5, (40, k)), targets(judged, 40, k, rng)
        found = objective.curvature(V, Y)
        for j in range(k):
            step = h * np.eye(k)[j]
            above, below = objective.error_signal(V + step, Y), objective.error_signal(V - step, Y)
            numeric = (above - below) / (2.0 * h)
            if judged.coupled:
                np.testing.assert_allclose(found[:, :, j], numeric, atol=1e-8)
            else:
                np.testing.assert_allclose(found[:, j], numeric[:, j], atol=1e-8)


def test_by_hand() -> None:
    logistic = Objective(activation="sigmoid", loss="cross_entropy")
    V, Y = np.array([[0.0], [np.log(3.0)]]), np.array([[1.0], [0.0]])
    np.testing.assert_allclose(logistic.curvature(V, Y), [[0.25], [0.1875]], rtol=1e-15)
    softmax = Objective(activation="softmax", loss="cross_entropy")
    block = softmax.curvature(np.log([[1.0, 2.0, 5.0]]), np.array([[0.0, 0.0, 1.0]]))
    p = np.array([0.125, 0.25, 0.625])
    np.testing.assert_allclose(block[0], np.diag(p) - np.outer(p, p), rtol=1e-14)


def test_of_the_probit_in_single_precision() -> None:
    """φ/Φ + v is 1/|v| far out, which is below the last digit of v in single precision."""
    objective = Objective(activation="probit", loss="cross_entropy")
    V, Y = np.array([[-1e4], [-300.0], [2.0]], np.float32), np.ones((3, 1), np.float32)
    found = objective.curvature(V, Y)
    assert found.dtype == np.float32
    wanted = objective.curvature(V.astype(np.float64), Y.astype(np.float64))
    np.testing.assert_allclose(found, wanted, rtol=1e-6)
    np.testing.assert_allclose(found[:2], 1.0, rtol=1e-4)


def test_of_the_right_shape_and_symmetric() -> None:
    rng = np.random.default_rng(0)
    V, Y = rng.normal(size=(5, 3)), np.eye(3)[[0, 1, 2, 0, 1]]
    for loss in ("cross_entropy", "quadratic", "huber"):
        H = Objective(activation="softmax", loss=loss).curvature(V, Y)
        assert H.shape == (5, 3, 3)
        np.testing.assert_allclose(H, np.swapaxes(H, 1, 2), atol=1e-15)
        np.testing.assert_allclose(H.sum(axis=2), 0.0, atol=1e-15)
    assert Objective(activation="softmax", loss="perceptron").curvature(V, 2 * Y - 1).shape == (
        5,
        3,
    )


CONVEX = [
    judged
    for judged in DEFINED_PAIRS
    if judged.status in ("canonical", "works") and judged.activation != "leaky_relu"
]


@pytest.mark.parametrize("judged", CONVEX, ids=name)
def test_the_convex_pairs_never_curve_down(judged: Pair) -> None:
    rng = np.random.default_rng(0)
    k = widths(judged)[-1]
    V, Y = rng.uniform(-30.0, 30.0, (60, k)), targets(judged, 60, k, rng)
    C = Objective(activation=judged.activation, loss=judged.loss).curvature(V, Y)
    lowest = np.linalg.eigvalsh(C).min() if judged.coupled else C.min()
    assert lowest >= -1e-12
