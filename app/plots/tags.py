"""Short texts that belong to something drawn, on a ground of their own; they keep their size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.plots.canvas import Canvas

_PAD = 4.0


@dataclass(frozen=True, slots=True)
class Tag:
    """A text, the colour of what it belongs to, and where it is: pixels of the canvas."""

    text: str
    color: str
    box: QRectF


def parted(tags: Sequence[Tag], canvas: Canvas) -> list[Tag]:
    """The same inside the data area and below each other where they would overlap."""
    area = canvas.rect_of_area()
    placed: list[Tag] = []
    for tag in sorted(tags, key=lambda tag: tag.box.top()):
        box = _inside(tag.box, area)
        for other in placed:
            if box.intersects(other.box):
                box.moveTop(other.box.bottom() + 1)
        placed.append(replace(tag, box=box))
    below = max((tag.box.bottom() for tag in placed), default=0.0) - area.bottom()
    if below > 0:
        placed = [replace(tag, box=tag.box.translated(0, -below)) for tag in placed]
    return placed


def _inside(box: QRectF, area: QRectF) -> QRectF:
    result = QRectF(box)
    result.moveLeft(min(max(box.left(), area.left()), area.right() - box.width()))
    result.moveTop(min(max(box.top(), area.top()), area.bottom() - box.height()))
    return result


class TagLayer(QWidget):
    """Paints the tags over a canvas; the mouse passes through."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._tags: tuple[Tag, ...] = ()
        self._text, self._ground = QColor(), QColor()
        self._font = QFont()
        """Not the widget's: under a style sheet that has another size."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What is shown."""
        return self._tags

    def set_look(self, text: str, ground: str, font: QFont) -> None:
        """Colours and type."""
        self._text, self._ground = QColor(text), QColor(ground)
        self._ground.setAlpha(225)
        self._font = font
        self.update()

    def size_of(self, text: str) -> QSizeF:
        """What a tag with this text takes."""
        metrics = QFontMetricsF(self._font)
        return QSizeF(metrics.horizontalAdvance(text) + 2 * _PAD, metrics.height())

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these."""
        if tuple(tags) == self._tags:
            return
        self._tags = tuple(tags)
        self.setVisible(bool(tags))
        box = QRectF()
        for tag in tags:
            box = box.united(tag.box)
        self.setGeometry(box.toAlignedRect().adjusted(-1, -1, 1, 1))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.translate(-self.pos())
        for tag in self._tags:
            painter.setPen(QPen(QColor(tag.color), 1.2))
            painter.setBrush(self._ground)
            painter.drawRoundedRect(tag.box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(self._text)
            painter.drawText(tag.box, int(Qt.AlignmentFlag.AlignCenter), tag.text)
        painter.end()
