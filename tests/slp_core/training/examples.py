"""Small data sets the training tests share."""

from __future__ import annotations

from math import isclose
from typing import Literal

import numpy as np

from slp_core.arrays import Floats, Ints
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

BatchSize = int | Literal["full"]


def from_arrays(
    X: Floats, target: Floats | Ints, *, validation: float = 0.0, scaling: str = "standardize"
) -> Dataset:
    """A data set of arrays; floats that are not whole make a regression."""
    columns = {f"x{j}": X[:, j] for j in range(X.shape[1])}
    table = Table.from_columns("example", {**columns, "y": target})
    return Dataset.from_table(table, "y", validation=validation, scaling=scaling)


def blobs(
    samples: int = 60,
    features: int = 2,
    classes: int = 2,
    *,
    seed: int = 0,
    validation: float = 0.0,
) -> Dataset:
    """Overlapping clouds, one per class."""
    generator = np.random.default_rng(seed)
    labels = np.arange(samples) % classes
    centres = generator.normal(0.0, 1.5, (classes, features))
    X = centres[labels] + generator.normal(size=(samples, features))
    return from_arrays(X, labels, validation=validation)


def line(samples: int = 50, features: int = 2, *, validation: float = 0.0) -> Dataset:
    """A regression: a linear function with noise."""
    generator = np.random.default_rng(1)
    X = generator.normal(size=(samples, features))
    y = X @ np.arange(1.0, features + 1.0) + 0.3 * generator.normal(size=samples) + 0.123
    return from_arrays(X, y, validation=validation)


def gaussians(samples: int = 200) -> Dataset:
    """Two clouds around (1, 1) and (-1, -1) that overlap by a tenth, unscaled."""
    generator = np.random.default_rng(0)
    labels = np.arange(samples) % 2
    X = generator.normal(size=(samples, 2)) * 1.1 + np.where(labels == 1, 1.0, -1.0)[:, None]
    return from_arrays(X, labels, scaling="none")


def same(found: float | None, expected: float, rel: float = 1e-9) -> bool:
    """Whether a number is there and as expected."""
    return found is not None and isclose(found, expected, rel_tol=rel)
