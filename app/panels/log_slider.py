"""A slider over powers of ten with a mark at the largest value that is safe."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from app.theme import GRID, current_theme, disabled_text, mix

PER_DECADE = 40
"""Positions per power of ten: one key press changes the value by 6 %."""
HANDLE = 8.0
GROOVE = 4.0
HATCHED = 7.0
"""Height of the groove beyond the mark."""
STRIPE = 5.0
"""From one stripe there to the next."""


class LogSlider(QSlider):
    """A function of one positive number.

    The number is kept exactly; the handle stands at the nearest position. Beyond ``mark`` the
    groove is wider and hatched in the colour of danger, and the mark itself has a notch, so that
    colour is not the only sign. Arrows move by 6 %, Page keys by a factor of 10, Home and End to
    the ends.
    """

    edited = Signal(float)
    """The new number, while a person drags, clicks or presses keys."""

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._low: float = math.log10(low)
        self._high: float = math.log10(high)
        self._number: float = low
        self._mark: float | None = None
        self._quiet = False
        self.setRange(0, round((self._high - self._low) * PER_DECADE))
        self.setPageStep(PER_DECADE)
        self.setMinimumHeight(3 * GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._moved)

    def number(self) -> float:
        """The number, exactly as it was set, or of the handle's position after a move."""
        return self._number

    def set_number(self, number: float) -> None:
        """Show a positive number; says nothing. Outside the range the handle stands at its end."""
        self._number = number
        self._quiet = True
        self.setValue(round((math.log10(number) - self._low) * PER_DECADE))
        self._quiet = False
        self.update()

    def set_span(self, low: float, high: float) -> None:
        """Reach from one power of ten to another; says nothing. Not while the handle is held."""
        start, end = math.log10(low), math.log10(high)
        if (start, end) == (self._low, self._high) or self.isSliderDown():
            return
        self._low, self._high = start, end
        self._quiet = True
        self.setRange(0, round((self._high - self._low) * PER_DECADE))
        self._quiet = False
        self.set_number(self._number)

    def set_mark(self, mark: float | None) -> None:
        """Show the largest safe number; None where there is none."""
        if mark != self._mark:
            self._mark = mark
            self.update()

    def is_beyond(self) -> bool:
        """Whether the number is above the mark."""
        return self._mark is not None and self._number > self._mark * (1 + 1e-9)

    def sizeHint(self) -> QSize:
        """One line high; any width."""
        return QSize(20 * GRID, 3 * GRID)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle jumps to where the mouse is and follows it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while it is down."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the handle go."""
        self.setSliderDown(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove, danger zone, decades, mark, handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_groove(painter)
        self._paint_decades(painter)
        self._paint_mark(painter)
        self._paint_handle(painter)
        painter.end()

    def _follow(self, event: QMouseEvent) -> None:
        left, right = self._span()
        share = (event.position().x() - left) / (right - left)
        self.setValue(round(share * self.maximum()))
        event.accept()

    def _span(self) -> tuple[float, float]:
        return HANDLE + 1.0, self.width() - HANDLE - 1.0

    def _x(self, exponent: float) -> float:
        left, right = self._span()
        share = (exponent - self._low) / (self._high - self._low)
        return left + min(max(share, 0.0), 1.0) * (right - left)

    def _middle(self) -> float:
        return self.height() / 2 - 2.0

    def _groove(self, start: float, end: float) -> QRectF:
        return QRectF(start, self._middle() - GROOVE / 2, max(end - start, 0.0), GROOVE)

    def _paint_groove(self, painter: QPainter) -> None:
        theme = current_theme()
        left, right = self._span()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(self._groove(left, right), GROOVE / 2, GROOVE / 2)
        if self.isEnabled():
            handle = self._x(math.log10(self._number))
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(self._groove(left, handle), GROOVE / 2, GROOVE / 2)
        if self._mark is not None and self.isEnabled():
            self._paint_beyond(painter, self._x(math.log10(self._mark)), right)

    def _paint_beyond(self, painter: QPainter, start: float, end: float) -> None:
        """Slanted stripes with gaps between them."""
        theme, y = current_theme(), self._middle()
        zone = QRectF(start, y - HATCHED / 2, max(end - start, 0.0), HATCHED)
        painter.save()
        painter.setBrush(QColor(mix(theme.window, theme.danger, 0.25)))
        painter.drawRect(zone)
        painter.setClipRect(zone)
        painter.setPen(QPen(QColor(theme.danger), STRIPE / 2))
        x = start - HATCHED
        while x < end:
            painter.drawLine(QPointF(x, zone.bottom()), QPointF(x + HATCHED, zone.top()))
            x += STRIPE
        painter.restore()

    def _paint_decades(self, painter: QPainter) -> None:
        theme = current_theme()
        painter.setPen(QPen(QColor(mix(theme.border, theme.muted, 0.4)), 1.0))
        y = self._middle() + HANDLE
        for exponent in range(math.ceil(self._low), math.floor(self._high) + 1):
            x = round(self._x(exponent)) + 0.5
            painter.drawLine(QPointF(x, y), QPointF(x, y + 3.0))

    def _paint_mark(self, painter: QPainter) -> None:
        if self._mark is None or not self.isEnabled():
            return
        theme, y = current_theme(), self._middle()
        x = round(self._x(math.log10(self._mark))) + 0.5
        painter.setPen(QPen(QColor(theme.danger), 2.0))
        painter.drawLine(QPointF(x, y - 7.0), QPointF(x, y + 7.0))

    def _paint_handle(self, painter: QPainter) -> None:
        theme = current_theme()
        color = theme.danger if self.is_beyond() else theme.accent
        if not self.isEnabled():
            color = disabled_text(theme)
        center = QPointF(self._x(math.log10(self._number)), self._middle())
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(theme.window, color, 0.3)))
            painter.drawEllipse(center, HANDLE + 1.0, HANDLE + 1.0)
        painter.setPen(QPen(QColor(theme.window), 1.5))
        painter.setBrush(QColor(color))
        painter.drawEllipse(center, HANDLE - 1.0, HANDLE - 1.0)

    @Slot(int)
    def _moved(self, position: int) -> None:
        if self._quiet:
            return
        number = math.pow(10.0, self._low + position / PER_DECADE)
        self._number = float(f"{number:.3g}")
        self.update()
        self.edited.emit(self._number)
