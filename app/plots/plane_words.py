"""What is said of the principal plane, and how many samples it misleads about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.numbers import share_text
from app.plots.numbers import format_count
from app.plots.reading import Reading
from app.plots.scene import Axes
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.data.principal import PrincipalPlane
from slp_core.data.slices import Slice, scores_along
from slp_core.network.parameters import Parameters

_MOST_LOOKED_AT: Final = 300_000
"""Numbers read to compare samples with their places on the plane."""
OFF: Final = (
    "Painting and dragging are off on the principal plane: a place there is a mixture of all"
    " features. Show two features for that."
)
TIP: Final = (
    "Exact for points on the plane. Samples are drawn where they fall on it, but most lie off the"
    " plane, where the model may say something else: it decides so many of them otherwise than the"
    " places where they are drawn."
)


@dataclass(frozen=True, slots=True)
class Misled:
    """So many of the samples looked at are decided otherwise than their place on the plane."""

    count: int
    looked_at: int
    samples: int

    @property
    def text(self) -> str:
        """For the note."""
        if self.looked_at < self.samples:
            return f"about {share_text(self.count / self.looked_at)} decided otherwise"
        return f"{format_count(self.count)} of {format_count(self.samples)} decided otherwise"


class Witnesses:
    """Samples of a data set and their places on a plane: all of them, or evenly spaced ones."""

    def __init__(self, dataset: Dataset, x: Float64s, y: Float64s) -> None:
        step = -(-dataset.prepared.size // _MOST_LOOKED_AT)
        self._inputs = np.ascontiguousarray(dataset.prepared[::step])
        self._x, self._y = x[::step], y[::step]
        self._samples = len(dataset.prepared)

    def misled(self, reading: Reading, parameters: Parameters, through: Slice) -> Misled:
        """Compare the samples with what the model says at their places."""
        V = self._inputs @ parameters.W + parameters.b
        M = through.coefficients(parameters.W, parameters.b)
        drawn = scores_along(M, through.basis, self._x, self._y)
        other = reading.labels(V) != reading.labels(drawn)
        return Misled(int(other.sum()), other.size, self._samples)


def plane_note(plane: PrincipalPlane, at: str, found: Misled | None) -> str:
    """``76.1 % of the variance; 12 of 150 decided otherwise``."""
    where = f"plane through {at}, " if at else ""
    rows = "" if plane.every == 1 else f" (of every {format_count(plane.every)}th row)"
    return "; ".join(
        part
        for part in (
            f"{where}{share_text(sum(plane.shares))} of the variance{rows}",
            "" if found is None else found.text,
        )
        if part
    )


def refusal(dataset: Dataset) -> str:
    """Why there is no principal plane of these data; empty if there is one."""
    if dataset.features < 3:
        return "Two features are a plane already."
    if dataset.preparation.waves:
        return "With sine terms there is no principal plane."
    return ""


def plane_axes(axes: Axes, dataset: Dataset | None) -> bool:
    """Whether the principal plane is what is shown."""
    return axes.principal and dataset is not None and not refusal(dataset)
