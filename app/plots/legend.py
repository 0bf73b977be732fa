"""The legend of a plot, beside the data instead of over them.

Entries flow from left to right and wrap; what would take a fourth row is summed up as ``+ 7``, with
all names in the tooltip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.plots.labels import small
from app.theme import Theme

_MOST_ROWS = 3
_WIDEST = 220
_MARK = 22
"""Pixels for the sample of a mark (or a line) before the text."""
_SPACE = 14

DrawMark = Callable[[QPainter, QPointF], None]
"""Draws a sample of the mark with its middle at the point."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend: how it looks in the plot, and what it is."""

    text: str
    draw: DrawMark
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: Entry
    rect: QRect
    text: str


class Legend(QWidget):
    """Entries that wrap to the width they are given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._placed: list[_Placed] = []
        self._hidden = 0
        self._color = QColor()
        self._font = QFont()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend")

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown, cut as on the screen."""
        return tuple(place.text for place in self._placed)

    def set_theme(self, theme: Theme) -> None:
        """Colour and size of type."""
        self._color = QColor(theme.text)
        self._font = QFont(self.font())
        self._font.setPointSizeF(small(theme))
        self._arrange()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, in this order."""
        self._entries = tuple(entries)
        self.setAccessibleDescription(", ".join(entry.text for entry in entries))
        self._arrange()

    def _arrange(self) -> None:
        metrics = QFontMetrics(self._font)
        height = metrics.height() + 6
        x = row = 0
        self._placed = []
        self._hidden = 0
        for number, entry in enumerate(self._entries):
            text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideMiddle, _WIDEST)
            width = _MARK + metrics.horizontalAdvance(text) + _SPACE
            if x and x + width > self.width():
                x, row = 0, row + 1
            if row == _MOST_ROWS:
                self._hidden = len(self._entries) - number
                break
            self._placed.append(_Placed(entry, QRect(x, row * height, width, height), text))
            x += width
        self._shorten(metrics)
        rows = 1 + max((place.rect.top() // height for place in self._placed), default=-1)
        if self.height() != rows * height or self.minimumHeight() != rows * height:
            self.setFixedHeight(rows * height)
        self.update()

    def _shorten(self, metrics: QFontMetrics) -> None:
        """Make room for the number of entries that are left out."""
        if not self._hidden:
            return
        needed = metrics.horizontalAdvance(f"+ {self._hidden + 1}") + 8
        while self._placed and self._placed[-1].rect.right() + needed > self.width():
            self._placed.pop()
            self._hidden += 1

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        for place in self._placed:
            middle = QPointF(place.rect.left() + _MARK / 2, place.rect.center().y() + 0.5)
            painter.save()
            place.entry.draw(painter, middle)
            painter.restore()
            painter.setPen(self._color)
            painter.drawText(
                place.rect.adjusted(_MARK + 2, 0, 0, 0),
                int(Qt.AlignmentFlag.AlignVCenter),
                place.text,
            )
        if self._hidden and self._placed:
            last = self._placed[-1].rect
            painter.setPen(self._color)
            painter.drawText(
                QRect(last.right() + 2, last.top(), 200, last.height()),
                int(Qt.AlignmentFlag.AlignVCenter),
                f"+ {self._hidden}",
            )
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def tip_at(self, position: QPoint) -> str:
        """What the tooltip says there."""
        for place in self._placed:
            if place.rect.contains(position):
                return place.entry.tip or place.entry.text
        if self._hidden:
            return "\n".join(entry.text for entry in self._entries)
        return ""
