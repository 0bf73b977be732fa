"""The samples as a view needs them, and where a view looks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.plots.user_text import inline
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.network.coding import outputs
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

_MARGIN = 0.08
_FEW, _WIDE_MARGIN = 12, 0.5
"""Around a handful of samples there is room for those that will be painted."""


@dataclass(frozen=True, slots=True)
class Axes:
    """Features on the axes; ``j`` is None where the output goes up.

    ``principal``: the two principal components of all features are there instead.
    """

    i: int
    j: int | None
    principal: bool = False

    @property
    def shown(self) -> tuple[int, ...]:
        """The features on the axes."""
        return (self.i,) if self.j is None else (self.i, self.j)


def padded(values: Float64s) -> tuple[float, float]:
    """A range around the values with some air, never empty."""
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if not np.isfinite(low) or not np.isfinite(high):
        return (-1.0, 1.0)
    span = high - low
    least = 1e-9 * max(abs(low), abs(high))
    if span <= least:
        half = abs(low) * 0.5 or 1.0
        return low - half, high + half
    margin = (_MARGIN if len(values) >= _FEW else _WIDE_MARGIN) * span
    return low - margin, high + margin


def slice_note(dataset: Dataset, axes: Axes, at: str = "") -> str:
    """What is said when the picture is only a slice; ``at``: where others are held, if not mean."""
    others = dataset.features - len(axes.shown)
    if others == 0:
        return ""
    if others == 1:
        held = next(n for n in range(dataset.features) if n not in axes.shown)
        name = inline(dataset.feature_names[held])
        return f"slice: {name} held at {at or 'its mean'}; all points projected"
    return f"slice: {others} other features held at {at or 'their mean'}; all points projected"


def description(dataset: Dataset | None, axes: Axes, wrong: int | None) -> str:
    """The picture in words, for those who listen to it."""
    if dataset is None:
        return "No data"
    names = " against ".join(dataset.feature_names[n] for n in axes.shown)
    if axes.principal:
        names = "two principal components"
    text = f"{len(dataset.row_index)} samples, {names}"
    return text if wrong is None else f"{text}, {wrong} misclassified"


def fits(parameters: Parameters, dataset: Dataset | None, pair: Pair | None) -> bool:
    """Whether weights belong to this model: the last of a run may arrive after a change."""
    if dataset is None or pair is None:
        return False
    classes = len(dataset.classes)
    k = outputs(pair, classes) if classes else 1
    return parameters.W.shape == (dataset.terms, k)
