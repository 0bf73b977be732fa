"""Which activations, losses and classics can be chosen now, and why the others cannot."""

from __future__ import annotations

from collections.abc import Iterable

from app.panels.choice_box import Mark
from app.panels.pair_card import STATUS_LOOKS
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.coding import regression_problem
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair, pair
from slp_core.network.presets import CLASSICS

TargetRange = tuple[float, float] | None
"""Smallest and largest number of a numeric target, or None."""

MARKED = ("saturates", "cannot_learn")


def activation_refusals(loss: str, task: str, target_range: TargetRange) -> dict[str, str]:
    """Why an activation cannot go with the loss and the task, for those that cannot."""
    return _refusals(((key, pair(key, loss)) for key in ACTIVATIONS), task, target_range)


def loss_refusals(activation: str, task: str, target_range: TargetRange) -> dict[str, str]:
    """Why a loss cannot go with the activation and the task, for those that cannot."""
    return _refusals(((key, pair(activation, key)) for key in LOSSES), task, target_range)


def _refusals(
    pairs: Iterable[tuple[str, Pair]], task: str, target_range: TargetRange
) -> dict[str, str]:
    refusals: dict[str, str] = {}
    for key, judged in pairs:
        reason = judged.reason if judged.status == "undefined" else ""
        if not reason and task == "regression":
            # Without a range only what no numeric target can have is refused.
            low, high = target_range or _harmless(judged)
            reason = regression_problem(judged, low, high) or ""
        if reason:
            refusals[key] = reason
    return refusals


def _harmless(judged: Pair) -> tuple[float, float]:
    low, high = ACTIVATIONS[judged.activation].range
    middle = min(max(0.0, low), high)
    return middle, middle


def marks(pairs: Iterable[tuple[str, Pair]]) -> dict[str, Mark]:
    """A mark for each choice that learns badly."""
    result: dict[str, Mark] = {}
    for key, judged in pairs:
        if judged.status in MARKED:
            look = STATUS_LOOKS[judged.status]
            result[key] = Mark(look.icon, look.role, f"{look.word}: {judged.reason}")
    return result


def classic_refusal(key: str, task: str) -> str:
    """Why a classic cannot be used for the task; empty if it can."""
    row = CLASSICS[key]
    if task in row.tasks:
        return ""
    names = {
        "binary": "two classes",
        "multiclass": "more than two classes",
        "regression": "numbers",
    }
    return f"{row.label} is for {' or '.join(names[t] for t in row.tasks)}, not for {names[task]}."
