"""Texts that never change the size of the panel around them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout
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
    """Small text on a fixed number of lines; what does not fit is in the tooltip.

    A word-wrapping QLabel would make the height depend on the width, and everything below it
    would move when the text changes.
    """

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._text = ""
        self._lines = lines

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Always the same number of lines."""
        return QSize(20 * GRID, self._lines * QFontMetrics(self._font()).lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """As high as it ever is; any width."""
        return QSize(8 * GRID, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Break the text into lines; the last one is cut short where more would follow."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(current_theme().text))
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

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * SMALL)
        return font
