"""The settings of a run: valid by construction, complete after `TrainingConfig.resolved`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from slp_core.errors import ConfigError
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.initializers import INITIALIZERS
from slp_core.network.losses import LOSSES
from slp_core.network.parameters import Parameters
from slp_core.training import checks
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.schedules import SCHEDULES

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

CLASS_WEIGHTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "none": "Every sample counts the same.",
        "balanced": "Every class counts the same, however many samples it has.",
    }
)
RESTART_FIELDS: Final = ("activation", "loss", "bias", "initializer", "seed", "start")
"""Fields a running trainer cannot change: they define the problem or where it started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """What a run needs to know besides the data; the fields are the run options.

    Attributes
    ----------
    activation, loss, learning_rate
        None: chosen by `resolved` (the partner of the other, half the largest stable rate).
    momentum
        μ of momentum and nesterov, β₁ of adam; the others ignore it.
    batch_size
        Samples an update sees; ``"full"`` for all. Sizes of n and above become ``"full"``.
    l1, l2
        Penalties l1 Σ|W| + l2/2 ΣW², never on b.
    clip_norm
        Longest gradient an update follows; None for no limit. Newton and L-BFGS ignore it: they
        choose the length of a step themselves.
    stop_loss, stop_gradient
        End at a full training loss or gradient norm at or below the value.
    stop_seconds
        End after that much time spent in training.
    patience
        End after so many epochs without a better loss (validation if there is a validation part).
    start
        Weights to start from, instead of the initializer's. Not part of equality.

    Raises
    ------
    ConfigError
        On any value out of range, with the field, the value, what is allowed and a hint.
    """

    activation: str | None = None
    loss: str | None = None
    optimizer: str = "gd"
    learning_rate: float | None = None
    momentum: float = 0.9
    schedule: str = "constant"
    batch_size: int | Literal["full"] = "full"
    epochs: int = 1000
    l1: float = 0.0
    l2: float = 0.0
    bias: bool = True
    initializer: str = "zeros"
    seed: int = 0
    clip_norm: float | None = None
    stop_loss: float | None = None
    stop_gradient: float | None = None
    stop_seconds: float | None = None
    patience: int | None = None
    class_weights: Literal["none", "balanced"] = "none"
    start: Parameters | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        self._check_choices()
        self._check_numbers()
        _check_start(self.start)

    def _check_choices(self) -> None:
        for name, keys in _CHOICES.items():
            value: object = getattr(self, name)
            if value is not None or name not in _OPTIONAL_CHOICES:
                checks.choice(name, value, keys)

    def _check_numbers(self) -> None:
        checks.switch("bias", self.bias)
        self._keep("batch_size", _batch_size(self.batch_size))
        self._keep("epochs", checks.whole("epochs", self.epochs, low=0))
        self._keep("seed", checks.whole("seed", self.seed, low=0))
        # With μ = 1 nothing would ever come to rest.
        self._keep("momentum", checks.number("momentum", self.momentum, low=0.0, below=1.0))
        for name in ("l1", "l2"):
            self._keep(name, checks.number(name, getattr(self, name), low=0.0))
        for name in ("learning_rate", "clip_norm", "stop_seconds"):
            value = checks.optional_number(name, getattr(self, name), low=0.0, open_low=True)
            self._keep(name, value)
        value = checks.optional_number("stop_loss", self.stop_loss, low=-np.inf)
        self._keep("stop_loss", value)
        value = checks.optional_number("stop_gradient", self.stop_gradient, low=0.0)
        self._keep("stop_gradient", value)
        if self.patience is not None:
            self._keep("patience", checks.whole("patience", self.patience, low=1))

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def resolved(self, dataset: Dataset) -> TrainingConfig:
        """The same settings with nothing left open, checked against the data set.

        Raises
        ------
        ConfigError
            If the pair is undefined, cannot serve the task, or the optimizer cannot serve the
            pair or the batch size.
        """
        from slp_core.training.resolution import resolve  # it needs this class

        return resolve(self, dataset)

    def as_dict(self) -> dict[str, object]:
        """All fields in plain JSON types; ``start`` as {"W": rows, "b": list} or None."""
        values: dict[str, object] = {row.name: getattr(self, row.name) for row in fields(self)}
        if self.start is not None:
            values["start"] = {"W": self.start.W.tolist(), "b": self.start.b.tolist()}
        return values

    def restart_needed(self, other: TrainingConfig) -> tuple[str, ...]:
        """Fields in which ``other`` differs that a running trainer cannot change."""
        changed = [
            name for name in RESTART_FIELDS[:-1] if getattr(self, name) != getattr(other, name)
        ]
        if other.start is not self.start:
            changed.append("start")
        return tuple(changed)


_CHOICES: Final = MappingProxyType(
    {
        "activation": ACTIVATIONS,
        "loss": LOSSES,
        "optimizer": OPTIMIZERS,
        "schedule": SCHEDULES,
        "initializer": INITIALIZERS,
        "class_weights": CLASS_WEIGHTS,
    }
)
_OPTIONAL_CHOICES: Final = ("activation", "loss")


def _check_start(start: object) -> None:
    if start is None:
        return
    if not isinstance(start, Parameters):
        raise ConfigError(
            "start must be weights and biases (Parameters).", field="start", value=start
        )
    if not start.is_finite:
        raise ConfigError("The start has weights that are not finite.", field="start")


def _batch_size(value: object) -> int | str:
    if value == "full":
        return "full"
    if isinstance(value, str):
        raise ConfigError(
            f"batch_size {value!r} is neither a number nor full.",
            field="batch_size",
            value=value,
            allowed=("full", "a whole number of at least 1"),
            hint='Give a whole number of at least 1, or "full".',
        )
    return checks.whole("batch_size", value, low=1)
