"""Small texts at places of a plot, as large at any zoom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
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
from slp_core.arrays import Bools, Float64s

_GROUND = QColor(16, 20, 24, 165)
_PIECES = 256
"""Pieces of a path that are looked at: more do not lead elsewhere."""
_FAR = 1e9
"""Half axes from the middle: no path is drawn beyond."""


def clear_of(places: Float64s, path: Float64s, half: Float64s) -> Bools:
    """Which places (2, n) keep a path (m, 2) out of an ellipse of half axes ``half`` (2,).

    A path of a million steps is looked at in some hundred pieces.
    """
    known = path[np.isfinite(path).all(axis=1)]
    thin = known[np.unique(np.linspace(0, len(known) - 1, _PIECES).astype(np.int64))]
    if len(thin) < 2:
        return np.ones(len(places[0]), np.bool_)
    at, line = (places / half[:, None])[:, :, None], np.clip(thin / half, -_FAR, _FAR)
    first, way = line[:-1].T[:, None, :], np.diff(line, axis=0).T[:, None, :]
    long = np.maximum((way**2).sum(axis=0), 1e-30)
    share = np.clip(((at - first) * way).sum(axis=0) / long, 0.0, 1.0)
    away: Float64s = ((first + share * way - at) ** 2).sum(axis=0)
    return np.asarray((away > 1.0).all(axis=1), bool)


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
