"""What a run is worth comparing with: a few partners for the settings of now. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, cast

from app.numbers import number_text
from app.runs import SETTINGS, check
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.resolution import partners as pair_of

RATES: Mapping[str, tuple[float, str]] = MappingProxyType(
    {
        "twice": (2.0, "Twice the rate"),
        "half": (0.5, "Half the rate"),
        "ten": (10.0, "Ten times the rate"),
        "tenth": (0.1, "A tenth of the rate"),
    }
)
"""Factors of the learning rate that are offered."""
SMALL_BATCH = 32
PENALTY = 0.1


@dataclass(frozen=True, slots=True)
class Partner:
    """One run that is worth a look beside the present one; ``group``: what it changes, if told."""

    key: str
    label: str
    summary: str
    changes: Mapping[str, object]
    group: str = ""


def partners(
    wanted: TrainingConfig, config: TrainingConfig, dataset: Dataset
) -> tuple[Partner, ...]:
    """Comparisons that teach something, for the settings wanted and those in force."""
    offered = (*_losses(config, dataset), *_optimizers(config), *_rates(config), *_rest(config))
    return tuple(partner for partner in offered if is_possible(wanted, partner, dataset))


def completed(
    wanted: TrainingConfig, changes: Mapping[str, object], dataset: Dataset
) -> TrainingConfig:
    """The settings with these changes; the other half of a pair stays what it has come to.

    A rate that was typed for another kind of optimizer gives way to the usual one.
    """
    settled = wanted
    if {"activation", "loss"} & set(changes):
        activation, loss = pair_of(wanted, dataset.task)
        settled = replace(settled, activation=activation, loss=loss)
    if "optimizer" in changes and "learning_rate" not in changes:
        kinds = {
            OPTIMIZERS[key].fixed_rate for key in (wanted.optimizer, str(changes["optimizer"]))
        }
        settled = replace(settled, learning_rate=None) if len(kinds) > 1 else settled
    return replace(settled, **cast(dict[str, Any], dict(changes)))


def value_name(name: str, value: object) -> str:
    """What a run that differs in one setting is compared with: ``Cross-entropy``."""
    words = SETTINGS[name]
    return words.text(value) if words.alone else f"{words.heading.lower()} {words.text(value)}"


def changes_text(changes: Mapping[str, object]) -> str:
    """Changes of settings in a few words: ``Cross-entropy, rate 0.5``."""
    return ", ".join(value_name(name, value) for name, value in changes.items())


def rate_changes(key: str, rate: float) -> dict[str, float]:
    """The change to another learning rate, three digits of it."""
    return {"learning_rate": float(f"{rate * RATES[key][0]:.3g}")}


def _losses(config: TrainingConfig, dataset: Dataset) -> Iterator[Partner]:
    """The loss made for the activation, and the one that shows why."""
    activation = config.activation or "identity"
    usual = pair_of(TrainingConfig(activation=activation), dataset.task)[1]
    for key in dict.fromkeys((usual, "quadratic", "squared_hinge")):
        judged = pair(activation, key)
        if key != config.loss and judged.status != "undefined":
            label = f"{LOSSES[key].label.split(' (')[0]} loss"
            yield Partner(f"loss-{key}", label, judged.reason, {"loss": key})


def _optimizers(config: TrainingConfig) -> Iterator[Partner]:
    for key in ("gd", "momentum", "adam"):
        row = OPTIMIZERS[key]
        if key != config.optimizer:
            yield Partner(f"optimizer-{key}", row.label, row.summary, {"optimizer": key})


def _rates(config: TrainingConfig) -> Iterator[Partner]:
    rate = config.learning_rate or 1.0
    for key in ("twice", "half"):
        changes = rate_changes(key, rate)
        text = number_text(changes["learning_rate"])
        summary = f"The same run with the learning rate {text} in place of {number_text(rate)}."
        yield Partner(f"rate-{key}", f"{RATES[key][1]}: {text}", summary, changes)


def _rest(config: TrainingConfig) -> Iterator[Partner]:
    if config.l1 or config.l2:
        summary = "The same run without a penalty on large weights."
        yield Partner("no-penalty", "No penalty", summary, {"l1": 0.0, "l2": 0.0})
    else:
        summary = f"The same run with L2 = {PENALTY}, which keeps the weights small."
        yield Partner("penalty", f"L2 penalty {PENALTY}", summary, {"l2": PENALTY})
    if config.batch_size == "full":
        summary = f"The same run with {SMALL_BATCH} samples in each update."
        label = f"Batches of {SMALL_BATCH}"
        yield Partner("batch", label, summary, {"batch_size": SMALL_BATCH})
    else:
        summary = "The same run with all samples in each update."
        yield Partner("full", "Full batch", summary, {"batch_size": "full"})


def is_possible(wanted: TrainingConfig, partner: Partner, dataset: Dataset) -> bool:
    """Whether the data and the other settings allow this run."""
    if partner.changes.get("batch_size") == SMALL_BATCH and dataset.samples <= SMALL_BATCH:
        return False
    try:
        check(completed(wanted, partner.changes, dataset), dataset)
    except ConfigError:
        return False
    return True
