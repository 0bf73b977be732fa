"""The ROC curves of a model: of both parts, of one class of two or of each against the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np

from slp_core.arrays import Bools, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.answers import Answers, answers
from slp_core.training.ranking import Roc, macro_average, roc, thinned

Part = Literal["training", "validation"]
MEAN = -1
"""Stands for the mean over the classes."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One curve: of which rows, and of which class against the rest (`MEAN`: of all)."""

    part: Part
    number: int
    roc: Roc

    @property
    def drawable(self) -> bool:
        """Whether there is a curve at all: both positives and negatives are needed."""
        return not isnan(self.roc.auc)


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """All curves of a moment.

    ``decisions`` has, with two classes, FPR and TPR of the decision of now for each part;
    ``unknown`` counts the rows without a finite score.
    """

    lines: tuple[Line, ...]
    decisions: tuple[tuple[Part, float, float], ...]
    unknown: int

    def of(self, part: Part, number: int) -> Line | None:
        """The curve of a class, or the mean."""
        found = (line for line in self.lines if (line.part, line.number) == (part, number))
        return next(found, None)


def curves(
    dataset: Dataset,
    pair: Pair,
    parameters: Parameters,
    parts: tuple[tuple[Part, slice], ...],
    stop: Callable[[], bool] | None = None,
) -> Curves | None:
    """Rank the samples of each part; None if told to stop."""
    lines: list[Line] = []
    decisions: list[tuple[Part, float, float]] = []
    unknown = 0
    for part, samples in parts:
        found = answers(dataset, pair, parameters, samples, stop)
        made = None if found is None else _lines(found, dataset.all_labels[samples], part, stop)
        if found is None or made is None:
            return None
        lines += made
        unknown += int(np.count_nonzero(~found.known))
        if found.ranks.shape[1] == 1:
            decisions += _decision(found, dataset.all_labels[samples], part)
    return Curves(tuple(lines), tuple(decisions), unknown)


def _lines(
    found: Answers, labels: Ints, part: Part, stop: Callable[[], bool] | None
) -> list[Line] | None:
    """One curve with two classes; with more, one for each and their mean."""
    ranks, labels = found.ranks[found.known], labels[found.known]
    columns, whole = ranks.shape[1], list[Roc]()
    for k in range(columns):
        if stop is not None and stop():
            return None
        positive: Bools = labels == (1 if columns == 1 else k)
        whole.append(roc(ranks[:, k], positive))
    numbers = [1] if columns == 1 else range(columns)
    lines = [Line(part, n, thinned(curve)) for n, curve in zip(numbers, whole, strict=True)]
    mean = macro_average(whole) if columns > 1 else None
    return [*lines, Line(part, MEAN, mean)] if mean is not None else lines


def _decision(found: Answers, labels: Ints, part: Part) -> list[tuple[Part, float, float]]:
    positive = labels[found.known] == 1
    decided = found.decided[found.known] == 1
    P, N = int(positive.sum()), int((~positive).sum())
    if not P or not N:
        return []
    alarms = np.count_nonzero(decided & ~positive) / N
    return [(part, float(alarms), float(np.count_nonzero(decided & positive) / P))]
