"""Samples of markers and lines, for legends."""

from __future__ import annotations

from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from app.plots.legend import DrawMark
from app.plots.points import Style

RATIO = 2.0
"""Pixels of a picture for each of a plain screen."""


def marker(style: Style) -> DrawMark:
    """A marker as it looks in the plot."""

    def draw(painter: QPainter, middle: QPointF) -> None:
        painter.translate(middle)
        drawSymbol(painter, style.symbol, style.size, style.pen, style.brush)

    return draw


def ring(color: str, size: float) -> DrawMark:
    """The ring around a mistake."""
    pen = QPen(QColor(color), 1.6)
    pen.setCosmetic(True)
    return marker(Style("o", size, pen, QBrush(Qt.BrushStyle.NoBrush)))


def line(pen: QPen) -> DrawMark:
    """A piece of a line."""

    def draw(painter: QPainter, middle: QPointF) -> None:
        painter.setPen(pen)
        painter.drawLine(middle - QPointF(8, 0), middle + QPointF(8, 0))

    return draw


def patch(color: QColor) -> DrawMark:
    """A piece of a shaded area."""

    def draw(painter: QPainter, middle: QPointF) -> None:
        painter.fillRect(QRectF(middle - QPointF(8, 5), middle + QPointF(8, 5)), color)

    return draw


def picture(draw: DrawMark, size: int = 16) -> QPixmap:
    """A mark as a picture of its own, sharp on any screen."""
    result = QPixmap(QSize(size, size) * RATIO)
    result.setDevicePixelRatio(RATIO)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, QPointF(size / 2, size / 2))
    painter.end()
    return result


def no_mark(_painter: QPainter, _middle: QPointF) -> None:
    """For an entry that is only text."""
