"""From a source and two choices to something that can be trained. No Qt: runs on any thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.sources import DataOptions
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data set and settings that fit each other.

    ``wanted`` is what the person chose, with None where the program decides; ``config`` has
    nothing left to decide. ``stable_rate`` is the largest stable learning rate of the run,
    None where there is no such thing.
    """

    source: str
    table: Table
    choice: DataOptions
    dataset: Dataset
    wanted: TrainingConfig
    config: TrainingConfig
    stable_rate: float | None


def fitting(wanted: TrainingConfig, before: Dataset | None, after: Dataset) -> TrainingConfig:
    """Settings carried over to other data: what depends on the kind of task is left open again."""
    if before is not None and before.task == after.task:
        return replace(wanted, learning_rate=None)
    return replace(wanted, activation=None, loss=None, learning_rate=None)


def prepare(
    source: str, table: Table, choice: DataOptions, dataset: Dataset, wanted: TrainingConfig
) -> Prepared:
    """Fill in every setting that was left open.

    Raises
    ------
    ConfigError
        The settings do not fit the data or each other.
    """
    config = wanted.resolved(dataset)
    limit = largest_rate(dataset, config)
    return Prepared(source, table, choice, dataset, wanted, config, limit)
