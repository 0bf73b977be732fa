"""Losses and error signals at scores up to ten thousand, against decimal arithmetic.

The reference is the chain rule in numbers of 400 digits, in which 1 - 1/(1 + e⁻⁸⁰⁰) is not 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest

from slp_core.network.activations import ACTIVATIONS
from slp_core.network.kernels import kernel
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.workspace import Workspace
from tests.slp_core.network.cases import DEFINED_PAIRS, FINITE_PAIRS, name, targets, widths

FAR = (-1e4, -800.0, -90.0, -40.0, 40.0, 90.0, 800.0, 1e4)
Curve = Callable[[Decimal], Decimal]
Cost = Callable[[Decimal, Decimal], Decimal]
ONE = Decimal(1)


def _sign(x: Decimal) -> Decimal:
    return Decimal((x > 0) - (x < 0))


def _tanh(v: Decimal) -> Decimal:
    e = (-2 * abs(v)).exp()
    return _sign(v) * (1 - e) / (1 + e)


VALUES: dict[str, Curve] = {
    "identity": lambda v: v,
    "sigmoid": lambda v: 1 / (1 + (-v).exp()),
    "tanh": _tanh,
    "relu": lambda v: max(v, Decimal(0)),
    "leaky_relu": lambda v: max(v, v / 100),
    "softplus": lambda v: (1 + v.exp()).ln(),
    "softsign": lambda v: v / (1 + abs(v)),
}
SLOPES: dict[str, Curve] = {
    "identity": lambda v: ONE,
    "sigmoid": lambda v: (-abs(v)).exp() / (1 + (-abs(v)).exp()) ** 2,
    "tanh": lambda v: 4 * (-2 * abs(v)).exp() / (1 + (-2 * abs(v)).exp()) ** 2,
    "relu": lambda v: Decimal(v >= 0),
    "leaky_relu": lambda v: ONE if v >= 0 else ONE / 100,
    "softplus": lambda v: 1 / (1 + (-v).exp()),
    "softsign": lambda v: 1 / (1 + abs(v)) ** 2,
}
COSTS: dict[str, Cost] = {
    "quadratic": lambda a, y: (a - y) ** 2 / 2,
    "cross_entropy": lambda a, y: -a.ln() if y == 1 else -(1 - a).ln(),
    "hinge": lambda a, y: max(Decimal(0), 1 - y * a),
    "squared_hinge": lambda a, y: max(Decimal(0), 1 - y * a) ** 2,
    "absolute": lambda a, y: abs(a - y),
    "huber": lambda a, y: (a - y) ** 2 / 2 if abs(a - y) <= 1 else abs(a - y) - ONE / 2,
}
MISSES: dict[str, Cost] = {
    "quadratic": lambda a, y: a - y,
    "cross_entropy": lambda a, y: (a - y) / (a * (1 - a)),
    "hinge": lambda a, y: -y if y * a < 1 else Decimal(0),
    "squared_hinge": lambda a, y: -2 * y * max(Decimal(0), 1 - y * a),
    "absolute": lambda a, y: _sign(a - y),
    "huber": lambda a, y: max(-ONE, min(ONE, a - y)),
}
EXACT = [judged for judged in DEFINED_PAIRS if judged.activation in VALUES and judged.loss in COSTS]


def reference(judged: Pair, v: float, y: float) -> tuple[float, float]:
    """The loss and the error signal of one score, by decimal arithmetic."""
    with localcontext() as context:
        context.prec = 400
        score, target = Decimal(v), Decimal(y)
        a = VALUES[judged.activation](score)
        cost = COSTS[judged.loss](a, target)
        signal = MISSES[judged.loss](a, target) * SLOPES[judged.activation](score)
        return float(cost), float(signal)


@pytest.mark.parametrize("judged", EXACT, ids=name)
def test_loss_and_signal_at_the_extremes(judged: Pair) -> None:
    objective = Objective(activation=judged.activation, loss=judged.loss)
    sure = judged.loss == "cross_entropy"
    for v in FAR[1:-1] if sure else FAR:
        for y in judged.target_values:
            loss, signal = reference(judged, v, y)
            V, Y = np.array([[v]]), np.array([[y]])
            # Beside a target the miss itself rounds to 0; what remains is below 1e-15.
            rounding = 0.0 if sure else 1e-15
            found = objective.sample_losses(V, Y)
            np.testing.assert_allclose(found, loss, rtol=1e-12, atol=rounding)
            found = objective.error_signal(V, Y)
            np.testing.assert_allclose(found, signal, rtol=1e-12, atol=rounding)


def test_the_sigmoid_with_cross_entropy_at_ten_thousand() -> None:
    objective = Objective(activation="sigmoid", loss="cross_entropy")
    V, Y = np.array([[1e4], [1e4], [-1e4], [-1e4]]), np.array([[0.0], [1.0], [0.0], [1.0]])
    np.testing.assert_array_equal(objective.sample_losses(V, Y), [1e4, 0.0, 0.0, 1e4])
    signals = objective.error_signal(V, Y)[:, 0]
    np.testing.assert_allclose(signals, [1.0, 0.0, 0.0, -1.0], rtol=0.0, atol=1e-300)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softplus", "softsign"])
@pytest.mark.parametrize("loss", ["quadratic", "hinge", "squared_hinge", "absolute", "huber"])
def test_the_vanishing_signal_at_the_wrong_extreme_keeps_its_digits(
    activation: str, loss: str
) -> None:
    judged = pair(activation, loss)
    objective = Objective(activation=activation, loss=loss)
    _, high = judged.target_values
    for v in (-40.0, -90.0, -300.0):
        signal = reference(judged, v, high)[1]
        found = objective.error_signal(np.array([[v]]), np.array([[high]]))[0, 0]
        assert signal < 0.0
        np.testing.assert_allclose(found, signal, rtol=1e-12)


def test_the_probit_at_the_extremes() -> None:
    """ln Φ(-v) = -v²/2 - ln(v √(2π)) + ln(1 - 1/v² + 3/v⁴ …); φ/Φ = v + 1/v - 2/v³ …"""
    objective = Objective(activation="probit", loss="cross_entropy")
    for v in (40.0, 90.0, 800.0, 1e4):
        series = math.log1p(-1.0 / v**2 + 3.0 / v**4 - 15.0 / v**6)
        loss = 0.5 * v * v + math.log(v * math.sqrt(2.0 * math.pi)) - series
        signal = v + 1.0 / v - 2.0 / v**3
        V, Y = np.array([[v], [-v], [v], [-v]]), np.array([[0.0], [1.0], [1.0], [0.0]])
        losses = objective.sample_losses(V, Y)
        np.testing.assert_allclose(losses[:2], loss, rtol=1e-12)
        np.testing.assert_array_equal(losses[2:], 0.0)
        signals = objective.error_signal(V, Y)[:, 0]
        np.testing.assert_allclose(signals[:2], [signal, -signal], rtol=1e-8)
        np.testing.assert_array_equal(signals[2:], 0.0)


def test_softmax_at_the_extremes() -> None:
    objective = Objective(activation="softmax", loss="cross_entropy")
    V = np.array([[1e4, -1e4, 0.0], [1e4, -1e4, 0.0], [1e4, 1e4, -1e4], [-800.0, 0.0, -1e4]])
    Y = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    losses = [0.0, 2e4, 2e4 + math.log(2.0), 1e4]
    np.testing.assert_allclose(objective.sample_losses(V, Y), losses, rtol=1e-15)
    signals = [[0.0, 0.0, 0.0], [1.0, -1.0, 0.0], [0.5, 0.5, -1.0], [0.0, 1.0, -1.0]]
    np.testing.assert_array_equal(objective.error_signal(V, Y), signals)


def test_softmax_signals_of_a_sure_wrong_output_keep_their_digits() -> None:
    """With p = (1, δ) and y = (0, 1), quadratic: E = (2δ, -2δ), to first order in δ = e⁻⁵⁰."""
    objective = Objective(activation="softmax", loss="quadratic")
    E = objective.error_signal(np.array([[50.0, 0.0]]), np.array([[0.0, 1.0]]))
    delta = math.exp(-50.0)
    np.testing.assert_allclose(E, [[2.0 * delta, -2.0 * delta]], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("judged", FINITE_PAIRS, ids=name)
def test_everything_is_finite_wherever_the_true_value_is(
    judged: Pair, dtype: type[np.floating]
) -> None:
    rng = np.random.default_rng(0)
    objective = Objective(activation=judged.activation, loss=judged.loss)
    for k in widths(judged):
        V = rng.choice([*FAR, 0.0, 1e-300, -3.0], (60, k)).astype(dtype)
        Y = targets(judged, 60, k, rng).astype(dtype)
        losses, E = objective.sample_losses(V, Y), objective.error_signal(V, Y)
        bends = objective.curvature(V, Y)
        assert losses.dtype == E.dtype == bends.dtype == dtype
        assert np.isfinite(losses).all()
        assert (losses >= 0.0).all()
        assert np.isfinite(E).all()
        assert np.isfinite(bends).all()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_the_loop_without_losses_has_the_same_signal(
    judged: Pair, dtype: type[np.floating]
) -> None:
    rng = np.random.default_rng(2)
    k = widths(judged)[-1]
    V = rng.choice([*FAR, 0.0, 0.5, -3.0], (60, k)).astype(dtype)
    Y = targets(judged, 60, k, rng).astype(dtype)
    ws, compute = Workspace.allocate(60, 1, k, dtype), kernel(judged)
    before = V.copy()
    with np.errstate(divide="ignore"):
        compute.both(V, Y, ws)
    wanted = ws.E.copy()
    compute.error(V, Y, ws)
    info = np.finfo(dtype)
    eps, tiny = float(info.eps), float(info.tiny)
    np.testing.assert_allclose(ws.E, wanted, rtol=4.0 * eps, atol=tiny)
    np.testing.assert_array_equal(V, before)


@pytest.mark.parametrize("activation", ["sigmoid", "softmax", "probit"])
def test_the_closed_form_is_the_chain_rule_where_that_is_finite(activation: str) -> None:
    rng = np.random.default_rng(1)
    objective = Objective(activation=activation, loss="cross_entropy")
    f, loss = ACTIVATIONS[activation], LOSSES["cross_entropy"]
    for k in widths(objective.pair):
        V = rng.uniform(-4.0, 4.0, (50, k))
        Y = targets(objective.pair, 50, k, rng)
        Z = f.value(V)
        if activation == "softmax":
            values = -(Y * np.log(Z)).sum(axis=1)
            g = -Y / Z
            chain = Z * (g - (Z * g).sum(axis=1, keepdims=True))
        else:
            values = loss.value(Z, Y).sum(axis=1)
            chain = loss.slope(Z, Y) * f.slope(V, Z)
        np.testing.assert_allclose(objective.sample_losses(V, Y), values, rtol=1e-10)
        np.testing.assert_allclose(objective.error_signal(V, Y), chain, rtol=1e-10, atol=1e-14)


def test_targets_between_the_classes() -> None:
    """Cross-entropy takes shares: at v = 0 it is ln 2 whatever the share, its signal ½ - y."""
    objective = Objective(activation="sigmoid", loss="cross_entropy")
    Y = np.array([[0.0], [0.3], [1.0]])
    np.testing.assert_allclose(objective.sample_losses(np.zeros((3, 1)), Y), math.log(2.0))
    np.testing.assert_allclose(objective.error_signal(np.zeros((3, 1)), Y), 0.5 - Y, rtol=1e-15)


@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_single_precision_agrees_with_double(judged: Pair) -> None:
    rng = np.random.default_rng(5)
    objective = Objective(activation=judged.activation, loss=judged.loss)
    k = widths(judged)[-1]
    V = rng.normal(0.0, 2.0, (40, k)).astype(np.float32)
    Y = targets(judged, 40, k, rng).astype(np.float32)
    double = objective.error_signal(V.astype(np.float64), Y.astype(np.float64))
    np.testing.assert_allclose(objective.error_signal(V, Y), double, rtol=2e-5, atol=2e-6)
    wide = objective.sample_losses(V.astype(np.float64), Y.astype(np.float64))
    np.testing.assert_allclose(objective.sample_losses(V, Y), wide, rtol=2e-5, atol=2e-6)
