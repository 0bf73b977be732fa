"""How a weight is typed: a field over its cell."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.panels.bubble import Bubble
from app.panels.number_text import Limits
from app.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
_Key = Qt.Key


class NumberDelegate(QStyledItemDelegate):
    """Opens a field for one number; a text that is none keeps it open and says why."""

    typed = Signal(int, int, float)
    """Row, column and the new number."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The number; a line above the biases sets them apart."""
        super().paint(painter, option, index)
        if index.row() == index.model().rowCount() - 1:
            rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - not in its stubs
            painter.setPen(current_theme().border)
            painter.drawLine(rect.topLeft(), rect.topRight())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        return _NumberEditor(parent, index.row(), index.column())

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: numbers that training brings do not disturb the typing."""
        if isinstance(editor, _NumberEditor) and not editor.started:
            editor.start(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model, index
        if isinstance(editor, _NumberEditor):
            value = editor.number()
            if value is not None:
                self.typed.emit(editor.row, editor.column, value)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter and Tab do not close a field whose text is no number."""
        if isinstance(watched, _NumberEditor) and isinstance(event, QKeyEvent):
            done = event.key() in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Tab)
            if event.type() == QEvent.Type.KeyPress and done and watched.problem():
                watched.complain()
                return True
        return super().eventFilter(watched, event)  # pyright: ignore[reportArgumentType]  # a QObject


class _NumberEditor(QLineEdit):
    """The text of one number while it is typed."""

    def __init__(self, parent: QWidget, row: int, column: int) -> None:
        super().__init__(parent)
        self.row, self.column, self.started = row, column, False
        self._before = ""
        self._bubble: Bubble | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet("padding: 0px 6px; min-height: 0px; border-radius: 0px;")
        self.setAccessibleName("Weight")
        self.textEdited.connect(self._check)

    def start(self, text: str) -> None:
        """Begin with the whole number, selected."""
        self.started = True
        self._before = text
        self.setText(text)
        self.selectAll()

    def problem(self) -> str:
        """Why the text is no number; empty if it is one or was not touched."""
        if self.text() == self._before:
            return ""
        try:
            Limits().read(self.text())
        except ValueError as error:
            return str(error)
        return ""

    def number(self) -> float | None:
        """The number typed; None if there is none, or nothing was changed."""
        if self.text() == self._before or self.problem():
            return None
        value = Limits().read(self.text())
        return None if value is None else float(value)

    def complain(self) -> None:
        """Say what is wrong beside the table."""
        if self._bubble is None:
            self._bubble = Bubble(self)
        self._bubble.say(self.problem())

    def _check(self) -> None:
        wrong = bool(self.problem())
        if self._bubble is not None and not wrong:
            self._bubble.hide()
        if bool(self.property("invalid")) != wrong:
            self.setProperty("invalid", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def hideEvent(self, event: object) -> None:
        """The complaint goes with the field."""
        if self._bubble is not None:
            self._bubble.hide()
            self._bubble.deleteLater()
            self._bubble = None
        super().hideEvent(event)  # pyright: ignore[reportArgumentType]  # a QHideEvent
