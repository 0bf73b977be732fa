"""The largest stable rate: known constants, and descent that settles below it and not above."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.network.stable_rate import curvature_bound, largest_eigenvalue, largest_stable_rate
from tests.slp_core.network.cases import ALL_PAIRS, DEFINED_PAIRS, name

RNG = np.random.default_rng(6)
X = RNG.normal(size=(50, 3)) * [1.0, 3.0, 0.2] + [0.0, 1.0, 0.5]


@pytest.mark.parametrize(
    ("activation", "loss", "bound"),
    [
        ("sigmoid", "cross_entropy", 0.25),
        ("softmax", "cross_entropy", 0.5),
        ("identity", "quadratic", 1.0),
        ("identity", "squared_hinge", 2.0),
        ("identity", "huber", 1.0),
        ("relu", "quadratic", 1.0),
        ("probit", "cross_entropy", 1.0),
        ("sigmoid", "hinge", 1.0 / (6.0 * np.sqrt(3.0))),
    ],
)
def test_known_bounds(activation: str, loss: str, bound: float) -> None:
    found = curvature_bound(pair(activation, loss))
    assert found is not None
    np.testing.assert_allclose(found, bound, rtol=1e-4)


@pytest.mark.parametrize("judged", ALL_PAIRS, ids=name)
def test_there_is_no_bound_where_the_loss_is_piecewise_linear(judged: Pair) -> None:
    linear = judged.activation in ("identity", "relu", "leaky_relu") and judged.loss in (
        "hinge",
        "absolute",
    )
    jumps = judged.activation == "softplus" and judged.loss in ("hinge", "absolute")
    none = linear or jumps or judged.status in ("undefined", "cannot_learn")
    assert (curvature_bound(judged) is None) == (none or judged.loss == "perceptron")


@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_no_score_curves_more_than_the_bound(judged: Pair) -> None:
    bound = curvature_bound(judged)
    if bound is None:
        return
    rng = np.random.default_rng(0)
    objective = Objective(activation=judged.activation, loss=judged.loss)
    for k in (2, 3, 5):
        V, labels = rng.uniform(-6.0, 6.0, (4000, k)), rng.integers(0, k, 4000)
        C = objective.curvature(V, coding.encode(labels, max(k, 3), judged)[:, :k])
        size = np.abs(np.linalg.eigvalsh(C)) if judged.coupled else np.abs(C)
        assert size.max() <= bound * 1.001


def test_numeric_targets_set_the_bound_where_it_depends_on_them() -> None:
    judged = pair("softplus", "quadratic")
    near, far = curvature_bound(judged, (0.0, 1.0)), curvature_bound(judged, (0.0, 100.0))
    assert near is not None
    assert far is not None
    assert far > 20.0 > near
    assert curvature_bound(pair("tanh", "absolute")) is not None
    assert curvature_bound(pair("tanh", "absolute"), (-1.0, 1.0)) is None


@pytest.mark.parametrize("bias", [True, False])
def test_the_largest_eigenvalue(bias: bool) -> None:
    A = np.hstack((X, np.ones((50, 1)))) if bias else X
    wanted = np.linalg.eigvalsh(A.T @ A / 50)[-1]
    np.testing.assert_allclose(largest_eigenvalue(X, bias), wanted, rtol=1e-13)
    weights = RNG.uniform(0.0, 2.0, 50)
    weighted = np.linalg.eigvalsh((A * weights[:, None]).T @ A / 50)[-1]
    np.testing.assert_allclose(largest_eigenvalue(X, bias, weights), weighted, rtol=1e-13)


def test_the_largest_eigenvalue_of_many_inputs_and_samples() -> None:
    wide = RNG.normal(size=(40, 400)).astype(np.float32)
    A = np.hstack((wide, np.ones((40, 1)))).astype(np.float64)
    wanted = np.linalg.eigvalsh(A @ A.T / 40)[-1]
    np.testing.assert_allclose(largest_eigenvalue(wide), wanted, rtol=1e-10)
    long = RNG.normal(size=(20_000, 2))
    B = np.hstack((long, np.ones((20_000, 1))))
    wanted = np.linalg.eigvalsh(B.T @ B / 20_000)[-1]
    np.testing.assert_allclose(largest_eigenvalue(long), wanted, rtol=1e-12)


def distances(rate: float, momentum: float, l2: float) -> list[float]:
    """Norm of the gradient along descent on a least-squares problem."""
    objective = Objective(activation="identity", loss="quadratic", l2=l2)
    Y, at, speed = X[:, :1] - 0.5, Parameters(np.ones((3, 1)), np.ones(1)), np.zeros(4)
    norms: list[float] = []
    for _ in range(4000):
        slope = objective.value_and_gradient(at, X, Y)[1].flat()
        speed = momentum * speed - rate * slope
        at = Parameters.from_flat(at.flat() + speed, 3, 1)
        norms.append(float(np.linalg.norm(slope)))
        if norms[-1] > 1e6:
            break
    return norms


@pytest.mark.parametrize(("momentum", "l2"), [(0.0, 0.0), (0.9, 0.0)])
def test_descent_settles_just_below_the_rate_and_diverges_just_above(
    momentum: float, l2: float
) -> None:
    rate = largest_stable_rate(X, pair("identity", "quadratic"), l2=l2, momentum=momentum)
    assert rate is not None
    assert distances(0.97 * rate, momentum, l2)[-1] < 1e-2
    assert distances(1.03 * rate, momentum, l2)[-1] > 1e6


def test_the_penalty_lowers_the_rate() -> None:
    judged = pair("sigmoid", "cross_entropy")
    plain, penalised = largest_stable_rate(X, judged), largest_stable_rate(X, judged, l2=1.0)
    assert plain is not None
    assert penalised is not None
    np.testing.assert_allclose(1.0 / penalised - 1.0 / plain, 0.5, rtol=1e-12)


def test_nothing_to_learn_from_sets_no_rate() -> None:
    judged = pair("identity", "quadratic")
    assert largest_stable_rate(np.zeros((5, 2)), judged, bias=False) is None
    assert largest_stable_rate(X, pair("identity", "hinge")) is None
