"""Missing cells: which rows they cost, and what is said about them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from slp_core.arrays import Bools, Ints
from slp_core.data.features import counted, finite_cells, lines_text
from slp_core.data.table import Column, Table
from slp_core.errors import DataError


def usable_rows(table: Table, usable: Bools) -> Ints:
    """The rows that can be used, of (rows,) whether each can.

    Raises
    ------
    DataError
        There is none.
    """
    rows = np.flatnonzero(usable)
    if not rows.size:
        raise DataError(
            f"{table.name} has no row in which every chosen column has a value.",
            code="data.no_rows",
            path=table.path,
            hint="Leave out the columns with many missing cells, or choose another target.",
        )
    return rows


def total_notes(table: Table, rows: Ints) -> list[str]:
    """How many rows are used, if not all."""
    left_out = table.rows - rows.size
    if not left_out:
        return []
    used, out = ("is" if count == 1 else "are" for count in (rows.size, left_out))
    return [
        f"{rows.size} of {table.rows} rows {used} used;"
        f" {left_out} {out} left out because a cell is missing."
    ]


def gap_notes(table: Table, columns: Sequence[str], target: Column) -> list[str]:
    """A sentence about each column that is used and has missing cells; the target comes last."""
    notes: list[str] = []
    for name in columns:
        gaps = np.flatnonzero(~finite_cells(table.column(name)))
        if gaps.size:
            cells = counted(gaps.size, "cell")
            notes.append(f"{name}: {cells} missing ({lines_text(table, gaps)}).")
    gaps = np.flatnonzero(~finite_cells(target))
    if gaps.size:
        count, lines = counted(gaps.size, "row"), lines_text(table, gaps)
        notes.append(f"{target.name}: the target is missing in {count} ({lines}).")
    return notes
