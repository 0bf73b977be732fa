"""The part of a time line that is dragged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from app.keys import LEAVES_KEYS
from app.panels.seldom import Seldom
from app.panels.time_line_paint import EDGE, GROOVE, HANDLE, Sketch, draw
from app.panels.time_line_value import TimeScale, TimeValue, described, found_near, place_text
from app.theme import GRID, SMALL, current_theme

_REACH: Final = 5.0
"""Pixels around the pointer in which something is told."""
_PAGES: Final = 10
_LARGEST: Final = (1 << 31) - 1


class TimeTrack(QAbstractSlider):
    """A slider over the updates of a run.

    While it is dragged, and until the moment it was dragged to arrives, the handle stays where a
    person has put it. Keys: arrows by an update, with Shift by an epoch, with Ctrl by ten; Page by
    a tenth of the track; Home and End. In the window these keys are commands and do the same.
    """

    sought = Signal(object)
    """A person wants to be at this update (an int of any size)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = TimeValue()
        self._scale = TimeScale.of(self._value, False)
        self._log = False
        self._aim: int | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(LEAVES_KEYS, True)
        self.setAccessibleName("Time line")
        self._seldom = Seldom(self)
        self._seldom.passed.connect(self.setAccessibleDescription)
        self.setMouseTracking(True)
        self.setEnabled(False)

    def time(self) -> TimeValue:
        """What is shown."""
        return self._value

    def set_time(self, value: TimeValue) -> None:
        """Show a moment of a run; says nothing."""
        if not value.seeking and not self.isSliderDown():
            self._aim = None
        self._value = value
        self._scale = TimeScale.of(value, self._log)
        self.setEnabled(value.reached > 0)
        self._tell()
        self.update()

    def scale(self) -> TimeScale:
        """The scale in use."""
        return self._scale

    def set_log(self, log: bool) -> None:
        """Spread the early updates, or all alike."""
        self._log = log
        self._scale = TimeScale.of(self._value, log)
        self.update()

    def shown(self) -> int:
        """The update that the handle stands at."""
        return self._value.position if self._aim is None else self._aim

    def x_of(self, update: int) -> float:
        """Where an update lies, in pixels."""
        return EDGE + self._scale.share(update) * (self.width() - 2 * EDGE)

    def sizeHint(self) -> QSize:
        """Groove, what is above it, and a line of numbers."""
        text = QFontMetrics(self._small()).height()
        return QSize(40 * GRID, round(self._middle() + GROOVE + 5.0 + text))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never lower."""
        return QSize(16 * GRID, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by an update, an epoch, ten updates, a page, or to the ends."""
        target = self._target(event)
        if target is None:
            event.ignore()
        else:
            self._seek(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle jumps to the pointer and follows it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._seek(self._update_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is down."""
        if self.isSliderDown():
            self._seek(self._update_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the handle go."""
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around: time does not move by accident."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)
            return True
        return super().event(event)

    def tip_at(self, x: float) -> str:
        """What there is to say about a place."""
        if not self.isEnabled():
            return "Once a run has been trained, drag here to see any earlier moment of it."
        update, value = self._update_at(x, free=True), self._value
        first = self._update_at(x - _REACH, free=True)
        last = self._update_at(x + _REACH, free=True)
        # Within the reach of the pointer lies more than one update, or none but this.
        lines = found_near(value, min(first, update), max(last, update))
        place = place_text(value, update)
        if not value.earliest <= update <= value.reached:
            ends = f"{value.earliest:,} to {value.reached:,}"
            return "\n".join([f"{place} (updates {ends} can be seen again)", *lines])
        return "\n".join([place[0].upper() + place[1:], *lines])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        size = float(self.width())
        sketch = Sketch(painter, current_theme(), self._value, self._scale, size, self._middle())
        draw(sketch, self.shown(), enabled=self.isEnabled(), focused=self.hasFocus())
        painter.end()

    def _target(self, event: QKeyEvent) -> int | None:
        key, here, value = event.key(), self.shown(), self._value
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = value.updates_per_epoch if shift else 10 if control else 1
        page = 1.0 / _PAGES
        share = self._scale.share(here)
        targets = {
            Qt.Key.Key_Left: here - step,
            Qt.Key.Key_Down: here - step,
            Qt.Key.Key_Right: here + step,
            Qt.Key.Key_Up: here + step,
            Qt.Key.Key_PageUp: max(self._scale.update(share + page), here + 1),
            Qt.Key.Key_PageDown: min(self._scale.update(share - page), here - 1),
            Qt.Key.Key_Home: value.earliest,
            Qt.Key.Key_End: value.reached,
        }
        return targets.get(Qt.Key(key))

    def _seek(self, update: int) -> None:
        update = min(max(update, self._value.earliest), self._value.reached)
        if update == self.shown():
            return
        self._aim = update
        self._tell()
        self.update()
        self.sought.emit(update)

    def _tell(self) -> None:
        """Tell the screen reader where the handle is, in words at most once a second."""
        value = self._value
        with QSignalBlocker(self):
            self.setRange(min(value.earliest, _LARGEST), min(value.reached, _LARGEST))
            self.setValue(min(self.shown(), _LARGEST))
        self._seldom.offer(described(value))

    def _update_at(self, x: float, *, free: bool = False) -> int:
        update = self._scale.update((x - EDGE) / max(self.width() - 2 * EDGE, 1.0))
        if free:
            return update
        return min(max(update, self._value.earliest), self._value.reached)

    def _middle(self) -> float:
        return HANDLE + 7.5

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(current_theme().font_size * SMALL * SMALL)
        return font
