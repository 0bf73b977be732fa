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
_WIDEST = 31
"""The longest name has the room of so many digits."""
_MARK = 22
"""Pixels for the sample of a mark (or a line) before the text."""
_SPACE = 14
_DIGITS = "0.0000"
"""A value has the room of these at least."""
_LEAST_NAME = 60
"""Pixels that a name has beside a long value."""

DrawMark = Callable[[QPainter, QPointF], None]
"""Draws a sample of the mark with its middle at the point."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend: how it looks in the plot, and what it is."""

    text: str
    draw: DrawMark
    tip: str = ""
    value: str = ""
    """The end of the text, where it changes all the time: it is never cut, and keeps its room."""

    @property
    def name(self) -> str:
        """The text without its value."""
        return self.text[: len(self.text) - len(self.value)]


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
        self._names: tuple[str, ...] = ()
        self._rooms: list[int] = []
        """Pixels that each value has needed so far: what follows it stays where it is."""
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
        self.reset_room()
        self._arrange()

    def reset_room(self) -> None:
        """Forget how wide values have been."""
        self._rooms = [0] * len(self._names)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, in this order."""
        self._entries = tuple(entries)
        names = tuple(entry.name for entry in entries)
        if names != self._names:
            self._names, self._rooms = names, [0] * len(names)
        self.setAccessibleDescription(", ".join(entry.text for entry in entries))
        self._arrange()

    def _arrange(self) -> None:
        metrics = QFontMetrics(self._font)
        height = metrics.height() + 6
        x = row = 0
        self._placed = []
        self._hidden = 0
        for number, entry in enumerate(self._entries):
            text, room = self._measured(number, entry, metrics)
            width = _MARK + _gap(metrics) + room + _SPACE
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

    def _measured(self, number: int, entry: Entry, metrics: QFontMetrics) -> tuple[str, int]:
        """The text as it is shown, and the pixels it has."""
        room = self.width() - _MARK - _gap(metrics) - _SPACE
        if len(self._entries) > _MOST_ROWS:
            room -= self._room_for_rest(metrics)
        value = metrics.horizontalAdvance(entry.value)
        usual = metrics.horizontalAdvance(_DIGITS) if entry.value else 0
        widest = _WIDEST * metrics.horizontalAdvance("0")
        most = max(min(widest - usual, room - value), _LEAST_NAME)
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, most)
        text, wide = name + entry.value, metrics.horizontalAdvance(name)
        if wide + value > max(room, 1):
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            return text, metrics.horizontalAdvance(text)
        kept = self._rooms[number] = max(self._rooms[number], usual, value)
        return text, min(wide + kept, max(room, wide + value))

    def _room_for_rest(self, metrics: QFontMetrics) -> int:
        """Pixels for the number of entries that are left out."""
        return metrics.horizontalAdvance(f"+ {len(self._entries)}") + 8

    def _shorten(self, metrics: QFontMetrics) -> None:
        """Make room for the number of entries that are left out."""
        if not self._hidden:
            return
        needed = self._room_for_rest(metrics)
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
        text = _MARK + _gap(QFontMetrics(self._font))
        for place in self._placed:
            middle = QPointF(place.rect.left() + _MARK / 2, place.rect.center().y() + 0.5)
            painter.save()
            place.entry.draw(painter, middle)
            painter.restore()
            painter.setPen(self._color)
            painter.drawText(
                place.rect.adjusted(text, 0, 0, 0),
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


def _gap(metrics: QFontMetrics) -> int:
    """Pixels between a mark and its text: a share of the type, for large type has wide pens."""
    return max(2, round(metrics.horizontalAdvance("0") * 0.4))
