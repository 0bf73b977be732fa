"""What the tests of the panels share: a small table, its data set, and an ear for signals."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.data.table import Table


@pytest.fixture
def table() -> Table:
    """Six rows: three numbers, a text of two kinds and three classes."""
    return Table.from_columns(
        "flowers",
        {
            "length": np.array([1.0, 2.0, 3.0, 4.5, 5.0, 6.0, 7.5, 8.0, 9.0]),
            "width": np.array([0.2, 0.1, 0.4, 0.3, 0.9, 0.5, 0.7, 0.6, 0.8]),
            "height": np.array([3.0, 1.0, 2.5, 1.0, 4.0, 2.0, 7.0, 1.0, 3.0]),
            "colour": np.array(["red", "blue", "red"] * 3, dtype=object),
            "species": np.array(["a", "b", "c"] * 3, dtype=object),
        },
    )


@pytest.fixture
def dataset(table: Table) -> Dataset:
    """The table with all features."""
    return Dataset.from_table(table, "species")
