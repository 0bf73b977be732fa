"""The five experiments, one frozen row each: what a menu, a card and a command show of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from slp_core.insight.experiments import (
    Experiment,
    first_loss,
    fit_few,
    shuffled_labels,
    zero_inputs,
)
from slp_core.insight.experiments_rates import Sweep, rate_sweep
from slp_core.insight.experiments_runs import Watch
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.own_gradient import OwnGradientMaker

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What an experiment is made with.

    Attributes
    ----------
    start
        The weights the run on the screen began with; None draws them.
    gradient
        Makes the gradient that its steps follow, if it is not the objective's.
    """

    dataset: Dataset
    config: TrainingConfig
    start: Parameters | None = None
    gradient: OwnGradientMaker | None = None


@dataclass(frozen=True, slots=True)
class ExperimentRow:
    """One experiment.

    Attributes
    ----------
    key, label
        Public id, and the name on the screen.
    tells
        What it tells, in one sentence.
    found, expected
        What its two figures are called.
    depends
        Settings on which the result depends; with others it is stale.
    starts
        Whether it depends on the weights the run began with.
    run
        Makes it.
    """

    key: str
    label: str
    tells: str
    found: str
    expected: str
    depends: tuple[str, ...]
    starts: bool
    run: Callable[[Subject, Watch], Experiment | Sweep]


_OBJECTIVE: Final = ("activation", "loss", "l1", "l2", "bias", "class_weights")
_START: Final = (*_OBJECTIVE, "initializer", "seed")
_BESIDES: Final = (
    "learning_rate",
    "epochs",
    "patience",
    "stop_loss",
    "stop_gradient",
    "stop_seconds",
    "start",
)
_STEPS: Final = tuple(row.name for row in fields(TrainingConfig) if row.name not in _BESIDES)


def _first(subject: Subject, _watch: Watch) -> Experiment:
    return first_loss(subject.dataset, subject.config, subject.start)


def _zero(subject: Subject, watch: Watch) -> Experiment:
    return zero_inputs(
        subject.dataset,
        subject.config,
        seconds=watch.seconds,
        cancelled=watch.cancelled,
        progress=watch.progress,
    )


def _few(subject: Subject, watch: Watch) -> Experiment:
    return fit_few(
        subject.dataset,
        subject.config,
        seconds=watch.seconds,
        cancelled=watch.cancelled,
        progress=watch.progress,
        gradient=subject.gradient,
    )


def _shuffled(subject: Subject, watch: Watch) -> Experiment:
    return shuffled_labels(
        subject.dataset,
        subject.config,
        seconds=watch.seconds,
        cancelled=watch.cancelled,
        progress=watch.progress,
    )


def _sweep(subject: Subject, watch: Watch) -> Sweep:
    return rate_sweep(
        subject.dataset,
        subject.config,
        start=subject.start,
        seconds=watch.seconds,
        cancelled=watch.cancelled,
        progress=watch.progress,
        gradient=subject.gradient,
    )


EXPERIMENTS: Final[Mapping[str, ExperimentRow]] = MappingProxyType(
    {
        row.key: row
        for row in (
            ExperimentRow(
                "first_loss",
                "Loss at the start",
                "A start that knows nothing costs what scores of 0 cost, ln K for cross-entropy;"
                " a start that costs more is wrong with certainty.",
                "at the start",
                "with scores of 0",
                _START,
                True,
                _first,
            ),
            ExperimentRow(
                "zero_inputs",
                "Inputs of 0",
                "A model that sees nothing comes as far as the best constant answer; what is"
                " learnt beyond that comes from the inputs.",
                "without inputs",
                "constant answer",
                _OBJECTIVE,
                False,
                _zero,
            ),
            ExperimentRow(
                "fit_few",
                "Three samples",
                "Three samples can be learnt by heart; where not even they can, pair, gradient"
                " or labels are wrong.",
                "reached",
                "wanted",
                _OBJECTIVE,
                False,
                _few,
            ),
            ExperimentRow(
                "shuffled_labels",
                "Shuffled labels",
                "What is learnt of targets in random order is chance or memory, not a rule.",
                "shuffled",
                "as they are",
                _OBJECTIVE,
                False,
                _shuffled,
            ),
            ExperimentRow(
                "rate_sweep",
                "Rate sweep",
                "The loss after the same number of epochs at many rates: which are too small,"
                " which learn, and from where on it runs away.",
                "at the rate that is set",
                "at the best rate",
                _STEPS,
                True,
                _sweep,
            ),
        )
    }
)
"""Every experiment by its key, in the order in which they are made."""

EXPERIMENT_FOR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "P5": "zero_inputs",
        "P6": "fit_few",
        "P9": "fit_few",
        "P10": "first_loss",
        "P11": "first_loss",
        "P12": "rate_sweep",
        "L1": "rate_sweep",
        "L2": "rate_sweep",
        "L3": "rate_sweep",
        "L4": "rate_sweep",
        "L5": "fit_few",
        "L6": "zero_inputs",
        "L8": "fit_few",
        "L10": "rate_sweep",
        "L14": "shuffled_labels",
        "L15": "shuffled_labels",
    }
)
"""The experiment that tells more about a finding, by the id of its rule."""
