"""A table, its data set and the network's answers as a Qt model: nothing is copied or mapped."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.tables.contents import Contents, column_texts
from app.tables.fields import Field
from app.tables.judge import Judge
from app.tables.pages import Pages
from app.tables.words import as_tip, outcome_tip, part_tip
from app.tables.writing import edit_of
from slp_core.arrays import Ints
from slp_core.errors import DataError

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LONGEST_NAME = 24


class TableModel(QAbstractTableModel):
    """Rows in an order of their own: `set_order` takes the place of a proxy model.

    A proxy would call Python for every index it maps. Here sorting a million rows is one array.
    """

    edit_made = Signal(object, str)
    """An `Edit` and what undoing it is called."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contents: Contents | None = None
        self._judge: Judge | None = None
        self._order: Ints | None = None
        self._pages: Pages | None = None
        self._fields: tuple[Field, ...] = ()

    @property
    def contents(self) -> Contents | None:
        """What is shown."""
        return self._contents

    @property
    def judge(self) -> Judge | None:
        """The weights whose answers are shown."""
        return self._judge

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, from the left."""
        return self._fields

    @property
    def order(self) -> Ints | None:
        """The table's rows in the order of the view; None: all, as in the file."""
        return self._order

    def set_contents(
        self, contents: Contents | None, judge: Judge | None, order: Ints | None = None
    ) -> None:
        """Show another table, or another state of it."""
        self.beginResetModel()
        self._contents, self._judge = contents, judge
        self._fields = () if contents is None else contents.fields
        self._take(order)
        self.endResetModel()

    def set_order(self, order: Ints | None) -> None:
        """Show these rows in this order; None: all, as in the file."""
        if self._contents is None:
            return
        rows = self._contents.table.rows if order is None else order.size
        if rows != self.rowCount():
            self.beginResetModel()
            self._take(order)
            self.endResetModel()
            return
        self._take(order)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, self.columnCount() - 1))

    def set_judge(self, judge: Judge | None) -> None:
        """Show the answers of other weights; tells nobody, the view repaints what is visible."""
        self._judge = judge
        if self._pages is not None:
            self._pages.forget(judge)

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows that pass the filter."""
        flat = parent is None or not parent.isValid()
        return self._pages.rows if flat and self._pages is not None else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """The table's columns and the computed ones."""
        return len(self.fields) if parent is None or not parent.isValid() else 0

    def shown(self, row: int, column: int) -> str:
        """A cell as it is painted."""
        if self._pages is None:
            return ""
        page, place = self._pages.at(row)
        return page.texts(column)[place]

    def longest_class(self, column: int) -> int:
        """Letters of the longest class that a column may name; 0 if it names none."""
        field = self._fields[column]
        dataset = self._contents.dataset if self._contents else None
        names = dataset is not None and (field.is_target or field.what == "prediction")
        return max(map(len, dataset.classes), default=0) if dataset and names else 0

    def is_wrong(self, row: int) -> bool:
        """Whether the network is wrong about a row of the view."""
        if self._pages is None:
            return False
        page, place = self._pages.at(row)
        return page.is_wrong(place)

    def label(self, row: int, column: int) -> int:
        """The class that a cell names, −1 if it names none."""
        if self._pages is None:
            return -1
        page, place = self._pages.at(row)
        return page.label(place, self.fields[column])

    def table_row(self, row: int) -> int:
        """The table's row behind a row of the view."""
        return row if self._order is None else int(self._order[row])

    def table_rows(self, first: int, last: int) -> Ints:
        """The table's rows behind the view's rows ``first`` to ``last``, both included."""
        return np.empty(0, np.int64) if self._pages is None else self._pages.table_rows(first, last)

    def table_rows_at(self, places: Ints) -> Ints:
        """The table's rows behind some of the view's rows."""
        return places if self._order is None else self._order[places]

    def places(self, rows: Ints) -> Ints:
        """Where some of the table's rows are in the view, ascending; hidden ones left out."""
        if self._order is None:
            return np.sort(rows)
        found = self._place_of[rows]
        return np.sort(found[found >= 0]).astype(np.int64)

    @cached_property
    def _place_of(self) -> NDArray[np.int32]:
        """(rows,) the view's row of each row of the table, −1 where the filter hides it."""
        assert self._contents is not None  # noqa: S101 - asked for by places() with an order only
        assert self._order is not None  # noqa: S101
        result = np.full(self._contents.table.rows, -1, np.int32)
        result[self._order] = np.arange(self._order.size, dtype=np.int32)
        return result

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts, whole texts to edit, and tooltips; the delegate paints and asks `shown`."""
        if self._contents is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _Role.DisplayRole:
            return self.shown(row, column)
        if role == _Role.EditRole:
            return self._whole(row, self.fields[column])
        if role == _Role.ToolTipRole:
            return as_tip(self._tip(row, self.fields[column]))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Names of the columns; numbers of the rows, as all views count them."""
        if self._contents is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            row = self.table_row(section)
            if role == _Role.DisplayRole:
                return str(row + 1)
            return as_tip(self._origin(row)) if role == _Role.ToolTipRole else None
        field = self.fields[section]
        if role == _Role.DisplayRole:
            return field.label
        return as_tip(f"{field.label}\n{field.tip}") if role == _Role.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the table can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.fields[index.column()].source >= 0:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Ask for a cell to be written; what cannot be written is refused silently here."""
        if role != _Role.EditRole or self._contents is None or not index.isValid():
            return False
        field, row = self.fields[index.column()], self.table_row(index.row())
        try:
            edit = edit_of(self._contents, field, row, str(value))
        except DataError:
            return False
        if edit is not None:
            self.edit_made.emit(edit, f"Change {_cut(field.label)} in row {row + 1:,}")
        return edit is not None

    def _take(self, order: Ints | None) -> None:
        self._order = order
        self.__dict__.pop("_place_of", None)
        self._pages = None if self._contents is None else Pages(self._contents, self._judge, order)

    def _whole(self, row: int, field: Field) -> str:
        """A cell in full."""
        if self._contents is None or field.source < 0:
            return ""
        rows = np.array([self.table_row(row)])
        text = column_texts(self._contents.column(field), rows)[0]
        return self._contents.shown_names.get(text, text) if field.is_target else text

    def _tip(self, row: int, field: Field) -> str:
        assert self._contents is not None  # noqa: S101 - data() asks only then
        assert self._pages is not None  # noqa: S101
        table_row = self.table_row(row)
        if field.what == "cell":
            return self._whole(row, field) or "No value."
        if field.what == "part":
            return part_tip(self._contents, table_row)
        page, place = self._pages.at(row)
        return outcome_tip(field, self._contents, page.judged(), table_row, page.place[place])

    def _origin(self, row: int) -> str:
        """Where a row of the table comes from."""
        assert self._contents is not None  # noqa: S101 - headerData() asks only then
        name = self._contents.table.row_name(row).capitalize()
        return f"{name}." if self._contents.line(row) else f"{name}: no file has it yet."


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
