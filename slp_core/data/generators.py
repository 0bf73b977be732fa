"""Generated sets: points drawn from a seed. Pure functions of points, noise and the generator.

Each gives the points (n, 2) and their class numbers (n,), class after class in nearly equal shares;
``noisy_line`` gives x and y. The caller shuffles.
"""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Float64s, Ints

Points = tuple[Float64s, Ints]
Random = np.random.Generator


def two_gaussians(points: int, noise: float, random: Random) -> Points:
    """Two round normal clouds centred at (−1, −1) and (1, 1)."""
    labels = _shares(points, 2)
    centers = np.array([[-1.0, -1.0], [1.0, 1.0]])
    return centers[labels] + _jitter(points, noise, random), labels


def three_blobs(points: int, noise: float, random: Random) -> Points:
    """Three round normal clouds, evenly placed around a circle of radius 2."""
    labels = _shares(points, 3)
    angles = np.pi / 2 + 2 * np.pi * labels / 3
    return 2 * _on_circle(angles) + _jitter(points, noise, random), labels


def xor(points: int, noise: float, random: Random) -> Points:
    """Four squares around the origin; opposite squares share a class."""
    labels = _shares(points, 2)
    across = random.uniform(0.2, 1.0, size=(points, 2))
    across *= random.choice([-1.0, 1.0], size=(points, 1))
    across[:, 1] *= np.where(labels == 0, 1.0, -1.0)
    return across + _jitter(points, noise, random), labels


def circles(points: int, noise: float, random: Random) -> Points:
    """A circle of radius ½ (the first class) inside one of radius 1."""
    labels = _shares(points, 2)
    radii = np.where(labels == 0, 0.5, 1.0)[:, np.newaxis]
    angles = random.uniform(0.0, 2 * np.pi, points)
    return radii * _on_circle(angles) + _jitter(points, noise, random), labels


def moons(points: int, noise: float, random: Random) -> Points:
    """Two interlocking half circles, the lower one shifted right and down."""
    labels = _shares(points, 2)
    angles = random.uniform(0.0, np.pi, points)
    upper = _on_circle(angles)
    lower = np.array([1.0, 0.5]) - upper
    moon = np.where((labels == 0)[:, np.newaxis], upper, lower)
    return moon + _jitter(points, noise, random), labels


def noisy_line(points: int, noise: float, random: Random) -> tuple[Float64s, Float64s]:
    """x evenly drawn from −3 to 3 and y = 2x + 1 with normal noise."""
    x = random.uniform(-3.0, 3.0, points)
    return x, 2.0 * x + 1.0 + noise * random.standard_normal(points)


def _shares(points: int, classes: int) -> Ints:
    """Class numbers in ascending order, each class as often as the next or once more."""
    return np.arange(points, dtype=np.int64) * classes // points


def _on_circle(angles: Float64s) -> Float64s:
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _jitter(points: int, noise: float, random: Random) -> Float64s:
    return noise * random.standard_normal((points, 2))
