"""How well a number separates two groups: the ROC curve and the area below it.

Source: T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27 (2006); the
area is the statistic of Mann and Whitney (1947).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Bools, Float64s, Ints

MOST_POINTS: Final = 500
"""Points of a drawn curve: a few for each pixel of its corner."""


@dataclass(frozen=True, slots=True, eq=False)
class Roc:
    """Points of a curve from (0, 0) to (1, 1), by falling threshold.

    Attributes
    ----------
    fpr, tpr
        (p,) false and true positive rate when all with a rank of at least ``thresholds`` (p,) are
        called positive; NaN where there are no negatives or no positives. At the first point
        nothing is, there the threshold is inf.
    auc
        Area: the probability that a positive ranks above a negative, ties counting half. NaN
        where there are no positives or no negatives.
    positives, negatives
        How many there are.
    """

    fpr: Float64s
    tpr: Float64s
    thresholds: Float64s
    auc: float
    positives: int
    negatives: int


def roc(ranks: Float64s, positive: Bools) -> Roc:
    """The exact curve of n samples: one point for each distinct rank.

    TPR = TP / P and FPR = FP / N at each threshold; the area Σ N_i (P_above + P_i / 2) / (P N)
    over the ranks i with P_i positives and N_i negatives each, counted in whole numbers.

    Parameters
    ----------
    ranks
        (n,) finite numbers; larger ones speak for "positive".
    positive
        (n,) which samples are positive.
    """
    order = np.argsort(ranks)[::-1]
    sorted_ranks = ranks[order]
    last = np.append(np.flatnonzero(np.diff(sorted_ranks)), len(ranks) - 1)[: len(ranks)]
    found = np.concatenate(([0], np.cumsum(positive[order], dtype=np.int64)[last]))
    alarms = np.concatenate(([0], last + 1)) - found
    P, N = int(found[-1]), int(alarms[-1])
    with np.errstate(invalid="ignore"):
        tpr, fpr = found / np.float64(P), alarms / np.float64(N)
    thresholds = np.concatenate(([np.inf], sorted_ranks[last]))
    return Roc(fpr, tpr, thresholds, _area(found, alarms), P, N)


def _area(found: Ints, alarms: Ints) -> float:
    P, N = int(found[-1]), int(alarms[-1])
    if not P or not N:
        return float("nan")
    twice = int(np.dot(np.diff(alarms), found[1:] + found[:-1]))
    return twice / (2 * P * N)


def thinned(curve: Roc, most: int = MOST_POINTS) -> Roc:
    """The same curve with at most ``most`` points, each one of the curve's own.

    First go the points between two others in one direction, which nobody sees; of what is left,
    points at about even steps of FPR + TPR stay, so that none is further than 2 / ``most`` away.
    """
    if np.isnan(curve.auc):
        return curve
    dx, dy = np.diff(curve.fpr), np.diff(curve.tpr)
    flat = ((dx[1:] == 0) & (dx[:-1] == 0)) | ((dy[1:] == 0) & (dy[:-1] == 0))
    kept = np.concatenate(([0], np.flatnonzero(~flat) + 1, [len(curve.fpr) - 1]))
    kept = np.unique(kept)
    if len(kept) > most:
        way = curve.fpr[kept] + curve.tpr[kept]
        chosen: Ints = np.searchsorted(way, np.linspace(0.0, float(way[-1]), most))
        kept = kept[np.unique(np.minimum(chosen, len(kept) - 1))]
    return Roc(
        curve.fpr[kept],
        curve.tpr[kept],
        curve.thresholds[kept],
        curve.auc,
        curve.positives,
        curve.negatives,
    )


def macro_average(curves: Sequence[Roc], places: int = 401) -> Roc | None:
    """The mean of the curves that have an area, every class counting the same.

    TPR(x) = mean over classes of their TPR at the FPR x; the area is the mean of the areas. It has
    no thresholds (NaN). None without any curve.
    """
    whole = [curve for curve in curves if not np.isnan(curve.auc)]
    if not whole:
        return None
    fpr = np.linspace(0.0, 1.0, places)
    tpr = np.mean([np.interp(fpr, curve.fpr, curve.tpr) for curve in whole], axis=0)
    fpr, tpr = np.concatenate(([0.0], fpr)), np.concatenate(([0.0], tpr))
    return Roc(
        fpr=fpr,
        tpr=tpr,
        thresholds=np.full(len(fpr), np.nan),
        auc=float(np.mean([curve.auc for curve in whole])),
        positives=sum(curve.positives for curve in whole),
        negatives=sum(curve.negatives for curve in whole),
    )
