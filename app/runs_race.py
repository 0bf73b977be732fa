"""Races: runs from the same start that differ in one setting only. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.moment import RunMoment
from app.numbers import number_text
from app.runs import MOST_LIVE, SETTINGS, check
from app.runs_partners import completed
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.pairs import pair
from slp_core.training.config import TrainingConfig
from slp_core.training.resolution import outputs
from slp_core.training.resolution import partners as pair_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slp_core.insight.gradient.typed_gradient import TypedGradient

ROSTER: Final = ("gd", "momentum", "adam", "newton", "lbfgs", "nesterov", "rmsprop")
"""Who runs in a race of optimizers, the first ones that can: Newton needs full batches."""
SLOWEST: Final = 2e7
"""Products for Newton's matrix, samples times squared weights, beyond which it holds all up: live
runs keep step, and the digits (610 weights) came to two updates a second."""
FACTORS: Final = (0.1, 2.0, 4.0)
"""Rates that race against the present one: too slow, at the edge, and beyond it."""

Changes = Mapping[str, object]
Entrants = Callable[[TrainingConfig, TrainingConfig], "Iterator[Changes]"]


@dataclass(frozen=True, slots=True)
class Race:
    """A race: its name in a menu of steps, what it is about, and who runs beside the active run."""

    key: str
    text: str
    setting: str
    entrants: Entrants


def _optimizers(wanted: TrainingConfig, config: TrainingConfig) -> Iterator[Changes]:
    del config
    for key in ROSTER:
        if key != wanted.optimizer:
            yield {"optimizer": key, "learning_rate": None}  # each at its own usual rate


def _rates(wanted: TrainingConfig, config: TrainingConfig) -> Iterator[Changes]:
    del wanted
    rate = config.learning_rate or 1.0
    for factor in FACTORS:
        yield {"learning_rate": float(f"{rate * factor:.3g}")}


RACES: Mapping[str, Race] = MappingProxyType(
    {
        race.key: race
        for race in (
            Race("optimizers", "Race optimizers", "optimizer", _optimizers),
            Race("rates", "Race learning rates", "learning_rate", _rates),
        )
    }
)
"""Every race."""


def entrants(
    race: Race,
    wanted: TrainingConfig,
    config: TrainingConfig,
    dataset: Dataset,
    gradient: TypedGradient | None = None,
) -> tuple[TrainingConfig, ...]:
    """Settings of the runs that race against one with the settings ``wanted``, in force ``config``.

    Those that the data, the loss or a typed gradient do not allow give way to the next ones.
    """
    offered = (completed(wanted, changes, dataset) for changes in race.entrants(wanted, config))
    possible = (
        found
        for found in offered
        if _can_run(found, dataset, gradient) and not _holds_up(found, dataset)
    )
    return tuple(islice(possible, MOST_LIVE - 1))


def _can_run(
    wanted: TrainingConfig, dataset: Dataset, gradient: TypedGradient | None = None
) -> bool:
    try:
        check(wanted, dataset, gradient)
    except ConfigError:
        return False
    return True


def _holds_up(wanted: TrainingConfig, dataset: Dataset) -> bool:
    if wanted.optimizer != "newton":
        return False
    activation, loss = pair_of(wanted, dataset.task)
    weights = (dataset.terms + 1) * outputs(pair(activation, loss), dataset)
    return dataset.samples * weights**2 > SLOWEST


def field_text(race: Race, runs: tuple[RunMoment, ...]) -> str:
    """Who runs, and at which rate: ``GD at 0.81, Momentum at 1.5, Adam at 0.05``."""
    parts: list[str] = []
    for run in sorted(runs, key=lambda run: run.line):
        rate = number_text(run.config.learning_rate or 0.0)
        who = SETTINGS[race.setting].text(getattr(run.config, race.setting))
        parts.append(rate if race.setting == "learning_rate" else f"{who} at {rate}")
    return ", ".join(parts)
