"""Generated sets: points drawn from a seed. Pure functions of sizes, noise and the generator.

A cloud gives the points (n, 2) of the class numbers (n,) it is handed; a trend draws n inputs and
the targets (n,) that belong to them. The caller shuffles.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isclose
from typing import TypeAlias

import numpy as np

from slp_core.arrays import Float64s, Ints

Random: TypeAlias = np.random.Generator
Cloud: TypeAlias = Callable[[Ints, float, Random], Float64s]
Trend: TypeAlias = Callable[[int, float, Random], tuple[Float64s, Float64s]]

MARGIN = 0.5
"""No point of `separable` is nearer than this to the line x1 + x2 = 0."""
SPIRAL_TURNS = 1.5


def shares(points: int, classes: int, balance: float | None = None) -> Ints:
    """Class numbers (points,) in ascending order.

    Parameters
    ----------
    balance
        Share of the first class; the others divide the rest evenly. None divides everything
        evenly. Rounded to whole points, and every class keeps at least one.
    """
    if balance is None or isclose(balance, 1.0 / classes):
        return np.arange(points, dtype=np.int64) * classes // points
    first = min(max(round(points * balance), 1), points - (classes - 1))
    rest = np.arange(points - first, dtype=np.int64) * (classes - 1) // (points - first)
    return np.concatenate([np.zeros(first, dtype=np.int64), rest + 1])


def two_gaussians(labels: Ints, noise: float, random: Random) -> Float64s:
    """Two round normal clouds centred at (−1, −1) and (1, 1)."""
    centers = np.array([[-1.0, -1.0], [1.0, 1.0]])
    return centers[labels] + _jitter(len(labels), noise, random)


def overlapping(labels: Ints, noise: float, random: Random) -> Float64s:
    """Two round normal clouds centred at (−½, −½) and (½, ½)."""
    return (labels - 0.5)[:, np.newaxis] + _jitter(len(labels), noise, random)


def separable(labels: Ints, noise: float, random: Random) -> Float64s:
    """Two clouds at (−1, −1) and (1, 1), folded back where they reach the margin.

    No point lies within `MARGIN` of the line x1 + x2 = 0, whatever the noise is.
    """
    across = np.array([1.0, 1.0]) / np.sqrt(2.0)
    along = np.array([-1.0, 1.0]) / np.sqrt(2.0)
    wanted = _jitter(len(labels), noise, random)
    # A little more than the margin: turning the points rounds their last digits.
    distance = MARGIN * (1 + 1e-9) + np.abs(np.sqrt(2.0) + wanted[:, :1] - MARGIN)
    side = np.where(labels == 0, -1.0, 1.0)[:, np.newaxis]
    return side * distance * across + wanted[:, 1:] * along


def three_blobs(labels: Ints, noise: float, random: Random) -> Float64s:
    """Three round normal clouds, evenly placed around a circle of radius 2."""
    return _blobs(3, labels, noise, random)


def four_blobs(labels: Ints, noise: float, random: Random) -> Float64s:
    """Four round normal clouds, evenly placed around a circle of radius 2."""
    return _blobs(4, labels, noise, random)


def five_blobs(labels: Ints, noise: float, random: Random) -> Float64s:
    """Five round normal clouds, evenly placed around a circle of radius 2."""
    return _blobs(5, labels, noise, random)


def xor(labels: Ints, noise: float, random: Random) -> Float64s:
    """Four squares around the origin; opposite squares share a class."""
    points = len(labels)
    across = random.uniform(0.2, 1.0, size=(points, 2))
    across *= random.choice([-1.0, 1.0], size=(points, 1))
    across[:, 1] *= np.where(labels == 0, 1.0, -1.0)
    return across + _jitter(points, noise, random)


def circles(labels: Ints, noise: float, random: Random) -> Float64s:
    """A circle of radius ½ (the first class) inside one of radius 1."""
    radii = np.where(labels == 0, 0.5, 1.0)[:, np.newaxis]
    angles = random.uniform(0.0, 2 * np.pi, len(labels))
    return radii * _on_circle(angles) + _jitter(len(labels), noise, random)


def moons(labels: Ints, noise: float, random: Random) -> Float64s:
    """Two interlocking half circles, the lower one shifted right and down."""
    upper = _on_circle(random.uniform(0.0, np.pi, len(labels)))
    lower = np.array([1.0, 0.5]) - upper
    moon = np.where((labels == 0)[:, np.newaxis], upper, lower)
    return moon + _jitter(len(labels), noise, random)


def spiral(labels: Ints, noise: float, random: Random) -> Float64s:
    """Two arms of one and a half turns around the origin, the second one half a turn behind."""
    way = random.uniform(0.1, 1.0, len(labels))
    angles = 2 * np.pi * SPIRAL_TURNS * way + np.pi * labels
    return way[:, np.newaxis] * _on_circle(angles) + _jitter(len(labels), noise, random)


def noisy_line(points: int, noise: float, random: Random) -> tuple[Float64s, Float64s]:
    """x evenly drawn from −3 to 3 and y = 2x + 1 with normal noise."""
    x = random.uniform(-3.0, 3.0, points)
    return x, 2.0 * x + 1.0 + noise * random.standard_normal(points)


def noisy_plane(points: int, noise: float, random: Random) -> tuple[Float64s, Float64s]:
    """x1, x2 evenly drawn from −3 to 3 and y = 2 x1 − x2 + 1 with normal noise."""
    inputs = random.uniform(-3.0, 3.0, (points, 2))
    plane = 2.0 * inputs[:, 0] - inputs[:, 1] + 1.0
    return inputs, plane + noise * random.standard_normal(points)


def _blobs(classes: int, labels: Ints, noise: float, random: Random) -> Float64s:
    angles = np.pi / 2 + 2 * np.pi * labels / classes
    return 2 * _on_circle(angles) + _jitter(len(labels), noise, random)


def _on_circle(angles: Float64s) -> Float64s:
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _jitter(points: int, noise: float, random: Random) -> Float64s:
    return noise * random.standard_normal((points, 2))
