"""A ring that follows the mouse, so that a class sees what is pointed at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.theme import Theme

TYPE_WIDTH = 4.4
"""Diameter in sizes of type, in points."""
CORE, RIM = "#f0e442", "#000000"
"""Yellow between black rims: on white the rims are seen, on dark the yellow, by every eye."""
_MOVES = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)


class PointerRing(QWidget):
    """A small child of the window that lies above everything and takes no mouse event.

    It is as small as the ring, so that a move repaints little; it hears of the mouse from the
    window of the system, once for each move and not at all while the mouse rests.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._on = self._pressed = False
        for attribute in (
            Qt.WidgetAttribute.WA_TransparentForMouseEvents,
            Qt.WidgetAttribute.WA_NoSystemBackground,
        ):
            self.setAttribute(attribute)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Pointer ring")
        self.hide()

    def set_on(self, on: bool) -> None:
        """Begin or end to follow the mouse."""
        if on == self._on:
            return
        self._on = on
        handle = self.window().windowHandle()
        if on:
            handle.installEventFilter(self)
        else:
            handle.removeEventFilter(self)
            self.hide()

    def is_on(self) -> bool:
        """Whether it follows the mouse."""
        return self._on

    def set_theme(self, theme: Theme) -> None:
        """Grow and shrink with the type."""
        side = round(TYPE_WIDTH * theme.font_size)
        middle = self.geometry().center()
        self.resize(side, side)
        self._center(middle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse; what it means is left to whom it concerns."""
        if event.type() in _MOVES and isinstance(event, QMouseEvent):
            self._follow(event)
        elif event.type() == QEvent.Type.Leave:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two dark rims, a bright ring between them, nothing in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / 9
        ring = QRectF(self.rect()).adjusted(width, width, -width, -width)
        fill = QColor(CORE)
        fill.setAlpha(110 if self._pressed else 0)
        painter.setBrush(fill)
        for color, share, alpha in ((RIM, 1.0, 150), (CORE, 0.62, 235)):
            tone = QColor(color)
            tone.setAlpha(alpha)
            painter.setPen(QPen(tone, width * share))
            painter.drawEllipse(ring)
        painter.end()

    def _follow(self, event: QMouseEvent) -> None:
        pressed = event.buttons() != Qt.MouseButton.NoButton
        if pressed != self._pressed:
            self._pressed = pressed
            self.update()
        self._center(event.position().toPoint())
        if self.isHidden():
            self.raise_()
            self.show()

    def _center(self, place: QPoint) -> None:
        self.move(place - self.rect().center())
