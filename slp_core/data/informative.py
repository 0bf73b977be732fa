"""Which features are worth looking at first."""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset

_ROWS = 20_000
"""Rows looked at: enough to rank features, and quick on a million."""


def informative_features(dataset: Dataset, count: int = 2) -> tuple[int, ...]:
    """Numbers of the features that tell most about the target on their own, in column order.

    Columns of numbers come before categories. Ranked by Fisher's ratio (variance between the
    class means over the variance within the classes; Fisher 1936), in regression by the squared
    correlation with the target. Both do not depend on scaling.

    Parameters
    ----------
    count
        How many; all where there are fewer.
    """
    inputs = np.asarray(dataset.X[:_ROWS, : dataset.features], dtype=np.float64)
    if dataset.task == "regression":
        worth = _squared_correlations(inputs, dataset.values[:_ROWS])
    else:
        worth = _fisher_ratios(inputs, dataset.labels[:_ROWS].astype(np.int64))
    # A number makes a picture; a category's 0 and 1 make two lines, and come only if they must.
    plain = [feature.category is None for feature in dataset.preparation.features]
    best = np.argsort(-(worth + np.array(plain)), kind="stable")[:count]
    return tuple(sorted(int(i) for i in best))


def usual_axes(dataset: Dataset) -> tuple[int, int | None]:
    """The two features to draw first, across and up; None up where there is but one."""
    first, *second = informative_features(dataset, 2)
    return first, second[0] if second else None


def _fisher_ratios(inputs: Float64s, labels: np.ndarray) -> Float64s:
    counts = np.bincount(labels).astype(np.float64)
    present = counts > 0
    sums = np.stack([np.bincount(labels, column) for column in inputs.T])[:, present]
    means = sums / counts[present]
    overall = inputs.mean(axis=0)
    between = ((means - overall[:, None]) ** 2 * counts[present]).sum(axis=1)
    within = ((inputs - overall) ** 2).sum(axis=0) - between
    return _share(between, within)


def _squared_correlations(inputs: Float64s, values: Float64s) -> Float64s:
    x, y = inputs - inputs.mean(axis=0), values - values.mean()
    explained = (x * y[:, None]).sum(axis=0) ** 2
    possible = (x**2).sum(axis=0) * (y**2).sum()
    return _share(explained, np.maximum(possible - explained, 0.0))


def _share(part: Float64s, rest: Float64s) -> Float64s:
    """part / (part + rest), which ranks like part / rest and needs no special case for 0."""
    total = part + np.maximum(rest, 0.0)
    return np.divide(part, total, out=np.zeros_like(total), where=total > 0.0)
