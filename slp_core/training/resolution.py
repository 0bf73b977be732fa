"""Filling in what a configuration leaves open, and refusing what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from slp_core.errors import ConfigError
from slp_core.network import coding
from slp_core.network.pairs import Pair, pair
from slp_core.network.stable_rate import curvature_bound
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.rates import default_rate
from slp_core.training.start import check_start

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

LARGEST_NEWTON: Final = 2000
"""Most parameters Newton takes: its matrix then holds 32 MB and a solution takes a second."""

_LOSS_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sigmoid": "cross_entropy",
        "softmax": "cross_entropy",
        "probit": "cross_entropy",
        "step": "perceptron",
    }
)
"""The loss that goes with an activation in classification; quadratic with the others."""
_ACTIVATION_OF: Final[Mapping[str, str]] = MappingProxyType(
    {"cross_entropy": "sigmoid", "perceptron": "step"}
)
"""The activation that goes with a loss; identity with the others."""


def resolve(config: TrainingConfig, dataset: Dataset) -> TrainingConfig:
    """See `TrainingConfig.resolved`."""
    activation, loss = partners(config, dataset.task)
    judged = pair(activation, loss)
    _refuse_pair(judged)
    if dataset.task == "regression":
        _refuse_regression(judged, dataset, config)
    batch = config.batch_size
    if batch != "full" and batch >= len(dataset.X):
        batch = "full"
    settled = replace(config, activation=activation, loss=loss, batch_size=batch)
    _refuse_optimizer(settled, judged, dataset)
    if settled.start is not None:
        check_start(settled.start, (dataset.X.shape[1], outputs(judged, dataset)))
    if settled.learning_rate is not None:
        return settled
    return replace(settled, learning_rate=default_rate(dataset, settled))


def refuse_restart(before: TrainingConfig, after: TrainingConfig) -> None:
    """Refuse settings that need a new run.

    Raises
    ------
    ConfigError
        A field differs that a running trainer cannot change.
    """
    changed = before.restart_needed(after)
    if changed:
        raise ConfigError(
            f"A running training cannot change its {changed[0]}.",
            field=changed[0],
            value=getattr(after, changed[0]),
            code="config.restart",
            hint="Start a new run.",
        )


def partners(config: TrainingConfig, task: str) -> tuple[str, str]:
    """Activation and loss; what is missing is chosen to fit the task and the other one."""
    activation, loss = config.activation, config.loss
    if activation is None:
        activation = _activation_for(loss, task)
    if loss is None:
        loss = "quadratic" if task == "regression" else _LOSS_OF.get(activation, "quadratic")
    return activation, loss


def _activation_for(loss: str | None, task: str) -> str:
    if task == "regression":
        return "identity" if loss is None else _ACTIVATION_OF.get(loss, "identity")
    usual = "sigmoid" if loss is None else _ACTIVATION_OF.get(loss, "identity")
    return "softmax" if usual == "sigmoid" and task == "multiclass" else usual


def _refuse_pair(judged: Pair) -> None:
    if judged.status == "undefined":
        raise ConfigError(
            f"{judged.activation} with {judged.loss} is undefined: {judged.reason}",
            field="loss",
            value=judged.loss,
            code="config.pair",
            hint=f"Choose another loss, or let {judged.activation} choose its own.",
        )


def _refuse_regression(judged: Pair, dataset: Dataset, config: TrainingConfig) -> None:
    # Validation targets too: their loss is shown, and may not exist outside the range.
    values = dataset.all_values
    problem = coding.regression_problem(judged, float(values.min()), float(values.max()))
    if problem is not None:
        raise ConfigError(
            problem,
            field="activation",
            value=judged.activation,
            code="config.regression",
            hint="Identity with quadratic takes every numeric target.",
        )
    if config.class_weights == "balanced":
        raise ConfigError(
            "A numeric target has no classes to balance.",
            field="class_weights",
            value="balanced",
            allowed=("none",),
            hint="Set class_weights to none.",
        )


def _refuse_optimizer(config: TrainingConfig, judged: Pair, dataset: Dataset) -> None:
    row = OPTIMIZERS[config.optimizer]
    if not row.full_batch:
        return
    if config.batch_size != "full":
        raise _optimizer_error(
            config,
            "batch_size",
            f"{row.label} needs all samples in each update.",
            "Set batch_size to full, or choose another optimizer.",
        )
    if config.l1 > 0.0:
        raise _optimizer_error(
            config,
            "l1",
            f"{row.label} cannot follow an l1 penalty, whose slope jumps at zero.",
            "Use l2, or gradient descent.",
        )
    if config.optimizer == "newton":
        _refuse_newton(config, judged, dataset)


def _refuse_newton(config: TrainingConfig, judged: Pair, dataset: Dataset) -> None:
    if curvature_bound(judged) is None:
        raise _optimizer_error(
            config,
            "optimizer",
            f"Newton needs a loss with curvature; {judged.loss} is made of straight pieces.",
            "Choose squared_hinge, quadratic or cross_entropy, or another optimizer.",
        )
    size = (dataset.X.shape[1] + 1) * outputs(judged, dataset)
    if size > LARGEST_NEWTON:
        raise _optimizer_error(
            config,
            "optimizer",
            f"Newton takes at most {LARGEST_NEWTON} parameters, and this model has {size}.",
            "Choose lbfgs, which gets as close.",
        )


def _optimizer_error(config: TrainingConfig, field: str, message: str, hint: str) -> ConfigError:
    return ConfigError(
        message, field=field, value=getattr(config, field), code="config.optimizer", hint=hint
    )


def outputs(judged: Pair, dataset: Dataset) -> int:
    """Number of outputs k of a model for the data set: 1 in regression."""
    return coding.outputs(judged, len(dataset.classes)) if dataset.classes else 1
