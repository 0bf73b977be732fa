"""How a weight is typed: a field over its cell."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.panels.bubble import Bubble
from app.panels.judged_field import JudgedField
from app.panels.number_text import Limits
from app.theme import current_theme

Index = QModelIndex | QPersistentModelIndex


class NumberDelegate(QStyledItemDelegate):
    """Opens a field for one number; a text that is none keeps it open and says why."""

    typed = Signal(int, int, float)
    """Row, column and the new number."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._bubble = Bubble(view.viewport(), below=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The number; a line above the biases sets them apart."""
        super().paint(painter, option, index)
        if index.row() == index.model().rowCount() - 1:
            rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - not in its stubs
            painter.setPen(current_theme().border)
            painter.drawLine(rect.topLeft(), rect.topRight())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        return _NumberEditor(parent, self._bubble, index.row(), index.column())

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: numbers that training brings do not disturb the typing."""
        if isinstance(editor, _NumberEditor) and not editor.is_started:
            editor.start(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model, index
        if isinstance(editor, _NumberEditor):
            value = editor.number()
            if value is not None:
                self.typed.emit(editor.row, editor.column, value)
            editor.give_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab do not close a field whose text is no number."""
        if isinstance(watched, _NumberEditor) and watched.keeps(event):
            return True
        return super().eventFilter(watched, event)


class _NumberEditor(JudgedField):
    """The text of one number while it is typed."""

    def __init__(self, parent: QWidget, bubble: Bubble, row: int, column: int) -> None:
        super().__init__(parent, bubble, _refusal)
        self.row, self.column = row, column
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet("padding: 0px 6px; min-height: 0px; border-radius: 0px;")
        self.setAccessibleName("Weight")

    def number(self) -> float | None:
        """The number typed; None if there is none, or nothing was changed."""
        if not self.is_changed() or self.complaint():
            return None
        value = Limits().read(self.text())
        return None if value is None else float(value)


def _refusal(text: str) -> str:
    """Why a text is no number."""
    try:
        Limits().read(text)
    except ValueError as error:
        return str(error)
    return ""
