"""What is wrong with a field, said beside it for a while."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from shiboken6 import isValid

from app.theme import GRID

WIDEST = 36 * GRID
SECONDS = 8


class Bubble(QLabel):
    """A sentence over the window, to the right of a field and of the panel around it.

    Where there is no room, and for cells of a table (``below``), it is under the field: it never
    covers what it is about. A tooltip would cover the next field and take the click that is meant
    for it; the mouse goes through this one. Escape takes it away, wherever the focus is.
    """

    def __init__(self, field: QWidget, *, below: bool = False) -> None:
        super().__init__(field)
        self._field, self._below = field, below
        self._watched: QWidget | None = None
        self.setObjectName("bubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        field.destroyed.connect(self.deleteLater)  # it will belong to the window
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)
        self.hide()

    def say(self, text: str, part: QRect | None = None) -> None:
        """Show a sentence about a part of the field (in its own pixels), or about all of it."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setText(text)
        self.ensurePolished()
        wide = min(WIDEST, self.fontMetrics().horizontalAdvance(text) + 4 * GRID)
        self.setFixedWidth(min(wide, window.width()))
        self.adjustSize()
        self.move(self._place(part if part is not None else self._field.rect()))
        self.show()
        self.raise_()
        self._watch(QApplication.focusWidget())
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Listen for Escape no longer."""
        super().hideEvent(event)
        self._watch(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with Escape, which does what it does besides."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.hide()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible():
            self._watch(new)

    def _watch(self, widget: QWidget | None) -> None:
        """Hear the keys of the widget in focus alone: the whole application has too many events."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = widget
        if widget is not None:
            widget.installEventFilter(self)

    def _place(self, part: QRect) -> QPoint:
        """Beside the panel at the height of the part, or under or above it; inside the window."""
        window, edge = self._field.window(), _panel(self._field)
        part = QRect(self._field.mapTo(window, part.topLeft()), part.size())
        right = edge.mapTo(window, QPoint(edge.width(), 0)).x() + GRID
        most = QPoint(window.width() - self.width(), window.height() - self.height())
        if not self._below and right <= most.x():
            place = QPoint(right, part.center().y() - self.height() // 2)
        else:
            under, above = part.bottom() + 1 + GRID // 2, part.top() - GRID // 2 - self.height()
            place = QPoint(part.left(), under if under <= most.y() else above)
        return QPoint(max(0, min(place.x(), most.x())), max(0, min(place.y(), most.y())))


def _panel(field: QWidget) -> QWidget:
    """The outermost thing that scrolls with the field, or the field."""
    found, widget = field, field.parentWidget()
    while widget is not None:
        found = widget if isinstance(widget, QAbstractScrollArea) else found
        widget = widget.parentWidget()
    return found
