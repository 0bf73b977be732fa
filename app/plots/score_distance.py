"""How far samples lie from the decision boundary: exact for any number of features.

The boundary between classes a and b is where their scores are equal: a plane with the normal
w_a − w_b in the space of the network's inputs, at the signed distance
``((w_a − w_b) · x + b_a − b_b) / ‖w_a − w_b‖`` from a sample. With one output it is
``(w · x + b − t) / ‖w‖`` with the score t at the threshold. The distance of a sample from the
boundary of its class against all others is the least over the others; where it is negative that
is the distance to the plane it is furthest on the wrong side of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.plots.colors import Bytes
from app.plots.density import Density
from app.plots.reading import Reading
from slp_core.arrays import Bools, Float64s, Floats, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.coding import score_threshold
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

MOST_MARKERS: Final = 5_000
"""More samples than this are drawn as a picture: all of them move with every update."""
MOST_DRAWN: Final = 200_000
"""Of more samples a picture shows only so many, taken at random; numbers are always of all."""
JITTER: Final = 0.33
_BLOCK: Final = 65_536
ALL: Final = -1
"""Stands for the true class on the positive side, and for the best other one on the negative."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Which classes are compared: ``first`` is where distances are positive."""

    first: int = ALL
    second: int = ALL

    @property
    def key(self) -> str:
        """As a picker keeps it."""
        return f"{self.first}:{self.second}"

    @classmethod
    def of(cls, key: str) -> Sides:
        """The sides of a key; of none, the true class against the best other."""
        first, _, second = key.partition(":")
        return cls(int(first), int(second)) if second else cls()


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Distances of N samples, training ones first.

    Attributes
    ----------
    distance
        (N,) signed distances in units of the network's inputs, NaN where there is none.
    shown
        (N,) whether a sample belongs to the comparison and has a distance.
    wrong
        (N,) whether the model puts it into another class than its own.
    margin
        Distance of the lines at scores −1 and 1 for losses with a margin, else None.
    """

    distance: Float64s
    shown: Bools
    wrong: Bools
    margin: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Distances with their heights (N,), and a picture where there are many."""

    found: Distances
    heights: Float64s
    picture: Density | None
    points: int


def distances(
    dataset: Dataset,
    pair: Pair,
    parameters: Parameters,
    sides: Sides,
    stop: Callable[[], bool] = lambda: False,
) -> Distances | None:
    """Distances of all samples; None if told to stop."""
    labels, reading = dataset.all_labels, Reading(pair, len(dataset.classes))
    distance = np.empty(len(labels))
    wrong: Bools = np.empty(len(labels), np.bool_)
    W, b = parameters.W.astype(np.float64), parameters.b.astype(np.float64)
    norms = _norms(W, len(dataset.classes))
    for start in range(0, len(labels), _BLOCK):
        if stop():
            return None
        rows = slice(start, start + _BLOCK)
        with np.errstate(all="ignore"):
            V = dataset.prepared[rows] @ W + b
            wrong[rows] = reading.labels(V) != labels[rows]
            if len(dataset.classes) == 2:
                distance[rows] = _lead(V, pair) / norms[0, 1]
            else:
                distance[rows] = _least(V, labels[rows], norms, sides)
    shown: Bools = np.isfinite(distance) & _compared(labels, sides)
    hinge = reading.contour_levels() == (-1.0, 1.0)
    margin = 1.0 / float(norms[0, 1]) if hinge and norms[0, 1] > 0 else None
    return Distances(distance, shown, wrong, margin)


def _norms(W: Float64s, classes: int) -> Float64s:
    """(K, K) lengths of the normals between classes; NaN where there is no boundary."""
    if W.shape[1] == 1:
        return np.full((2, 2), np.linalg.norm(W) or np.nan)
    gram = W.T @ W
    squares = np.diag(gram)
    exact = np.sqrt(np.maximum(squares[:, None] + squares[None] - 2 * gram, 0.0))
    for a, b in zip(*np.nonzero(exact < 1e-5 * np.sqrt(squares.max(initial=0.0))), strict=True):
        exact[a, b] = np.linalg.norm(W[:, a] - W[:, b])  # the difference of squares cancels
    return np.where(exact > 0, exact, np.nan)[:classes, :classes]


def _lead(V: Floats, pair: Pair) -> Float64s:
    """Score of the second of two classes over the first."""
    if V.shape[1] == 1:
        return np.asarray(V[:, 0] - score_threshold(pair), np.float64)
    return np.asarray(V[:, 1] - V[:, 0], np.float64)


def _least(V: Floats, labels: Ints, norms: Float64s, sides: Sides) -> Float64s:
    """Distance from the boundary of the first side, against the second or all others."""
    first = labels if sides.first == ALL else np.full(len(V), sides.first)
    rows = np.arange(len(V))
    ahead = (V[rows, first][:, None] - V) / norms[first]
    if sides.second != ALL:
        return ahead[:, sides.second]
    ahead[rows, first] = np.inf
    return ahead.min(axis=1)


def _compared(labels: Ints, sides: Sides) -> Bools:
    """Samples of the two classes of a pair; otherwise all."""
    if ALL in (sides.first, sides.second):
        return np.ones(len(labels), np.bool_)
    return (labels == sides.first) | (labels == sides.second)


def with_picture(found: Distances, dataset: Dataset, colors: Bytes, seed: int = 0) -> Drawn:
    """Put each class into a lane, the first one on top, and prepare the picture of many."""
    random = np.random.default_rng(seed)
    labels = dataset.all_labels
    lanes = len(dataset.classes) - 1.0 - labels
    heights = lanes + random.uniform(-JITTER, JITTER, len(labels))
    shown = np.flatnonzero(found.shown)
    if len(shown) <= MOST_MARKERS:
        return Drawn(found, heights, None, len(shown))
    if len(shown) > MOST_DRAWN:
        shown = random.choice(shown, MOST_DRAWN, replace=False)
    mixed = labels[shown] + np.where(found.wrong[shown], len(dataset.classes), 0)
    picture = Density(found.distance[shown], heights[shown], mixed, colors)
    return Drawn(found, heights, picture, len(shown))
