"""Texts that never change the size of the panel around them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import GRID, SMALL, current_theme


class ElidedLabel(QWidget):
    """One line of text that gives way instead of widening the panel.

    ``color`` is a field of the theme.
    """

    def __init__(
        self,
        color: str = "text",
        *,
        strong: bool = False,
        scale: float = 1.0,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__()
        self._elide = elide
        self._text = ""
        self._color, self._strong, self._scale = color, strong, scale
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, tip: str = "") -> None:
        """Show a text; the tooltip has it in full."""
        self._text = text
        self.setToolTip(tip or text)
        self.setAccessibleName(text)
        self.update()

    def set_color(self, color: str) -> None:
        """Draw in the colour of another field of the theme."""
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        """One line high."""
        return QSize(0, QFontMetrics(self._font()).height() + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type needs another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(getattr(current_theme(), self._color)))
        text = painter.fontMetrics().elidedText(self._text, self._elide, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self._strong else QFont.Weight.Normal)
        font.setPointSizeF(font.pointSizeF() * self._scale)
        return font


class ClampedText(QWidget):
    """Small text on a few lines; what does not fit is in the tooltip.

    It has room for ``lines`` lines and grows up to ``most`` when a text needs them. It never
    shrinks again: a word-wrapping QLabel would move everything below it with every other text.
    """

    def __init__(self, lines: int, most: int | None = None, color: str = "text") -> None:
        super().__init__()
        self._text = self._longest = ""
        self._least, self._most = lines, most or lines
        self._lines, self._color = lines, color

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        if self._needed(text) >= self._needed(self._longest):
            self._longest = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._grow()
        self.update()

    def lines(self) -> int:
        """Number of lines there is room for."""
        return self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower text needs more lines."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """So does a larger type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def sizeHint(self) -> QSize:
        """As many lines as the longest text so far has needed."""
        return QSize(20 * GRID, self._lines * QFontMetrics(self._font()).lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """As high as it ever is; any width."""
        return QSize(8 * GRID, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Break the text into lines; the last one is cut short where more would follow."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(getattr(current_theme(), self._color)))
        metrics = QFontMetrics(self._font())
        layout = QTextLayout(self._text, self._font())
        layout.beginLayout()
        for number in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width())
            line.setPosition(QPointF(0, number * metrics.lineSpacing()))
            if number < self._lines - 1:
                line.draw(painter, QPointF())
            else:
                rest = self._text[line.textStart() :]
                text = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
                painter.drawText(QPointF(0, line.y() + metrics.ascent()), text)
        layout.endLayout()
        painter.end()

    def _grow(self) -> None:
        lines = min(max(self._needed(self._longest), self._least), self._most)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _needed(self, text: str) -> int:
        """Lines that a text takes in today's width, counted up to the most there can be."""
        layout = QTextLayout(text, self._font())
        layout.beginLayout()
        count = 0
        while count < self._most and (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            count += 1
        layout.endLayout()
        return count

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * SMALL)
        return font
