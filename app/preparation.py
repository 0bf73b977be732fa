"""From data and two choices to something that can be trained. No Qt: runs on any thread."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from app.sources import DataOptions
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.errors import ConfigError
from slp_core.training.config import RESTART_FIELDS, TrainingConfig
from slp_core.training.rates import largest_rate


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data set and settings that fit each other.

    ``wanted`` is what the person chose, with None where the program decides; ``config`` has
    nothing left to decide. ``stable_rate`` is the largest stable learning rate of the run,
    None where there is no such thing. ``note`` says what the program changed on its own.
    """

    source: str
    table: Table
    choice: DataOptions
    dataset: Dataset
    wanted: TrainingConfig
    config: TrainingConfig
    stable_rate: float | None
    note: str = ""


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


def rebuild(current: Prepared, choice: DataOptions, dataset: Dataset) -> Prepared:
    """The same table as another data set, with as many of the settings as still fit.

    A learning rate that was typed stays as long as only the split changes: anything else changes
    what rate is stable. Settings that cannot be used with the new data go back to their defaults,
    and the note says so.

    Raises
    ------
    ConfigError
        Not even the default settings can be used with the data.
    """
    wanted = _carried(current, choice, dataset)
    try:
        return prepare(current.source, current.table, choice, dataset, wanted)
    except ConfigError as error:
        reset = TrainingConfig(seed=wanted.seed, epochs=wanted.epochs)
        result = prepare(current.source, current.table, choice, dataset, reset)
        return replace(result, note=f"Settings are back to their defaults: {error.message}")


def _carried(current: Prepared, choice: DataOptions, dataset: Dataset) -> TrainingConfig:
    wanted, before = current.wanted, current.choice
    split = replace(before, validation=choice.validation, seed=choice.seed)
    if choice != split:
        wanted = replace(wanted, learning_rate=None)
    if current.dataset.task != dataset.task:
        wanted = replace(wanted, activation=None, loss=None)
    if dataset.task == "regression":
        wanted = replace(wanted, class_weights="none")
    return wanted


def changed(before: TrainingConfig, after: TrainingConfig) -> set[str]:
    """Names of the settings that differ."""
    return {
        f.name for f in fields(TrainingConfig) if getattr(before, f.name) != getattr(after, f.name)
    }


def rebased(wish: TrainingConfig, basis: TrainingConfig, onto: TrainingConfig) -> TrainingConfig:
    """``onto`` with what ``wish`` changed since ``basis``."""
    return replace(onto, **{name: getattr(wish, name) for name in changed(basis, wish)})


def restart_note(before: TrainingConfig, after: TrainingConfig) -> str:
    """Why training starts again, in one sentence; empty if it need not."""
    names = sorted(changed(before, after) & set(RESTART_FIELDS))
    if not names:
        return ""
    what = ", ".join(name.replace("_", " ") for name in names)
    return f"Another {what}: training starts again, the old weights do not carry over."
