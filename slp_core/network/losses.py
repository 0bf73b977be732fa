"""The losses: rows that say what one output costs against its target.

Each row says the ``space`` it lives in: "output" losses compare z = f(v) with the target, "score"
losses compare the score v itself, and the activation then plays no part in learning.
Values are elementwise, (n, k) -> (n, k); the objective sums over outputs and means over samples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Protocol

import numpy as np

from slp_core.arrays import Floats


class LossFunction(Protocol):
    """A loss, or a derivative of it, of outputs (or scores) A against targets Y."""

    def __call__(self, A: Floats, Y: Floats, out: Floats | None = None) -> Floats: ...


class Kinks(Protocol):
    """The outputs (or scores) at which the slope of the loss jumps, for a target y."""

    def __call__(self, y: float) -> tuple[float, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One loss.

    Attributes
    ----------
    key, label, summary
        Name in files, name on the screen, one sentence for a tooltip.
    formula, latex, slope_formula
        The loss and its derivative, in Unicode (formula, slope) and LaTeX.
    source
        Who introduced it, and when.
    space
        What ``value``, ``slope`` and ``curve`` take first: "output" Z or "score" V.
    smooth
        Whether the second derivative is not 0 somewhere (False: piecewise linear).
    value, slope, curve
        L, dL/dA and d²L/dA², elementwise. cross_entropy's are those of one output in (0, 1), y ln z
        + (1 - y) ln(1 - z); with softmax the objective uses -Σ y ln z (see `objective`).
    kinks
        Where the slope jumps, for a target y.
    """

    key: str
    label: str
    formula: str
    latex: str
    slope_formula: str
    summary: str
    source: str
    space: Literal["score", "output"]
    smooth: bool = True
    value: LossFunction
    slope: LossFunction
    curve: LossFunction
    kinks: Kinks


def _no_kinks(y: float) -> tuple[float, ...]:
    return ()


def _at_target(y: float) -> tuple[float, ...]:
    return (y,)


def _at_zero(y: float) -> tuple[float, ...]:
    return (0.0,)


def _at_margin(y: float) -> tuple[float, ...]:
    return (1.0 / y,) if y else ()


def _beside_target(y: float) -> tuple[float, ...]:
    return (y - 1.0, y + 1.0)


def _flat(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    if out is None:
        return np.zeros_like(A)
    out.fill(0.0)
    return out


def _quadratic(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    np.square(out, out)
    return np.multiply(out, 0.5, out)


def _quadratic_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    return np.subtract(A, Y, out)


def _quadratic_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    if out is None:
        return np.ones_like(A)
    out.fill(1.0)
    return out


def _log_where_needed(share: Floats, A: Floats) -> Floats:
    """share * ln A, which is 0 where the share is 0, whatever ln A is; -inf where A is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(share == 0.0, share, share * np.log(A))


def _cross_entropy(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    """-(y ln z + (1 - y) ln(1 - z)); +inf where a certain output is wrong."""
    total = np.add(_log_where_needed(Y, A), _log_where_needed(1.0 - Y, 1.0 - A), out)
    return np.negative(total, out)


def _cross_entropy_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        miss = np.where(Y == 0.0, 0.0, Y / A).astype(A.dtype, copy=False)
        return np.subtract(np.where(Y == 1.0, 0.0, (1.0 - Y) / (1.0 - A)), miss, out)


def _cross_entropy_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        hit = np.where(Y == 0.0, 0.0, Y / np.square(A)).astype(A.dtype, copy=False)
        return np.add(np.where(Y == 1.0, 0.0, (1.0 - Y) / np.square(1.0 - A)), hit, out)


def _shortfall(A: Floats, Y: Floats, out: Floats | None) -> Floats:
    """max(0, 1 - y a): how far an output is inside the margin."""
    out = np.multiply(A, Y, out)
    np.subtract(1.0, out, out)
    return np.maximum(out, 0.0, out)


def _hinge(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    return _shortfall(A, Y, out)


def _inside_margin(A: Floats, Y: Floats, out: Floats | None) -> Floats:
    """1 where y a < 1, else 0 (0 on the margin itself, where the sample is just right)."""
    out = np.multiply(A, Y, out)
    np.subtract(1.0, out, out)
    return np.heaviside(out, 0.0, out)


def _hinge_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _inside_margin(A, Y, out)
    np.multiply(out, Y, out)
    return np.negative(out, out)


def _squared_hinge(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _shortfall(A, Y, out)
    return np.square(out, out)


def _squared_hinge_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _shortfall(A, Y, out)
    np.multiply(out, Y, out)
    return np.multiply(out, -2.0, out)


def _squared_hinge_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = _inside_margin(A, Y, out)
    np.multiply(out, np.square(Y), out)
    return np.multiply(out, 2.0, out)


def _perceptron(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.multiply(A, Y, out)
    np.negative(out, out)
    return np.maximum(out, 0.0, out)


def _perceptron_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    """-y where y v <= 0: a score of exactly 0 counts as a mistake, so that zeros learn."""
    out = np.multiply(A, Y, out)
    np.negative(out, out)
    np.heaviside(out, 1.0, out)
    np.multiply(out, Y, out)
    return np.negative(out, out)


def _absolute(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    return np.abs(out, out)


def _absolute_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    return np.sign(out, out)


def _huber(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    """c (r - c/2) with r = |z - y| and c = min(r, 1): both branches in one formula."""
    out = np.subtract(A, Y, out)
    np.abs(out, out)
    capped = np.minimum(out, 1.0)
    np.subtract(out, capped * 0.5, out)
    return np.multiply(out, capped, out)


def _huber_slope(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    np.maximum(out, -1.0, out)
    return np.minimum(out, 1.0, out)


def _huber_curve(A: Floats, Y: Floats, out: Floats | None = None) -> Floats:
    out = np.subtract(A, Y, out)
    np.abs(out, out)
    np.subtract(1.0, out, out)
    return np.heaviside(out, 1.0, out)


_ROWS = (
    Loss(
        key="quadratic",
        label="Quadratic",
        formula="½·(a − y)²",
        latex=r"\tfrac12 (a - y)^2",
        slope_formula="a − y",
        summary="Half the squared distance: large misses count most.",
        source="Legendre 1805; Gauss 1809",
        space="output",
        value=_quadratic,
        slope=_quadratic_slope,
        curve=_quadratic_curve,
        kinks=_no_kinks,
    ),
    Loss(
        key="cross_entropy",
        label="Cross-entropy",
        formula="−y·ln a − (1 − y)·ln(1 − a)   (softmax: −Σ y·ln a)",
        latex=r"-y \ln a - (1 - y) \ln(1 - a)",
        slope_formula="(a − y) / (a·(1 − a))   (softmax: −y / a)",
        summary="The surprise at the true class when the output is read as its probability.",
        source="Fisher 1912 (likelihood); Cox 1958",
        space="output",
        value=_cross_entropy,
        slope=_cross_entropy_slope,
        curve=_cross_entropy_curve,
        kinks=_no_kinks,
    ),
    Loss(
        key="hinge",
        label="Hinge",
        formula="max(0, 1 − y·a)",
        latex=r"\max(0, 1 - y\,a)",
        slope_formula="−y where y·a < 1, else 0",
        summary="Nothing to pay beyond the margin, then linear: the support vector machine.",
        source="Cortes & Vapnik 1995",
        space="output",
        smooth=False,
        value=_hinge,
        slope=_hinge_slope,
        curve=_flat,
        kinks=_at_margin,
    ),
    Loss(
        key="squared_hinge",
        label="Squared hinge",
        formula="max(0, 1 − y·a)²",
        latex=r"\max(0, 1 - y\,a)^2",
        slope_formula="−2·y·max(0, 1 − y·a)",
        summary="The hinge squared: smooth at the margin, and harder on large misses.",
        source="Cortes & Vapnik 1995",
        space="output",
        value=_squared_hinge,
        slope=_squared_hinge_slope,
        curve=_squared_hinge_curve,
        kinks=_no_kinks,
    ),
    Loss(
        key="perceptron",
        label="Perceptron",
        formula="max(0, −y·v)",
        latex=r"\max(0, -y\,v)",
        slope_formula="−y where y·v ≤ 0, else 0",
        summary="Only mistakes cost, in proportion to how far the score is on the wrong side.",
        source="Rosenblatt 1958",
        space="score",
        smooth=False,
        value=_perceptron,
        slope=_perceptron_slope,
        curve=_flat,
        kinks=_at_zero,
    ),
    Loss(
        key="absolute",
        label="Absolute",
        formula="|a − y|",
        latex=r"|a - y|",
        slope_formula="sign(a − y)",
        summary="The plain distance: an outlier pulls no harder than any other sample.",
        source="Boscovich 1757; Laplace 1793",
        space="output",
        smooth=False,
        value=_absolute,
        slope=_absolute_slope,
        curve=_flat,
        kinks=_at_target,
    ),
    Loss(
        key="huber",
        label="Huber",
        formula="½·r² for |r| ≤ 1, else |r| − ½,  r = a − y",
        latex=r"\tfrac12 r^2 \text{ if } |r| \le 1 \text{ else } |r| - \tfrac12, \quad r = a - y",
        slope_formula="a − y, held within [−1, 1]",
        summary="Quadratic near the target and linear far from it: gentle with outliers.",
        source="Huber 1964",
        space="output",
        value=_huber,
        slope=_huber_slope,
        curve=_huber_curve,
        kinks=_beside_target,
    ),
)

LOSSES: Mapping[str, Loss] = MappingProxyType({row.key: row for row in _ROWS})
"""Every loss by its key, in the order of menus."""
