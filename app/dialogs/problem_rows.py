"""Problems of a table as rows of a view and as text."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from slp_core.data.dataset import Dataset
from slp_core.data.features import finite_cells
from slp_core.data.table import Column, Problem, Table

HEADERS = ("Line", "Column", "Text", "What is wrong", "What was done", "Places")
LONGEST_CELL = 80
MOST_COLUMNS = 8
"""Columns with missing cells that are named."""
SIGNS = {"\t": "tab", " ": "space", ",": "comma", ";": "semicolon", ".": "point", "|": "bar"}

Index = QModelIndex | QPersistentModelIndex


class ProblemRows(QAbstractTableModel):
    """A read-only model: a list of a million problems costs nothing until it is looked at."""

    wide_column = HEADERS.index("What is wrong")
    caps = MappingProxyType({"Column": 12, "Text": 16, "What was done": 23})
    """Letters that the other columns of words get at most; more is wrapped or in the tooltip."""

    def __init__(self, problems: Sequence[Problem], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems = tuple(problems)

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each problem."""
        return 0 if parent is not None and parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index | None = None) -> int:
        """Line, column, text, reason, outcome, number of places."""
        return 0 if parent is not None and parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns."""
        across = orientation == Qt.Orientation.Horizontal
        return HEADERS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; the tooltip of a cell has it in full."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = cells(self._problems[index.row()])[index.column()]
        whole = role == Qt.ItemDataRole.ToolTipRole or len(cell) <= LONGEST_CELL
        return cell if whole else cell[: LONGEST_CELL - 1] + "…"

    def as_text(self) -> str:
        """The whole list, columns separated by tabs."""
        lines = [HEADERS, *(cells(problem) for problem in self._problems)]
        return "\n".join("\t".join(line) for line in lines) + "\n"


def cells(problem: Problem) -> tuple[str, ...]:
    """One problem as texts, on one line each."""
    values = (
        "" if problem.line is None else str(problem.line),
        "" if problem.column is None else str(problem.column),
        problem.text,
        problem.reason,
        problem.outcome,
        f"{problem.count:,}" if problem.count > 1 else "",
    )
    return tuple(" ".join(value.split()) for value in values)


def summary_text(table: Table, dataset: Dataset | None = None) -> str:
    """How many odd places and missing cells there are, what is used, how the file was read."""
    first = [_places_text(table), *_missing_text(table), *_used_text(table, dataset)]
    dialect = table.dialect
    if table.path is None:
        return "\n".join(first)
    form = (
        f"Read as {dialect.encoding}; {_sign(dialect.delimiter)} between columns, "
        f"decimal {_sign(dialect.decimal)}."
    )
    return "\n".join([*first, form, *dialect.doubts])


def missing_cells(column: Column) -> int:
    """Cells of a column that are empty or are not a finite number."""
    return int((~finite_cells(column)).sum())


def _places_text(table: Table) -> str:
    places = sum(problem.count for problem in table.problems)
    if places:
        noun = "place" if places == 1 else "places"
        return f"{places:,} odd {noun}; {table.rows:,} rows were read."
    if any(missing_cells(column) for column in table.columns):
        return f"All {table.rows:,} rows of {table.name} were read, but cells are missing."
    return f"Nothing odd was found in {table.name}: all {table.rows:,} rows were read."


def _missing_text(table: Table) -> list[str]:
    """The columns with missing cells, those with most of them first."""
    counts = [(missing_cells(column), column.name) for column in table.columns]
    found = sorted((pair for pair in counts if pair[0]), key=lambda pair: -pair[0])
    if not found:
        return []
    words = [f"{name} {count:,}" for count, name in found[:MOST_COLUMNS]]
    more = len(found) - MOST_COLUMNS
    return [f"Missing cells: {', '.join(words)}{f' and {more} more columns' if more > 0 else ''}."]


def _used_text(table: Table, dataset: Dataset | None) -> list[str]:
    if dataset is None or not dataset.left_out:
        return []
    used, rows = table.rows - dataset.left_out, f"row{'s' if dataset.left_out > 1 else ''}"
    return [
        f"{used:,} of {table.rows:,} rows are used; {dataset.left_out:,} {rows} with a missing "
        "cell in the target or a chosen feature cannot be."
    ]


def _sign(text: str) -> str:
    """A sign by its name, where it would be lost in a sentence."""
    return SIGNS.get(text, f"“{text}”")
