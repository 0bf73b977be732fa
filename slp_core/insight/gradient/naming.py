"""Finds the mistakes whose recipe equals the user's gradient on the user's data.

W and b are searched apart, as a mistake may stand in one line only. A recipe counts when it equals
the gradient to 1e-6 at every point, and is ten times farther from the truth than that: where
a mistake makes no difference on this data, it is not named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.formula.limits import Cancelled, check_cancelled
from slp_core.insight.gradient.case import Point
from slp_core.insight.gradient.mistakes import MISTAKES, pairs, recipes
from slp_core.insight.gradient.orders import guessed_orders
from slp_core.insight.gradient.recipe import Kitchen, Recipe
from slp_core.insight.gradient.subject import Typed

EQUAL: Final = 1e-6
_APART: Final = 10.0
_NOISE: Final = 1e-12
"""What rounding may make of a component, as a share of its natural size."""
Ids = tuple[str, ...]
Which = Literal["W", "b"]


@dataclass(frozen=True, slots=True)
class Found:
    """Sets of mistakes that explain a gradient, the first being named; all of one length."""

    where: tuple[str, ...]
    ways: tuple[Ids, ...]


class Search:
    """The typed gradient at some points, and the recipes to hold against it."""

    def __init__(
        self,
        points: Sequence[Point],
        typed: Sequence[Typed],
        *,
        noise: float = _NOISE,
        cancelled: Cancelled | None = None,
    ) -> None:
        self._points = points
        self._typed = typed
        self._kitchens = [Kitchen(point) for point in points]
        self._case = points[0].case
        self._noise = noise
        self._cancelled = cancelled
        coded = self._case.classification
        self._orders = guessed_orders(points, typed) if coded else []

    def explain(self, which: Which) -> tuple[Ids, ...]:
        """Every single mistake that equals the gradient in W or b; if none does, every pair."""
        single = [((name,), recipe) for name, recipe in recipes(self._case, self._orders)]
        found = self._matching(which, single)
        return found or self._matching(which, pairs(self._case, self._orders))

    def _matching(self, which: Which, tried: Sequence[tuple[Ids, Recipe]]) -> tuple[Ids, ...]:
        ways: list[Ids] = []
        for ids, recipe in tried:
            check_cancelled(self._cancelled)
            if self._equals(which, recipe):
                ways.append(ids)
        return tuple(dict.fromkeys(ways))

    def _equals(self, which: Which, recipe: Recipe) -> bool:
        """Equal to the recipe at every point, and at one of them far from the truth."""
        apart = False
        for kitchen, point, typed in zip(self._kitchens, self._points, self._typed, strict=True):
            yours, true, natural = _values(which, point, typed)
            wrong = kitchen.gradient(recipe)[which == "b"]
            if yours is None:
                return False
            tolerance = EQUAL * np.abs(wrong) + self._noise * natural
            if not (np.abs(yours - wrong) <= tolerance).all():
                return False
            apart = apart or bool((np.abs(wrong - true) > _APART * tolerance).any())
        return apart


def _values(which: Which, point: Point, typed: Typed) -> tuple[Float64s | None, Float64s, Float64s]:
    """The user's gradient, the true one, and the natural size of its components.

    A db that was never written counts as 0.
    """
    if which == "W":
        return typed.W, point.dW, point.natural_w
    absent = typed.b is None and not typed.misfit
    return np.zeros_like(point.data_b) if absent else typed.b, point.data_b, point.natural_b


def joined(in_W: tuple[Ids, ...] | None, in_b: tuple[Ids, ...] | None) -> Found | None:
    """One explanation of both gradients; None stands for a gradient that is right.

    A mistake that explains both is preferred. Where no explanation was found (an empty tuple), the
    other gradient's stands alone.
    """
    if in_W and in_b:
        both = tuple(ids for ids in in_W if ids in in_b)
        if both:
            return Found(("dW", "db"), both)
        nested = tuple(ids for ids in in_W if set(in_b[0]) < set(ids))
        ways = nested or (tuple(dict.fromkeys((*in_W[0], *in_b[0]))),)
        return Found(("dW", "db"), ways)
    if in_W:
        return Found(("dW",), in_W)
    if in_b:
        return Found(("db",), in_b)
    return None


def in_order(ids: Ids) -> Ids:
    """Ids in the order of the library."""
    order = list(MISTAKES)
    return tuple(sorted(ids, key=order.index))
