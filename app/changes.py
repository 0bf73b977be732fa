"""Changes in words, for the marks on the curves and for undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from app.sources import DataOptions
from app.training.messages import Change
from slp_core.training.config import TrainingConfig

SAMPLES, WEIGHTS = "points edited", "weights moved"
"""What is said where not a setting was changed but the data, or the weights by hand."""

_DATA = "Choose data"
_CHOICES = {
    "features": "Choose features",
    "renames": "Rename classes",
    "validation": "Change validation share",
    "scaling": "Choose scaling",
    "degree": "Change degree",
    "missing": "Treat missing cells",
}


def change_text(before: TrainingConfig, after: TrainingConfig) -> str:
    """What differs between two settings: ``learning rate 0.5 → 0.1``."""
    parts: list[str] = []
    for field in fields(TrainingConfig):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            parts.append(f"{field.name.replace('_', ' ')} {_word(old)} → {_word(new)}")
    return ", ".join(parts)


def choice_text(before: DataOptions, after: DataOptions) -> str:
    """What choosing otherwise about the data is called, for undo."""
    different = {
        field.name
        for field in fields(DataOptions)
        if getattr(before, field.name) != getattr(after, field.name)
    }
    if "target" in different:
        return f"Choose target {after.target}" if after.target else "Choose target"
    return _CHOICES.get(next(iter(different)), _DATA) if len(different) == 1 else _DATA


def marks(changes: Sequence[Change]) -> list[tuple[int, str]]:
    """One mark for each update at which something was changed.

    Changes at the same update, as a dragged slider makes them while the run is paused, are told
    from the first to the last.
    """
    first: dict[int, TrainingConfig] = {}
    last: dict[int, TrainingConfig] = {}
    by_hand: dict[int, dict[str, None]] = {}
    for change in changes:
        first.setdefault(change.update, change.before)
        last[change.update] = change.after
        for moved, word in ((change.samples, SAMPLES), (change.weights, WEIGHTS)):
            if moved:
                by_hand.setdefault(change.update, {})[word] = None
    texts = {
        update: ", ".join(
            filter(None, (*by_hand.get(update, ()), change_text(first[update], after)))
        )
        for update, after in last.items()
    }
    return [(update, text) for update, text in texts.items() if text]


def _word(value: object) -> str:
    if value is None:
        return "off"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
