"""The grid of cells: moving about in it, selecting rows, opening editors."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from app.panels.bubble import Bubble
from app.tables.delegate import CellDelegate
from app.tables.header import ColumnHeader
from app.tables.look import PADDING, Look
from app.tables.model import TableModel
from app.tables.picks import Picks

Index = QModelIndex | QPersistentModelIndex
_Key, _Standard = Qt.Key, QKeySequence.StandardKey
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_OWN: Final = frozenset(
    {_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End}
    | {_Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Delete, _Key.Key_F2, _Key.Key_Space}
)
"""Keys of the grid while it has the focus; some are shortcuts of the window elsewhere."""
_MOST_LETTERS: Final = 26
_SAMPLED: Final = 48
_NUMBER: Final = 8
"""Letters kept for a computed number, which may not be there yet."""


class Grid(QTableView):
    """Whole rows are selected, in a set of our own (see `picks`); one cell is the current one."""

    picked = Signal()
    """Other rows are selected, by a person."""
    copy_requested = Signal()
    paste_requested = Signal()
    remove_requested = Signal()
    editing_ended = Signal()
    menu_requested = Signal(QPoint)
    """A menu is asked for, at a place on the screen."""

    def __init__(self, model: TableModel, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows_model = model
        self.picks = Picks()
        self._anchor = -1
        self.complaint = Bubble(self.viewport(), below=True)
        self.delegate = CellDelegate(model, self.picks, look, self.complaint, self)
        self.header = ColumnHeader(model, look, self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))  # the style's own is a white square
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setHighlightSections(False)
        lines.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lines.setSectionsClickable(True)
        lines.sectionPressed.connect(self._line_pressed)
        self.setAccessibleName("Rows of the table")
        self._measure()

    def set_look(self, look: Look) -> None:
        """Other colours."""
        self.header.set_look(look)
        self.delegate.set_look(look)
        self._measure()
        self.viewport().update()

    def is_editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def fit_columns(self) -> None:
        """Give every column the width of its name and its first texts, up to a limit."""
        model, metrics = self._rows_model, self.fontMetrics()
        letter = metrics.horizontalAdvance("0")
        shown = min(_SAMPLED, model.rowCount())
        for column, field in enumerate(model.fields):
            longest = max((len(model.shown(row, column)) for row in range(shown)), default=0)
            longest = max(longest, model.longest_class(column))
            if field.is_outcome and field.right:
                longest = max(longest, _NUMBER)
            dot = 14 if field.is_target or field.what == "prediction" else 0
            cells = min(longest, _MOST_LETTERS) * letter + dot + 2 * PADDING + 4
            name = min(self.header.sectionSizeFromContents(column).width(), 18 * letter)
            self.setColumnWidth(column, max(cells, name))
        self._measure()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and show it, without selecting its row."""
        index = self._rows_model.index(row, column)
        self._anchor = row
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def show_row(self, row: int) -> None:
        """Scroll to a row, where it is out of sight into the middle, without moving sideways."""
        index = self._rows_model.index(row, max(0, self.columnAt(0)))
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if not (top <= row and (bottom < 0 or row < bottom)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def complain(self, text: str) -> None:
        """Say below the current cell why something cannot be."""
        self.complaint.say(text, self.visualRect(self.currentIndex()))

    def pick_all(self) -> None:
        """Select every row that the filter shows."""
        model = self._rows_model
        self._tell(self.picks.set(model.table_rows(0, model.rowCount() - 1)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Move the frame."""
        self.delegate.current = (current.row(), current.column()) if current.isValid() else None
        super().currentChanged(current, previous)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Say that nobody types any more."""
        super().closeEditor(editor, hint)
        self.editing_ended.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the row under the mouse; Ctrl adds or takes one, Shift takes all up to it."""
        super().mousePressEvent(event)
        row = self.rowAt(event.position().toPoint().y())
        right = event.button() == Qt.MouseButton.RightButton
        if row < 0:
            self._tell(self.picks.set(np.empty(0, np.int64)))
        elif not right or not self.picks.has(self._rows_model.table_row(row)):
            self._pick(row, Qt.KeyboardModifier.NoModifier if right else event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select all rows that the mouse is drawn over."""
        super().mouseMoveEvent(event)
        row = self.currentIndex().row()
        dragged = event.buttons() == Qt.MouseButton.LeftButton and not self.is_editing()
        if dragged and row >= 0 and self._anchor >= 0:
            self._span(row, add=bool(event.modifiers() & _CONTROL))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, at the mouse or at the current cell."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            cell = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(cell.center())
        self.menu_requested.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select with the keys, copy, remove."""
        if event.matches(_Standard.Copy):
            self.copy_requested.emit()
        elif event.matches(_Standard.Paste):
            self.paste_requested.emit()
        elif event.matches(_Standard.SelectAll):
            self.pick_all()
        elif event.key() == _Key.Key_Delete:
            self.remove_requested.emit()
        elif event.key() == _Key.Key_Space:
            self._toggle_current()
        else:
            before = self.currentIndex().row()
            super().keyPressEvent(event)
            row = self.currentIndex().row()
            if row >= 0 and row != before and not self.is_editing():
                self._moved(row, before, event.modifiers())

    def keyboardSearch(self, search: str) -> None:
        """Letters are not for the grid: Qt would look through a million rows for a beginning."""

    def event(self, event: QEvent) -> bool:
        """Claim the grid's own keys before they become shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = event.key() in _OWN and not event.modifiers() & Qt.KeyboardModifier.AltModifier
            pastes = self.currentIndex().isValid() and event.matches(_Standard.Paste)
            if (
                wanted
                or pastes
                or event.matches(_Standard.Copy)
                or event.matches(_Standard.SelectAll)
            ):
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type needs other heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        """Heights of the rows and the width of their numbers, in today's type."""
        metrics = self.fontMetrics()
        self.delegate.set_metrics(metrics)
        lines = self.verticalHeader()
        lines.setDefaultSectionSize(metrics.height() + PADDING)
        contents = self._rows_model.contents
        largest = contents.table.rows if contents is not None else 0
        digits = max(len(str(largest)), 3)
        lines.setFixedWidth(metrics.horizontalAdvance("0" * digits) + 3 * PADDING)

    def _pick(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select as a click on a row does."""
        if modifiers & _SHIFT and self._anchor >= 0:
            self._span(row, add=bool(modifiers & _CONTROL))
            return
        self._anchor = row
        table_row = self._rows_model.table_row(row)
        if modifiers & _CONTROL:
            self._tell(self.picks.toggle(table_row))
        else:
            self._tell(self.picks.set(np.array([table_row])))

    def _moved(self, row: int, before: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select as a move by a key does; with Ctrl only the frame moves."""
        if modifiers & _SHIFT:
            self._anchor = before if self._anchor < 0 else self._anchor
            self._span(row, add=False)
        elif not modifiers & _CONTROL or row in (0, self._rows_model.rowCount() - 1):
            self._pick(row, Qt.KeyboardModifier.NoModifier)

    def _span(self, row: int, *, add: bool) -> None:
        """Select all rows between the anchor and ``row``."""
        first, last = sorted((min(self._anchor, self._rows_model.rowCount() - 1), row))
        rows = self._rows_model.table_rows(first, last)
        self._tell(self.picks.add(rows) if add else self.picks.set(rows))

    def _toggle_current(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self._pick(row, _CONTROL)

    def _line_pressed(self, row: int) -> None:
        """A click on its number is a click on its row."""
        self.setCurrentIndex(self._rows_model.index(row, max(0, self.columnAt(0))))
        self._pick(row, QApplication.keyboardModifiers())

    def _tell(self, changed: bool) -> None:
        if changed:
            self.viewport().update()
            self.picked.emit()
