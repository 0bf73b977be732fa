"""A data set, coded for a pair: what the objective, the metrics and the optimizers work on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.errors import ConfigError
from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Training or validation samples: inputs, coded targets, and what metrics compare with.

    Attributes
    ----------
    X, Y
        (n, d) inputs and (n, k) targets, contiguous, of the same dtype.
    labels
        (n,) class numbers; empty in regression.
    weights
        (n,) weights with mean 1, or None when every sample counts the same.
    target_spread
        Σ(y − ȳ)² of the targets in regression, else 0.
    """

    X: Floats
    Y: Floats
    labels: Ints
    weights: Floats | None
    target_spread: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is to be minimised, and on which samples."""

    objective: Objective
    pair: Pair
    classes: int
    """0 in regression."""
    training: Part
    validation: Part | None

    @property
    def shape(self) -> tuple[int, int]:
        """(d, k) of the weights."""
        return self.training.X.shape[1], self.training.Y.shape[1]


def pose(dataset: Dataset, config: TrainingConfig) -> Problem:
    """The problem a resolved configuration sets on a data set."""
    objective = objective_of(config)
    classes = len(dataset.classes)
    shares = _class_shares(dataset.labels, classes, config)
    training = _part(dataset.X, dataset.labels, dataset.values, objective.pair, classes, shares)
    validation = None
    if len(dataset.X_validation):
        validation = _part(
            dataset.X_validation,
            dataset.labels_validation,
            dataset.values_validation,
            objective.pair,
            classes,
            shares,
        )
    return Problem(objective, objective.pair, classes, training, validation)


def pose_again(
    problem: Problem, dataset: Dataset, before: TrainingConfig, config: TrainingConfig
) -> Problem:
    """The same problem if its objective stays, else one with the objective of ``config``.

    Only what may change in mid-run is looked at; the coded samples are kept where they can be.
    """
    if config.class_weights != before.class_weights:
        return pose(dataset, config)
    if (config.l1, config.l2) != (before.l1, before.l2):
        return replace(problem, objective=objective_of(config))
    return problem


def check_fits(
    problem: Problem, parameters: Parameters, dataset: Dataset, config: TrainingConfig
) -> None:
    """Refuse samples that the weights of a run on ``problem`` cannot be used with.

    Raises
    ------
    ConfigError
        They have another number of terms, of classes or of outputs.
    """
    classes = len(dataset.classes)
    outputs = coding.outputs(str(config.activation), classes) if classes else 1
    if classes != problem.classes or parameters.W.shape != (dataset.X.shape[1], outputs):
        raise ConfigError(
            "The weights do not fit the new data.",
            field="dataset",
            value=dataset.name,
            code="config.restart",
            hint="Start a new run.",
        )


def check_shape(present: Parameters, wanted: Parameters) -> None:
    """Refuse weights of another shape, or that are not finite.

    Raises
    ------
    ConfigError
        Field ``start``.
    """
    if present.W.shape != wanted.W.shape or not wanted.is_finite:
        raise ConfigError(
            f"Weights {wanted.W.shape} cannot take the place of {present.W.shape}.",
            field="start",
            value=wanted.W.shape,
            hint="All of them must be finite, one for each term and output.",
        )


def objective_of(config: TrainingConfig) -> Objective:
    """The objective of a resolved configuration."""
    if config.activation is None or config.loss is None:
        raise ValueError("the configuration is not resolved")
    return Objective(
        activation=config.activation,
        loss=config.loss,
        l1=config.l1,
        l2=config.l2,
        bias=config.bias,
    )


def sample_weights(labels: Ints, classes: int, config: TrainingConfig) -> Float64s | None:
    """(n,) weights with mean 1 of the training samples, or None if all count the same."""
    shares = _class_shares(labels, classes, config)
    return None if shares is None else shares[labels]


def _class_shares(labels: Ints, classes: int, config: TrainingConfig) -> Float64s | None:
    if config.class_weights == "none" or not classes:
        return None
    return coding.balanced_weights(labels, classes)


def _part(
    X: Floats,
    labels: Ints,
    values: Float64s,
    pair: Pair,
    classes: int,
    shares: Float64s | None,
) -> Part:
    if not classes:
        centred = values - values.mean()
        targets = np.ascontiguousarray(values, X.dtype)[:, None]
        return Part(X, targets, labels, None, float(centred @ centred))
    Y = coding.encode(labels, classes, pair, X.dtype)
    if shares is None:
        return Part(X, Y, labels, None)
    weights = shares[labels]
    # Classes may have other shares among the validation samples: the mean is 1 there too.
    return Part(X, Y, labels, (weights / weights.mean()).astype(X.dtype))
