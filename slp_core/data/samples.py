"""Built-in sets: generated from a seed, or shipped as files with their source and licence."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.data.generators import Random, shares
from slp_core.data.sample_rows import SAMPLES, Sample
from slp_core.data.split import check_seed, is_whole
from slp_core.data.table import Table
from slp_core.errors import ConfigError

__all__ = ["SAMPLES", "Sample", "load_sample", "sample_table"]

FEWEST_POINTS, MOST_POINTS = 6, 10_000_000
MOST_NOISE = 100.0
CLASS_NAMES = ("A", "B", "C", "D", "E")
SMALLEST_BALANCE, LARGEST_BALANCE = 0.01, 0.99


def sample_table(
    key: str,
    *,
    points: int | None = None,
    noise: float | None = None,
    balance: float | None = None,
    seed: int = 0,
) -> Table:
    """The table of a built-in set.

    Parameters
    ----------
    points, noise
        For generated sets; None takes the usual ones.
    balance
        For generated classes: the share of the first one. The others share the rest evenly, and
        every class keeps at least one point. None takes the usual share.
    seed
        The same seed gives the same points.

    Raises
    ------
    ConfigError
        There is no such set, or points, noise, balance or seed cannot be used.
    """
    row = SAMPLES.get(key)
    if row is None:
        raise ConfigError(
            f"There is no built-in set called {key!r}.",
            field="sample",
            value=key,
            allowed=tuple(SAMPLES),
        )
    check_seed(seed)
    if not row.generated:
        _refuse(row, "is measured", points=points, noise=noise, balance=balance)
        return _read(row)
    points, noise = row.points if points is None else points, row.noise if noise is None else noise
    _check_points(points)
    _check_noise(noise)
    if row.cloud is None:
        _refuse(row, "has no classes", balance=balance)
    else:
        balance = row.balance if balance is None else balance
        _check_balance(balance)
    return _draw(row, points, noise, balance, np.random.Generator(np.random.PCG64(seed)))


def load_sample(
    key: str,
    *,
    points: int | None = None,
    noise: float | None = None,
    balance: float | None = None,
    seed: int = 0,
    scaling: str = "standardize",
    degree: int = 1,
    validation: float = 0.0,
) -> Dataset:
    """A built-in set as a data set with its own target; ``seed`` serves points and split."""
    table = sample_table(key, points=points, noise=noise, balance=balance, seed=seed)
    return Dataset.from_table(
        table,
        SAMPLES[key].target,
        scaling=scaling,
        degree=degree,
        validation=validation,
        seed=seed,
    )


def _read(row: Sample) -> Table:
    from slp_core.data.reader import read_csv  # reading is not needed for generated sets

    with as_file(files("resources").joinpath("datasets", f"{row.key}.csv")) as path:
        return replace(read_csv(path), name=row.label)


def _draw(row: Sample, points: int, noise: float, balance: float | None, random: Random) -> Table:
    inputs, targets = _points(row, points, noise, balance, random)
    order = random.permutation(points)
    columns = inputs[order].reshape(points, -1).T
    names = ("x",) if len(columns) == 1 else [f"x{j}" for j, _ in enumerate(columns, start=1)]
    made = dict(zip(names, columns, strict=True))
    return Table.from_columns(row.label, {**made, row.target: targets[order]})


def _points(
    row: Sample, points: int, noise: float, balance: float | None, random: Random
) -> tuple[Float64s, NDArray[Any]]:
    if row.cloud is not None:
        labels = shares(points, row.classes, balance)
        names = np.array(CLASS_NAMES, dtype=object)[labels]
        return row.cloud(labels, noise, random), names
    if row.trend is not None:
        return row.trend(points, noise, random)
    raise ConfigError(f"{row.label} is measured, not generated.", field="sample", value=row.key)


def _refuse(row: Sample, reason: str, **given: float | None) -> None:
    for field, value in given.items():
        if value is not None:
            raise ConfigError(
                f"{row.label} {reason}: it has no {field} to choose.", field=field, value=value
            )


def _check_points(points: object) -> None:
    if not is_whole(points, FEWEST_POINTS, MOST_POINTS):
        raise ConfigError(
            f"Points must be a whole number from {FEWEST_POINTS} to {MOST_POINTS}, not {points!r}.",
            field="points",
            value=points,
        )


def _check_noise(noise: float) -> None:
    if not (isfinite(noise) and 0.0 <= noise <= MOST_NOISE):
        raise ConfigError(
            f"Noise must be a number from 0 to {MOST_NOISE:g}, not {noise!r}.",
            field="noise",
            value=noise,
        )


def _check_balance(balance: float | None) -> None:
    if balance is None or not SMALLEST_BALANCE <= balance <= LARGEST_BALANCE:
        raise ConfigError(
            "Balance is the share of the first class, a number from "
            f"{SMALLEST_BALANCE:g} to {LARGEST_BALANCE:g}, not {balance!r}.",
            field="balance",
            value=balance,
        )
