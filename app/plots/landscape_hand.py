"""Clicks and keys on a landscape: mark a place, start there."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.plots.canvas import Canvas
from app.plots.canvas_keys import PAN
from app.plots.canvas_mouse import Touch

_STEP = 0.25
"""A key moves the mark by this share of what it would pan the view by."""


class Marking(QObject):
    """A click marks a place, a second click there starts; Enter marks the present place, then
    starts; arrows move the mark, Escape takes it away. Drags pan and the wheel zooms as ever."""

    marked = Signal(object)
    """A place (QPointF), or None."""
    start_asked = Signal()
    """Training shall go on from the marked place."""
    mark_asked = Signal()
    """Enter was pressed without a mark: wherever the run is now."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.place: QPointF | None = None
        self._last: tuple[float, QPointF] | None = None
        canvas.set_hand(self)
        canvas.installEventFilter(self)
        canvas.escaped.connect(self.clear)

    def mark(self, place: QPointF | None) -> None:
        """Mark a place, and say so."""
        self.place = place
        self.marked.emit(place)

    def clear(self) -> None:
        """Nothing is marked."""
        self._last = None
        if self.place is not None:
            self.mark(None)

    # The hand of the canvas.

    def pressed(self, touch: Touch) -> bool:
        """A second press soon after a click is a double click: it is not for the plot."""
        if self._last is None:
            return False
        when, pixel = self._last
        soon = monotonic() - when < QApplication.doubleClickInterval() / 1000
        return soon and (touch.pixel - pixel).manhattanLength() < 6

    def dragged(self, touch: Touch) -> None:
        """Nothing is drawn."""

    def released(self, touch: Touch) -> None:
        """The second click of two."""
        del touch
        self._last = None
        if self.place is not None:
            self.start_asked.emit()

    def clicked(self, touch: Touch) -> None:
        """One click."""
        self._last = (monotonic(), touch.pixel)
        self.mark(touch.place)

    def turned(self, touch: Touch, steps: float) -> bool:
        """The wheel zooms."""
        del touch, steps
        return False

    # Keys.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that are about the mark, before the canvas pans."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.mark_asked if self.place is None else self.start_asked).emit()
            return True
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.place is None or key not in PAN or plain != Qt.KeyboardModifier.NoModifier:
            return False
        right, up = PAN[key]
        (x0, x1), (y0, y1) = self._canvas.x_range, self._canvas.y_range
        move = QPointF(right * (x1 - x0), up * (y1 - y0)) * _STEP
        self.mark(self.place + move)
        return True
