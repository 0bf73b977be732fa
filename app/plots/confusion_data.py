"""Which class was taken for which: the numbers of a confusion matrix, and the rows in each cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Bools, Float64s, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.answers import answers
from slp_core.training.metrics import recall


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """Counts of n samples of K classes.

    ``counts`` (K, K), row = true class, column = decided class; ``cell`` (n,) is the number
    true · K + decided of the cell of each sample, −1 where its score is not a finite number.
    """

    counts: Ints
    cell: Ints

    @property
    def classes(self) -> int:
        """K."""
        return len(self.counts)

    @property
    def total(self) -> int:
        """How many samples are counted."""
        return int(self.counts.sum())

    @property
    def unknown(self) -> int:
        """How many are not."""
        return len(self.cell) - self.total

    @property
    def shares(self) -> Float64s:
        """(K, K) shares of the true class; NaN in the row of a class without samples."""
        return _over(self.counts, self.counts.sum(axis=1, keepdims=True))

    @property
    def recall(self) -> Float64s:
        """(K,) share of the samples of a class that are found."""
        return recall(self.counts)

    @property
    def precision(self) -> Float64s:
        """(K,) share of the decisions for a class that are right."""
        return _over(np.diagonal(self.counts), self.counts.sum(axis=0))

    @property
    def right(self) -> int:
        """How many samples are classified rightly."""
        return int(np.trace(self.counts))

    @property
    def accuracy(self) -> float:
        """Their share; NaN without samples."""
        return self.right / self.total if self.total else float("nan")

    def samples(self, true: int | None, decided: int | None) -> Ints:
        """The samples of a cell; None takes a whole row or column."""
        K = self.classes
        with_true = self.cell >= 0 if true is None else self.cell // K == true
        known = with_true & (self.cell >= 0)
        return np.flatnonzero(known if decided is None else known & (self.cell % K == decided))

    def picked(self, mask: Bools) -> Ints:
        """(K, K) how many of the samples of ``mask`` (n,) are in each cell."""
        cell = self.cell[mask]
        K = self.classes
        return np.bincount(cell[cell >= 0], minlength=K * K).reshape(K, K)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What the matrix shows; ``picked`` (K, K) counts the selected samples."""

    confusion: Confusion
    names: tuple[str, ...]
    shares: bool
    picked: Ints


def confusion(
    dataset: Dataset,
    pair: Pair,
    parameters: Parameters,
    samples: slice,
    stop: Callable[[], bool] | None = None,
) -> Confusion | None:
    """Count these samples; None if told to stop."""
    found = answers(dataset, pair, parameters, samples, stop)
    if found is None:
        return None
    K = len(dataset.classes)
    cell = np.where(found.known, dataset.all_labels[samples] * K + found.decided, -1)
    counts = np.bincount(cell[found.known], minlength=K * K).reshape(K, K)
    return Confusion(counts, cell)


def _over(counts: Ints, whole: Ints) -> Float64s:
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts / whole.astype(np.float64)
