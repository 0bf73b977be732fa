"""Runs side by side: what a live run is, and in which settings runs differ. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.moment import RunMoment
from app.numbers import number_text
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.initializers import INITIALIZERS
from slp_core.network.losses import LOSSES
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.schedules import SCHEDULES

if TYPE_CHECKING:
    from slp_core.insight.gradient.typed_gradient import TypedGradient

MOST_LIVE = 4
"""Runs that train at the same time."""
SHARED = ("initializer", "seed")
"""Settings that all live runs have in common: they decide where training starts."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The place of one live run, the same however often training starts again there.

    ``name`` is empty while nobody has given one; ``line`` numbers its colour and line style.
    ``gradient`` is a typed one that steps follow in place of the objective's. One that is
    ``apart`` has a start of its own: `SHARED` settings are not those of the others.
    """

    lane: int
    run: int
    line: int
    wanted: TrainingConfig
    name: str = ""
    gradient: TypedGradient | None = None
    apart: bool = False

    @property
    def title(self) -> str:
        """What the run is called."""
        return self.name or f"Run {self.run}"


@dataclass(frozen=True, slots=True)
class SettingWords:
    """How one setting is told: its name in a heading, and a value in a few characters."""

    heading: str
    text: Callable[[object], str]
    alone: bool = False
    """Whether the value says by itself which setting it is of."""


def _label(rows: Mapping[str, object], **short: str) -> Callable[[object], str]:
    def text(value: object) -> str:
        if str(value) in short:
            return short[str(value)]
        row = rows.get(str(value))
        return str(getattr(row, "label", value)).split(" (")[0]

    return text


def _plain(value: object) -> str:
    if value is None:
        return "off"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


SETTINGS: Mapping[str, SettingWords] = MappingProxyType(
    {
        "activation": SettingWords("Activation", _label(ACTIVATIONS), alone=True),
        "loss": SettingWords("Loss function", _label(LOSSES), alone=True),
        "optimizer": SettingWords("Optimizer", _label(OPTIMIZERS, gd="GD"), alone=True),
        "learning_rate": SettingWords("Rate", _plain),
        "momentum": SettingWords("Momentum", _plain),
        "batch_size": SettingWords("Batch", _plain),
        "schedule": SettingWords("Schedule", _label(SCHEDULES)),
        "l1": SettingWords("L1", _plain),
        "l2": SettingWords("L2", _plain),
        "bias": SettingWords("Bias", _plain),
        "class_weights": SettingWords("Weighting", _plain),
        "clip_norm": SettingWords("Clip", _plain),
        "initializer": SettingWords("Initializer", _label(INITIALIZERS)),
        "seed": SettingWords("Seed", _plain),
        "epochs": SettingWords("Most epochs", _plain),
        "stop_loss": SettingWords("Stop at loss", _plain),
        "stop_gradient": SettingWords("Stop at ‖∇L‖", _plain),
        "stop_seconds": SettingWords("Stop after", _plain),
        "patience": SettingWords("Patience", _plain),
    }
)
"""Settings in the order in which differences are told."""


def applies(config: TrainingConfig, name: str) -> bool:
    """Whether a setting has an effect: a momentum that the optimizer ignores has none."""
    return name != "momentum" or OPTIMIZERS[config.optimizer].uses_momentum


def setting_text(config: TrainingConfig, name: str) -> str:
    """The value of a setting in a few characters; a dash where it has no effect."""
    return SETTINGS[name].text(getattr(config, name)) if applies(config, name) else "–"


def differing(configs: Sequence[TrainingConfig]) -> tuple[str, ...]:
    """Names of the settings in which those differ that they have an effect on."""
    return tuple(
        name
        for name in SETTINGS
        if len({setting_text(config, name) for config in configs if applies(config, name)}) > 1
    )


def difference_text(config: TrainingConfig, names: Sequence[str], most: int = 2) -> str:
    """What sets one of several apart: ``Quadratic, rate 0.5``; a rate left open is not told."""
    parts: list[str] = []
    for name in names:
        words, value = SETTINGS[name], setting_text(config, name)
        if applies(config, name) and (name, value) != ("learning_rate", "off"):
            parts.append(value if words.alone else f"{words.heading.lower()} {value}")
    return ", ".join(parts[:most])


def labels(runs: Sequence[RunMoment]) -> tuple[str, ...]:
    """A name for each run, with what sets it apart from the others.

    What the largest part of them have in common is not told of those.
    """
    told = _told_apart(tuple((run.config, run.wanted) for run in runs))
    return tuple(
        f"{run.name} · {text}" if text else run.name for run, text in zip(runs, told, strict=True)
    )


def _chosen(config: TrainingConfig, wanted: TrainingConfig | None) -> TrainingConfig:
    """The settings of a run, with the rate left open where nobody has chosen one."""
    if wanted is None or wanted.learning_rate is not None:
        return config
    return replace(config, learning_rate=None)


@lru_cache(maxsize=16)  # asked for with every frame, by several views
def _told_apart(
    pairs: tuple[tuple[TrainingConfig, TrainingConfig | None], ...],
) -> tuple[str, ...]:
    configs = [_chosen(config, wanted) for config, wanted in pairs]
    names = differing(configs)
    if names == ("learning_rate",):  # nothing else sets them apart: one left open is told, too
        configs = [config for config, _ in pairs]
    return tuple(
        difference_text(config, [name for name in names if not _common(config, name, configs)])
        for config in configs
    )


def _common(config: TrainingConfig, name: str, configs: Sequence[TrainingConfig]) -> bool:
    values = [setting_text(other, name) for other in configs]
    usual = max(values, key=values.count)  # of several the first, which is the active run's
    return values.count(usual) > 1 and setting_text(config, name) == usual


def check(wanted: TrainingConfig, dataset: Dataset, gradient: TypedGradient | None = None) -> None:
    """Refuse settings that cannot be used with the data; works out no learning rate, so is quick.

    Raises
    ------
    ConfigError
        As `TrainingConfig.resolved`, and as `check_steps`.
    """
    check_steps(wanted, gradient)
    replace(wanted, learning_rate=wanted.learning_rate or 1.0).resolved(dataset)


def check_steps(wanted: TrainingConfig, gradient: TypedGradient | None) -> None:
    """Refuse optimizers that search along the loss where steps follow a typed gradient.

    Raises
    ------
    ConfigError
        It could not be followed where it is wrong.
    """
    row = OPTIMIZERS[wanted.optimizer]
    if gradient is not None and row.step is None:
        raise ConfigError(
            f"{row.label} searches along the loss and cannot follow a typed gradient.",
            field="optimizer",
            value=wanted.optimizer,
            hint="Choose gradient descent, or turn to the run with the right gradient.",
        )
