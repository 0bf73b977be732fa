"""Built-in sets: generated from a seed, or shipped as files with their source and licence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from math import isfinite
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s
from slp_core.data import generators
from slp_core.data.dataset import Dataset
from slp_core.data.split import check_seed, is_whole
from slp_core.data.table import Table
from slp_core.errors import ConfigError

FEWEST_POINTS, MOST_POINTS = 6, 10_000_000

Generator = Callable[[int, float, generators.Random], tuple[Float64s, NDArray[Any]]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One built-in set.

    ``generate`` is None for a shipped file, which has neither ``points`` nor ``noise`` to choose;
    ``noise`` is otherwise the usual standard deviation of what is added to the points.
    """

    key: str
    label: str
    summary: str
    source: str
    licence: str
    target: str
    points: int
    noise: float
    generate: Generator | None

    @property
    def generated(self) -> bool:
        """Whether points, noise and seed can be chosen."""
        return self.generate is not None


_MADE = {"source": "generated from a seed", "licence": "free of rights"}
_UCI = "UCI Machine Learning Repository"

_ROWS = (
    Sample(
        key="two_gaussians",
        label="Two Gaussians",
        summary="Two overlapping clouds: a line gets about nine points in ten right.",
        target="class",
        points=200,
        noise=1.0,
        generate=generators.two_gaussians,
        **_MADE,
    ),
    Sample(
        key="xor",
        label="XOR",
        summary="Opposite corners share a class: no line separates them, degree 2 does.",
        target="class",
        points=200,
        noise=0.1,
        generate=generators.xor,
        **_MADE,
    ),
    Sample(
        key="circles",
        label="Circles",
        summary="A ring around a disc: no line separates them, degree 2 does.",
        target="class",
        points=200,
        noise=0.1,
        generate=generators.circles,
        **_MADE,
    ),
    Sample(
        key="moons",
        label="Moons",
        summary="Two interlocking half circles: a line is nearly right, degree 3 is better.",
        target="class",
        points=200,
        noise=0.15,
        generate=generators.moons,
        **_MADE,
    ),
    Sample(
        key="three_blobs",
        label="Three blobs",
        summary="Three clouds around a circle, for a layer with three outputs.",
        target="class",
        points=240,
        noise=0.7,
        generate=generators.three_blobs,
        **_MADE,
    ),
    Sample(
        key="iris",
        label="Iris",
        summary="Four lengths of 150 flowers of three species; one species stands apart.",
        source=f"R. A. Fisher (1936), {_UCI}",
        licence="CC BY 4.0",
        target="species",
        points=150,
        noise=0.0,
        generate=None,
    ),
    Sample(
        key="digits",
        label="Digits 8 × 8",
        summary="1797 handwritten digits of 64 pixels each, in ten classes.",
        source=f"E. Alpaydin, C. Kaynak (1998), {_UCI}",
        licence="CC BY 4.0",
        target="digit",
        points=1797,
        noise=0.0,
        generate=None,
    ),
    Sample(
        key="noisy_line",
        label="Noisy line",
        summary="y = 2x + 1 with noise, for a regression with one feature.",
        target="y",
        points=100,
        noise=0.5,
        generate=generators.noisy_line,
        **_MADE,
    ),
)

SAMPLES: Mapping[str, Sample] = MappingProxyType({row.key: row for row in _ROWS})


def sample_table(
    key: str, *, points: int | None = None, noise: float | None = None, seed: int = 0
) -> Table:
    """The table of a built-in set.

    Parameters
    ----------
    points, noise
        For generated sets; None takes the usual ones.
    seed
        The same seed gives the same points.

    Raises
    ------
    ConfigError
        There is no such set, or points, noise or seed cannot be used.
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
    if row.generate is None:
        _check_shipped(row, points, noise)
        return _read(row)
    points, noise = row.points if points is None else points, row.noise if noise is None else noise
    _check_points(points)
    _check_noise(noise)
    return _generate(row, row.generate, points, noise, seed)


def load_sample(
    key: str,
    *,
    points: int | None = None,
    noise: float | None = None,
    seed: int = 0,
    scaling: str = "standardize",
    degree: int = 1,
    validation: float = 0.0,
) -> Dataset:
    """A built-in set as a data set with its own target; ``seed`` serves points and split."""
    table = sample_table(key, points=points, noise=noise, seed=seed)
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


def _generate(row: Sample, generate: Generator, points: int, noise: float, seed: int) -> Table:
    random = np.random.Generator(np.random.PCG64(seed))
    inputs, targets = generate(points, noise, random)
    order = random.permutation(points)
    inputs, targets = inputs[order], targets[order]
    if inputs.ndim == 1:
        return Table.from_columns(row.label, {"x": inputs, row.target: targets})
    names = np.array(["A", "B", "C"], dtype=object)
    columns = {"x1": inputs[:, 0], "x2": inputs[:, 1], row.target: names[targets]}
    return Table.from_columns(row.label, columns)


def _check_shipped(row: Sample, points: int | None, noise: float | None) -> None:
    for field, value in (("points", points), ("noise", noise)):
        if value is not None:
            raise ConfigError(
                f"{row.label} is measured: it has no {field} to choose.", field=field, value=value
            )


def _check_points(points: object) -> None:
    if not is_whole(points, FEWEST_POINTS, MOST_POINTS):
        raise ConfigError(
            f"Points must be a whole number from {FEWEST_POINTS} to {MOST_POINTS}, not {points!r}.",
            field="points",
            value=points,
        )


def _check_noise(noise: float) -> None:
    if not (isfinite(noise) and 0.0 <= noise <= 100.0):
        raise ConfigError(
            f"Noise must be a number from 0 to 100, not {noise!r}.", field="noise", value=noise
        )
