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

from slp_core.arrays import Floats
from slp_core.network import costs


class LossFunction(Protocol):
    """A loss, or a derivative of it, of outputs (or scores) A against targets Y."""

    def __call__(self, A: Floats, Y: Floats, /, out: Floats | None = None) -> Floats: ...


class Kinks(Protocol):
    """The outputs (or scores) at which the slope of the loss jumps, for a target y."""

    def __call__(self, y: float, /) -> tuple[float, ...]: ...


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
        value=costs.quadratic,
        slope=costs.quadratic_slope,
        curve=costs.quadratic_curve,
        kinks=costs.no_kinks,
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
        value=costs.cross_entropy,
        slope=costs.cross_entropy_slope,
        curve=costs.cross_entropy_curve,
        kinks=costs.no_kinks,
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
        value=costs.hinge,
        slope=costs.hinge_slope,
        curve=costs.flat,
        kinks=costs.at_margin,
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
        value=costs.squared_hinge,
        slope=costs.squared_hinge_slope,
        curve=costs.squared_hinge_curve,
        kinks=costs.no_kinks,
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
        value=costs.perceptron,
        slope=costs.perceptron_slope,
        curve=costs.flat,
        kinks=costs.at_zero,
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
        value=costs.absolute,
        slope=costs.absolute_slope,
        curve=costs.flat,
        kinks=costs.at_target,
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
        value=costs.huber,
        slope=costs.huber_slope,
        curve=costs.huber_curve,
        kinks=costs.no_kinks,
    ),
)

LOSSES: Mapping[str, Loss] = MappingProxyType({row.key: row for row in _ROWS})
"""Every loss by its key, in the order of menus."""
