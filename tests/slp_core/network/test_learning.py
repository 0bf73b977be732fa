"""Learning as others have published it: Rosenblatt's rule, and the single neuron that saturates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    d=st.integers(1, 5),
    n=st.integers(2, 40),
    margin=st.floats(0.05, 0.5),
)
def test_the_perceptron_keeps_novikoffs_bound(seed: int, d: int, n: int, margin: float) -> None:
    """At most (R/γ)² mistakes on separable samples (Novikoff 1962), the bias as one more input."""
    rng = np.random.default_rng(seed)
    separator = rng.normal(size=d + 1)
    separator /= np.linalg.norm(separator)
    points = np.hstack((rng.normal(size=(n, d)), np.ones((n, 1))))
    Y = np.where(points @ separator >= 0.0, 1.0, -1.0)[:, None]
    X = points + margin * Y * separator
    bound = (np.linalg.norm(X, axis=1).max() / np.abs(X @ separator).min()) ** 2
    assert mistakes_until_separated(X, Y, limit=int(bound) + 1) <= bound


def mistakes_until_separated(X: np.ndarray, Y: np.ndarray, limit: int) -> int:
    objective = Objective(activation="step", loss="perceptron")
    weights, mistakes, clean = np.zeros((X.shape[1], 1)), 0, False
    while not clean and mistakes <= limit:
        clean = True
        for x, y in zip(X[:, None, :], Y[:, None, :], strict=True):
            E = objective.error_signal(x @ weights, y)
            if E.any():
                weights -= x.T @ E
                mistakes, clean = mistakes + 1, False
    assert clean == bool((Y * (X @ weights) > 0.0).all())
    return mistakes


def outputs_of_one_neuron(w: float, b: float) -> list[float]:
    """Output before every epoch and after the last: input 1, target 0, rate 0.15, 300 epochs."""
    objective = Objective(activation="sigmoid", loss="quadratic")
    x, y, at = np.ones((1, 1)), np.zeros((1, 1)), Parameters(np.array([[w]]), np.array([b]))
    outputs = [float(objective.outputs(objective.scores(at, x))[0, 0])]
    for _ in range(300):
        gradient = objective.value_and_gradient(at, x, y)[1]
        at = Parameters(at.W - 0.15 * gradient.W, at.b - 0.15 * gradient.b)
        outputs.append(float(objective.outputs(objective.scores(at, x))[0, 0]))
    return outputs


def test_a_neuron_near_its_target_learns_at_once() -> None:
    """Published figures (Nielsen 2015, chapter 3): from 0.82 to about 0.09."""
    outputs = outputs_of_one_neuron(0.6, 0.9)
    assert round(outputs[0], 2) == 0.82
    assert round(outputs[300], 2) == 0.09


def test_a_neuron_at_the_wrong_extreme_hardly_moves_for_half_the_time() -> None:
    """Published figures (Nielsen 2015, chapter 3): 0.98, near 1 for 150 epochs, then about 0.20."""
    outputs = outputs_of_one_neuron(2.0, 2.0)
    assert round(outputs[0], 2) == 0.98
    assert min(outputs[:150]) > 0.93
    assert round(outputs[300], 2) == 0.20


@pytest.mark.parametrize("start", [(0.6, 0.9), (2.0, 2.0)])
def test_with_cross_entropy_the_worse_start_learns_faster(start: tuple[float, float]) -> None:
    quadratic = Objective(activation="sigmoid", loss="quadratic")
    entropy = Objective(activation="sigmoid", loss="cross_entropy")
    V, Y = np.array([[sum(start)]]), np.zeros((1, 1))
    output = quadratic.outputs(V)[0, 0]
    ratio = entropy.error_signal(V, Y) / quadratic.error_signal(V, Y)
    np.testing.assert_allclose(ratio, 1.0 / (output * (1.0 - output)), rtol=1e-12)
