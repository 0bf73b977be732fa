"""Which rows are shown, and in what order: an array of row numbers, made anew for each wish.

A proxy model would map every index through Python; 1M rows would take it seconds to sort.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.tables.collation import text_ranks
from app.tables.contents import Contents
from app.tables.fields import Field
from app.tables.judge import Judge, Judged
from slp_core.arrays import Bools, Floats, Ints, frozen


class Control(Protocol):
    """How a piece of work is stopped and says how far it is (see `app.jobs.JobControl`)."""

    def cancelled(self) -> bool:
        """Whether to stop."""
        ...

    def progress(self, share: float) -> None:
        """Say that ``share`` of the work is done."""
        ...


class Quiet:
    """Work that is done at once: nobody stops it or looks on."""

    def cancelled(self) -> bool:
        """Never."""
        return False

    def progress(self, share: float) -> None:
        """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column of the view, and whether the largest come first."""

    column: int
    descending: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """The rows that are wanted.

    ``picked`` (rows,) says which rows are selected; it is needed by the filter "selected" only.
    """

    contents: Contents
    judge: Judge | None
    filter: str = "all"
    sort: Sort | None = None
    picked: Bools | None = None

    @property
    def by_outcome(self) -> bool:
        """Whether the answer changes with the weights."""
        fields = self.contents.fields
        by = self.sort is not None and fields[self.sort.column].is_outcome
        return by or self.filter == "mistakes"

    @property
    def cost(self) -> int:
        """About how many steps the answer takes: rows to be sorted, texts to be compared."""
        fields, cost = self.contents.fields, 0
        if self.filter != "all" or self.sort is not None:
            cost = self.contents.table.rows
        if self.sort is not None and fields[self.sort.column].source >= 0:
            column = self.contents.column(fields[self.sort.column])
            cost += 10 * len(column.distinct)
        return cost


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows to show; ``nothing`` is said where there is none."""

    key: str
    label: str
    summary: str
    nothing: str
    rows: Callable[[Wish, Control], Bools | None]
    """(rows,) which rows; None where no model can tell yet."""


def _samples(wish: Wish) -> int:
    dataset = wish.contents.dataset
    return dataset.samples if dataset is not None else 0


def _mistakes(wish: Wish, control: Control) -> Bools | None:
    wrong = _by_sample(wish, control, lambda judged: judged.wrong & judged.known, False)
    return None if wrong is None else wrong.astype(np.bool_)


FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        row.key: row
        for row in (
            Filter(
                "all",
                "All rows",
                "Every row of the table.",
                "The table has no rows.",
                lambda wish, _: np.ones(wish.contents.table.rows, np.bool_),
            ),
            Filter(
                "mistakes",
                "Mistakes",
                "Rows that the network predicts wrongly.",
                "No mistakes: every row is right.",
                _mistakes,
            ),
            Filter(
                "selected",
                "Selected",
                "Rows that are selected here or in a plot.",
                "No row is selected. Click points in a plot, or rows in this table.",
                lambda wish, _: wish.picked,
            ),
            Filter(
                "training",
                "Training",
                "Rows that train the network.",
                "No row trains the network.",
                lambda wish, _: (
                    (wish.contents.sample_of >= 0) & (wish.contents.sample_of < _samples(wish))
                ),
            ),
            Filter(
                "validation",
                "Validation",
                "Rows held out: they measure the network and never train it.",
                "No row is held out for validation. The share is set with the data.",
                lambda wish, _: wish.contents.sample_of >= _samples(wish),
            ),
            Filter(
                "left_out",
                "Left out",
                "Rows that cannot be used, because a cell is missing.",
                "Every row is used: none is left out.",
                lambda wish, _: wish.contents.sample_of < 0,
            ),
        )
    }
)


def arranged(wish: Wish, control: Control) -> Ints | None:
    """(m,) the rows to be shown, in order; None: all in the order of the file.

    Sorting is stable, missing values come last in both directions.
    """
    rows: Ints | None = None
    if wish.filter != "all":
        chosen = FILTERS[wish.filter].rows(wish, control)
        rows = np.empty(0, np.int64) if chosen is None else np.flatnonzero(chosen)
    control.progress(0.4)
    if wish.sort is not None:
        keys = sort_keys(wish, wish.contents.fields[wish.sort.column], control)
        if keys is not None and not control.cancelled():
            part = keys if rows is None else keys[rows]
            order = np.argsort(-part if wish.sort.descending else part, kind="stable")
            rows = order if rows is None else rows[order]
    return None if rows is None else frozen(rows)


def sort_keys(wish: Wish, field: Field, control: Control) -> Floats | None:
    """(rows,) a number for each row, NaN where there is no value; None: nothing to sort by yet."""
    if field.what == "cell":
        column = wish.contents.column(field)
        if column.numbers is not None:
            return column.numbers
        codes: NDArray[Any] = np.asarray(column.codes)
        return text_ranks(column.distinct)[codes]
    if field.what == "part":
        sample = wish.contents.sample_of
        return np.where(sample < 0, 2.0, (sample >= _samples(wish)).astype(np.float64))
    return _by_sample(wish, control, _KEYS[field.what], np.nan)


def _by_sample(
    wish: Wish, control: Control, read: Callable[[Judged], NDArray[Any]], otherwise: float
) -> Floats | None:
    """(rows,) what is read off each sample; ``otherwise`` where a row is left out."""
    if wish.judge is None:
        return None
    total = len(wish.judge.dataset.prepared)
    told = np.full(total, otherwise, np.float64)
    for rows, judged in wish.judge.blocks():
        if control.cancelled():
            return None
        told[rows] = np.where(judged.known, read(judged), otherwise)
        control.progress(0.4 * rows.stop / total)
    result = np.full(wish.contents.table.rows, otherwise, np.float64)
    result[wish.judge.dataset.row_index] = told
    return result


def _decision(judged: Judged) -> NDArray[Any]:
    return judged.values if judged.errors.size else judged.decided


def _error(judged: Judged) -> NDArray[Any]:
    """Signed errors in regression; else mistakes come first."""
    return judged.errors if judged.errors.size else ~judged.wrong


_KEYS: Mapping[str, Callable[[Judged], NDArray[Any]]] = MappingProxyType(
    {
        "prediction": _decision,
        "error": _error,
        "certainty": lambda judged: judged.values,
        "loss": lambda judged: judged.losses,
    }
)
