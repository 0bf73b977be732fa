"""A slice through the scores: two features move, all others are held.

With many features the decision view can only show a plane. Along that plane the score of a model
is a sum of products of a few functions of the one and of the other feature, exactly: powers up to
the degree, and a sine where there are sine terms (:class:`Basis`). The coefficients are all the
view needs, whatever the number of features, and they follow the weights by one small product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints, frozen
from slp_core.data.preprocessing import Preparation


@dataclass(frozen=True, slots=True)
class Basis:
    """The functions of one scaled feature u: 1, u, ..., u**degree and, last, sin(sine u) if any."""

    degree: int
    sine: float = 0.0

    @property
    def size(self) -> int:
        """How many functions there are."""
        return self.degree + 1 + bool(self.sine)

    def values(self, u: Floats) -> Float64s:
        """(n, size) the functions at the places u (n,)."""
        places = np.asarray(u, dtype=np.float64)
        powers = np.vander(places, self.degree + 1, increasing=True)
        return np.column_stack([powers, np.sin(self.sine * places)]) if self.sine else powers


@dataclass(frozen=True, slots=True)
class Slice:
    """What a slice needs of the preparation: a fixed matrix between weights and coefficients.

    ``operator`` (cells, m) sends the weights (m, k) to coefficients (cells, k), and ``shape`` is
    (size, size), or (size,) along one feature, with the size of ``basis``.
    """

    operator: Float64s
    shape: tuple[int, ...]
    basis: Basis

    def coefficients(self, W: Floats, b: Floats) -> Float64s:
        """Coefficients M (k, size, size) or (k, size) of the scores in scaled coordinates.

        ``score_k(u, v) = sum_ab M[k, a, b] f_a(u) f_b(v)``; u and v are the scaled features and
        f the functions of the basis.
        """
        M = (self.operator @ W).T.reshape(W.shape[1], *self.shape)
        M[(slice(None), *(0 for _ in self.shape))] += b
        return M


def slice_through(preparation: Preparation, i: int, j: int | None, held: Floats) -> Slice:
    """The slice along features ``i`` and ``j`` (one feature where ``j`` is None).

    Parameters
    ----------
    held
        (p,) values in original units at which the other features are held; those at ``i`` and
        ``j`` are not read.
    """
    moving = [i] if j is None else [i, j]
    basis = Basis(preparation.degree, preparation.sine)
    shape = (basis.size,) * len(moving)
    scaled = (np.asarray(held, dtype=np.float64) - preparation.centers) / preparation.scales
    powers, factors = _powers_and_factors(preparation, moving, scaled)
    if preparation.waves:
        waves, heights = _waves(preparation, moving, scaled, basis)
        powers, factors = np.concatenate([powers, waves]), np.concatenate([factors, heights])
    operator = np.zeros((basis.size ** len(moving), factors.size))
    operator[np.ravel_multi_index(tuple(powers.T), shape), np.arange(factors.size)] = factors
    return Slice(frozen(operator), shape, basis)


def restrict(
    preparation: Preparation, W: Floats, b: Floats, i: int, j: int | None, held: Floats
) -> Float64s:
    """Coefficients of the scores along a slice; see :class:`Slice` to ask for many weights."""
    return slice_through(preparation, i, j, held).coefficients(W, b)


def _powers_and_factors(
    preparation: Preparation, moving: list[int], scaled: Float64s
) -> tuple[Ints, Float64s]:
    """Each term's powers of the moving features (m, 1 or 2) and what the held ones give it (m,)."""
    if preparation.degree == 1:  # not through (p, p) exponents: images have thousands of features
        powers = np.zeros((scaled.size, len(moving)), dtype=np.int64)
        powers[moving, np.arange(len(moving))] = 1
        factors = scaled.copy()
        factors[moving] = 1.0
        return powers, factors
    exponents = preparation.exponents
    others = np.delete(np.arange(scaled.size), moving)
    return exponents[:, moving], np.prod(scaled[others] ** exponents[:, others], axis=1)


def _waves(
    preparation: Preparation, moving: list[int], scaled: Float64s, basis: Basis
) -> tuple[Ints, Float64s]:
    """The same of the sine terms: the last function of a moving feature, or a constant."""
    waves = preparation.waves
    places = np.zeros((len(waves), len(moving)), dtype=np.int64)
    heights = np.ones(len(waves))
    for row, feature in enumerate(waves):
        if feature in moving:
            places[row, moving.index(feature)] = basis.size - 1
        else:
            heights[row] = np.sin(preparation.sine * scaled[feature])
    return places, heights


def scores_along(M: Float64s, basis: Basis, u: Floats, v: Floats) -> Float64s:
    """Scores (n, k) at places (u, v), each (n,), of coefficients M (k, size, size)."""
    across, up = basis.values(u), basis.values(v)
    return np.asarray(((across @ M) * up).sum(axis=2).T)
