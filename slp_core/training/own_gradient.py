"""A gradient that is not the objective's: steps follow it, what is recorded stays true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from slp_core.arrays import Floats
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS


class OwnGradient(Protocol):
    """Computes the gradient of a batch, right or wrong."""

    def gradient_into(
        self, parameters: Parameters, X: Floats, Y: Floats, gradient: Parameters
    ) -> None:
        """Write the gradient at ``parameters`` into ``gradient``; it need not be finite."""
        ...


OwnGradientMaker = Callable[[TrainingConfig], OwnGradient]
"""Makes it for resolved settings: pair and penalties may be changed during a run."""


def for_steps(own: OwnGradient, *, bias: bool) -> Callable[..., None]:
    """The same with the arguments of `Objective.gradient_into`; knows no class weights."""

    def gradient_into(
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        _workspace: Any,
        gradient: Parameters,
        _weights: Floats | None = None,
    ) -> None:
        own.gradient_into(parameters, X, Y, gradient)
        if not bias:
            gradient.b[...] = 0.0

    return gradient_into


def made(maker: OwnGradientMaker, config: TrainingConfig) -> OwnGradient:
    """The gradient for these settings.

    Raises
    ------
    ConfigError
        If the optimizer searches along the loss, for which a gradient that may be wrong will
        not do.
    """
    row = OPTIMIZERS[config.optimizer]
    if row.step is None:
        raise ConfigError(
            f"{row.label} searches along the loss and cannot follow another gradient.",
            field="optimizer",
            value=config.optimizer,
            allowed=tuple(key for key, other in OPTIMIZERS.items() if other.step is not None),
            hint="Choose gradient descent.",
        )
    return maker(config)
