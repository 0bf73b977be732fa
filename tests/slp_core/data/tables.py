"""Small tables for the tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from slp_core.data.dataset import Dataset
from slp_core.data.table import Column, Dialect, Kind, Table

NAN = float("nan")
XY = {"x": [1.0, 2.0, 3.0, 4.0], "z": [4.0, 1.0, 2.0, 2.0]}


def table(**columns: ArrayLike) -> Table:
    return Table.from_columns("test", columns)


def with_kinds(columns: Mapping[str, tuple[Kind, list[str]]]) -> Table:
    """A table with columns of kinds that generated data does not have."""
    made = tuple(Column.of_texts(name, texts, kind) for name, (kind, texts) in columns.items())
    rows = len(made[0])
    return Table("test", None, Dialect(), made, rows, (), (), np.arange(2, rows + 2))


def noted(dataset: Dataset, *parts: str) -> bool:
    return any(all(part in note for part in parts) for note in dataset.notes)
