"""The moment that is read off a curve: an upright line, and a flag on the axis of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.plots.canvas import Canvas
from app.plots.labels import small
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s, Floats

STEPS: Final[Mapping[Qt.Key, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_AIR = 5


Moments = tuple[Float64s, Floats]
"""Updates of a record, and the place of each along the axis of time."""


class CrossHair(QObject):
    """Which moment of a record a person points at, by mouse or arrow keys; and its picture.

    Moments are points of the record: a place between two of them is the nearer one.
    """

    moved = Signal()
    """The mouse or a key has moved; the values that are read off may be others."""
    pointed = Signal(object)
    """A person points at another update, or at none (None)."""

    def __init__(self, canvas: Canvas, moments: Callable[[], Moments | None]) -> None:
        super().__init__(canvas)
        self._canvas, self._moments = canvas, moments
        self._line = pg.InfiniteLine(angle=90)
        self._line.setVisible(False)
        canvas.add(self._line, 20)
        self.flag = Flag(canvas)
        self.update: int | None = None
        self._mouse: float | None = None
        self._x: float | None = None
        canvas.installEventFilter(self)
        canvas.hovered.connect(self._on_hover)
        canvas.range_changed.connect(self._place)

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._line.setPen(self._canvas.pen(theme.muted, 1))
        self.flag.set_theme(theme)
        self._place()

    def set_update(self, update: int | None) -> bool:
        """Point at an update, as another plot does; whether that is another one."""
        changed = update != self.update
        if changed:
            self.update, self._mouse = update, None
        return changed

    @property
    def index(self) -> int | None:
        """The moment in the record; None where nobody points at one."""
        moments = None if self.update is None else self._known()
        if self.update is None or moments is None:
            return None
        return int(np.abs(moments[0] - self.update).argmin())

    def place_of(self, index: int) -> float:
        """Where on the axis of time the mouse is, or else a moment."""
        moments = self._known()
        if self._mouse is not None or moments is None:
            return self._mouse or 0.0
        return float(moments[1][index])

    def show(self, index: int | None, text: str = "") -> None:
        """Draw a moment, and on the axis what it is called; or none."""
        moments = None if index is None else self._known()
        self._x = None if index is None or moments is None else float(moments[1][index])
        self._line.setVisible(self._x is not None)
        if self._x is not None:
            self._line.setPos(self._x)
        self.flag.set_text("" if self._x is None else text)
        self._place()

    def _known(self) -> Moments | None:
        moments = self._moments()
        return moments if moments is not None and len(moments[0]) else None

    def _place(self) -> None:
        """The flag, under the line; none where the line is out of sight."""
        left, right = self._canvas.x_range
        seen = self._x is not None and left <= self._x <= right
        self.flag.setVisible(seen and bool(self.flag.text))
        if self._x is not None and seen:
            at = self._canvas.place_of(self._x, self._canvas.y_range[0])
            self.flag.place(at, self._canvas.width(), self._canvas.height())

    def _point(self, index: int | None, mouse: float | None = None) -> None:
        moments, before = self._known(), self.update
        self.update = None
        if moments is not None and index is not None:
            self.update = int(moments[0][index])
        self._mouse = mouse
        self.moved.emit()
        if self.update != before:
            self.pointed.emit(self.update)

    def _on_hover(self, place: QPointF | None) -> None:
        moments = self._known()
        if place is None or moments is None:
            self._point(None)
        else:
            self._point(int(np.abs(moments[1] - place.x()).argmin()), place.x())

    def _step(self, way: int) -> None:
        """The next moment that is a pixel away; the last one to begin with."""
        moments, at = self._known(), self.index
        if moments is not None:
            last = len(moments[0]) - 1
            least = self._canvas.pixel[0]
            self._point(last if at is None else next_moment(moments[1], at, way, least))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move the moment instead of the view, as long as the plot has the focus."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.KeyPress:
                return self._press(event)
            leaving = self.update is not None and _plain(event) == Qt.Key.Key_Escape
            if kind == QEvent.Type.ShortcutOverride and leaving:
                event.accept()  # the window's Escape would take it first
                return True
        elif kind == QEvent.Type.FocusOut and self.update is not None:
            self._point(None)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key = _plain(event)
        if key in STEPS:
            self._step(STEPS[key])
        elif key == Qt.Key.Key_Escape and self.update is not None:
            self._point(None)
        else:
            return False
        return True


def _plain(event: QKeyEvent) -> Qt.Key:
    """The key, if it was pressed alone."""
    alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return Qt.Key(event.key()) if alone == Qt.KeyboardModifier.NoModifier else Qt.Key.Key_unknown


class Flag(QWidget):
    """A few words on the axis; the mouse does not notice it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.text = ""
        self._theme = THEMES["light"]
        self._font = QFont()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Inverted, so that it is told from the numbers it lies on."""
        self._theme = theme
        self._font = QFont(self.font())
        self._font.setPointSizeF(small(theme))
        self.update()

    def set_text(self, text: str) -> None:
        """Say this."""
        if text != self.text:
            self.text = text
            self.update()

    def place(self, at: QPointF, width: int, height: int) -> None:
        """Centre it under a place at the lower end of the view, within this room."""
        metrics = QFontMetrics(self._font)
        tall = metrics.height() + 2
        wide = min(metrics.horizontalAdvance(self.text) + 2 * _AIR, width)
        left = round(min(max(at.x() - wide / 2, 0), width - wide))
        self.setGeometry(left, min(round(at.y()) + 3, height - tall), wide, tall)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text))
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.setPen(QColor(self._theme.surface))
        room = self.width() - 2 * _AIR
        painter.setFont(self._font)
        metrics = QFontMetrics(self._font)
        text = metrics.elidedText(self.text, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


def next_moment(places: Floats, at: int, way: int, least: float) -> int:
    """Index of the next point from ``at`` on that is ``least`` away, or of the last one."""
    ahead = places[at + 1 :] if way > 0 else places[:at][::-1]
    if not len(ahead):
        return at
    far = np.flatnonzero(np.abs(ahead - places[at]) >= least)
    return at + way * (int(far[0]) + 1 if len(far) else len(ahead))
