"""A loss typed beside the gradient: is the gradient its slope, and is it the loss of the pair?

Two of the three questions hide here. "C = sum (a - y)²" with the gradient (a - y) a (1 - a) has
lost a 2; "L = + sum Y ln P" with X^T (Y - P) is right for that L, which is the wrong thing to
descend. Only the loss that was meant can tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.errors import FormulaError
from slp_core.insight.formula.limits import check_cancelled
from slp_core.insight.formula.run import evaluate
from slp_core.insight.gradient.case import Point, given_values, point_at
from slp_core.insight.gradient.mistakes import MISTAKES
from slp_core.insight.gradient.naming import Search, in_order, joined
from slp_core.insight.gradient.numeric import H
from slp_core.insight.gradient.subject import FormulaSubject, Typed
from slp_core.network.parameters import Parameters

_EQUAL: Final = 1e-5
"""What a centred difference leaves of the digits of small components."""
_MOST_WEIGHTS: Final = 300
_MOST_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class LossSaid:
    """What can be said of a typed loss; nothing where there is none.

    Attributes
    ----------
    remarks
        Whether the gradient is its slope, and whether it is the loss of the pair.
    foreign
        Its name, where the typed gradient is not its slope; else empty.
    """

    remarks: tuple[str, ...] = ()
    foreign: str = ""


def said(subject: FormulaSubject, points: Sequence[Point], typed: Sequence[Typed]) -> LossSaid:
    """Compare the typed gradient with the slope of the typed loss, and that with the pair's."""
    name = subject.formula.loss
    if name is None or points[0].W.size > _MOST_WEIGHTS:
        return LossSaid()
    try:
        end = monotonic() + _MOST_SECONDS
        slopes = [_slope(subject, point, end) for point in points[:2]]
    except FormulaError as error:
        if error.code == "formula.cancelled":
            raise
        return LossSaid()
    found = [slope for slope in slopes if slope is not None]
    if len(found) < len(slopes) or any(slope.W is None for slope in found):
        return LossSaid()
    ratio = _ratio(typed[: len(found)], found)
    text = [_of_gradient(name, ratio), _of_pair(name, points, found)]
    own = ratio is None or abs(ratio - 1.0) <= _EQUAL
    return LossSaid(tuple(line for line in text if line), "" if own else name)


def _slope(subject: FormulaSubject, point: Point, end: float) -> Typed | None:
    """Centred differences of the typed loss in every weight; None where it is no loss, or takes
    too long."""
    flat = Parameters(point.W, point.b).flat()
    d, k = point.W.shape
    slopes = np.empty_like(flat)
    for place in range(len(flat)):
        check_cancelled(subject.cancelled)
        if monotonic() > end:
            return None
        values: list[float] = []
        for step in (H, -H):
            moved = flat.copy()
            moved[place] += step
            value = _value(subject, point, Parameters.from_flat(moved, d, k))
            if value is None:
                return None
            values.append(value)
        slopes[place] = (values[0] - values[1]) / (2.0 * H)
    gradient = Parameters.from_flat(slopes, d, k)
    return Typed(np.asarray(gradient.W, np.float64), np.asarray(gradient.b, np.float64))


def _value(subject: FormulaSubject, point: Point, at: Parameters) -> float | None:
    """The typed loss; one number for each sample is averaged."""
    case = point.case
    moved = point_at(case, at, "")
    given = given_values(moved, subject.convention, case.l1, case.l2)
    checked = subject.ledger(case)
    found = evaluate(
        subject.formula, given, subject.sizes(case), checked=checked, facts=False
    ).values
    loss = found[subject.formula.loss or ""]
    n = len(case.X)
    if loss.size == 1:
        value = float(loss.reshape(-1)[0])
    elif n in loss.shape and loss.size in (n, n * case.shape[1]):
        value = float(loss.sum() / n)
    else:
        return None
    return value if np.isfinite(value) else None


def _ratio(typed: Sequence[Typed], slopes: Sequence[Typed]) -> float | None:
    """The typed gradient as a multiple of the slope of the typed loss: NaN where it is none, None
    where nothing can be said."""
    yours, true = _flat(typed), _flat(slopes)
    if yours is None or true is None:
        return None
    size = float(np.abs(true).max())
    if size == 0.0:
        return None
    ratio = float(np.dot(yours, true) / np.dot(true, true))
    off = np.abs(yours - ratio * true).max() > _EQUAL * max(size, float(np.abs(yours).max()))
    return math.nan if off else ratio


def _of_gradient(name: str, ratio: float | None) -> str:
    """Whether the typed gradient is the slope of the typed loss."""
    if ratio is None:
        return ""
    if math.isnan(ratio):
        return f"The gradient you typed is not the slope of the {name} you typed."
    if abs(ratio - 1.0) <= _EQUAL:
        return f"The gradient you typed is the slope of the {name} you typed."
    return f"The gradient you typed is {ratio:.4g} times the slope of the {name} you typed."


def _flat(typed: Sequence[Typed]) -> Float64s | None:
    parts = [row.W.ravel() for row in typed if row.W is not None]
    return np.concatenate(parts) if len(parts) == len(typed) else None


def _of_pair(name: str, points: Sequence[Point], slopes: Sequence[Typed]) -> str:
    """Whether the typed loss has the slope of the pair's own."""
    near = points[: len(slopes)]
    yours, true = _flat(slopes), np.concatenate([point.dW.ravel() for point in near])
    if yours is None:
        return ""
    if np.abs(yours - true).max() <= _EQUAL * float(np.abs(true).max()):
        return f"{name} is the loss of this pair."
    search = Search(near, slopes, noise=1e-7)
    found = joined(search.explain("W"), None)
    start = f"{name} is not the loss of this pair"
    if found is None:
        return f"{start}: it has a different slope."
    titles = [MISTAKES[key].title for key in in_order(found.ways[0])]
    listed = " and ".join(f"{title[0].lower()}{title[1:]}" for title in titles)
    return f"{start}: {listed}."
