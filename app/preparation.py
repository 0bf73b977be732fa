"""From data and two choices to something that can be trained. No Qt: runs on any thread."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from app.origins import Origin
from app.sources import DataOptions
from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.errors import ConfigError
from slp_core.training.config import RESTART_FIELDS, TrainingConfig
from slp_core.training.rates import largest_rate

AS_READ = 0
"""The version of a table that nobody has edited."""


@dataclass(frozen=True, slots=True)
class Document:
    """A table and where it came from; ``as_read`` is the table as the origin gave it.

    ``version`` numbers the states of the table. Undoing an edit makes an equal table and not the
    same one, so that objects cannot tell whether it was edited.
    """

    origin: Origin
    as_read: Table
    table: Table
    version: int = AS_READ

    @property
    def edited(self) -> bool:
        """Whether the table is another than the origin gave."""
        return self.version != AS_READ


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data set and settings that fit each other.

    ``wanted`` is what the person chose, with None where the program decides; ``config`` has
    nothing left to decide. ``stable_rate`` is the largest stable learning rate of the run,
    None where there is no such thing. ``note`` says what the program changed on its own.
    """

    document: Document
    choice: DataOptions
    dataset: Dataset
    wanted: TrainingConfig
    config: TrainingConfig
    stable_rate: float | None
    note: str = ""

    @property
    def origin(self) -> Origin:
        """Where the table came from."""
        return self.document.origin

    @property
    def table(self) -> Table:
        """The table with all that was edited by hand."""
        return self.document.table


def prepare(
    document: Document, choice: DataOptions, dataset: Dataset, wanted: TrainingConfig
) -> Prepared:
    """Fill in every setting that was left open.

    Raises
    ------
    ConfigError
        The settings do not fit the data or each other.
    """
    config = wanted.resolved(dataset)
    return Prepared(document, choice, dataset, wanted, config, largest_rate(dataset, config))


def revise(current: Prepared, document: Document, kept: Ints) -> Prepared:
    """What is open after rows of its table were edited; see `slp_core.data.revision.revised`.

    The preparation stays, so that weights mean what they meant.

    Raises
    ------
    DataError
        What is left cannot be learnt from.
    """
    dataset = revised(current.dataset, document.table, kept)
    return prepare(document, current.choice, dataset, current.wanted)


def keeps_weights(before: Prepared, after: Prepared) -> bool:
    """Whether weights learnt on ``before`` mean the same on ``after``."""
    same_inputs = before.dataset.preparation == after.dataset.preparation
    same_outputs = before.dataset.written == after.dataset.written
    same_target = before.dataset.target == after.dataset.target
    restart = restart_note(before.config, after.config)
    return same_inputs and same_outputs and same_target and not restart


def continues(before: Prepared, after: Prepared) -> bool:
    """Whether ``after`` is the data of before with rows edited or classes renamed."""
    same = before.dataset.preparation == after.dataset.preparation
    return same and before.document.as_read is after.document.as_read


def names_only(before: Prepared, after: Prepared) -> bool:
    """Whether nothing but names of classes has changed."""
    same_choice = renames_only(before.choice, after.choice)
    return before.table is after.table and same_choice and keeps_weights(before, after)


def renames_only(before: DataOptions, after: DataOptions) -> bool:
    """Whether two choices differ in the names of classes at most."""
    return replace(before, renames=after.renames) == after


def rename(current: Prepared, choice: DataOptions) -> Prepared:
    """What is open, with its classes under other names; nothing else moves."""
    dataset = current.dataset.renamed(dict(choice.renames))
    return replace(current, choice=choice, dataset=dataset, note="")


def next_start(wanted: TrainingConfig) -> tuple[TrainingConfig, str]:
    """Settings that start from other weights, those of the next seed, and what to say of them."""
    after = replace(wanted, seed=wanted.seed + 1, start=None)
    if wanted.initializer not in {"zeros", "saturated"}:
        return after, f"New weights, drawn with seed {after.seed}."
    note = f"“{wanted.initializer}” has only one start: small normal weights were drawn."
    return replace(after, initializer="normal"), note


def rows_by_line(before: Table, after: Table) -> Ints:
    """(rows of ``after``,) the row of ``before`` from the same line of the file, −1 for none."""
    place = np.full(int(max(before.lines.max(), after.lines.max())) + 1, -1, np.int64)
    place[before.lines] = np.arange(before.rows)
    place[0] = -1
    return place[after.lines]


def rebuild(
    current: Prepared, document: Document, choice: DataOptions, dataset: Dataset
) -> Prepared:
    """Another data set in place of the open one, with as many of the settings as still fit.

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
        return prepare(document, choice, dataset, wanted)
    except ConfigError as error:
        reset = TrainingConfig(seed=wanted.seed, epochs=wanted.epochs)
        result = prepare(document, choice, dataset, reset)
        return replace(result, note=f"Settings are back to their defaults: {error.message}")


def _carried(current: Prepared, choice: DataOptions, dataset: Dataset) -> TrainingConfig:
    wanted, before = current.wanted, current.choice
    split = replace(
        before,
        validation=choice.validation,
        seed=choice.seed,
        stratify=choice.stratify,
        renames=choice.renames,
    )
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
