"""Target, features and rows chosen together: what one is decides what the others can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from slp_core.arrays import Ints
from slp_core.data.features import counted, finite_cells, lines_text
from slp_core.data.selection import Source, select_features
from slp_core.data.table import Column, Table
from slp_core.data.target import Target, check_filled, code_target, likely_targets
from slp_core.errors import ConfigError, DataError


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a data set is made of: the coded target of the usable rows, and the features."""

    column: Column
    coded: Target
    sources: tuple[Source, ...]
    rows: Ints
    notes: tuple[str, ...]


def choose(
    table: Table, target: str | None, features: Sequence[str] | None, task: str | None
) -> Choice:
    """The target's column, named or guessed, and what can be learnt about it.

    A guess that cannot be learnt gives way to the next likely column, and a note says so.

    Raises
    ------
    DataError
        The named target, or every column that is there, cannot be learnt from the others.
    ConfigError
        ``task`` does not suit the target.
    """
    if target is not None:
        return _choice(table, table.column(target), features, task)
    for name in features or ():
        table.column(name)
    failures: list[DataError | ConfigError] = []
    candidates = likely_targets(table, features)
    for column in candidates:
        try:
            if failures:
                _check_alone(table, column, task)
            choice = _choice(table, column, features, task)
        except (DataError, ConfigError) as error:
            if isinstance(error, ConfigError) and not failures:
                raise
            failures.append(error)
            continue
        return _with_reason(choice, candidates[0], failures)
    raise _nothing_serves(table, candidates, failures)


def _choice(
    table: Table, column: Column, features: Sequence[str] | None, task: str | None
) -> Choice:
    check_filled(table, column)
    has_target = finite_cells(column)
    selection = select_features(table, column.name, features, has_target)
    rows = np.flatnonzero(selection.usable & has_target)
    if not rows.size:
        raise DataError(
            f"{table.name} has no row in which every chosen column has a value.",
            code="data.no_rows",
            path=table.path,
            hint="Leave out the columns with many missing cells, or choose another target.",
        )
    coded = code_target(table, column, rows, task)
    notes = [*_total(table, rows), *selection.notes]
    missing = np.flatnonzero(~has_target)
    if missing.size:
        count, lines = counted(missing.size, "row"), lines_text(table, missing)
        notes.append(f"{column.name}: the target is missing in {count} ({lines}).")
    return Choice(column, coded, selection.sources, rows, tuple(notes))


def _check_alone(table: Table, column: Column, task: str | None) -> None:
    """Refuse an impossible target before the features are looked at: there may be thousands."""
    check_filled(table, column)
    code_target(table, column, np.flatnonzero(finite_cells(column)), task)


def _total(table: Table, rows: Ints) -> list[str]:
    left_out = table.rows - rows.size
    if not left_out:
        return []
    used, out = ("is" if count == 1 else "are" for count in (rows.size, left_out))
    return [
        f"{rows.size} of {table.rows} rows {used} used;"
        f" {left_out} {out} left out because a cell is missing."
    ]


def _with_reason(
    choice: Choice, usual: Column, failures: Sequence[DataError | ConfigError]
) -> Choice:
    """The choice with a note, after the total, on why it is not the usual one."""
    if not failures:
        return choice
    why = failures[0].message.removeprefix("The target column ").removeprefix("The target ")
    if why == failures[0].message:
        why = f"with {usual.name!r}, {why}"
    note = f"{choice.column.name}: taken as the target, because {why}"
    place = 1 if choice.rows.size < len(choice.column) else 0
    return replace(choice, notes=(*choice.notes[:place], note, *choice.notes[place:]))


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
