"""What the objective computes at the score: losses and error signals of every pair.

A kernel turns scores V and targets Y into the losses L and the error signal E = dL/dV, in a
workspace. Pairs with a stable closed form in the score have their own; the others go by the chain
rule, E = f'(V) * dL/dZ (softmax: its Jacobian's product). `objective` picks one per pair.

Why closed forms: by the chain rule, sigmoid + cross-entropy at v = -800 is inf and NaN; as
ln(1 + eᵛ) - y v it is 800 and -1. No value is clipped anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Floats
from slp_core.network import curves
from slp_core.network.activations import ACTIVATIONS, Activation
from slp_core.network.losses import LOSSES, Loss
from slp_core.network.pairs import Pair
from slp_core.network.workspace import Workspace

Fill = Callable[[Floats, Floats, Workspace], None]
"""(V, Y, workspace): fills workspace.E, or E and L. V may be workspace.V, and is left as it is."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """``error`` fills workspace.E (the hot loop); ``both`` fills E and L, losses per output."""

    error: Fill
    both: Fill


def kernel(pair: Pair) -> Kernel:
    """The kernel of a pair that is defined."""
    key = (pair.activation, pair.loss)
    if key in _CLOSED:
        return _CLOSED[key]
    activation, loss = ACTIVATIONS[pair.activation], LOSSES[pair.loss]
    if loss.space == "score":
        return _on_score(loss)
    if activation.key == "step":
        return _step_chain(activation, loss)
    return _chain(activation, loss) if activation.elementwise else _softmax_chain(activation, loss)


def _sigmoid_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    """a - y = (e (1 - y) - y)/(1 + e) with e = exp(v): one exponential, no cancellation.

    Above the limit of exp the quotient no longer changes, so the score may be held there.
    """
    e, T = ws.E, ws.T
    np.minimum(V, ws.exp_limit, e)
    np.exp(e, e)
    np.subtract(1.0, Y, T)
    np.multiply(T, e, T)
    np.subtract(T, Y, T)
    np.add(e, 1.0, e)
    np.divide(T, e, e)


def _sigmoid_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    """With e = exp(-|v|), t = e/(1 + e) and q = [v >= 0] - y: L = ln(1 + e) + q v, E = q - t sign(v).

    Both are exact to the last digits at every score: ln(1 + eᵛ) - y v would lose them for y = 1.
    """
    E, L, T = ws.E, ws.L, ws.T
    np.abs(V, T)
    np.negative(T, T)
    np.exp(T, T)
    np.log1p(T, L)
    np.add(T, 1.0, E)
    np.divide(T, E, T)
    np.copysign(T, V, T)
    np.heaviside(V, 1.0, E)
    np.subtract(E, Y, E)
    np.subtract(E, T, T)
    np.multiply(E, V, E)
    np.add(L, E, L)
    np.copyto(E, T)


def _softmax_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    """a - y, the largest score of each sample taken off before the exponential."""
    E, R = ws.E, ws.R
    np.maximum.reduce(V, 1, None, R, True)
    np.subtract(V, R, E)
    np.exp(E, E)
    np.add.reduce(E, 1, None, R, True)
    np.divide(E, R, E)
    np.subtract(E, Y, E)


def _softmax_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    """-Σ y ln a = Σ y (ln Σ e^(v - max) - (v - max)), term by term, and a - y."""
    E, L, R = ws.E, ws.L, ws.R
    np.maximum.reduce(V, 1, None, R, True)
    np.subtract(V, R, L)
    np.exp(L, E)
    np.add.reduce(E, 1, None, R, True)
    np.divide(E, R, E)
    np.subtract(E, Y, E)
    np.log(R, R)
    np.subtract(R, L, L)
    np.multiply(L, Y, L)


def _probit_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    """φ(v)/Φ(v) = √(2/π)/erfcx(-v/√2), which neither under- nor overflows at the wrong extreme."""
    E, T = ws.E, ws.T
    np.multiply(V, np.sqrt(0.5), T)
    _ratio(T, E)
    np.subtract(1.0, Y, ws.L)
    np.multiply(E, ws.L, E)
    np.negative(T, T)
    _ratio(T, T)
    np.multiply(T, Y, T)
    np.subtract(E, T, E)


_ROOT_TWO_OVER_PI = float(np.sqrt(2.0 / np.pi))


def _ratio(x: Floats, out: Floats) -> None:
    """φ/Φ at v = -√2 x: √(2/π)/erfcx(x). erfcx is infinite far on the right side, the ratio then 0."""
    curves.special().erfcx(x, out=out)
    np.divide(_ROOT_TWO_OVER_PI, out, out)


def _probit_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    """-y ln Φ(v) - (1 - y) ln Φ(-v), by the logarithm of the normal CDF itself."""
    log_ndtr = curves.special().log_ndtr
    _probit_error(V, Y, ws)
    L, T = ws.L, ws.T
    np.negative(V, T)
    log_ndtr(T, out=T)
    np.subtract(Y, 1.0, L)
    np.multiply(T, L, L)
    log_ndtr(V, out=T)
    np.multiply(T, Y, T)
    np.subtract(L, T, L)


def _least_squares_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    np.subtract(V, Y, ws.E)


def _least_squares_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    np.subtract(V, Y, ws.E)
    np.multiply(ws.E, ws.E, ws.L)
    np.multiply(ws.L, 0.5, ws.L)


_CLOSED: dict[tuple[str, str], Kernel] = {
    ("sigmoid", "cross_entropy"): Kernel(_sigmoid_error, _sigmoid_both),
    ("softmax", "cross_entropy"): Kernel(_softmax_error, _softmax_both),
    ("probit", "cross_entropy"): Kernel(_probit_error, _probit_both),
    ("identity", "quadratic"): Kernel(_least_squares_error, _least_squares_both),
}


def _on_score(loss: Loss) -> Kernel:
    def error(V: Floats, Y: Floats, ws: Workspace) -> None:
        loss.slope(V, Y, ws.E)

    def both(V: Floats, Y: Floats, ws: Workspace) -> None:
        loss.slope(V, Y, ws.E)
        loss.value(V, Y, ws.L)

    return Kernel(error, both)


def _chain(activation: Activation, loss: Loss) -> Kernel:
    """E = dL/dz f'(v), element by element."""

    def error(V: Floats, Y: Floats, ws: Workspace) -> None:
        Z = activation.value(V, ws.T)
        loss.slope(Z, Y, ws.E)
        np.multiply(ws.E, activation.slope(V, Z, ws.L), ws.E)

    def both(V: Floats, Y: Floats, ws: Workspace) -> None:
        error(V, Y, ws)
        loss.value(ws.T, Y, ws.L)

    return Kernel(error, both)


def _step_chain(activation: Activation, loss: Loss) -> Kernel:
    """The slope is 0 everywhere, also where the loss is infinite: 0, not 0 times infinity."""

    def error(V: Floats, Y: Floats, ws: Workspace) -> None:
        ws.E.fill(0.0)

    def both(V: Floats, Y: Floats, ws: Workspace) -> None:
        ws.E.fill(0.0)
        loss.value(activation.value(V, ws.T), Y, ws.L)

    return Kernel(error, both)


def _softmax_chain(activation: Activation, loss: Loss) -> Kernel:
    """Eᵢ = aᵢ (gᵢ - Σⱼ aⱼ gⱼ) with g = dL/dz.

    The mean of g is taken off twice. Once would do on paper; but where one output is nearly 1, gᵢ
    minus the mean cancels to 0 for it, and the second pass, over small numbers, has the digits.
    """

    def error(V: Floats, Y: Floats, ws: Workspace) -> None:
        E, L, R = ws.E, ws.L, ws.R
        Z = activation.value(V, ws.T)
        loss.slope(Z, Y, E)
        for _ in range(2):
            np.multiply(Z, E, L)
            np.add.reduce(L, 1, None, R, True)
            np.subtract(E, R, E)
        np.multiply(E, Z, E)

    def both(V: Floats, Y: Floats, ws: Workspace) -> None:
        error(V, Y, ws)
        loss.value(ws.T, Y, ws.L)

    return Kernel(error, both)
