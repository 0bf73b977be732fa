"""A pair as curves over one score: what each target costs, and what it sends back.

A network with several outputs is cut: the score of one class moves, the others are held. Softmax is
cut along the log odds of a class, where its probability is exactly the sigmoid; for more than two
classes the others are then taken together as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair

Abscissa = Literal["score", "odds", "residual"]
"""What goes along the axis: a score v, the log odds of a class, or how far a score is off."""

_PLACES = 500
_NEAR = 8.0
"""Within this, activations bend: there a curve has more places."""
_CANONICAL = {
    "sigmoid": "cross_entropy",
    "softmax": "cross_entropy",
    "identity": "quadratic",
    "step": "perceptron",
}


@dataclass(frozen=True, slots=True)
class Curve:
    """Loss and error signal of one target, at places of the axis, all (m,)."""

    target: float
    place: Float64s
    loss: Float64s
    signal: Float64s


def abscissa(chosen: Pair, dataset: Dataset) -> Abscissa:
    """What goes along the axis for these data."""
    if chosen.coupled:
        return "odds"
    regression = not dataset.classes
    return "residual" if regression and chosen.activation == "identity" else "score"


def partner(chosen: Pair) -> Pair | None:
    """The pair of the same activation with the loss made for it, if that is another."""
    loss = _CANONICAL.get(chosen.activation)
    return pair(chosen.activation, loss) if loss is not None and loss != chosen.loss else None


def targets(chosen: Pair, dataset: Dataset) -> tuple[float, ...]:
    """The targets that get a curve: both codes of a class, or low, middle and high numbers."""
    if dataset.classes:
        return chosen.target_values
    if abscissa(chosen, dataset) == "residual":
        return (0.0,)
    low, middle, high = np.quantile(dataset.values, (0.0, 0.5, 1.0), method="nearest").tolist()
    return tuple(dict.fromkeys((low, middle, high)))


def curve(chosen: Pair, target: float, low: float, high: float) -> Curve:
    """A curve from ``low`` to ``high``, upright where it jumps.

    Raises
    ------
    ConfigError
        The pair is undefined.
    """
    near = np.linspace(max(low, -_NEAR), min(high, _NEAR), _PLACES // 2)
    even = np.linspace(low, high, _PLACES)
    place = _with_kinks(np.union1d(even, near) if low < 0 < high else even, _kinks(chosen, target))
    loss, signal = loss_and_signal(chosen, target, place)
    return Curve(target, place, loss, signal)


def loss_and_signal(chosen: Pair, target: float, place: Float64s) -> tuple[Float64s, Float64s]:
    """Loss and dL/dv, each (m,), at places (m,) of the axis."""
    known = _alone(chosen)
    objective = Objective(activation=known.activation, loss=known.loss)
    scores, asked = [place], [target]
    if known.coupled:
        scores, asked = [place, np.zeros_like(place)], [target, sum(known.target_values) - target]
    V, Y = np.stack(scores, axis=1), np.tile(asked, (len(place), 1))
    with np.errstate(all="ignore"):
        losses, signals = objective.sample_losses(V, Y), objective.error_signal(V, Y)
    return losses.astype(np.float64), signals[:, 0].astype(np.float64)


def largest_signal(curves: tuple[Curve, ...]) -> float:
    """The largest error signal of all curves, without its sign."""
    sizes = [np.abs(each.signal[np.isfinite(each.signal)]).max(initial=0.0) for each in curves]
    return float(max(sizes, default=0.0))


def extent(curves: tuple[Curve, ...], what: Literal["loss", "signal"]) -> tuple[float, float]:
    """Lowest and highest of all curves, 0 within, never empty."""
    values = np.concatenate([each.loss if what == "loss" else each.signal for each in curves])
    values = values[np.isfinite(values)]
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    return (low, high) if high - low > 1e-9 else (low - 0.5, high + 0.5)


def axis_end(value: Float64s, before: float, least: float) -> float:
    """End of the axis, which goes from -end to end, in calm steps of 1, 2, 3, 5.

    It grows when samples leave it, and shrinks when less than two fifths of it are used.
    """
    known = value[np.isfinite(value)]
    furthest = float(np.abs(known).max(initial=0.0))
    wanted = least
    while wanted < furthest and isfinite(wanted):
        wanted = _next(wanted)
    return before if max(furthest, least) <= before and wanted > 0.4 * before else wanted


def _next(end: float) -> float:
    power = 10.0 ** np.floor(np.log10(end * 1.0000001))
    above = [step * power for step in (1, 1.5, 2, 3, 5, 7, 10) if step * power > end * 1.0000001]
    return float(above[0])


def _alone(chosen: Pair) -> Pair:
    """The same curve over one score with one output: a loss of the score ignores the softmax."""
    if not ACTIVATIONS[chosen.activation].elementwise and not chosen.coupled:
        return pair("identity", chosen.loss)
    return chosen


def _kinks(chosen: Pair, target: float) -> tuple[float, ...]:
    """Scores at which the error signal jumps."""
    activation, loss = ACTIVATIONS[chosen.activation], LOSSES[chosen.loss]
    if loss.space == "score":
        return loss.kinks(target)
    if chosen.coupled:
        lead = ACTIVATIONS["sigmoid"].inverse
        ends, inverse, own = (0.0, 1.0), lead, ()
    else:
        ends, inverse, own = activation.range, activation.inverse, activation.kinks
    inside = [z for z in loss.kinks(target) if ends[0] < z < ends[1]]
    return own + tuple(inverse(z) for z in inside if inverse is not None)


def _with_kinks(place: Float64s, kinks: tuple[float, ...]) -> Float64s:
    """Places with each kink and its two neighbours: a jump is upright."""
    extra = [np.nextafter(k, (-np.inf, k, np.inf)) for k in kinks if place[0] < k < place[-1]]
    return np.unique(np.concatenate([place, *extra]))
