"""A plane through the space of all weights: what a landscape is drawn over.

A place (a, b) of the plane stands for the weights ``origin + a * across + b * up``, all as flat
arrays (see `Parameters.flat`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Float64s, Floats
from slp_core.network.parameters import Parameters

_STILL = 1e-12
"""Movements smaller than this share of the weights are rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """``origin``, ``across`` and ``up`` are flat (P,); ``shape`` is (d, k) of the weights."""

    origin: Float64s
    across: Float64s
    up: Float64s
    shape: tuple[int, int]

    def flat(self, a: float, b: float) -> Float64s:
        """The weights at a place, in a row."""
        return self.origin + a * self.across + b * self.up

    def parameters(self, a: float, b: float) -> Parameters:
        """The weights at a place."""
        return Parameters.from_flat(self.flat(a, b), *self.shape)

    def parts(self) -> tuple[Parameters, Parameters, Parameters]:
        """Origin, across and up as weights and biases."""
        return (
            Parameters.from_flat(self.origin, *self.shape),
            Parameters.from_flat(self.across, *self.shape),
            Parameters.from_flat(self.up, *self.shape),
        )

    def places(self, flats: Floats) -> Float64s:
        """(m, 2) the places nearest to weights (m, P): across and up are at right angles."""
        with np.errstate(all="ignore"):
            moved = np.asarray(flats, np.float64) - self.origin
            return np.stack((moved @ self.across, moved @ self.up), axis=1)


def through_weights(parameters: Parameters, first: int, second: int) -> Plane:
    """The plane over two numbers of the flat weights; the others are held as they are.

    A place is the two numbers themselves.
    """
    origin = parameters.flat().astype(np.float64)
    across, up = np.zeros_like(origin), np.zeros_like(origin)
    across[first] = up[second] = 1.0
    origin[[first, second]] = 0.0
    return Plane(origin, across, up, parameters.W.shape)


@dataclass(frozen=True, slots=True, eq=False)
class PathPlane:
    """The plane that follows a path best.

    Attributes
    ----------
    plane
        Through the present weights; the path's start is nearest to the place (0, 0).
    share
        Part of the path's movement, as the sum of squares, that happens within the plane.
    straight
        The path is a straight line; the second direction is any at right angles.
    """

    plane: Plane
    share: float
    straight: bool


def through_path(
    flats: Floats, shape: tuple[int, int], *, start: int = 0, free: int | None = None
) -> PathPlane:
    """The plane through the last of the weights (m, P) along the two main directions of all.

    They are the principal directions of the weights about their mean, with signs such that the
    path ends to the right of and above its start.

    Parameters
    ----------
    start
        The row the last one's path started from; rows before it belong to other paths.
    free
        How many of the flat numbers are learnt, from the first on; None for all. A straight path
        gets a second direction within these.

    Raises
    ------
    ValueError
        The weights have not moved, are not finite, or there is only one.
    """
    rows = np.asarray(flats, dtype=np.float64)
    if not np.isfinite(rows).all() or rows.shape[1] < 2:
        raise ValueError("a plane needs two finite numbers or more")
    size, directions = _principal(rows - rows.mean(axis=0))
    largest = float(np.abs(rows).max(initial=0.0))
    if not size[0] > _STILL * max(largest, 1e-300):
        raise ValueError("the weights have not moved")
    straight = len(size) < 2 or not size[1] > 1e-6 * size[0]
    way = rows[-1] - rows[start]
    across = _towards(directions[0], way)
    up = _beside(across, free) if straight else _towards(directions[1], way)
    origin = rows[-1] - (way @ across) * across - (way @ up) * up
    kept = float(size[0] ** 2 + (0.0 if straight else size[1] ** 2))
    share = min(kept / float(np.square(size).sum()), 1.0)
    return PathPlane(Plane(origin, across, up, shape), share, straight)


def _principal(moved: Float64s) -> tuple[Float64s, Float64s]:
    """Singular values of (m, P), and two directions (2, P), of length 1 where there are some.

    By way of the products of the rows or of the columns, whichever are fewer: of 65 rows of 620
    weights a singular value decomposition takes 50 times as long.
    """
    by_rows = len(moved) <= moved.shape[1]
    squares, turns = np.linalg.eigh(moved @ moved.T if by_rows else moved.T @ moved)
    size = np.sqrt(np.maximum(squares[::-1], 0.0))
    found = turns[:, ::-1][:, :2].T
    if by_rows:
        found = found @ moved
    if len(found) > 1:  # rounding leaves a small second direction slightly oblique
        found[0] /= max(float(np.linalg.norm(found[0])), 1e-300)
        found[1] -= (found[1] @ found[0]) * found[0]
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return size, found / np.maximum(lengths, 1e-300)


def _towards(direction: Float64s, way: Float64s) -> Float64s:
    return direction if way @ direction >= 0 else -direction


def _beside(across: Float64s, free: int | None) -> Float64s:
    """A unit vector at right angles, always the same one; among all numbers where few are free."""
    random = np.random.default_rng(0).normal(size=len(across))
    for end in (free, None):
        up = random.copy()
        if end is not None:
            up[end:] = 0.0
        up -= (up @ across) * across
        length = float(np.linalg.norm(up))
        if length > 1e-6:
            up /= length
            return up - (up @ across) * across
    raise ValueError("a plane needs two numbers or more")
