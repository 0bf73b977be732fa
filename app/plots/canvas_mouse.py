"""The mouse on a canvas: what it hovers over, and drags that a tool takes before the plot pans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse is, in view coordinates and in pixels of the canvas, and the keys held."""

    place: QPointF
    pixel: QPointF
    keys: Qt.KeyboardModifier

    @property
    def at(self) -> tuple[float, float]:
        """The place as two numbers."""
        return self.place.x(), self.place.y()


class Hand(Protocol):
    """A tool: what the left button does."""

    def pressed(self, touch: Touch) -> bool:
        """Whether this drag is the tool's; otherwise it pans the view."""
        ...

    def dragged(self, touch: Touch) -> None:
        """The mouse has moved in a drag of the tool's."""
        ...

    def released(self, touch: Touch) -> None:
        """A drag of the tool's is over."""
        ...

    def clicked(self, touch: Touch) -> None:
        """Pressed and let go in one place, in a drag that was not the tool's."""
        ...

    def turned(self, touch: Touch, steps: float) -> bool:
        """Whether a turn of the wheel is the tool's; otherwise it zooms."""
        ...


class Mouse(QObject):
    """Watches a viewport; ``find`` gives the touch at a position of it, None outside the data."""

    hovered = Signal(object)
    """The `Touch` under the mouse, or None."""
    fit_asked = Signal()

    def __init__(self, viewport: QWidget, find: Callable[[QMouseEvent | QWheelEvent], Touch]):
        super().__init__(viewport)
        self._find = find
        self._contains: Callable[[Touch], bool] = lambda _touch: True
        self._start: Touch | None = None
        self._taken = False
        self.hand: Hand | None = None
        viewport.installEventFilter(self)

    @property
    def selects(self) -> bool:
        """Whether there is a tool."""
        return self.hand is not None

    def set_area(self, contains: Callable[[Touch], bool]) -> None:
        """Say what lies within the data: nothing else is touched."""
        self._contains = contains

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a drag to the tool that wants it, before the plot sees it."""
        kind = event.type()
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseMove:
                return self._move(event)
            if event.button() == Qt.MouseButton.LeftButton:
                if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                    return self._press(event, kind == QEvent.Type.MouseButtonDblClick)
                if kind == QEvent.Type.MouseButtonRelease:
                    return self._release(event)
        elif kind == QEvent.Type.Leave:
            self.hovered.emit(None)
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent, twice: bool) -> bool:
        touch = self._find(event)
        within = self._contains(touch)
        self._start = touch if within and not twice else None
        self._taken = within and self.hand is not None and self.hand.pressed(touch)
        if twice and not self._taken:
            self.fit_asked.emit()
        return self._taken

    def _move(self, event: QMouseEvent) -> bool:
        touch = self._find(event)
        self.hovered.emit(touch if self._contains(touch) else None)
        if self._taken and self.hand is not None:
            self.hand.dragged(touch)
        return self._taken

    def _release(self, event: QMouseEvent) -> bool:
        touch, start, taken = self._find(event), self._start, self._taken
        self._start, self._taken = None, False
        if self.hand is None:
            return taken
        if taken:
            self.hand.released(touch)
        elif start is not None and _near(start, touch):
            self.hand.clicked(touch)
        return taken

    def _wheel(self, event: QWheelEvent) -> bool:
        if self.hand is None:
            return False
        turn = event.angleDelta()
        return self.hand.turned(self._find(event), (turn.y() or turn.x()) / 120)


def _near(first: Touch, last: Touch) -> bool:
    moved = last.pixel - first.pixel
    return moved.manhattanLength() < QApplication.startDragDistance()
