"""A name in the list of classes: its line, and the field it is changed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.panels.bubble import Bubble
from app.panels.judged_field import JudgedField
from app.theme import GRID

Index = QModelIndex | QPersistentModelIndex
Judge = Callable[[int, str], str]
"""Why a line cannot be called so; empty if it can."""


class NameDelegate(QStyledItemDelegate):
    """Opens a field beside the mark; a name that cannot be keeps it open and says why."""

    renamed = Signal(int, str)
    """Line and what was typed."""

    def __init__(self, view: QAbstractItemView, judge: Judge) -> None:
        super().__init__(view)
        self._view, self._judge = view, judge
        self._bubble = Bubble(view.viewport())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough for the field to fit into the line."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), self._view.fontMetrics().height() + GRID)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        row = index.row()
        editor = JudgedField(parent, self._bubble, lambda text: self._judge(row, text))
        editor.setStyleSheet("padding: 0px 4px; min-height: 0px; border-radius: 3px;")
        editor.setAccessibleName("Name of the class")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: what is told meanwhile does not disturb the typing."""
        if isinstance(editor, JudgedField) and not editor.is_started:
            editor.start(str(index.data(Qt.ItemDataRole.DisplayRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model
        if not isinstance(editor, JudgedField) or not editor.is_changed():
            return
        if editor.complaint():
            editor.give_up()
        else:
            self.renamed.emit(index.row(), editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Beside the mark, no higher than the line."""
        super().updateEditorGeometry(editor, option, index)
        line: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - not in its stubs
        place = editor.geometry()
        editor.setGeometry(QRect(place.left(), line.top(), place.width(), line.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab do not close a field whose text cannot be a name."""
        if isinstance(watched, JudgedField) and watched.keeps(event):
            return True
        return super().eventFilter(watched, event)
