"""How a cell is painted and edited."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.numbers import NONE
from app.panels.bubble import Bubble
from app.tables.editor import CellEditor
from app.tables.look import DOT, PADDING, Look
from app.tables.model import TableModel
from app.tables.picks import Picks
from app.tables.words import CROSS
from app.tables.writing import offered, refusal

Index = QModelIndex | QPersistentModelIndex
_SIDE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEFT: Final = int(_SIDE | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_RIGHT: Final = int(_SIDE | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)


class CellDelegate(QStyledItemDelegate):
    """Paints from `TableModel.shown`: one call of Python for each cell instead of seven.

    Qt's own painting asks the model for a text, a font, two brushes, an alignment, an icon and a
    check mark, each through Python.
    """

    def __init__(
        self, model: TableModel, picks: Picks, look: Look, bubble: Bubble, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model, self._picks, self._look = model, picks, look
        self._bubble = bubble
        self.current: tuple[int, int] | None = None
        """Row and column of the view that get a frame."""
        self.set_metrics(QFontMetrics(bubble.font()))

    def set_look(self, look: Look) -> None:
        """Other colours."""
        self._look = look

    def set_metrics(self, metrics: QFontMetrics) -> None:
        """Another size of type."""
        self._widest = max(1, metrics.horizontalAdvance("W"))
        self._metrics = metrics

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell: ground, text, a dot in the colour of the class it names."""
        row, column, model, look = index.row(), index.column(), self._model, self._look
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - not in its stubs
        field = model.fields[column]
        text = model.shown(row, column)
        computed = field.source < 0
        if self._picks.has(model.table_row(row)):
            painter.fillRect(rect, look.picked_computed if computed else look.picked)
        elif computed:
            painter.fillRect(rect, look.computed)
        painter.setPen(look.grid)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        if field.is_target or field.what == "prediction":
            self._paint_dot(painter, inner, model.label(row, column))
        painter.setPen(self._pen(text, field.what, row))
        width = inner.width()
        if len(text) * self._widest > width:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(inner, _RIGHT if field.right else _LEFT, text)
        if self.current == (row, column):
            painter.setPen(look.accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the text and the dot, for a column fitted by a double click."""
        field = self._model.fields[index.column()]
        text = self._model.shown(index.row(), index.column())
        dot = DOT + 6 if field.is_target or field.what == "prediction" else 0
        width = self._metrics.horizontalAdvance(text) + 2 * PADDING + dot + 2
        return QSize(width, self._metrics.height() + PADDING)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line of text that knows what may stand in the column."""
        contents = self._model.contents
        assert contents is not None  # noqa: S101 - an empty model has no cell to edit
        field = self._model.fields[index.column()]

        def judge(text: str) -> str:
            return refusal(contents, field, text)

        offers = offered(contents, field)
        editor = CellEditor(parent, self._bubble, judge, offers, field.label)
        if field.is_target:  # once it has its place
            QTimer.singleShot(0, editor, editor.open_list)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin once with the whole text; new answers of the network do not disturb the typing."""
        if isinstance(editor, CellEditor) and not editor.is_started:
            editor.start(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for the edit, or say why it cannot be and leave the cell as it was."""
        if not isinstance(editor, CellEditor) or not editor.is_changed():
            return
        if editor.complaint():
            editor.give_up()
        else:
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Over the cell, and wider than a narrow column."""
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - not in its stubs
        editor.setGeometry(rect.adjusted(0, 0, max(0, 14 * self._widest - rect.width()), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the editor open on Enter and Tab while its text cannot be."""
        if isinstance(watched, CellEditor) and watched.keeps(event):
            return True
        return super().eventFilter(watched, event)

    def _pen(self, text: str, what: str, row: int) -> object:
        if text == NONE:
            return self._look.muted
        if text == CROSS or (what == "prediction" and self._model.is_wrong(row)):
            return self._look.danger
        return self._look.muted if what == "part" else self._look.text

    def _paint_dot(self, painter: QPainter, inner: QRect, label: int) -> None:
        """The dot, and the text moved behind it."""
        if label < 0:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.rim)
        painter.setBrush(self._look.classes[label % len(self._look.classes)])
        top = inner.center().y() - DOT // 2 + 1
        painter.drawEllipse(inner.left(), top, DOT, DOT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner.setLeft(inner.left() + DOT + 6)
