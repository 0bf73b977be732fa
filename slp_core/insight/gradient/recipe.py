"""How a gradient is cooked, step by step, with every step that people get wrong as a choice.

A recipe names a choice for each step; `Kitchen` computes the gradient it gives at a point. The
recipe with all defaults is the truth. Mistakes change one field or two, so that any two mistakes
that change different fields can be combined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.gradient.case import Point, double
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.costs import cross_entropy_slope
from slp_core.network.losses import LOSSES

Order = tuple[int, ...]
Signal = Literal[
    "true", "sign", "extra_one", "extra_one_more", "added_one", "added_one_more", "missing"
]
Slope = Literal["true", "forgotten", "twice", "diagonal", "at_output"]
Early = Literal["no", "signal", "signal_mean", "slope", "slope_mean", "both", "both_mean"]
Mean = Literal["true", "forgotten", "twice", "over_outputs"]
Penalty = Literal["true", "forgotten", "no_l1", "no_l2", "double", "half", "averaged", "negative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices.

    Attributes
    ----------
    axis
        Softmax over the samples instead of the classes.
    order
        The order in which the columns of Y are taken; () for the right one; (-1,) exchanges the
        two classes of a single output.
    turned_columns
        The columns of the finished gradient are in another order.
    signal
        dL/dZ: the second term of cross-entropy with a wrong sign, an extra 1, or missing.
    slope
        f'(V): left out, taken twice, only the diagonal of softmax, or at the output.
    early
        What is summed over the samples before it is multiplied.
    mean, factor
        The 1/N, and a 2 or 1/2, or -1.
    whole
        Whether ``mean`` and ``factor`` are applied to the penalty too.
    penalty, bias_penalty, bias
        What is added to W, whether b is penalised as well, whether there is a db.
    turned
        The gradient in W is transposed.
    """

    axis: bool = False
    order: Order = ()
    turned_columns: Order = ()
    signal: Signal = "true"
    slope: Slope = "true"
    early: Early = "no"
    mean: Mean = "true"
    sign: float = 1.0
    factor: float = 1.0
    whole: bool = False
    penalty: Penalty = "true"
    bias_penalty: bool = False
    bias: bool = True
    turned: bool = False


TRUTH = Recipe()
Sums = tuple[Float64s, Float64s]


class Kitchen:
    """Computes recipes at one point, keeping the expensive sums that recipes share."""

    def __init__(self, point: Point) -> None:
        self._point = point
        self._case = point.case
        self._sums: dict[tuple[object, ...], Sums] = {}

    def gradient(self, recipe: Recipe) -> Sums:
        """(dW, db) of the recipe."""
        key = (recipe.axis, recipe.order, recipe.signal, recipe.slope, recipe.early)
        if key not in self._sums:
            with np.errstate(all="ignore"):
                self._sums[key] = self._summed(recipe)
        sum_W, sum_b = self._sums[key]
        point, (_, k) = self._point, self._case.shape
        n = len(point.V)
        share = {"true": 1.0 / n, "forgotten": 1.0, "twice": 1.0 / n**2, "over_outputs": 1 / n / k}
        scale = share[recipe.mean] * recipe.factor * recipe.sign
        added = scale * n if recipe.whole else 1.0
        order = list(recipe.turned_columns) or slice(None)
        slopes = scale * sum_W[:, order] + added * _PENALTIES[recipe.penalty](point)
        shifts = scale * sum_b[order] if recipe.bias else np.zeros(k)
        if recipe.bias_penalty:
            shifts = shifts + self._case.l2 * point.b + self._case.l1 * np.sign(point.b)
        return (slopes.T if recipe.turned else slopes), shifts

    def _summed(self, recipe: Recipe) -> Sums:
        """Sums over the samples of what W and b are moved by."""
        X, Y = self._case.X, self._targets(recipe)
        if recipe.early == "no":
            E = self._errors(recipe, Y)
            return X.T @ E, E.sum(axis=0)
        return self._early(recipe, X, Y)

    def _targets(self, recipe: Recipe) -> Float64s:
        Y = self._case.Y
        if not recipe.order:
            return Y
        if recipe.order == (-1,):
            low, high = self._case.pair.target_values
            return (low + high) - Y
        return Y[:, recipe.order]

    def _errors(self, recipe: Recipe, Y: Float64s) -> Float64s:
        """dL/dV of every sample."""
        if recipe.signal == recipe.slope == "true" and not recipe.axis:
            return double(self._case.objective.error_signal(self._point.V, Y))
        Z = self._outputs(recipe)
        if recipe.axis and self._case.pair.loss == "cross_entropy" and recipe.slope == "true":
            return Z - Y
        G = self._signal(recipe, Z, Y)
        return self._sloped(recipe, Z, G, Y)

    def _outputs(self, recipe: Recipe) -> Float64s:
        if not recipe.axis:
            return self._point.Z
        return double(ACTIVATIONS["softmax"].value(self._point.V.T)).T

    def _signal(self, recipe: Recipe, Z: Float64s, Y: Float64s) -> Float64s:
        """dL/dZ."""
        pair, loss = self._case.pair, LOSSES[self._case.pair.loss]
        if loss.space == "score":
            return double(loss.slope(self._point.V, Y))
        if pair.loss != "cross_entropy":
            return double(loss.slope(Z, Y))
        if pair.activation == "softmax":
            return -Y / Z
        first, second = -Y / Z, (1.0 - Y) / (1.0 - Z)
        match recipe.signal:
            case "true":
                return double(cross_entropy_slope(Z, Y))
            case "sign":
                return first - second
            case "extra_one":
                return first - (1.0 - Y) - second
            case "extra_one_more":
                return first - (1.0 - Y) + second
            case "added_one":
                return first + (1.0 - Y) + second
            case "added_one_more":
                return first + (1.0 - Y) - second
            case "missing":
                return first

    def _slope(self, recipe: Recipe) -> Float64s:
        """f'(V), as the recipe takes it, of an elementwise activation (softmax: the diagonal)."""
        point, row = self._point, ACTIVATIONS[self._case.pair.activation]
        if recipe.slope == "at_output":
            return double(row.slope(point.Z, row.value(point.Z)))
        return double(row.slope(point.V, point.Z))

    def _sloped(self, recipe: Recipe, Z: Float64s, G: Float64s, Y: Float64s) -> Float64s:
        """The signal times the slope."""
        pair = self._case.pair
        if recipe.slope == "forgotten" or LOSSES[pair.loss].space == "score":
            return G
        if recipe.slope == "diagonal":
            return G * Z * (1.0 - Z)
        if recipe.slope == "twice":
            E = double(self._case.objective.error_signal(self._point.V, Y))
            return E * self._slope(recipe)
        if pair.coupled:
            return Z * (G - np.sum(Z * G, axis=1, keepdims=True))
        return G * self._slope(recipe)

    def _early(self, recipe: Recipe, X: Float64s, Y: Float64s) -> Sums:
        """Sums taken before the product; the plain name sums, ``_mean`` averages."""
        n = len(X)
        averaged = recipe.early.endswith("_mean")
        part = 1.0 / n if averaged else 1.0
        if recipe.early.startswith("both"):
            total = self._errors(recipe, Y).sum(axis=0)
            return part * np.outer(X.sum(axis=0), total), total
        G = self._signal(recipe, self._outputs(recipe), Y)
        slope = np.ones_like(G) if recipe.slope == "forgotten" else self._slope(recipe)
        if recipe.early.startswith("signal"):
            E = slope * G.sum(axis=0) * part
            return X.T @ E, E.sum(axis=0)
        total = slope.sum(axis=0) * part
        return (X.T @ G) * total, G.sum(axis=0) * total


def _penalty(point: Point, l1: float, l2: float) -> Float64s:
    return l1 * np.sign(point.W) + l2 * point.W


_PENALTIES: Mapping[Penalty, Callable[[Point], Float64s]] = MappingProxyType(
    {
        "true": lambda point: point.penalty_w,
        "forgotten": lambda point: np.zeros_like(point.W),
        "no_l1": lambda point: _penalty(point, 0.0, point.case.l2),
        "no_l2": lambda point: _penalty(point, point.case.l1, 0.0),
        "double": lambda point: _penalty(point, point.case.l1, 2.0 * point.case.l2),
        "half": lambda point: _penalty(point, point.case.l1, 0.5 * point.case.l2),
        "averaged": lambda point: point.penalty_w / len(point.V),
        "negative": lambda point: -point.penalty_w,
    }
)
