"""L15: a run that is too good to be true, and the column that gives the answer away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.insight.findings import Finding
from slp_core.insight.monitors_facts import Facts

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

TOO_GOOD: Final = 0.99
_MOST_COLUMNS: Final = 200


def too_good(facts: Facts, dataset: Dataset | None) -> Finding | None:
    """L15: 99 % after the first epoch, where one column alone decides."""
    if dataset is None or not facts.count:
        return None
    first = np.flatnonzero(facts.column("epoch") >= 1.0)
    if not first.size or not facts.column("accuracy")[first[0]] >= TOO_GOOD:
        return None
    name = deciding_column(dataset)
    if name is None:
        return None
    reached = float(facts.column("accuracy")[first[0]])
    text = f"{reached:.1%} after the first epoch, and {name} alone decides every sample."
    update = int(facts.updates[first[0]])
    return Finding("L15", "note", text, None, (facts.begin, update), columns=(name,))


def deciding_column(dataset: Dataset) -> str | None:
    """A feature that alone tells the classes apart, each in one stretch of its values."""
    if dataset.task == "regression":
        return None
    labels, wanted = dataset.labels, len(dataset.classes) - 1
    for place, name in enumerate(dataset.feature_names[:_MOST_COLUMNS]):
        column = dataset.X[:, place]
        order = np.argsort(column, kind="stable")
        changed = np.flatnonzero(labels[order][1:] != labels[order][:-1])
        values = column[order]
        if len(changed) == wanted and (values[changed + 1] > values[changed]).all():
            return name
    return None
