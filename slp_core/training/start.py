"""The weights a run starts from."""

from __future__ import annotations

import numpy as np

from slp_core.errors import ConfigError
from slp_core.network.initializers import initialize
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import Problem


def starting_weights(
    problem: Problem, config: TrainingConfig, start: Parameters | None
) -> Parameters:
    """``start``, or the configuration's, or the initializer's; read-only; b = 0 without bias."""
    given = config.start if start is None else start
    if given is None:
        part = problem.training
        given = initialize(config.initializer, *problem.shape, config.seed, part.X, part.Y)
    check_start(given, problem.shape)
    b = given.b if config.bias else np.zeros_like(given.b)
    return Parameters(given.W, b).frozen()


def check_start(start: Parameters, shape: tuple[int, int]) -> None:
    """Refuse weights to start from that the model cannot have.

    Raises
    ------
    ConfigError
        If W is not of ``shape`` (inputs, outputs), or a number is not finite.
    """
    if start.W.shape != shape:
        raise ConfigError(
            f"The start has weights of shape {start.W.shape}; this model needs {shape}.",
            field="start",
            value=start.W.shape,
            hint="Start from weights of the same features and classes.",
        )
    if not start.is_finite:
        raise ConfigError("The start has weights that are not finite.", field="start")
