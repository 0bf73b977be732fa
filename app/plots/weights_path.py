"""From the checkpoints of a run to the lines of its weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.moment import RunMoment
from app.plots.weights_reading import shown
from slp_core.arrays import Float64s
from slp_core.insight.weight_sheet import BIAS, Units, in_units
from slp_core.network.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Lines over updates (t,); ``values`` are (lines, t).

    ``group`` is the output of each line, or its term where there is one output (``by_term``).
    ``entries`` are the legend's: a name, and the line that looks like it.
    """

    update: Float64s
    values: Float64s
    names: tuple[str, ...]
    group: tuple[int, ...]
    is_bias: tuple[bool, ...]
    by_term: bool
    entries: tuple[tuple[str, int], ...]
    left_out: int


def path_of(run: RunMoment) -> tuple[Float64s, list[Parameters]]:
    """Updates of the checkpoints that have the present shape, ending in the present weights."""
    now = run.snapshot
    kept = [
        point
        for point in now.history.checkpoints
        if point.update < now.update and point.parameters.W.shape == now.parameters.W.shape
    ]
    updates = np.array([*(point.update for point in kept), now.update], dtype=np.float64)
    return updates, [*(point.parameters for point in kept), now.parameters]


def tracks(run: RunMoment, units: Units, most: int) -> Tracks | None:
    """The lines of a run, at most ``most``: those that are largest at some time."""
    now = shown(run, units)
    if now is None:
        return None
    updates, path = path_of(run)
    preparation = run.dataset.preparation
    flats = np.array([in_units(preparation, p, units).flat() for p in path], dtype=np.float64).T
    d, k = now.parameters.W.shape
    chosen = _largest(flats, most)
    term = [min(number // k, d) for number in chosen]
    output = [number % k if number < d * k else number - d * k for number in chosen]
    by_term = k == 1
    return Tracks(
        update=updates,
        values=flats[chosen],
        names=tuple(now.name_of(t, o) for t, o in zip(term, output, strict=True)),
        group=tuple(term if by_term else output),
        is_bias=tuple(t == d for t in term),
        by_term=by_term,
        entries=_entries(now.terms if by_term else now.outputs, term, output, d),
        left_out=len(flats) - len(chosen),
    )


def _largest(flats: Float64s, most: int) -> list[int]:
    if len(flats) <= most:
        return list(range(len(flats)))
    sizes = np.nan_to_num(np.abs(flats), nan=0.0, posinf=0.0).max(axis=1)
    return sorted(np.argsort(-sizes, kind="stable")[:most].tolist())


def _entries(
    names: tuple[str, ...], term: list[int], output: list[int], d: int
) -> tuple[tuple[str, int], ...]:
    """The first line of each group, and the first bias."""
    by_term = not any(output)
    found: dict[str, int] = {}
    for number, (t, o) in enumerate(zip(term, output, strict=True)):
        found.setdefault(BIAS if t == d else names[t if by_term else o], number)
    order = {name: place for place, name in enumerate(names)}
    return tuple(sorted(found.items(), key=lambda entry: order.get(entry[0], len(order))))
