"""Finds in which order somebody took the classes, without trying all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.gradient.case import Point, double
from slp_core.insight.gradient.recipe import Order
from slp_core.insight.gradient.subject import Typed

_ALIKE: Final = 1.0 - 1e-10


def guessed_orders(points: Sequence[Point], typed: Sequence[Typed]) -> list[dict[str, Order]]:
    """Changes of the recipe under which each column of W points the same way as the typed one.

    A factor or a sign does not matter, so that an order is found beside another mistake.
    """
    yours: list[Float64s] = []
    for point, found in zip(points, typed, strict=True):
        if found.W is None or found.W.shape[1] < 2 or not np.isfinite(found.W).all():
            return []
        yours.append(found.W - point.penalty_w)
    k = yours[0].shape[1]
    table = np.stack([_by_target(point) for point in points])  # (points, d, output, target)
    columns = np.concatenate(yours)
    return [
        change
        for name, candidates in (
            ("turned_columns", [np.concatenate([p.data_w for p in points])] * k),
            ("order", [np.concatenate(list(table[:, :, j])) for j in range(k)]),
        )
        for change in _matched(name, columns, candidates)
    ]


def _by_target(point: Point) -> Float64s:
    """Column of W's gradient for every output (axis 1) taken with every target (axis 2)."""
    case = point.case
    d, k = case.shape
    table = np.empty((d, k, k))
    for shift in range(k):
        taken = np.roll(np.arange(k), -shift)
        E = double(case.objective.error_signal(point.V, case.Y[:, taken]))
        columns = case.X.T @ E / len(E)
        table[:, np.arange(k), taken] = columns
    return table


def _matched(
    name: str, columns: Float64s, candidates: Sequence[Float64s]
) -> list[dict[str, Order]]:
    """The order in which candidates are parallel to the columns, if it is one."""
    order: list[int] = []
    for column, candidate in zip(columns.T, candidates, strict=True):
        size = np.linalg.norm(column) * np.linalg.norm(candidate, axis=0)
        if not (size > 0.0).all():
            return []
        order.append(int(np.argmax(np.abs(column @ candidate) / size)))
        if abs(float(column @ candidate[:, order[-1]])) < _ALIKE * float(size[order[-1]]):
            return []
    right = list(range(len(order)))
    return [{name: tuple(order)}] if sorted(order) == right != order else []
