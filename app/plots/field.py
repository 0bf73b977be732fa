"""The scores over the visible part of a slice.

Along a slice the scores are sums of products of powers and a sine of two scaled features
(``slp_core.data.slices``). The powers are expanded anew about the middle of the view, in float64:
the grid's powers are then always those of -1 .. 1, computed once, and float32 is enough for the
grid however far from zero the data lie. A sine is at most 1 and needs no such care. On the grid
the sum is separable, ``Vy @ M_k @ Vx``: two small matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Floats, frozen
from slp_core.data.slices import Basis

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


@dataclass(frozen=True, slots=True)
class LocalScores:
    """The scores along a slice, about the middle of the view.

    ``coefficients`` (k, size[, size]) belong to powers of places from -1 to 1 across the view and,
    where the basis has one, to the sine of the scaled feature. ``windows`` are the view, in scaled
    units.
    """

    coefficients: Float64s
    basis: Basis
    windows: tuple[Window, ...]

    def grid(self, columns: int, rows: int) -> Float32s:
        """Scores (k, rows, columns) over the view, in single precision."""
        M = _bounded(self.coefficients).astype(np.float32)
        across, up = self._single(0, columns), self._single(1, rows)
        by_row = np.matmul(M.transpose(0, 2, 1), across.T, dtype=np.float32)
        return np.matmul(up, by_row, dtype=np.float32)

    def line(self, count: int) -> Floats:
        """Scores (k, count) along one feature, float64: a curve shows more digits than a colour."""
        places = np.linspace(-1.0, 1.0, count)
        values = np.vander(places, self.basis.degree + 1, increasing=True)
        if self.basis.sine:
            values = np.column_stack([values, self._sine(0, places)])
        return self.coefficients @ values.T

    def _single(self, axis: int, count: int) -> Float32s:
        """(count, size) the functions of one axis at places across the view."""
        values = powers(count, self.basis.degree + 1)
        if not self.basis.sine:
            return values
        sine = self._sine(axis, np.linspace(-1.0, 1.0, count))
        return np.column_stack([values, sine.astype(np.float32)])

    def _sine(self, axis: int, places: Float64s) -> Float64s:
        window = self.windows[axis]
        return np.sin(self.basis.sine * (window.middle + window.half * places))


def recentred(M: Float64s, basis: Basis, *windows: Window) -> LocalScores:
    """The scores with coefficients M, as `Slice.coefficients` gives them, about the view's middle.

    ``windows`` are in scaled units, one for each feature of the slice.
    """
    local = np.tensordot(M, _shift(basis, windows[0]), axes=(1, 0))
    if M.ndim > 2:
        local = np.tensordot(local, _shift(basis, windows[1]), axes=(1, 0))
    return LocalScores(np.ascontiguousarray(local), basis, windows)


def _shift(basis: Basis, window: Window) -> Float64s:
    """B (a, p) with f_a(u) = sum_p B[a, p] g_p(t) for u = middle + half t; the sine stays."""
    B = np.eye(basis.size)
    for a in range(basis.degree + 1):
        for p in range(a + 1):
            B[a, p] = comb(a, p) * window.middle ** (a - p) * window.half**p
    return B


@lru_cache(maxsize=16)
def powers(count: int, size: int) -> Float32s:
    """(count, size) powers of ``count`` places from -1 to 1."""
    places = np.linspace(-1.0, 1.0, count)
    return frozen(np.vander(places, size, increasing=True).astype(np.float32))


def _bounded(M: Float64s) -> Float64s:
    largest = float(np.abs(M).sum(axis=tuple(range(1, M.ndim))).max(initial=0.0))
    return M * (_LARGEST / largest) if largest > _LARGEST else M


def scores_at(M: Float64s, basis: Basis, u: float, v: float | None = None) -> Float64s:
    """Scores (k,) at one place in scaled coordinates."""
    scores = np.einsum("ka...,a->k...", M, basis.values(np.array([u]))[0])
    if v is not None:
        scores = scores @ basis.values(np.array([v]))[0]
    return np.asarray(scores, dtype=np.float64)
