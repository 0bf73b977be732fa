"""Predicted against true numbers: what the views of a regression's residuals are drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.plots.colors import Bytes
from app.plots.density import Density
from app.plots.histogram_data import counts_of, round_edges
from app.plots.quality_bins import round_range
from slp_core.arrays import Bools, Float64s, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.answers import predictions
from slp_core.training.calibration import bin_of
from slp_core.training.residuals import Residuals, residual_figures

MOST_MARKERS: Final = 5_000
"""More points than this are drawn as a picture: all of them move with every update."""
MOST_DRAWN: Final = 200_000
"""Of more points a picture shows only so many, taken at random; figures are always of all."""

Range = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Predictions of N samples, the n of the training part first.

    Attributes
    ----------
    predicted, true, residual
        (N,) numbers; the residual is true − predicted.
    known
        (N,) False where the residual is not a finite number: it has no place then.
    held_out
        (N,) whether a sample is for validation.
    training, validation
        Figures of the parts; None without a validation part.
    edges, place
        Bins of the residuals, and that of each sample, −1 where it has none.
    counts
        (2, B) validation and training samples in each bin.
    """

    predicted: Float64s
    true: Float64s
    residual: Float64s
    known: Bools
    held_out: Bools
    training: Residuals
    validation: Residuals | None
    edges: Float64s
    place: Ints
    counts: Ints

    @property
    def unknown(self) -> int:
        """How many samples have no place."""
        return int(np.count_nonzero(~self.known))

    def counted(self, mask: Bools) -> Ints:
        """(2, B) `counts` of the samples of ``mask`` (N,) alone."""
        return counts_of(self.place, ~self.held_out, mask, len(self.edges) - 1)

    def samples(self, number: int, upper: bool) -> Ints:
        """The training (upper) or validation samples in a bin."""
        return np.flatnonzero((self.place == number) & (self.held_out != upper))

    def heights(self, flat: bool) -> Float64s:
        """(N,) what goes up: the residual, or the true number."""
        return self.residual if flat else self.true

    def ranges(self, flat: bool) -> tuple[Range, Range]:
        """Round ranges that show all points; both directions equal where the diagonal is."""
        x = self.predicted[self.known]
        y = self.heights(flat)[self.known]
        return round_range(x), round_range(y)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A cloud with the pictures of its points where there are many: upright and flat."""

    cloud: Cloud
    pictures: tuple[Density, Density] | None
    points: int
    """How many points are drawn."""


def cloud(
    dataset: Dataset,
    pair: Pair,
    parameters: Parameters,
    stop: Callable[[], bool] | None = None,
) -> Cloud | None:
    """Predict all samples; None if told to stop."""
    predicted = predictions(dataset, pair, parameters, slice(0, None), stop)
    if predicted is None:
        return None
    true, n = dataset.all_values, dataset.samples
    with np.errstate(over="ignore", invalid="ignore"):
        residual = true - predicted
    known: Bools = np.isfinite(residual)
    edges, held_out = round_edges(residual[known]), np.arange(len(true)) >= n
    place = np.where(known, bin_of(np.where(known, residual, 0.0), edges), -1)
    return Cloud(
        predicted=predicted,
        true=true,
        residual=residual,
        known=known,
        held_out=held_out,
        training=residual_figures(true[:n], predicted[:n]),
        validation=residual_figures(true[n:], predicted[n:]) if len(true) > n else None,
        edges=edges,
        place=place,
        counts=counts_of(place, ~held_out, known, len(edges) - 1),
    )


def with_picture(found: Cloud, colors: Bytes, seed: int = 0) -> Drawn:
    """Prepare the pictures of many points; ``colors`` (2, 3) of training and validation."""
    known = np.flatnonzero(found.known)
    if len(known) <= MOST_MARKERS:
        return Drawn(found, None, len(known))
    if len(known) > MOST_DRAWN:
        known = np.random.default_rng(seed).choice(known, MOST_DRAWN, replace=False)
    row = found.held_out[known].astype(np.int64)
    x = found.predicted[known]
    upright, flat = (Density(x, found.heights(way)[known], row, colors) for way in (False, True))
    return Drawn(found, (upright, flat), len(known))
