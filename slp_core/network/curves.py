"""The functions behind the activations, their first and second derivatives, and their inverses.

Derivatives take (V, Z, out): whichever of score and output gives the accurate form is used.
``1 - z`` and ``1 - z²`` cancel to 0 long before the true slope does (sigmoid: from v = 37 on), so
sigmoid and tanh work on e = exp(-|v|) instead, which neither overflows nor cancels.
"""

from __future__ import annotations

import math
from functools import cache
from types import ModuleType

import numpy as np

from slp_core.arrays import Floats

LEAK = 0.01
_ROOT_TWO_PI = math.sqrt(2.0 * math.pi)


@cache
def special() -> ModuleType:
    """SciPy's special functions, imported when the normal distribution is first asked for."""
    import scipy.special

    return scipy.special


@cache
def exp_limit(dtype: np.dtype[np.floating]) -> float:
    """Largest whole number whose exponential is finite in this dtype: 709, in float32 88."""
    return math.floor(math.log(np.finfo(dtype).max))


def identity(V: Floats, out: Floats | None = None) -> Floats:
    return np.positive(V, out)


def identity_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    return _filled(V, 1.0, out)


def zeros(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    return _filled(V, 0.0, out)


def _filled(V: Floats, value: float, out: Floats | None) -> Floats:
    if out is None:
        return np.full_like(V, value)
    out.fill(value)
    return out


def sigmoid(V: Floats, out: Floats | None = None) -> Floats:
    """e/(1 + e) with e = exp(v); above the limit of exp the quotient is 1 to the last bit."""
    out = np.minimum(V, exp_limit(V.dtype), out=out)
    np.exp(out, out)
    return np.divide(out, out + 1.0, out)


def sigmoid_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    """e/(1 + e)² with e = exp(-|v|)."""
    out = _exp_minus_abs(V, 1.0, out)
    return np.divide(out, np.square(out + 1.0), out)


def sigmoid_bend(V: Floats, Z: Floats, out: Floats | None = None) -> Floats:
    """a (1 - a) (1 - 2a), with 1 - 2a = -tanh(v/2)."""
    out = sigmoid_slope(V, Z, out)
    return np.multiply(out, -np.tanh(0.5 * V), out)


def sigmoid_inverse(z: float) -> float:
    return math.log(z) - math.log1p(-z)


def _exp_minus_abs(V: Floats, factor: float, out: Floats | None) -> Floats:
    """exp(-factor |v|), between 0 and 1."""
    out = np.abs(V, out)
    np.multiply(out, -factor, out)
    return np.exp(out, out)


def tanh(V: Floats, out: Floats | None = None) -> Floats:
    return np.tanh(V, out)


def tanh_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    """1/cosh² v = 4e/(1 + e)² with e = exp(-2|v|)."""
    out = _exp_minus_abs(V, 2.0, out)
    np.divide(out, np.square(out + 1.0), out)
    return np.multiply(out, 4.0, out)


def tanh_bend(V: Floats, Z: Floats, out: Floats | None = None) -> Floats:
    out = tanh_slope(V, Z, out)
    np.multiply(out, Z, out)
    return np.multiply(out, -2.0, out)


def tanh_inverse(z: float) -> float:
    return math.atanh(z)


def softmax(V: Floats, out: Floats | None = None) -> Floats:
    """Over the last axis; the largest score is taken off first, so that exp cannot overflow."""
    out = np.subtract(V, np.max(V, axis=-1, keepdims=True), out)
    np.exp(out, out)
    return np.divide(out, np.sum(out, axis=-1, keepdims=True), out)


def softmax_slope(_V: Floats, Z: Floats, out: Floats | None = None) -> Floats:
    """The diagonal of the Jacobian, z (1 - z)."""
    return np.multiply(Z, 1.0 - Z, out)


def softmax_bend(_V: Floats, Z: Floats, out: Floats | None = None) -> Floats:
    return np.multiply(Z * (1.0 - Z), 1.0 - 2.0 * Z, out)


def relu(V: Floats, out: Floats | None = None) -> Floats:
    return np.maximum(V, 0.0, out=out)


def relu_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    """1 at v = 0 as well, so that a start at zeros is not dead."""
    return np.heaviside(V, 1.0, out)


def leaky_relu(V: Floats, out: Floats | None = None) -> Floats:
    return np.maximum(V, V * LEAK, out=out)


def leaky_relu_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    return np.maximum(np.heaviside(V, 1.0, out), LEAK, out=out)


def leaky_relu_inverse(z: float) -> float:
    return z if z >= 0.0 else z / LEAK


def softplus(V: Floats, out: Floats | None = None) -> Floats:
    """max(v, 0) + ln(1 + exp(-|v|))."""
    tail = np.log1p(_exp_minus_abs(V, 1.0, None))
    return np.add(np.maximum(V, 0.0, out=out), tail, out)


def softplus_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    return sigmoid(V, out)


def softplus_bend(V: Floats, Z: Floats, out: Floats | None = None) -> Floats:
    return sigmoid_slope(V, Z, out)


def softplus_inverse(z: float) -> float:
    """ln(eᶻ - 1) = z + ln(1 - e⁻ᶻ)."""
    return z + math.log(-math.expm1(-z))


def softsign(V: Floats, out: Floats | None = None) -> Floats:
    return np.divide(V, np.abs(V) + 1.0, out)


def softsign_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    return np.divide(1.0, np.square(np.abs(V) + 1.0), out)


def softsign_bend(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    return np.divide(np.sign(V) * -2.0, (np.abs(V) + 1.0) ** 3, out)


def softsign_inverse(z: float) -> float:
    return z / (1.0 - abs(z))


def probit(V: Floats, out: Floats | None = None) -> Floats:
    return special().ndtr(V, out=out)


def probit_slope(V: Floats, _Z: Floats, out: Floats | None = None) -> Floats:
    out = np.square(V, out)
    np.multiply(out, -0.5, out)
    np.exp(out, out)
    return np.divide(out, _ROOT_TWO_PI, out)


def probit_bend(V: Floats, Z: Floats, out: Floats | None = None) -> Floats:
    return np.multiply(probit_slope(V, Z), -V, out)


def probit_inverse(z: float) -> float:
    return float(special().ndtri(z))


def step(V: Floats, out: Floats | None = None) -> Floats:
    return np.heaviside(V, 1.0, out)


def step_inverse(_z: float) -> float:
    """The jump: every output strictly between 0 and 1 is crossed at v = 0."""
    return 0.0
