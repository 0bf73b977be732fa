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
        Through the present weights, which lie at (0, 0).
    share
        Part of the path's movement, as the sum of squares, that happens within the plane.
    straight
        The path is a straight line; the second direction is any at right angles.
    """

    plane: Plane
    share: float
    straight: bool


def through_path(flats: Floats, shape: tuple[int, int], *, free: int | None = None) -> PathPlane:
    """The plane through the last of the weights (m, P) along the two main directions of all.

    Principal directions of the weights about their mean, by singular value decomposition. Signs
    are such that the path ends to the right of and above its start.

    Parameters
    ----------
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
    moved = rows - rows.mean(axis=0)
    _, size, directions = np.linalg.svd(moved, full_matrices=False)
    largest = float(np.abs(rows).max(initial=0.0))
    if not size[0] > _STILL * max(largest, 1e-300):
        raise ValueError("the weights have not moved")
    straight = len(size) < 2 or not size[1] > 1e-6 * size[0]
    across = _towards(directions[0], rows)
    up = _beside(across, free) if straight else _towards(directions[1], rows)
    kept = float(size[0] ** 2 + (0.0 if straight else size[1] ** 2))
    share = min(kept / float(np.square(size).sum()), 1.0)
    return PathPlane(Plane(rows[-1], across, up, shape), share, straight)


def _towards(direction: Float64s, rows: Float64s) -> Float64s:
    return direction if (rows[-1] - rows[0]) @ direction >= 0 else -direction


def _beside(across: Float64s, free: int | None) -> Float64s:
    """A unit vector at right angles, always the same one."""
    up = np.random.default_rng(0).normal(size=len(across))
    if free is not None:
        up[free:] = 0.0
    up -= (up @ across) * across
    return up / np.linalg.norm(up)
