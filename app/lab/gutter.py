"""Line numbers beside the editor; those of faulty lines are red."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.theme import THEMES, Theme

_AIR = 6


class Gutter(QWidget):
    """A column that scrolls with the text."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._theme: Theme = THEMES["light"]
        self._faulty: frozenset[int] = frozenset()

    def needed(self) -> int:
        """Pixels that the numbers take."""
        digits = len(str(max(self._editor.blockCount(), 10)))
        return QFontMetrics(self._editor.font()).horizontalAdvance("9" * digits) + 2 * _AIR

    def set_faulty(self, lines: frozenset[int]) -> None:
        """Lines with errors, counted from 1."""
        self._faulty = lines
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Recolour the numbers."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.surface))
        painter.setFont(self._editor.font())
        editor = self._editor
        block = editor.firstVisibleBlock()
        top = editor.viewport().geometry().top() - self.geometry().top()
        while block.isValid():
            place = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
            if place.top() > self.height():
                break
            number = block.blockNumber() + 1
            faulty = number in self._faulty
            painter.setPen(QColor(self._theme.danger if faulty else self._theme.muted))
            height = place.height() / max(block.layout().lineCount(), 1)
            spot = QRectF(0, place.top() + top, self.width() - _AIR, height)
            painter.drawText(
                spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number)
            )
            block = block.next()
        painter.end()
