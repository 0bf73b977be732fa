"""The scores over the visible part of a slice.

Along a slice the scores are polynomials of two scaled features (``slp_core.data.slices``). They
are expanded anew about the middle of the view, in float64: the grid's powers are then always those
of -1 .. 1, computed once, and float32 is enough for the grid however far from zero the data lie.
On the grid a polynomial is separable, ``Vy @ M_k @ Vx``: two small matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Floats, frozen

Float32s = NDArray[np.float32]

_LARGEST = 1e30
"""Scores beyond this would overflow float32 in a product; they are scaled, which keeps signs."""


@dataclass(frozen=True, slots=True)
class Window:
    """The visible part of one feature: the middle and half the width, in original units."""

    middle: float
    half: float

    @classmethod
    def between(cls, low: float, high: float) -> Window:
        """The window from ``low`` to ``high``."""
        return cls((low + high) / 2, (high - low) / 2)

    def scaled(self, center: float, scale: float) -> Window:
        """The same window in the scaled units of the network's inputs."""
        return Window((self.middle - center) / scale, self.half / scale)

    @property
    def low(self) -> float:
        """Left or lower end."""
        return self.middle - self.half

    @property
    def high(self) -> float:
        """Right or upper end."""
        return self.middle + self.half


def recentred(M: Float64s, *windows: Window) -> Float64s:
    """Coefficients (k, D+1[, D+1]) about the middle of the view, in units of its half widths."""
    first = np.tensordot(M, _shift(M.shape[1], windows[0]), axes=(1, 0))
    if M.ndim == 2:
        return first
    both = np.tensordot(first, _shift(M.shape[2], windows[1]), axes=(1, 0))
    return np.ascontiguousarray(both)


def _shift(size: int, window: Window) -> Float64s:
    """B (a, p) with u**a = sum_p B[a, p] t**p for u = middle + half t."""
    B = np.zeros((size, size))
    for a in range(size):
        for p in range(a + 1):
            B[a, p] = comb(a, p) * window.middle ** (a - p) * window.half**p
    return B


@lru_cache(maxsize=16)
def powers(count: int, size: int) -> Float32s:
    """(count, size) powers of ``count`` places from -1 to 1."""
    places = np.linspace(-1.0, 1.0, count)
    return frozen(np.vander(places, size, increasing=True).astype(np.float32))


def grid_scores(coefficients: Float64s, columns: int, rows: int) -> Float32s:
    """Scores (k, rows, columns) over the view; coefficients as `recentred` gives them."""
    M = _bounded(coefficients).astype(np.float32)
    size = M.shape[1]
    across = np.matmul(M.transpose(0, 2, 1), powers(columns, size).T, dtype=np.float32)
    return np.matmul(powers(rows, size), across, dtype=np.float32)


def line_scores(coefficients: Float64s, count: int) -> Floats:
    """Scores (k, count) along one feature, float64: a curve shows more digits than a colour."""
    places = np.linspace(-1.0, 1.0, count)
    return coefficients @ np.vander(places, coefficients.shape[1], increasing=True).T


def _bounded(M: Float64s) -> Float64s:
    largest = float(np.abs(M).sum(axis=tuple(range(1, M.ndim))).max(initial=0.0))
    return M * (_LARGEST / largest) if largest > _LARGEST else M


def scores_at(M: Float64s, u: float, v: float | None = None) -> Float64s:
    """Scores (k,) at one place in scaled coordinates."""
    size = M.shape[1]
    first = np.einsum("ka...,a->k...", M, np.vander([u], size, increasing=True)[0])
    if v is None:
        return np.asarray(first, dtype=np.float64)
    return np.asarray(first @ np.vander([v], size, increasing=True)[0], dtype=np.float64)
