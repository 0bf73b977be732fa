"""A gradient as somebody typed it: a value that makes the function a run steps by."""

from __future__ import annotations

from dataclasses import dataclass

from slp_core.errors import ConfigError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.gradient.function import GradientFunction
from slp_core.training.config import TrainingConfig


@dataclass(frozen=True, slots=True)
class TypedGradient:
    """A formula and where it has its samples; see `slp_core.training.own_gradient`."""

    source: str
    convention: Convention = "rows"

    def __call__(self, config: TrainingConfig) -> GradientFunction:
        """The function for resolved settings.

        Raises
        ------
        FormulaError
            The formula cannot be read or computes no gradient.
        """
        if config.activation is None:
            raise ConfigError("The settings must be resolved.", field="activation")
        return GradientFunction(
            self.source,
            activation=config.activation,
            l1=config.l1,
            l2=config.l2,
            convention=self.convention,
        )
