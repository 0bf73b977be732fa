"""Holds a typed gradient against the true one, component by component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Bools, Float64s
from slp_core.insight.gradient.case import Point
from slp_core.insight.gradient.numeric import numeric_bias, numeric_weights, rounding
from slp_core.insight.gradient.report import Part, Verdict
from slp_core.insight.gradient.subject import Typed

RIGHT: Final = 1e-7
WRONG: Final = 1e-2
_ZERO: Final = 1e-6
"""Components below this share of their natural size are compared with that: there, rounding (of
1e-15 of the natural size) would be most of what is left after cancelling."""
_CONFIRMED: Final = 1e-6
"""Up to here the centred difference, exact to about 1e-10, may differ from the program's own
gradient; beyond it the difference would be believed, and the program's gradient not."""
_NOISY: Final = 1e-3
"""Share of a component, or of a thousandth of its natural size, above which rounding hides it."""
MOST_NUMERIC: Final = 256


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The components of W or of b at one point, in our convention (b as a column).

    ``rounding`` is what rounding may do to ``numeric``; where that is most of it, it is NaN.
    """

    name: str
    yours: Float64s | None
    analytic: Float64s
    numeric: Float64s
    natural: Float64s
    rounding: Float64s

    @property
    def truth(self) -> Float64s:
        """The program's gradient where the centred difference confirms it, else the difference."""
        apart = np.abs(self.analytic - self.numeric)
        size = np.abs(self.analytic) + np.abs(self.numeric) + _ZERO * self.natural
        doubtful = np.isfinite(self.numeric) & (apart > _CONFIRMED * size)
        counts = apart > np.maximum(1e-9 * self.natural, self.rounding)
        return np.where(doubtful & counts, self.numeric, self.analytic)

    @property
    def errors(self) -> Float64s:
        """Relative error of each component: |a - n| / max(|a| + |n|, tiny); NaN at a kink."""
        yours = np.zeros_like(self.analytic) if self.yours is None else self.yours
        with np.errstate(invalid="ignore", over="ignore"):
            found = relative_errors(yours, self.truth, self.natural)
        return np.where(self.skipped, np.nan, found)

    @property
    def numeric_error(self) -> float:
        """The largest relative error of the centred difference itself."""
        finite = np.isfinite(self.numeric)
        found = relative_errors(self.numeric, self.truth, 1e3 * self.natural)
        return float(found[finite].max(initial=0.0))

    @property
    def skipped(self) -> Bools:
        """Components at a kink of the penalty."""
        return np.isneginf(self.numeric)


def relative_errors(yours: Float64s, truth: Float64s, natural: Float64s) -> Float64s:
    """|yours - truth| / max(|yours| + |truth|, tiny); infinite where yours is not finite."""
    size = np.maximum(np.abs(yours) + np.abs(truth), _ZERO * natural)
    found = np.abs(yours - truth) / np.where(size > 0.0, size, 1.0)
    return np.where(np.isfinite(yours), found, np.inf)


def blocks(point: Point, typed: Typed, numeric: bool = True) -> list[Block]:
    """W, and b where it is learnt."""
    of_weights, of_bias = rounding(point)
    found = [_weights(point, typed, of_weights, numeric)]
    if point.case.bias:
        outputs = range(len(point.data_b)) if numeric else ()
        values = numeric_bias(point, outputs)
        column = np.array([[values.get(j, np.nan)] for j in range(len(point.data_b))])
        yours = None if typed.b is None else typed.b[:, None]
        truth, natural = point.data_b[:, None], point.natural_b[:, None]
        noise = of_bias[:, None]
        column[_drowned(truth, natural, noise)] = np.nan
        found.append(Block("b", yours, truth, column, natural, noise))
    return found


def drowned(point: Point) -> bool:
    """Whether a difference of the loss is mostly rounding somewhere at a point."""
    of_weights, of_bias = rounding(point)
    found = _drowned(point.dW, point.natural_w, of_weights).any()
    return bool(found or _drowned(point.data_b, point.natural_b, of_bias).any())


def _drowned(truth: Float64s, natural: Float64s, noise: Float64s) -> Bools:
    with np.errstate(over="ignore", invalid="ignore"):
        return ~(noise <= _NOISY * np.maximum(np.abs(truth), 1e-3 * natural))


def _weights(point: Point, typed: Typed, noise: Float64s, numeric: bool) -> Block:
    truth = point.dW
    values = np.full(truth.shape, np.nan)
    yours = typed.W
    if numeric:
        places = _places(truth, yours)
        for place, value in numeric_weights(point, places).items():
            values[place] = -np.inf if np.isnan(value) else value
    hidden = _drowned(truth, point.natural_w, noise) & np.isfinite(values)
    values[hidden] = np.nan
    return Block("W", yours, truth, values, point.natural_w, noise)


def _places(truth: Float64s, yours: Float64s | None) -> list[tuple[int, int]]:
    """The components to difference: all, or the most different ones and an even choice."""
    flat = np.arange(truth.size)
    if truth.size > MOST_NUMERIC:
        apart = np.abs(truth - (0.0 if yours is None else np.nan_to_num(yours))).ravel()
        worst = np.argsort(apart)[::-1][: MOST_NUMERIC // 2]
        even = np.linspace(0, truth.size - 1, MOST_NUMERIC // 2).astype(np.int64)
        flat = np.unique(np.concatenate((worst, even)))
    return [(int(i), int(j)) for i, j in zip(*np.unravel_index(flat, truth.shape), strict=True)]


def judge(error: float | None) -> Verdict:
    """right, suspicious or wrong by the largest relative error."""
    if error is None or error < RIGHT:
        return "right"
    return "suspicious" if error <= WRONG else "wrong"


def largest(errors: Float64s) -> float | None:
    """The largest error that counts, or None where nothing does."""
    counted = errors[~np.isnan(errors)]
    return float(counted.max()) if counted.size else None


def part(name: str, yours: list[Float64s], truth: list[Float64s], natural: list[Float64s]) -> Part:
    """One part of the gradient over all points."""
    a, n, size = (
        np.concatenate([values.ravel() for values in group]) for group in (yours, truth, natural)
    )
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        error = largest(relative_errors(a, n, size))
        clear = np.isfinite(a) & (np.abs(n) > _ZERO * size) & (n != 0.0)
        ratios = a[clear] / n[clear]
    ratio = spread = None
    if ratios.size:
        low, middle, high = np.percentile(ratios, (25, 50, 75))
        ratio, spread = float(middle), float(high - low)
    return Part(name, judge(error), error, cosine(a, n), ratio, spread)


def cosine(a: Float64s, b: Float64s) -> float | None:
    """Cosine of the angle between two gradients; None where one is 0 or not finite."""
    sizes = float(np.abs(a).max(initial=0.0)), float(np.abs(b).max(initial=0.0))
    if not all(np.isfinite(size) and size > 0.0 for size in sizes):
        return None
    a, b = a / sizes[0], b / sizes[1]
    value = float(np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b)))
    return min(1.0, max(-1.0, value))
