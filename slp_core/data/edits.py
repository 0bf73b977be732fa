"""Edits of a table: cells changed, rows removed, rows added; each knows how to be undone.

A `Table` never changes: an edit makes another one, which shares every column that is not touched.
What undoes an edit is an edit too, and as large as what was edited, not as the table: a history of
any length costs no more than what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from slp_core.arrays import Bools, Ints, frozen
from slp_core.data.cells import Cell, as_kind, blank_like, joined, reordered, with_cells
from slp_core.data.table import Column, Kind, Table
from slp_core.errors import DataError


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell to be written: row of the table before the edit, name of the column, value."""

    row: int
    column: str
    value: Cell


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows to be put in: all columns of the table, and the place of each row afterwards.

    ``at`` (r,) are ascending places in the table after the edit; ``lines`` (r,) the lines of the
    file they came from, 0 for rows that no file has.
    """

    columns: tuple[Column, ...]
    at: Ints
    lines: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """What is done to a table, in this order: cells written, rows removed, rows put in.

    ``removed`` (r,) are ascending rows of the table before the edit. ``kinds`` are what columns
    are to be afterwards, by name: writing may turn truth values into texts, and undoing it back.
    """

    changed: tuple[CellChange, ...] = ()
    removed: Ints = field(default_factory=lambda: _no_rows())
    added: Rows | None = None
    kinds: tuple[tuple[str, Kind], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """The table after an edit, the edit that undoes it, and where each row comes from.

    ``kept`` (rows,) is each row's number in the table before, −1 for a row that was put in.
    """

    table: Table
    inverse: Edit
    kept: Ints


def new_rows(table: Table, cells: Iterable[Sequence[Cell]]) -> Edit:
    """The edit that puts rows at the end of a table; ``cells`` has a value for each column.

    Raises
    ------
    DataError
        A cell does not suit its column.
    """
    rows = [tuple(row) for row in cells]
    at = np.arange(table.rows, table.rows + len(rows), dtype=np.int64)
    columns = tuple(
        _column_of(column, [row[place] for row in rows])
        for place, column in enumerate(table.columns)
    )
    return Edit(added=Rows(columns, at, np.zeros(len(rows), np.int64)))


def without_rows(rows: Iterable[int]) -> Edit:
    """The edit that takes rows out of a table."""
    return Edit(removed=np.unique(np.fromiter(rows, np.int64)))


def moved_edit(edit: Edit, kept: Ints, rows: int) -> Edit:
    """An edit made for a table of ``rows`` rows, for what has become of the table since.

    ``kept`` is each present row's number then, −1 for rows put in since. What the edit does to
    rows that are gone is left out; rows it puts in come to the end.
    """
    place = np.full(rows, -1, np.int64)
    place[kept[kept >= 0]] = np.flatnonzero(kept >= 0)
    changed = tuple(
        replace(change, row=int(place[change.row]))
        for change in edit.changed
        if place[change.row] >= 0
    )
    removed = place[edit.removed]
    removed = np.sort(removed[removed >= 0])
    added = edit.added
    if added is not None:
        end = kept.size - removed.size
        added = replace(added, at=np.arange(end, end + added.at.size, dtype=np.int64))
    return replace(edit, changed=changed, removed=removed, added=added)


def apply_edit(table: Table, edit: Edit) -> Applied:
    """Another table, as ``edit`` says.

    Raises
    ------
    DataError
        There is no such row or column, a cell does not suit its column, or no row would be left.
    """
    _check(table, edit)
    columns, before = _written(table, edit.changed)
    removed, added = edit.removed, edit.added
    stays = np.ones(table.rows, np.bool_)
    stays[removed] = False
    kept = np.flatnonzero(stays).astype(np.int64)
    order = _order(kept, table.rows, added)
    if removed.size or added is not None:
        columns = tuple(
            reordered(joined(column, added.columns[place]) if added else column, order)
            for place, column in enumerate(columns)
        )
    columns = _of_kinds(columns, edit.kinds)
    lines = table.lines if added is None else np.concatenate([table.lines, added.lines])
    result = replace(table, columns=columns, rows=order.size, lines=frozen(lines[order]))
    kept_from = np.where(order < table.rows, order, -1)
    inverse = Edit(
        changed=_moved(before, kept_from, stays),
        removed=np.empty(0, np.int64) if added is None else added.at,
        added=_taken_out(table, removed) if removed.size else None,
        kinds=_other_kinds(table.columns, columns),
    )
    return Applied(result, inverse, frozen(kept_from))


def _written(
    table: Table, changes: Sequence[CellChange]
) -> tuple[tuple[Column, ...], list[CellChange]]:
    """The columns with cells written, and what stood there before."""
    of_column: dict[str, dict[int, Cell]] = {}
    for change in changes:
        of_column.setdefault(change.column, {})[change.row] = change.value
    columns: list[Column] = []
    before: list[CellChange] = []
    for column in table.columns:
        cells = of_column.pop(column.name, None)
        if cells is None:
            columns.append(column)
            continue
        before += [CellChange(row, column.name, column.cell(row)) for row in cells]
        columns.append(with_cells(column, cells))
    return tuple(columns), before


def _order(kept: Ints, rows: int, added: Rows | None) -> Ints:
    """(rows after,) the place of each row in the old rows followed by the added ones."""
    if added is None:
        return kept
    total = kept.size + added.at.size
    order = np.empty(total, np.int64)
    is_new = np.zeros(total, np.bool_)
    is_new[added.at] = True
    order[is_new] = np.arange(rows, rows + added.at.size)
    order[~is_new] = kept
    return order


def _of_kinds(columns: Sequence[Column], kinds: Sequence[tuple[str, Kind]]) -> tuple[Column, ...]:
    wanted = dict(kinds)
    return tuple(
        as_kind(column, wanted[column.name]) if column.name in wanted else column
        for column in columns
    )


def _other_kinds(before: Sequence[Column], after: Sequence[Column]) -> tuple[tuple[str, Kind], ...]:
    return tuple(
        (old.name, old.kind) for old, new in zip(before, after, strict=True) if old.kind != new.kind
    )


def _taken_out(table: Table, removed: Ints) -> Rows:
    columns = tuple(reordered(column, removed) for column in table.columns)
    return Rows(columns, removed, frozen(table.lines[removed]))


def _moved(before: Sequence[CellChange], kept: Ints, stays: Bools) -> tuple[CellChange, ...]:
    """What stood in the cells that are still there, by the rows of the new table."""
    if not before:
        return ()
    place = np.full(stays.size, -1, np.int64)
    place[kept[kept >= 0]] = np.flatnonzero(kept >= 0)
    return tuple(
        replace(change, row=int(place[change.row])) for change in before if stays[change.row]
    )


def _check(table: Table, edit: Edit) -> None:
    rows = [change.row for change in edit.changed]
    wrong = [row for row in (*rows, *edit.removed[[0, -1][: edit.removed.size]].tolist())
             if not 0 <= row < table.rows]  # fmt: skip
    if wrong:
        raise DataError(
            f"{table.name} has no row {wrong[0] + 1}.",
            code="table.no_row",
            hint=f"Its rows are 1 to {table.rows}.",
        )
    for name in {change.column for change in edit.changed}:
        table.column(name)
    added = 0 if edit.added is None else edit.added.at.size
    if edit.removed.size >= table.rows and not added:
        raise DataError(
            f"{table.name} would have no row left.",
            code="table.no_rows",
            hint="Leave at least one row of each of two classes.",
        )


def _column_of(like: Column, cells: Sequence[Cell]) -> Column:
    """A column of ``cells`` of the same kind as ``like``."""
    return with_cells(blank_like(like, len(cells)), dict(enumerate(cells)))


def _no_rows() -> Ints:
    return np.empty(0, np.int64)
