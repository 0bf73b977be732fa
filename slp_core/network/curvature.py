"""Second derivatives of the loss in the score, in closed form for every pair."""

from __future__ import annotations

import math

import numpy as np

from slp_core.arrays import Float64s, Floats
from slp_core.network import curves
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair


def curvature(pair: Pair, V: Floats, Y: Floats) -> Floats:
    """d²L/dv², (n, k), or each sample's Hessian (n, k, k) when ``pair.coupled``."""
    key = (pair.activation, pair.loss)
    if LOSSES[pair.loss].space == "score":
        return LOSSES[pair.loss].curve(V, Y)
    if key == ("softmax", "cross_entropy"):
        return _jacobian(curves.softmax(V)) * Y.sum(axis=1)[:, None, None]
    if key == ("sigmoid", "cross_entropy"):
        return curves.sigmoid_slope(V, V)
    if key == ("probit", "cross_entropy"):
        return _probit_cross_entropy(V, Y)
    if pair.activation == "step":
        return np.zeros_like(V)
    return _softmax_chain(pair, V, Y) if pair.coupled else _chain(pair, V, Y)


def _chain(pair: Pair, V: Floats, Y: Floats) -> Floats:
    """L'' f'² + L' f''."""
    f, loss = ACTIVATIONS[pair.activation], LOSSES[pair.loss]
    Z = f.value(V)
    return loss.curve(Z, Y) * np.square(f.slope(V, Z)) + loss.slope(Z, Y) * f.bend(V, Z)


def _probit_cross_entropy(V: Floats, Y: Floats) -> Floats:
    """With r = φ/Φ: y r(v) (r(v) + v) + (1 - y) r(-v) (r(-v) - v), each between 0 and 1.

    In float64 throughout: at v = -10000 r(v) + v is 0.0001, which single precision has not left.
    """
    scores = V.astype(np.float64)
    right, left = _mills(scores), _mills(-scores)
    result = Y * right * (right + scores) + (1.0 - Y) * left * (left - scores)
    return result.astype(V.dtype, copy=False)


def _mills(V: Float64s) -> Float64s:
    """φ(v)/Φ(v)."""
    return math.sqrt(2.0 / math.pi) / curves.special().erfcx(-V * math.sqrt(0.5))


def _jacobian(Z: Floats) -> Floats:
    """Softmax: dzᵢ/dvⱼ = zᵢ (δᵢⱼ - zⱼ), (n, k, k)."""
    return Z[:, :, None] * (np.eye(Z.shape[1], dtype=Z.dtype) - Z[:, None, :])


def _softmax_chain(pair: Pair, V: Floats, Y: Floats) -> Floats:
    """Jᵀ diag(L'') J + Σ_m g_m d²z_m/dvᵢdvⱼ, with g = dL/dz and s = Σ z g.

    The second sum is δᵢⱼ zᵢ (gᵢ - s) - zᵢ zⱼ (gᵢ + gⱼ - 2 s).
    """
    loss = LOSSES[pair.loss]
    Z = curves.softmax(V)
    g = loss.slope(Z, Y)
    g = g - np.sum(Z * g, axis=1, keepdims=True)
    J = _jacobian(Z)
    result = np.swapaxes(J, 1, 2) @ (loss.curve(Z, Y)[:, :, None] * J)
    result -= Z[:, :, None] * Z[:, None, :] * (g[:, :, None] + g[:, None, :])
    return result + (Z * g)[:, :, None] * np.eye(Z.shape[1], dtype=Z.dtype)
