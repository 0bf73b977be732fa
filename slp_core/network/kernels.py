"""What the objective computes at the score: losses and error signals of every pair.

A kernel turns scores V and targets Y into the losses L and the error signal E = dL/dV, in a
workspace. Pairs with a stable closed form in the score have their own; the others go by the chain
rule, E = f'(V) * dL/dZ (softmax: the product with its Jacobian).

Why closed forms: by the chain rule, sigmoid + cross-entropy at v = -800 is inf and NaN; as
ln(1 + eᵛ) - y v it is 800 and -1. No value is clipped anywhere.
"""

from __future__ import annotations

import math
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
    """a - y = (e (1 - y) - y)/(1 + e) with e = exp(v): one exponential, and no cancellation.

    Above the limit of exp the quotient no longer changes, so the score may be held there.
    """
    e, numerator = ws.E, ws.T
    np.minimum(V, ws.exp_limit, out=e)
    np.exp(e, e)
    np.subtract(ws.one, Y, numerator)
    np.multiply(numerator, e, numerator)
    np.subtract(numerator, Y, numerator)
    np.add(e, ws.one, e)
    np.divide(numerator, e, e)


def _sigmoid_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    """With e = exp(-|v|), t = e/(1 + e), q = [v >= 0] - y: L = ln(1 + e) + q v, E = q - t sign(v).

    Both keep their last digits at every score; ln(1 + eᵛ) - y v would lose them for y = 1.
    """
    E, L, T, U = ws.E, ws.L, ws.T, ws.U
    np.abs(V, T)
    np.negative(T, T)
    np.exp(T, T)
    np.log1p(T, L)
    np.add(T, ws.one, U)
    np.divide(T, U, T)
    np.copysign(T, V, T)
    np.greater_equal(V, ws.zero, ws.mask)
    np.subtract(ws.mask, Y, E)
    np.multiply(E, V, U)
    np.add(L, U, L)
    np.subtract(E, T, E)


def _largest(V: Floats, ws: Workspace) -> None:
    """Fill ws.R with the largest score of each sample.

    NumPy reduces a short last axis row by row, 45 ns each. Turned round first, so that the long
    axis is the last, 2000 samples of 10 scores take 20 us instead of 80, and 32 take no longer.
    """
    np.copyto(ws.turned, V.T)
    np.maximum.reduce(ws.turned, axis=0, out=ws.R[:, 0])


def _softmax_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    """a - y, the largest score of each sample taken off before the exponential."""
    E, R = ws.E, ws.R
    _largest(V, ws)
    np.subtract(V, R, E)
    np.exp(E, E)
    np.matmul(E, ws.ones_k, R)
    np.divide(E, R, E)
    np.subtract(E, Y, E)


def _softmax_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    """-Σ y ln a = Σ y (ln Σ e^(v - max) - (v - max)), term by term, and a - y."""
    E, L, R = ws.E, ws.L, ws.R
    _largest(V, ws)
    np.subtract(V, R, L)
    np.exp(L, E)
    np.matmul(E, ws.ones_k, R)
    np.divide(E, R, E)
    np.subtract(E, Y, E)
    np.log(R, R)
    np.subtract(R, L, L)
    np.multiply(L, Y, L)


_ROOT_HALF = math.sqrt(0.5)
_ROOT_TWO_OVER_PI = math.sqrt(2.0 / math.pi)


def _probit_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    """(1 - y) r(-v) - y r(v) with r = φ/Φ = √(2/π)/erfcx(-v/√2), finite at the wrong extreme.

    On the right side erfcx overflows to infinity without a sound, and r is 0 there, as it is.
    """
    erfcx = curves.special().erfcx
    E, T, U = ws.E, ws.T, ws.U
    np.multiply(V, _ROOT_HALF, T)
    erfcx(T, out=E)
    np.subtract(ws.one, Y, U)
    np.divide(U, E, E)
    np.negative(T, T)
    erfcx(T, out=T)
    np.divide(Y, T, T)
    np.subtract(E, T, E)
    np.multiply(E, _ROOT_TWO_OVER_PI, E)


def _probit_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    """-y ln Φ(v) - (1 - y) ln Φ(-v), by the logarithm of the normal CDF itself."""
    log_ndtr = curves.special().log_ndtr
    _probit_error(V, Y, ws)
    L, T = ws.L, ws.T
    np.negative(V, T)
    log_ndtr(T, out=T)
    np.subtract(Y, ws.one, L)
    np.multiply(T, L, L)
    log_ndtr(V, out=T)
    np.multiply(T, Y, T)
    np.subtract(L, T, L)


def _least_squares_error(V: Floats, Y: Floats, ws: Workspace) -> None:
    np.subtract(V, Y, ws.E)


def _least_squares_both(V: Floats, Y: Floats, ws: Workspace) -> None:
    np.subtract(V, Y, ws.E)
    np.square(ws.E, ws.L)
    np.multiply(ws.L, 0.5, ws.L)


_CLOSED = {
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
        np.multiply(ws.E, activation.slope(V, Z, ws.U), ws.E)

    return Kernel(error, _with_loss(error, loss))


def _with_loss(error: Fill, loss: Loss) -> Fill:
    """The outputs are left in workspace.T by ``error``."""

    def both(V: Floats, Y: Floats, ws: Workspace) -> None:
        error(V, Y, ws)
        loss.value(ws.T, Y, ws.L)

    return both


def _step_chain(activation: Activation, loss: Loss) -> Kernel:
    """The slope is 0 everywhere, also where the loss is infinite: 0, not 0 times infinity."""

    def error(V: Floats, _Y: Floats, ws: Workspace) -> None:
        activation.value(V, ws.T)
        ws.E.fill(0.0)

    return Kernel(error, _with_loss(error, loss))


def _softmax_chain(activation: Activation, loss: Loss) -> Kernel:
    """Eᵢ = aᵢ (gᵢ - Σⱼ aⱼ gⱼ) with g = dL/dz.

    The mean of g is taken off twice. Once would do on paper; but where one output is nearly 1, gᵢ
    minus the mean cancels to 0 for it, and the second pass, over small numbers, has the digits.
    """

    def error(V: Floats, Y: Floats, ws: Workspace) -> None:
        E, R, U = ws.E, ws.R, ws.U
        Z = activation.value(V, ws.T)
        loss.slope(Z, Y, E)
        for _ in range(2):
            np.multiply(Z, E, U)
            np.matmul(U, ws.ones_k, R)
            np.subtract(E, R, E)
        np.multiply(E, Z, E)

    return Kernel(error, _with_loss(error, loss))
