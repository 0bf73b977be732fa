"""The weights as a table model: a row for each term and one for the biases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.moment import RunMoment
from app.numbers import decimals_for, fixed_text, number_text
from slp_core.arrays import Float64s, Ints
from slp_core.insight.weight_sheet import BIAS, Units, in_units, output_names

Index = QModelIndex | QPersistentModelIndex
_CALM: Final = 2
"""Decimals change when they are off by this many: not with each frame of a run."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_UNIT_NAMES: Final[dict[Units, str]] = {"scaled": "scaled", "original": "original units"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an output, and the units of its numbers."""

    output: int
    units: Units
    title: str


class WeightsModel(QAbstractTableModel):
    """Numbers as they are now; which of them may be typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.names: tuple[str, ...] = ()
        self._bias = True
        self._values: Float64s = np.empty((0, 0))
        self._decimals: Ints = np.empty((0, 0), dtype=np.int64)

    def show_run(self, run: RunMoment | None, units: Units) -> bool:
        """Take the numbers of a run; whether rows or columns are others now."""
        columns = () if run is None else _columns(run, units)
        names = () if run is None else (*run.dataset.preparation.terms, BIAS)
        self._bias = run is None or run.config.bias
        values = np.empty((0, 0)) if run is None else _values(run, columns)
        other = (columns, names) != (self.columns, self.names)
        if other:
            self.beginResetModel()
            self.columns, self.names = columns, names
            self._decimals = np.full(values.shape, -99, dtype=np.int64)
        self._values = values
        self._choose_decimals()
        if other:
            self.endResetModel()
        elif values.size:
            last = self.index(len(names) - 1, len(columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        return other

    def value(self, row: int, column: int) -> float:
        """One number."""
        return float(self._values[row, column])

    def is_learnt(self, row: int) -> bool:
        """Whether the numbers of a row may be changed: all, but for a bias that is off."""
        return self._bias or row < len(self.names) - 1

    def name_of(self, row: int, column: int) -> str:
        """``w petal length → setosa``."""
        word = f"w {self.names[row]}" if row < len(self.names) - 1 else "b"
        several = len({one.output for one in self.columns}) > 1
        return f"{word} → {self.columns[column].title}" if several else word

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.names)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self.is_learnt(index.row()) else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return fixed_text(self.value(row, column), int(self._decimals[row, column]))
        if role == Qt.ItemDataRole.EditRole:
            return repr(self.value(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].title if across else self.names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return _RIGHT if across else left
        return None

    def _tip(self, row: int, column: int) -> str:
        number = number_text(self.value(row, column), 8)
        words = (
            f"{self.name_of(row, column)} = {number} ({_UNIT_NAMES[self.columns[column].units]})"
        )
        if not self.is_learnt(row):
            return f"{words}. The bias is switched off: it is not learnt."
        return f"{words}. Type a number to change it; training goes on from there."

    def _choose_decimals(self) -> None:
        """Four digits of the largest number of a row, for each unit; calmly."""
        for units in {column.units for column in self.columns}:
            of = [n for n, column in enumerate(self.columns) if column.units == units]
            sizes = np.abs(self._values[:, of])
            largest = np.where(np.isfinite(sizes), sizes, 0.0).max(axis=1, initial=0.0)
            for row, size in enumerate(largest.tolist()):
                wanted, now = decimals_for(size), int(self._decimals[row, of[0]])
                if now == -99 or abs(wanted - now) >= _CALM or (wanted < 0) != (now < 0):
                    self._decimals[row, of] = wanted


def _columns(run: RunMoment, units: Units) -> tuple[Column, ...]:
    """One output: both units beside each other; several: the units asked for."""
    k = run.snapshot.parameters.W.shape[1]
    both = run.dataset.preparation.is_linear
    if k == 1:
        kinds: tuple[Units, ...] = ("scaled", "original") if both else ("scaled",)
        return tuple(Column(0, kind, _UNIT_NAMES[kind]) for kind in kinds)
    kind = units if both else "scaled"
    return tuple(Column(o, kind, name) for o, name in enumerate(output_names(run.dataset, k)))


def _values(run: RunMoment, columns: tuple[Column, ...]) -> Float64s:
    sheets: dict[Units, Float64s] = {}
    kinds: set[Units] = {column.units for column in columns}
    for units in kinds:
        found = in_units(run.dataset.preparation, run.snapshot.parameters, units)
        sheets[units] = np.vstack((found.W, found.b)).astype(np.float64)
    return np.stack([sheets[column.units][:, column.output] for column in columns], axis=1)
