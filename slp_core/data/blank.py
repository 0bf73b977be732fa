"""The table a new painting starts from: as few points as can be trained on."""

from __future__ import annotations

import numpy as np

from slp_core.data.table import Table
from slp_core.data.target import Task
from slp_core.errors import ConfigError

MOST_BLANK_CLASSES = 10
"""A painting starts with as many classes as there are colours, at most."""


def blank_table(task: Task, classes: int = 2) -> Table:
    """A table of two inputs, x and y, and one point for each class; or a line's two ends.

    With more than two classes there are two points of the first: if each point had a class of
    its own, they could not be told from names.

    Parameters
    ----------
    task
        ``"binary"`` and ``"multiclass"`` have columns x, y and class (class A, class B and so
        on); ``"regression"`` has x and the number y to predict from it.
    classes
        How many classes, 2 to 10.

    Raises
    ------
    ConfigError
        There cannot be so many classes.
    """
    if task == "regression":
        return Table.from_columns("painting", {"x": np.array([-1.0, 1.0]), "y": [-0.5, 0.5]})
    if not 2 <= classes <= MOST_BLANK_CLASSES:
        raise ConfigError(
            f"A painting starts with 2 to {MOST_BLANK_CLASSES} classes, not {classes}.",
            field="classes",
            value=classes,
        )
    label = np.arange(classes)
    angle = np.pi + 2 * np.pi * label / classes
    x, y = np.cos(angle), np.sin(angle) + (0.5 if classes == 2 else 0.0) * np.cos(angle)
    names = [f"class {chr(ord('A') + n)}" for n in label.tolist()]
    if classes > 2:
        x, y, names = np.append(x, 0.8 * x[0]), np.append(y, 0.8 * y[0] - 0.2), [*names, names[0]]
    columns = {"x": x.round(2), "y": y.round(2), "class": np.array(names, dtype=object)}
    return Table.from_columns("painting", columns)
