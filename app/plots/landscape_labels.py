"""Small texts at places of a plot, as large at any zoom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsPathItem,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.plots.canvas import Canvas

_GROUND = QColor(16, 20, 24, 165)


class Labels(QGraphicsObject):
    """White on a dark pill, readable on any colour; each centred at its place."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        super().__init__()
        self._pills: list[QGraphicsPathItem] = []
        canvas.add(self, z)

    def show_texts(self, texts: Sequence[tuple[str, float, float]], font: QFont) -> None:
        """Text and place of each."""
        for pill in self._pills:
            self.scene().removeItem(pill)
        self._pills = [self._pill(text, font, x, y) for text, x, y in texts]

    def _pill(self, text: str, font: QFont, x: float, y: float) -> QGraphicsPathItem:
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(text) + 8, metrics.height()
        path = QPainterPath()
        path.addRoundedRect(QRectF(-wide / 2, -high / 2, wide, high), 4, 4)
        pill = QGraphicsPathItem(path, self)
        pill.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        pill.setPen(QPen(Qt.PenStyle.NoPen))
        pill.setBrush(QBrush(_GROUND))
        pill.setPos(x, y)
        words = QGraphicsSimpleTextItem(text, pill)
        words.setFont(font)
        words.setBrush(QBrush(QColor("#ffffff")))
        words.setPos(-wide / 2 + 4, -high / 2)
        return pill

    def boundingRect(self) -> QRectF:
        """Nothing of its own."""
        return QRectF()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Its texts paint themselves."""
