"""Target, features and rows chosen together: what one is decides what the others can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from slp_core.arrays import Ints
from slp_core.data.features import finite_cells
from slp_core.data.inputs import Source
from slp_core.data.missing import usable_rows
from slp_core.data.selection import select_features
from slp_core.data.table import Column, Table
from slp_core.data.target import Target, check_filled, code_target, likely_targets
from slp_core.errors import ConfigError, DataError


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a data set is made of: the coded target of the usable rows, and the features.

    ``notes`` are about whole columns, whatever becomes of the rows.
    """

    column: Column
    coded: Target
    sources: tuple[Source, ...]
    rows: Ints
    notes: tuple[str, ...]


def choose(
    table: Table,
    target: str | None,
    features: Sequence[str] | None,
    task: str | None,
    *,
    fills: bool = False,
) -> Choice:
    """The target's column, named or guessed, and what can be learnt about it.

    A guess that cannot be learnt gives way to the next likely column, and a note says so.
    ``fills`` says that missing cells of the features will be filled; those of the target never.

    Raises
    ------
    DataError
        The named target, or every column that is there, cannot be learnt from the others.
    ConfigError
        ``task`` does not suit the target.
    """
    if target is not None:
        return _choice(table, table.column(target), features, task, fills)
    known = frozenset(table.names)
    for name in features or ():
        if name not in known:
            table.column(name)
    failures: list[DataError | ConfigError] = []
    candidates = likely_targets(table, features)
    for column in candidates:
        try:
            if failures:
                _check_alone(table, column, task)
            choice = _choice(table, column, features, task, fills)
        except (DataError, ConfigError) as error:
            if isinstance(error, ConfigError) and not failures:
                raise
            failures.append(error)
            continue
        return _with_reason(choice, candidates[0], failures)
    raise _nothing_serves(table, candidates, failures)


def _choice(
    table: Table, column: Column, features: Sequence[str] | None, task: str | None, fills: bool
) -> Choice:
    check_filled(table, column)
    has_target = finite_cells(column)
    selection = select_features(table, column.name, features, has_target, fills=fills)
    rows = usable_rows(table, selection.usable & has_target)
    coded = code_target(table, column, rows, task)
    return Choice(column, coded, selection.sources, rows, selection.notes)


def _check_alone(table: Table, column: Column, task: str | None) -> None:
    """Refuse an impossible target before the features are looked at: there may be thousands."""
    check_filled(table, column)
    code_target(table, column, np.flatnonzero(finite_cells(column)), task)


def _with_reason(
    choice: Choice, usual: Column, failures: Sequence[DataError | ConfigError]
) -> Choice:
    """The choice with a note on why it is not the usual one."""
    if not failures:
        return choice
    why = failures[0].message.removeprefix("The target column ").removeprefix("The target ")
    if why == failures[0].message:
        why = f"with {usual.name!r}, {why}"
    note = f"{choice.column.name}: taken as the target, because {why}"
    return replace(choice, notes=(note, *choice.notes))


def _nothing_serves(
    table: Table, candidates: Sequence[Column], failures: Sequence[DataError | ConfigError]
) -> DataError | ConfigError:
    if failures and (
        len(failures) == 1 or failures[0].code in ("data.no_rows", "data.no_features")
    ):
        return failures[0]
    reasons = [
        f"{column.name}: {failure.message}"
        for column, failure in zip(candidates, failures, strict=True)
    ]
    more = f" So it is with {len(reasons) - 5} more." if len(reasons) > 5 else ""
    return DataError(
        f"{table.name} has no column that could be a target.",
        code="data.no_target",
        path=table.path,
        hint=" ".join(reasons[:5]) + more or "No column is left besides the features and dates.",
    )
