"""The flat arrays of a run, and their views as weights and biases."""

from __future__ import annotations

import math

import numpy as np

from slp_core.arrays import Float64s
from slp_core.network.parameters import Parameters


class Vectors:
    """θ, θ before the last update, and the last gradient: float64, flat, changed in place.

    float64 even when the inputs are float32: the sums of many small steps need it, and the vectors
    are small.
    """

    def __init__(self, start: Parameters) -> None:
        d, k = start.W.shape
        self.theta: Float64s = start.flat().astype(np.float64)
        self.previous: Float64s = self.theta.copy()
        self.gradient: Float64s = np.zeros_like(self.theta)
        self.weights = d * k
        """Number of weights: the rest of a vector are biases."""
        self.parameters = Parameters.from_flat(self.theta, d, k)
        self.slopes = Parameters.from_flat(self.gradient, d, k)

    @property
    def step_ratio(self) -> float:
        """‖θ − previous‖ / ‖θ‖, 0 where θ is all zeros."""
        size = norm(self.theta)
        return norm(self.theta - self.previous) / size if size > 0.0 else 0.0

    @property
    def weight_step_ratio(self) -> float:
        """As `step_ratio`, of the weights alone: without the biases."""
        count = self.weights
        size = norm(self.theta[:count])
        moved = norm(self.theta[:count] - self.previous[:count])
        return moved / size if size > 0.0 else 0.0

    @property
    def weight_norm(self) -> float:
        """‖W‖, without the biases."""
        return norm(self.theta[: self.weights])

    def turn(self, gradient: Float64s) -> float:
        """Cosine of ``gradient``, taken at θ, with previous − θ; NaN if one of them is 0."""
        back = self.previous - self.theta
        sizes = norm(back) * norm(gradient)
        return float(gradient @ back) / sizes if 0.0 < sizes < math.inf else math.nan

    @property
    def is_finite(self) -> bool:
        """Whether all of θ is finite; one product in the usual case."""
        # A finite sum of squares proves it; an infinite one may only mean very large weights.
        return math.isfinite(self.theta @ self.theta) or bool(np.isfinite(self.theta).all())

    def undo(self) -> None:
        """Back to θ before the last update."""
        self.theta[:] = self.previous


def norm(vector: Float64s) -> float:
    """Euclidean norm of a flat vector; right also where the squares overflow."""
    squares = float(vector @ vector)
    if math.isfinite(squares):
        return math.sqrt(squares)
    largest = float(np.abs(vector).max())
    if not math.isfinite(largest):
        return largest
    scaled = vector / largest
    return largest * math.sqrt(scaled @ scaled)


def clip(gradient: Float64s, longest: float) -> None:
    """Shorten a gradient to ``longest`` without turning it."""
    length = norm(gradient)
    if length > longest:
        np.multiply(gradient, longest / length, out=gradient)
