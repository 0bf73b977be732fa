"""The table of runs as a Qt model: only cells whose text has changed are said to have."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.moment import Moment, RunMoment
from app.panels.run_columns import RunColumn, RunRows, columns_of, rows_of
from app.runs_look import line_color, line_dash
from app.theme import THEMES, Theme

Index = QModelIndex | QPersistentModelIndex
SAMPLE = (26, 14)
"""Pixels of the sample of a run's line."""
_NOTHING = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RunModel(QAbstractTableModel):
    """Rows are sorted when a person asks for it, or runs come and go: never while they train."""

    renamed = Signal(int, str)
    """The number of a run, and the name a person has typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._rows = RunRows((), None)
        self.runs: tuple[RunMoment, ...] = ()
        """The runs in the order of the rows."""
        self.columns: tuple[RunColumn, ...] = ()
        self._texts: list[list[str]] = []
        self._sorted: tuple[str, bool] | None = None

    def set_theme(self, theme: Theme) -> None:
        """Draw the samples of the lines anew."""
        self._theme = theme
        if self.runs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.runs) - 1, 0))

    def show_moment(self, moment: Moment | None) -> bool:
        """Take over the runs; says whether rows or columns are others than before."""
        rows = rows_of(moment)
        columns = columns_of(rows)
        same_rows = {run.run for run in rows.runs} == {run.run for run in self.runs}
        same = same_rows and [c.key for c in columns] == [c.key for c in self.columns]
        if same:
            self._refresh(rows, columns)
            return False
        self.beginResetModel()
        self._rows, self.columns = rows, columns
        self.runs = self._in_order(rows.runs)
        self._texts = self._write()
        self.endResetModel()
        return True

    def state(self, run: RunMoment) -> str:
        """What a run is at present, in one word."""
        return self._rows.state(run)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows as they are now; a column of -1 is the order of the runs."""
        known = 0 <= column < len(self.columns)
        descending = order == Qt.SortOrder.DescendingOrder
        self._sorted = (self.columns[column].key, descending) if known else None
        self.layoutAboutToBeChanged.emit()
        self.runs = self._in_order(self._rows.runs)
        self._texts = self._write()
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == 0 else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run, column = self.runs[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.heading}: {self._texts[index.row()][index.column()] or '–'}"
        if role == Qt.ItemDataRole.DecorationRole and column.key == "name":
            return _sample(run, self._theme)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        run = self.runs[index.row()]
        if role != Qt.ItemDataRole.EditRole or str(value) == run.name:
            return False
        self.renamed.emit(run.run, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.tip} A click sorts by it."
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        return None

    def _refresh(self, rows: RunRows, columns: tuple[RunColumn, ...]) -> None:
        """The same runs a moment later: an open editor and the selection stay."""
        newest = {run.run: run for run in rows.runs}
        before, lines = self._texts, [(run.line, run.pinned) for run in self.runs]
        self._rows, self.columns = rows, columns
        self.runs = tuple(newest[run.run] for run in self.runs)
        self._texts = self._write()
        for row, (old, new) in enumerate(zip(before, self._texts, strict=True)):
            for column, (was, is_) in enumerate(zip(old, new, strict=True)):
                run = self.runs[row]
                if was != is_ or (column == 0 and lines[row] != (run.line, run.pinned)):
                    place = self.index(row, column)
                    self.dataChanged.emit(place, place)

    def _write(self) -> list[list[str]]:
        return [[column.text(run) for column in self.columns] for run in self.runs]

    def _in_order(self, runs: tuple[RunMoment, ...]) -> tuple[RunMoment, ...]:
        if self._sorted is None:
            return runs
        key, descending = self._sorted
        column = next((column for column in self.columns if column.key == key), None)
        if column is None:
            return runs
        known = sorted(
            (run for run in runs if not column.order(run)[0]), key=column.order, reverse=descending
        )
        rest = sorted((run for run in runs if column.order(run)[0]), key=column.order)
        return (*known, *rest)


def _sample(run: RunMoment, theme: Theme) -> QPixmap:
    """A piece of the line that stands for a run in the plots; nothing where it is not drawn."""
    width, height = SAMPLE
    result = QPixmap(2 * width, 2 * height)
    result.setDevicePixelRatio(2.0)
    result.fill(Qt.GlobalColor.transparent)
    if run.live or run.pinned:
        pen = QPen(QColor(line_color(theme, run.line)), 2.6)
        if line_dash(run.line):
            pen.setDashPattern(list(line_dash(run.line)))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawLine(1, height // 2, width - 3, height // 2)
        painter.end()
    return result
