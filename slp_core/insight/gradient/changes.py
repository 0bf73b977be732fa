"""The forms each mistake takes: which fields of the recipe it changes, and in which cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations
from typing import Any, Final

from slp_core.insight.gradient.case import Case
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES

Change = Mapping[str, Any]
"""Fields of a recipe that are not as they should be."""
_ALL_ORDERS: Final = 4
"""With so many classes all orders of the columns are tried, with more only the likely ones."""


def _penalised(case: Case) -> bool:
    return case.l1 > 0.0 or case.l2 > 0.0


def scaled(**fields: Any) -> Callable[[Case], tuple[Change, ...]]:
    """A factor on the data term, or on everything where there is a penalty."""

    def changes(case: Case) -> tuple[Change, ...]:
        return (fields, {**fields, "whole": True}) if _penalised(case) else (fields,)

    return changes


def factor_two(case: Case) -> tuple[Change, ...]:
    return tuple(change for factor in (0.5, 2.0) for change in scaled(factor=factor)(case))


def _on_score(case: Case) -> bool:
    return LOSSES[case.pair.loss].space == "score"


def _binary_logarithm(case: Case) -> bool:
    return case.pair.loss == "cross_entropy" and ACTIVATIONS[case.pair.activation].elementwise


def signal_changed(*kinds: str) -> Callable[[Case], tuple[Change, ...]]:
    def changes(case: Case) -> tuple[Change, ...]:
        return tuple({"signal": kind} for kind in kinds) if _binary_logarithm(case) else ()

    return changes


def _sloped(case: Case) -> bool:
    return case.pair.activation != "identity" and not _on_score(case)


def slope_forgotten(case: Case) -> tuple[Change, ...]:
    return ({"slope": "forgotten"},) if _sloped(case) else ()


def slope_twice(case: Case) -> tuple[Change, ...]:
    elementwise = ACTIVATIONS[case.pair.activation].elementwise
    cancels = elementwise or case.pair.loss == "cross_entropy"
    return ({"slope": "twice"},) if _sloped(case) and cancels else ()


def slope_at_output(case: Case) -> tuple[Change, ...]:
    if not _sloped(case) or not ACTIVATIONS[case.pair.activation].elementwise:
        return ()
    return ({"slope": "at_output"},)


def summed_early(case: Case) -> tuple[Change, ...]:
    kinds = ["both", "both_mean"]
    if ACTIVATIONS[case.pair.activation].elementwise and not _on_score(case):
        kinds += ["signal", "signal_mean", "slope", "slope_mean"]
    return tuple({"early": kind} for kind in kinds)


def softmax_diagonal(case: Case) -> tuple[Change, ...]:
    return ({"slope": "diagonal"},) if case.pair.coupled else ()


def softmax_axis(case: Case) -> tuple[Change, ...]:
    return ({"axis": True},) if case.pair.coupled else ()


def classes_permuted(case: Case) -> tuple[Change, ...]:
    k = case.shape[1]
    if not case.classification:
        return ()
    if k == 1:
        return ({"order": (-1,)},)
    right = tuple(range(k))
    every = [order for order in permutations(right) if order != right] if k <= _ALL_ORDERS else []
    orders = tuple(dict.fromkeys((*_likely_orders(k), *every)))
    return tuple({"order": order} for order in orders) + tuple(
        {"turned_columns": order} for order in orders
    )


def _likely_orders(k: int) -> list[tuple[int, ...]]:
    """Backwards, begun elsewhere, or two classes exchanged."""
    right = tuple(range(k))
    swaps = [
        (*right[:i], right[j], *right[i + 1 : j], right[i], *right[j + 1 :])
        for i in right
        for j in right[i + 1 :]
    ]
    return [right[::-1], *((*right[n:], *right[:n]) for n in range(1, k)), *swaps]


def bias_forgotten(case: Case) -> tuple[Change, ...]:
    return ({"bias": False},) if case.bias else ()


def penalty_forgotten(case: Case) -> tuple[Change, ...]:
    if not _penalised(case):
        return ()
    both = case.l1 > 0.0 and case.l2 > 0.0
    kinds = ("forgotten", "no_l1", "no_l2") if both else ("forgotten",)
    return tuple({"penalty": kind} for kind in kinds)


def penalty_changed(*kinds: str) -> Callable[[Case], tuple[Change, ...]]:
    def changes(case: Case) -> tuple[Change, ...]:
        return tuple({"penalty": kind} for kind in kinds) if _penalised(case) else ()

    return changes


def bias_penalised(case: Case) -> tuple[Change, ...]:
    return ({"bias_penalty": True},) if _penalised(case) and case.bias else ()


def transposed(case: Case) -> tuple[Change, ...]:
    d, k = case.shape
    return ({"turned": True},) if d == k > 1 else ()


def mean_over_outputs(case: Case) -> tuple[Change, ...]:
    return scaled(mean="over_outputs")(case) if case.shape[1] > 1 else ()
