"""A slice through the scores: two features move, all others are held.

With many features the decision view can only show a plane. Along that plane the score of a model
of degree D is a polynomial of degree D in two variables, exactly; its few coefficients are all the
view needs, whatever the number of features, and they follow the weights by one small product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints, frozen
from slp_core.data.preprocessing import Preparation


@dataclass(frozen=True, slots=True)
class Slice:
    """What a slice needs of the preparation: a fixed matrix between weights and coefficients.

    ``operator`` (cells, m) sends the weights (m, k) to coefficients (cells, k), and ``shape`` is
    (D+1, D+1), or (D+1,) along one feature.
    """

    operator: Float64s
    shape: tuple[int, ...]

    def coefficients(self, W: Floats, b: Floats) -> Float64s:
        """Coefficients M (k, D+1, D+1) or (k, D+1) of the scores in scaled coordinates.

        ``score_k(u, v) = sum_ab M[k, a, b] u**a v**b``; u and v are the scaled features.
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
    size = preparation.degree + 1
    shape = (size,) * len(moving)
    powers, factors = _powers_and_factors(preparation, moving, held)
    operator = np.zeros((size ** len(moving), factors.size))
    operator[np.ravel_multi_index(tuple(powers.T), shape), np.arange(factors.size)] = factors
    return Slice(frozen(operator), shape)


def restrict(
    preparation: Preparation, W: Floats, b: Floats, i: int, j: int | None, held: Floats
) -> Float64s:
    """Coefficients of the scores along a slice; see :class:`Slice` to ask for many weights."""
    return slice_through(preparation, i, j, held).coefficients(W, b)


def _powers_and_factors(
    preparation: Preparation, moving: list[int], held: Floats
) -> tuple[Ints, Float64s]:
    """Each term's powers of the moving features (m, 1 or 2) and what the held ones give it (m,)."""
    scaled = (np.asarray(held, dtype=np.float64) - preparation.centers) / preparation.scales
    if preparation.degree == 1:  # not through (p, p) exponents: images have thousands of features
        powers = np.zeros((scaled.size, len(moving)), dtype=np.int64)
        powers[moving, np.arange(len(moving))] = 1
        scaled[moving] = 1.0
        return powers, scaled
    exponents = preparation.exponents
    others = np.delete(np.arange(scaled.size), moving)
    return exponents[:, moving], np.prod(scaled[others] ** exponents[:, others], axis=1)
