"""The functions behind the losses: value, slope and second derivative, and where slopes jump.

They take outputs (or scores) A and targets Y of one shape, and write into ``out`` when it is given.
"""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Floats


def no_kinks(_y: float) -> tuple[float, ...]:
    return ()


def at_target(y: float) -> tuple[float, ...]:
    return (y,)


def at_zero(_y: float) -> tuple[float, ...]:
    return (0.0,)


def at_margin(y: float) -> tuple[float, ...]:
    return (1.0 / y,) if y else ()


def flat(A: Floats, _Y: Floats, out: Floats | None = None) -> Floats:
    if out is None:
        return np.zeros_like(A)
    out.fill(0.0)
    return out


def quadratic(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    np.square(out, out)
    return np.multiply(out, 0.5, out)


def quadratic_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    return np.subtract(A, Y, out)


def quadratic_curve(A: Floats, _Y: Floats, out: Floats | None = None) -> Floats:
    if out is None:
        return np.ones_like(A)
    out.fill(1.0)
    return out


def _log_where_needed(share: Floats, A: Floats) -> Floats:
    """share * ln A, which is 0 where the share is 0, whatever ln A is; -inf where A is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(share == 0.0, share, share * np.log(A))


def cross_entropy(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    """-(y ln z + (1 - y) ln(1 - z)); +inf where a certain output is wrong."""
    total = np.add(_log_where_needed(Y, A), _log_where_needed(1.0 - Y, 1.0 - A), out)
    return np.negative(total, out)


def cross_entropy_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        miss = np.where(Y == 0.0, 0.0, Y / A).astype(A.dtype, copy=False)
        return np.subtract(np.where(Y == 1.0, 0.0, (1.0 - Y) / (1.0 - A)), miss, out)


def cross_entropy_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        hit = np.where(Y == 0.0, 0.0, Y / np.square(A)).astype(A.dtype, copy=False)
        return np.add(np.where(Y == 1.0, 0.0, (1.0 - Y) / np.square(1.0 - A)), hit, out)


def _shortfall(A: Floats, Y: Floats, out: Floats | None) -> Floats:
    """max(0, 1 - y a): how far an output is inside the margin."""
    out = np.multiply(A, Y, out)
    np.subtract(1.0, out, out)
    return np.maximum(out, 0.0, out=out)


def hinge(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    return _shortfall(A, Y, out)


def _inside_margin(A: Floats, Y: Floats, out: Floats | None) -> Floats:
    """1 where y a < 1, else 0 (0 on the margin itself, where the sample is just right)."""
    out = np.multiply(A, Y, out)
    np.subtract(1.0, out, out)
    return np.heaviside(out, 0.0, out)


def hinge_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _inside_margin(A, Y, out)
    np.multiply(out, Y, out)
    return np.negative(out, out)


def squared_hinge(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _shortfall(A, Y, out)
    return np.square(out, out)


def squared_hinge_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _shortfall(A, Y, out)
    np.multiply(out, Y, out)
    return np.multiply(out, -2.0, out)


def squared_hinge_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _inside_margin(A, Y, out)
    np.multiply(out, np.square(Y), out)
    return np.multiply(out, 2.0, out)


def perceptron(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.multiply(A, Y, out)
    np.negative(out, out)
    return np.maximum(out, 0.0, out=out)


def perceptron_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    """-y where y v <= 0: a score of exactly 0 counts as a mistake, so that zeros learn."""
    out = np.multiply(A, Y, out)
    np.negative(out, out)
    np.heaviside(out, 1.0, out)
    np.multiply(out, Y, out)
    return np.negative(out, out)


def absolute(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    return np.abs(out, out)


def absolute_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    return np.sign(out, out)


def huber(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    """c (r - c/2) with r = |z - y| and c = min(r, 1): both branches in one formula."""
    out = np.subtract(A, Y, out)
    np.abs(out, out)
    capped = np.minimum(out, 1.0)
    np.subtract(out, capped * 0.5, out)
    return np.multiply(out, capped, out)


def huber_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    np.maximum(out, -1.0, out=out)
    return np.minimum(out, 1.0, out=out)


def huber_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    np.abs(out, out)
    np.subtract(1.0, out, out)
    return np.heaviside(out, 1.0, out)
