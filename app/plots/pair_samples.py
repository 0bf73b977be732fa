"""Where the samples sit on a pair's curves, and how many of them learn next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.numbers import number_text
from app.plots.numbers import format_count
from app.plots.pair_data import abscissa, axis_end, curve, largest_signal, targets
from app.plots.score_data import lead
from slp_core.arrays import Bools, Float64s, Floats, Ints
from slp_core.data.dataset import Dataset
from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

FLAT = 0.01
"""A smaller share of the largest error signal teaches next to nothing."""
FAR_OFF = 0.1
"""A prediction is wrong if it misses by more than this share of the targets' range."""
_BLOCK = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """All samples asked for, on the curves.

    Attributes
    ----------
    place, signal
        (n,) place on the axis and dL/dv of the output that is drawn: the only one, or that of the
        sample's own class.
    strongest
        (n,) the largest |dL/dv| of all outputs.
    wrong
        (n,) whether the decision is wrong, or the number far off.
    row
        (n,) class of each sample; zeros for a numeric target.
    """

    place: Float64s
    signal: Float64s
    strongest: Float64s
    wrong: Bools
    row: Ints


@dataclass(frozen=True, slots=True)
class Count:
    """``flat`` samples have an error signal below `FLAT` of ``largest``; ``stuck`` of them are
    wrong, as ``wrong`` samples are in all."""

    total: int
    wrong: int
    flat: int
    stuck: int
    largest: float


def placed(
    dataset: Dataset,
    chosen: Pair,
    parameters: Parameters,
    samples: slice,
    stop: Callable[[], bool],
) -> Placed | None:
    """Look at these samples, block by block.

    None if told to stop, or if the pair cannot learn these data: it is that of a run before.
    """
    values = dataset.all_values
    if not dataset.classes and coding.regression_problem(
        chosen, float(values.min()), float(values.max())
    ):
        return None
    n = len(range(*samples.indices(len(dataset.prepared))))
    found = Placed(
        place=np.empty(n),
        signal=np.empty(n),
        strongest=np.empty(n),
        wrong=np.zeros(n, np.bool_),
        row=np.zeros(n, np.int64),
    )
    first = samples.start or 0
    for start in range(0, n, _BLOCK):
        if stop():
            return None
        end = min(start + _BLOCK, n)
        rows = slice(first + start, first + end)
        _fill(found, slice(start, end), dataset, chosen, parameters, rows)
    return found


def coded(dataset: Dataset, chosen: Pair, rows: slice | Ints) -> Floats:
    """Targets Y (n, k) of these samples, as the pair codes them."""
    if dataset.classes:
        labels = dataset.all_labels[rows]
        return coding.encode(labels, len(dataset.classes), chosen, dataset.dtype)
    return dataset.all_values[rows].astype(dataset.dtype)[:, None]


def _fill(
    found: Placed,
    part: slice,
    dataset: Dataset,
    chosen: Pair,
    parameters: Parameters,
    rows: slice,
) -> None:
    objective = Objective(activation=chosen.activation, loss=chosen.loss)
    with np.errstate(all="ignore"):
        V = objective.scores(parameters, dataset.prepared[rows])
        Y = coded(dataset, chosen, rows)
        E = objective.error_signal(V, Y)
        found.strongest[part] = np.abs(E).max(axis=1)
        Z = objective.outputs(V)
    if not dataset.classes:
        residual = abscissa(chosen, dataset) == "residual"
        found.place[part] = (V - Y)[:, 0] if residual else V[:, 0]
        found.signal[part] = E[:, 0]
        found.wrong[part] = np.abs(Z - Y)[:, 0] > FAR_OFF * np.ptp(dataset.all_values)
        return
    labels = dataset.all_labels[rows]
    own = _drawn_output(V.shape[1], labels, len(dataset.classes))
    each = np.arange(len(V))
    found.row[part] = labels
    found.signal[part] = E[each, own]
    found.place[part] = lead(V, own) if chosen.coupled else V[each, own]
    found.wrong[part] = coding.decide(Z, V, chosen, len(dataset.classes)) != labels


def _drawn_output(outputs: int, labels: Ints, classes: int) -> Ints:
    """Two classes: the output that speaks of the second. More: that of the own class."""
    if classes == 2:
        return np.full(len(labels), outputs - 1, np.int64)
    return labels


def count(samples: Placed, chosen: Pair, dataset: Dataset) -> Count:
    """How many samples learn next to nothing, against the largest signal within reach."""
    end = axis_end(samples.place, 0.0, 6.0)
    reach = tuple(curve(chosen, target, -end, end) for target in targets(chosen, dataset))
    largest = largest_signal(reach)
    known = np.isfinite(samples.strongest)
    flat = known & (samples.strongest <= FLAT * largest)
    return Count(
        total=len(flat),
        wrong=int(samples.wrong.sum()),
        flat=int(flat.sum()),
        stuck=int((flat & samples.wrong).sum()),
        largest=largest,
    )


def sentence(found: Count, *, classes: bool) -> str:
    """What the picture shows, in numbers."""
    total = f"of {format_count(found.total)} samples"
    if found.largest == 0.0:
        return "The error signal is 0 everywhere: no sample teaches the weights anything."
    fault = "are wrong" if classes else "are off by over a tenth of the range"
    low = f"below 1 % of its largest ({number_text(found.largest, 3)})"
    if found.stuck:
        return (
            f"{format_count(found.stuck)} {total} {fault} and hardly teach the weights: there the"
            f" error signal is {low}."
        )
    if not found.wrong:
        most = f"{format_count(found.flat)} sit where the error signal is {low}"
        off = "No sample is off by over a tenth of the range"
        done = "All samples are right" if classes else off
        return f"{done}; {most}, as they should."
    each = f"each error signal is above 1 % of the largest ({number_text(found.largest, 3)})"
    return f"{format_count(found.wrong)} {total} {fault}, and all of them teach: {each}."
