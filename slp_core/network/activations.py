"""The activations: rows that turn a score v into an output a = f(v).

Every function takes scores of shape (n, k) (the elementwise ones any shape), keeps the dtype, and
writes into ``out`` when it is given. None overflows at any finite score, and none loses the small
numbers at the extremes: a slope of 1e-30 comes out as 1e-30, because "how dead is this output?"
is a question the program answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from slp_core.arrays import Floats
from slp_core.network import curves


class Value(Protocol):
    """f(V): the output of every score."""

    def __call__(self, V: Floats, /, out: Floats | None = None) -> Floats: ...


class Derivative(Protocol):
    """f'(V) or f''(V), given the output Z = f(V) that is already known."""

    def __call__(self, V: Floats, Z: Floats, /, out: Floats | None = None) -> Floats: ...


class Inverse(Protocol):
    """The score at which the output is z."""

    def __call__(self, z: float, /) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One activation.

    Attributes
    ----------
    key, label, summary
        Name in files, name on the screen, one sentence for a tooltip.
    formula, latex, slope_formula
        a = f(v) and its derivative, in letters of Unicode and for LaTeX.
    source
        Who introduced it, and when.
    range
        Smallest and largest output (limits, reached or not); ``closed`` says which end is reached
        at a finite score.
    elementwise
        False when an output depends on all the scores of its sample (softmax).
    kinks
        Scores at which the slope jumps.
    dead
        ``(low, high)``: whether the slope goes to 0 as the score goes to -∞ and to +∞.
    value, slope, bend
        f(V), f'(V) and f''(V), as arrays of V's shape. For softmax the slope is the diagonal of
        the Jacobian, z (1 - z), and the bend its derivative in the same score.
    inverse
        Score at which the output is z, for z strictly inside the range (step: its jump; softmax:
        None, as one output does not determine one score).
    """

    key: str
    label: str
    formula: str
    latex: str
    slope_formula: str
    summary: str
    source: str
    range: tuple[float, float]
    closed: tuple[bool, bool] = (False, False)
    elementwise: bool = True
    kinks: tuple[float, ...] = ()
    dead: tuple[bool, bool] = (False, False)
    value: Value
    slope: Derivative
    bend: Derivative
    inverse: Inverse | None


_ROWS = (
    Activation(
        key="identity",
        label="Identity",
        formula="v",
        latex="v",
        slope_formula="1",
        summary="The output is the score itself: linear regression, Adaline, the linear SVM.",
        source="Widrow & Hoff 1960 (Adaline)",
        range=(-math.inf, math.inf),
        value=curves.identity,
        slope=curves.identity_slope,
        bend=curves.zeros,
        inverse=float,
    ),
    Activation(
        key="sigmoid",
        label="Sigmoid",
        formula="1 / (1 + e⁻ᵛ)",
        latex=r"\frac{1}{1 + e^{-v}}",
        slope_formula="a·(1 − a)",
        summary="Squeezes the score into (0, 1): a probability, in logistic regression.",
        source="Verhulst 1845; Cox 1958 (logistic regression)",
        range=(0.0, 1.0),
        dead=(True, True),
        value=curves.sigmoid,
        slope=curves.sigmoid_slope,
        bend=curves.sigmoid_bend,
        inverse=curves.sigmoid_inverse,
    ),
    Activation(
        key="tanh",
        label="Tanh",
        formula="tanh v",
        latex=r"\tanh v",
        slope_formula="1 − a²",
        summary="Squeezes the score into (−1, 1): a sigmoid centred on 0, four times as steep.",
        source="Lambert 1761; LeCun et al. 1998 (as an activation)",
        range=(-1.0, 1.0),
        dead=(True, True),
        value=curves.tanh,
        slope=curves.tanh_slope,
        bend=curves.tanh_bend,
        inverse=curves.tanh_inverse,
    ),
    Activation(
        key="softmax",
        label="Softmax",
        formula="eᵛⁱ / Σⱼ eᵛʲ",
        latex=r"\frac{e^{v_i}}{\sum_j e^{v_j}}",
        slope_formula="aᵢ·(δᵢⱼ − aⱼ)",
        summary="Turns the scores of a sample into probabilities that add up to 1, one per class.",
        source="Boltzmann 1868; Bridle 1990 (named softmax)",
        range=(0.0, 1.0),
        elementwise=False,
        dead=(True, True),
        value=curves.softmax,
        slope=curves.softmax_slope,
        bend=curves.softmax_bend,
        inverse=None,
    ),
    Activation(
        key="relu",
        label="ReLU",
        formula="max(0, v)",
        latex=r"\max(0, v)",
        slope_formula="1 for v ≥ 0, else 0",
        summary="Passes positive scores and blocks negative ones, where it stops learning.",
        source="Householder 1941; Nair & Hinton 2010",
        range=(0.0, math.inf),
        closed=(True, False),
        kinks=(0.0,),
        dead=(True, False),
        value=curves.relu,
        slope=curves.relu_slope,
        bend=curves.zeros,
        inverse=float,
    ),
    Activation(
        key="leaky_relu",
        label="Leaky ReLU",
        formula="max(0.01·v, v)",
        latex=r"\max(0.01\,v,\, v)",
        slope_formula="1 for v ≥ 0, else 0.01",
        summary="ReLU with a leak: negative scores still pass a hundredth, so nothing dies.",
        source="Maas, Hannun & Ng 2013",
        range=(-math.inf, math.inf),
        kinks=(0.0,),
        value=curves.leaky_relu,
        slope=curves.leaky_relu_slope,
        bend=curves.zeros,
        inverse=curves.leaky_relu_inverse,
    ),
    Activation(
        key="softplus",
        label="Softplus",
        formula="ln(1 + eᵛ)",
        latex=r"\ln(1 + e^{v})",
        slope_formula="1 / (1 + e⁻ᵛ)",
        summary="A smooth ReLU: always positive, its slope is the sigmoid.",
        source="Dugas et al. 2001",
        range=(0.0, math.inf),
        dead=(True, False),
        value=curves.softplus,
        slope=curves.softplus_slope,
        bend=curves.softplus_bend,
        inverse=curves.softplus_inverse,
    ),
    Activation(
        key="softsign",
        label="Softsign",
        formula="v / (1 + |v|)",
        latex=r"\frac{v}{1 + |v|}",
        slope_formula="1 / (1 + |v|)²",
        summary="Squeezes the score into (−1, 1) like tanh, but flattens far more slowly.",
        source="Elliott 1993; Turian, Bergstra & Bengio 2009",
        range=(-1.0, 1.0),
        dead=(True, True),
        value=curves.softsign,
        slope=curves.softsign_slope,
        bend=curves.softsign_bend,
        inverse=curves.softsign_inverse,
    ),
    Activation(
        key="probit",
        label="Probit (normal CDF)",
        formula="Φ(v)",
        latex=r"\Phi(v)",
        slope_formula="φ(v) = e^(−v²/2) / √(2π)",
        summary="The share of a normal distribution below the score: a sigmoid with thin tails.",
        source="Bliss 1934",
        range=(0.0, 1.0),
        dead=(True, True),
        value=curves.probit,
        slope=curves.probit_slope,
        bend=curves.probit_bend,
        inverse=curves.probit_inverse,
    ),
    Activation(
        key="step",
        label="Step",
        formula="1 for v ≥ 0, else 0",
        latex=r"[v \ge 0]",
        slope_formula="0",
        summary="Fires or does not: the neuron of McCulloch and Pitts, and of Rosenblatt.",
        source="McCulloch & Pitts 1943; Rosenblatt 1958",
        range=(0.0, 1.0),
        closed=(True, True),
        kinks=(0.0,),
        dead=(True, True),
        value=curves.step,
        slope=curves.zeros,
        bend=curves.zeros,
        inverse=curves.step_inverse,
    ),
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({row.key: row for row in _ROWS})
"""Every activation by its key, in the order of menus."""
