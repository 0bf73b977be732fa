"""The menu of a cell: what the keys do, and sorting without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.tables.grid import Grid
from app.tables.model import TableModel
from app.tables.order import Sort


class Orders(Protocol):
    """What the menu can ask for."""

    def copy_rows(self) -> None:
        """Copy the selected rows."""
        ...

    def copy_cell(self) -> None:
        """Copy the current cell."""
        ...

    def remove_rows(self) -> None:
        """Remove the selected rows."""
        ...

    def sort_by(self, sort: Sort | None) -> None:
        """Sort the rows."""
        ...


class Entry(NamedTuple):
    """One line of the menu; ``keys`` are shown, the grid itself listens to them."""

    text: str
    keys: str
    enabled: bool
    act: Callable[[], object]


def cell_menu(orders: Orders, grid: Grid, model: TableModel, picked: int, is_sorted: bool) -> QMenu:
    """The menu of the current cell; ``picked`` rows are selected and shown."""
    cell = grid.currentIndex()
    here, column = cell.isValid(), cell.column()
    editable = here and bool(model.flags(cell) & Qt.ItemFlag.ItemIsEditable)
    rows = "row" if picked == 1 else f"{picked:,} rows"
    name = model.fields[column].label[:24].replace("&", "&&") if here else "this column"
    largest = Sort(column, descending=True)
    return _menu(
        [
            Entry(f"Copy {rows}", "Ctrl+C", picked > 0, orders.copy_rows),
            Entry("Copy cell", "", here, orders.copy_cell),
            Entry("Paste from here on", "Ctrl+V", editable, grid.paste_requested.emit),
            Entry("Edit cell", "F2", editable, lambda: grid.edit(cell)),
            Entry(f"Remove {rows}", "Del", picked > 0, orders.remove_rows),
            None,
            Entry(f"Sort by {name}", "", here, lambda: orders.sort_by(Sort(column))),
            Entry(f"Sort by {name}, largest first", "", here, lambda: orders.sort_by(largest)),
            Entry("Order of the file", "", is_sorted, lambda: orders.sort_by(None)),
        ],
        grid,
    )


def _menu(entries: list[Entry | None], parent: Grid) -> QMenu:
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        action = QAction(entry.text, menu)
        menu.addAction(action)
        action.setShortcut(QKeySequence(entry.keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(entry.enabled)
        action.triggered.connect(entry.act)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
