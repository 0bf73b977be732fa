"""The plane that many features vary along most, and the scores of a model on it.

The two first principal components of the scaled training features (Pearson 1901): the directions
along which the projected samples spread most. The plane is shown through the mean or through a
sample; for a point on it the scores are exact, sums of powers like those of a slice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Float64s, Floats, frozen
from slp_core.data.polynomial import terms_of
from slp_core.data.preprocessing import Preparation
from slp_core.data.slices import Basis, Slice
from slp_core.errors import ConfigError

_MOST_PRODUCTS: Final = 5e9
"""Multiplications spent on a covariance matrix, some 0.3 s: a million rows of 64 features."""
_WIDE: Final = 512
"""Of more features no covariance matrix is made: directions are found by iteration."""
_MOST_CELLS: Final = 2_000_000
"""Numbers looked at in each iteration."""
_ITERATIONS: Final = 40
_BLOCK: Final = 1 << 17
"""Numbers of one block of rows: 1 MiB."""
_REACH: Final = 3.0
"""Half the width of the square on which terms of higher degree are read off, in scaled units."""


@dataclass(frozen=True, slots=True, eq=False)
class PrincipalPlane:
    """Two directions through the mean of p scaled features.

    Attributes
    ----------
    mean
        (p,) mean of the scaled training features.
    axes
        (2, p) orthonormal directions, the larger share first; of each the largest loading is
        positive.
    shares
        Parts of the variance along them, from 0 to 1.
    every
        They were found from each so-manieth training row: 1 unless that took too long.
    """

    mean: Float64s
    axes: Float64s
    shares: tuple[float, float]
    every: int = 1

    def project(self, scaled: Floats) -> Float64s:
        """Coordinates (n, 2) of scaled features (n, p) on the plane."""
        found = np.empty((len(scaled), 2))
        step = max(_BLOCK // max(self.mean.size, 1), 1)
        for start in range(0, len(scaled), step):
            rows = slice(start, start + step)
            found[rows] = (scaled[rows] - self.mean) @ self.axes.T
        return found

    def base(self, through: Floats | None = None) -> Float64s:
        """(p,) the place of coordinates (0, 0) on the parallel plane through a scaled sample.

        The sample (p,) keeps its coordinates; None: the plane through the mean.
        """
        if through is None:
            return self.mean
        offset = np.asarray(through, np.float64) - self.mean
        return self.mean + offset - (self.axes @ offset) @ self.axes

    def points(self, places: Floats, through: Floats | None = None) -> Float64s:
        """Scaled features (n, p) of coordinates (n, 2) on the plane."""
        return self.base(through) + np.asarray(places, np.float64) @ self.axes

    def loadings(self, axis: int, most: int = 5) -> list[tuple[int, float]]:
        """The features that a direction is made of, the largest loadings first."""
        weights = self.axes[axis]
        order = np.argsort(-np.abs(weights), kind="stable")[:most]
        return [(int(n), float(weights[n])) for n in order]


def principal_plane(X: Floats) -> PrincipalPlane:
    """The plane of the two first principal components of scaled features X (n, p).

    Of very many rows, evenly spaced ones are looked at; the result never depends on chance.

    Raises
    ------
    ConfigError
        There is only one feature.
    """
    n, p = X.shape
    if p < 2:
        raise ConfigError("One feature has no plane.", field="features", value=p)
    most = _MOST_PRODUCTS / p**2 if p <= _WIDE else _MOST_CELLS / p
    every = max(1, -(-n // max(int(most), 2)))
    rows = X[::every]
    mean = rows.mean(axis=0, dtype=np.float64)
    values, axes, total = _by_matrix(rows, mean) if p <= _WIDE else _by_iteration(rows, mean)
    shares = np.clip(values / total, 0.0, 1.0) if total > 0 else np.zeros(2)
    largest = axes[np.arange(2), np.abs(axes).argmax(axis=1)]
    axes = axes * np.where(largest < 0, -1.0, 1.0)[:, None]
    return PrincipalPlane(frozen(mean), frozen(axes), (float(shares[0]), float(shares[1])), every)


def _by_matrix(X: Floats, mean: Float64s) -> tuple[Float64s, Float64s, float]:
    """Two largest eigenvalues of the scatter matrix, their directions (2, p), and the trace."""
    scatter = np.zeros((mean.size, mean.size))
    step = max(_BLOCK // mean.size, 1)
    for start in range(0, len(X), step):
        block = X[start : start + step] - mean
        scatter += block.T @ block
    values, vectors = np.linalg.eigh(scatter)
    return values[:-3:-1], vectors[:, :-3:-1].T, float(np.trace(scatter))


def _by_iteration(X: Floats, mean: Float64s) -> tuple[Float64s, Float64s, float]:
    """The same without the matrix, by orthogonal iteration from a fixed start."""
    rows = X - mean
    start = np.random.default_rng(0).normal(size=(mean.size, 8))
    vectors: Float64s = np.linalg.qr(start)[0]
    values: Float64s = np.zeros(2)
    for _ in range(_ITERATIONS):
        seen = rows @ vectors
        found, turn = np.linalg.eigh(seen.T @ seen)
        before, values = values, found[:-3:-1]
        vectors = vectors @ turn[:, ::-1]
        if np.allclose(values, before, rtol=1e-7, atol=0):
            break
        vectors = np.linalg.qr(rows.T @ (rows @ vectors))[0]
    return values, vectors[:, :2].T, float((rows**2).sum())


def slice_on(
    preparation: Preparation, plane: PrincipalPlane, through: Floats | None = None
) -> Slice:
    """What the scores on the plane need of the weights; ``through`` is a scaled sample (p,).

    Coordinates on the plane take the places of the scaled features of :class:`Slice`.

    Raises
    ------
    ConfigError
        There are sine terms: along a mixture of features they are no sum of a few products.
    """
    if preparation.waves:
        raise ConfigError("With sine terms there is no principal plane.", field="sine", value=True)
    base, (first, second) = plane.base(through), plane.axes
    if preparation.degree == 1:
        operator = np.stack((base, second, first, np.zeros_like(base)))
        return Slice(frozen(operator), (2, 2), Basis(1))
    return _read_off(preparation, base, plane.axes)


def _read_off(preparation: Preparation, base: Float64s, axes: Float64s) -> Slice:
    """The terms' polynomials in two coordinates, through their values on a square of places."""
    basis = Basis(preparation.degree)
    angles = (2 * np.arange(basis.size) + 1) * np.pi / (2 * basis.size)
    places = _REACH * np.cos(angles)
    u, v = (grid.ravel() for grid in np.meshgrid(places, places, indexing="ij"))
    scaled = base[:, None] + np.outer(axes[0], u) + np.outer(axes[1], v)
    terms = terms_of(len(base), preparation.degree).expand(scaled)
    inverse = np.linalg.inv(basis.values(places))
    cells = np.einsum("ap,bq,mpq->abm", inverse, inverse, terms.reshape(-1, *(basis.size,) * 2))
    return Slice(frozen(cells.reshape(basis.size**2, -1)), (basis.size, basis.size), basis)
