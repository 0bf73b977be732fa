"""Steps against numbers worked out by hand, and against plain re-statements of the papers."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Float64s
from slp_core.training.optimizers import OPTIMIZERS, State
from tests.slp_core.training.examples import same

FIRST_ORDER = tuple(key for key, row in OPTIMIZERS.items() if row.step is not None)


def run(
    key: str, gradients: list[list[float]], *, rate: float = 0.1, momentum: float = 0.9
) -> Float64s:
    """θ after steps from zero along given gradients."""
    theta = np.zeros(len(gradients[0]))
    state = State(len(theta))
    step = OPTIMIZERS[key].step
    assert step is not None
    for gradient in gradients:
        step(state, theta, np.array(gradient), rate, momentum)
    return theta


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # Gradients 1 then 2, rate 0.1, momentum 0.9.
        ("gd", -0.1 - 0.2),
        ("momentum", -0.1 * 1.0 - 0.1 * (0.9 + 2.0)),
        ("nesterov", -0.1 * (1.0 + 0.9) - 0.1 * (2.0 + 0.9 * 2.9)),
        ("adagrad", -0.1 * 1.0 - 0.1 * 2.0 / math.sqrt(5.0)),
        ("rmsprop", -0.1 / math.sqrt(0.1) - 0.1 * 2.0 / math.sqrt(0.09 + 0.4)),
        # Adam's first step is the rate exactly; the second: means 0.29/0.19 and 0.004999/0.001999.
        ("adam", -0.1 - 0.1 * (0.29 / 0.19) / math.sqrt(0.004999 / 0.001999)),
    ],
)
def test_two_steps_by_hand(key: str, expected: float) -> None:
    assert same(run(key, [[1.0], [2.0]])[0], expected, rel=1e-7)


def _velocity(g: Float64s, t: int, u: Float64s, s: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    u = 0.8 * u + g
    return u, u, s


def _lookahead(
    g: Float64s, t: int, u: Float64s, s: Float64s
) -> tuple[Float64s, Float64s, Float64s]:
    u = 0.8 * u + g
    return g + 0.8 * u, u, s


def _adagrad(g: Float64s, t: int, u: Float64s, s: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    s = s + g**2
    return g / (np.sqrt(s) + 1e-10), u, s


def _rmsprop(g: Float64s, t: int, u: Float64s, s: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    s = 0.9 * s + 0.1 * g**2
    return g / (np.sqrt(s) + 1e-8), u, s


def _adam(g: Float64s, t: int, u: Float64s, s: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    u, s = 0.8 * u + 0.2 * g, 0.999 * s + 0.001 * g**2
    mean, square = u / (1 - 0.8**t), s / (1 - 0.999**t)
    return mean / (np.sqrt(square) + 1e-8), u, s


PAPERS: dict[str, Callable[..., tuple[Float64s, Float64s, Float64s]]] = {
    "momentum": _velocity,
    "nesterov": _lookahead,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
}


@pytest.mark.parametrize("key", PAPERS)
def test_thirty_steps_follow_the_paper(key: str) -> None:
    gradients = np.random.default_rng(4).normal(size=(30, 5))
    theta, u, s = np.zeros(5), np.zeros(5), np.zeros(5)
    for t, gradient in enumerate(gradients, start=1):
        direction, u, s = PAPERS[key](gradient, t, u, s)
        theta = theta - 0.05 * direction
    ours = run(key, gradients.tolist(), rate=0.05, momentum=0.8)
    np.testing.assert_allclose(ours, theta, rtol=1e-10, atol=1e-14)


def test_adam_stays_corrected_when_the_momentum_changes_in_mid_run() -> None:
    state, theta = State(1), np.zeros(1)
    step = OPTIMIZERS["adam"].step
    assert step is not None
    for momentum in (0.9, 0.5, 0.99, 0.0):
        # With a gradient that never changes the corrected means are that gradient and its square.
        before = float(theta[0])
        step(state, theta, np.array([3.0]), 0.1, momentum)
        assert same(theta[0] - before, -0.1, rel=1e-8)


@pytest.mark.parametrize("key", FIRST_ORDER)
@settings(deadline=None, max_examples=40)
@given(
    gradient=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6),
    rate=st.floats(1e-6, 10.0),
    momentum=st.floats(0.0, 0.99),
)
def test_a_first_step_goes_downhill_and_leaves_the_gradient_alone(
    key: str, gradient: list[float], rate: float, momentum: float
) -> None:
    theta, given_gradient = np.zeros(len(gradient)), np.array(gradient)
    step = OPTIMIZERS[key].step
    assert step is not None
    step(State(len(theta)), theta, given_gradient, rate, momentum)
    assert given_gradient.tolist() == gradient
    assert np.isfinite(theta).all()
    assert (theta * given_gradient <= 0.0).all()


@pytest.mark.parametrize("key", FIRST_ORDER)
def test_the_rate_of_a_step_is_the_one_it_is_called_with(key: str) -> None:
    slow, fast = np.zeros(1), np.zeros(1)
    step = OPTIMIZERS[key].step
    assert step is not None
    step(State(1), slow, np.array([2.0]), 0.1, 0.9)
    step(State(1), fast, np.array([2.0]), 0.2, 0.9)
    assert same(fast[0], 2.0 * slow[0], rel=1e-12)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_rows_speak(key: str) -> None:
    row = OPTIMIZERS[key]
    assert row.key == key
    assert row.label
    assert row.source
    assert row.summary.endswith(".")
    assert "θ" in row.formula
    assert "theta" in row.latex
    assert (row.step is None) == row.full_batch
