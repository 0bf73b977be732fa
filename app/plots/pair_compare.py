"""Which other pairs a pair plot draws for comparison."""

from __future__ import annotations

from app.moment import Moment
from app.plots.pair_data import Curve, abscissa, curve, partner, targets
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair

Named = tuple[tuple[str, Pair], ...]
"""Pairs, each with the name it has in the legend."""
Compared = tuple[tuple[str, tuple[Curve, ...]], ...]


def other_pairs(moment: Moment | None) -> Named:
    """Other pairs of runs on the same kind of task, each once, with the name of its first run."""
    if moment is None:
        return ()
    active = moment.active
    found: dict[Pair, str] = {}
    for run in moment.runs[1:]:
        alike = bool(run.dataset.classes) == bool(active.dataset.classes)
        if run.pair != active.pair and alike:
            found.setdefault(run.pair, run.name)
    return tuple((name, other) for other, name in found.items())


def compared(
    chosen: Pair, dataset: Dataset, others: Named, *, best: bool, low: float, high: float
) -> Compared:
    """The curves from ``low`` to ``high`` of the pairs to compare with; ``best``: the partner."""
    found = [(f"{name}: {other.label}", other) for name, other in others if other != chosen]
    own = partner(chosen)
    if best and own is not None:
        found = [
            (f"Best partner: {own.label}", own),
            *(each for each in found if each[1] != own),
        ]
    what = abscissa(chosen, dataset)
    same = [(name, other) for name, other in found if _meets(what, other, dataset)]
    return tuple((name, _curves(other, dataset, low, high)) for name, other in same)


def _meets(what: str, other: Pair, dataset: Dataset) -> bool:
    """A residual is no score; a score of one output and log odds of a class mean the same."""
    return (abscissa(other, dataset) == "residual") == (what == "residual")


def _curves(other: Pair, dataset: Dataset, low: float, high: float) -> tuple[Curve, ...]:
    return tuple(curve(other, target, low, high) for target in targets(other, dataset))
