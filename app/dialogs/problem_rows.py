"""Problems of a table as rows of a view and as text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from slp_core.data.table import Problem, Table

HEADERS = ("Line", "Column", "Text", "What is wrong", "What was done", "Places")
LONGEST_CELL = 80
SIGNS = {"\t": "tab", " ": "space", ",": "comma", ";": "semicolon", ".": "point", "|": "bar"}

Index = QModelIndex | QPersistentModelIndex


class ProblemRows(QAbstractTableModel):
    """A read-only model: a list of a million problems costs nothing until it is looked at."""

    wide_column = HEADERS.index("What is wrong")

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


def summary_text(table: Table) -> str:
    """How many places there are and of what kinds, and how the file was read."""
    places = sum(problem.count for problem in table.problems)
    if not places:
        first = f"Nothing odd was found in {table.name}: all {table.rows:,} rows were read."
    else:
        noun = "place" if places == 1 else "places"
        first = f"{places:,} odd {noun}; {table.rows:,} rows were read."
    dialect = table.dialect
    if table.path is None:
        return first
    form = (
        f"Read as {dialect.encoding}; {_sign(dialect.delimiter)} between columns, "
        f"decimal {_sign(dialect.decimal)}."
    )
    return "\n".join([first, form, *dialect.doubts])


def _sign(text: str) -> str:
    """A sign by its name, where it would be lost in a sentence."""
    return SIGNS.get(text, f"“{text}”")
