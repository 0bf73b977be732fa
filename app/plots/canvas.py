"""A plot area: pyqtgraph's widget with our axes, look, mouse and keyboard.

Composed, not subclassed: what we use of pyqtgraph is visible here. Names of axes are labels of the
widget around it, never inside the data. Wheel zooms, dragging pans, a double click or ``0`` fits;
arrow keys pan, ``+`` and ``-`` zoom.

The focus comes with Tab only, and a frame shows it: someone who clicks into a plot and then presses
an arrow means the window's command of that key, not the plot.
"""

from __future__ import annotations

from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsObject, QVBoxLayout, QWidget

from app.plots.axes import Axis
from app.plots.canvas_keys import BY_KEYBOARD, FIT, PAN, PASSING, ZOOM, claims
from app.plots.canvas_mouse import Hand, Mouse, Touch
from app.plots.fit_button import FitButton
from app.plots.grid import draw_grid
from app.plots.scales import Scale
from app.plots.surface import Surface
from app.theme import Theme

_FOCUS_FRAME = 2
_FAR: Final = 1e300
"""No view goes further: differences of numbers must stay finite."""


class Canvas(Surface):
    """Where data are drawn, with an axis to the left and one below."""

    range_changed = Signal()
    """The visible range or the size has changed, for whatever reason."""
    moved = Signal()
    """A person has zoomed or panned."""
    fit_asked = Signal()
    escaped = Signal()
    """Escape was pressed."""
    hovered = Signal(object)
    """Place under the mouse (QPointF, view coordinates), or None."""
    touched = Signal(object)
    """The same as a `Touch`, or None."""

    def __init__(self, parent: QWidget | None = None, *, grid: bool = False) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = pg.PlotCurveItem(antialias=False) if grid else None
        self._framed = False
        self._accent = QColor("#808080")
        self._view = pg.PlotWidget(self)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._view.getPlotItem()
        item.hideButtons()
        self._box = item.getViewBox()
        self._box.setMenuEnabled(False)
        self._box.setDefaultPadding(0.0)
        self._box.disableAutoRange()
        self._box.setLimits(xMin=-_FAR, xMax=_FAR, yMin=-_FAR, yMax=_FAR)
        self.x_axis = Axis(item.getAxis("bottom"), "bottom")
        self.y_axis = Axis(item.getAxis("left"), "left")
        if self._grid is not None:
            self.add(self._grid, -10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_FOCUS_FRAME, _FOCUS_FRAME, _FOCUS_FRAME, _FOCUS_FRAME)
        layout.addWidget(self._view)
        self._fit = FitButton(self)
        self._fit.clicked.connect(self.fit_asked)
        self.moved.connect(self._on_held)
        self._box.sigRangeChanged.connect(self._on_range)
        self._box.sigResized.connect(self._on_range)
        self._box.sigRangeChangedManually.connect(self._on_moved)
        self._mouse = Mouse(self._view.viewport(), self._touch)
        self._mouse.set_area(lambda touch: self.rect_of_area().contains(touch.pixel))
        self._mouse.hovered.connect(self._on_hover)
        self._mouse.fit_asked.connect(self.fit_asked)

    # Items.

    def add(self, item: QGraphicsObject, z: float) -> None:
        """Draw an item in view coordinates; a larger ``z`` lies on top."""
        item.setZValue(z)
        self._box.addItem(item, ignoreBounds=True)

    def remove(self, item: QGraphicsObject) -> None:
        """No longer draw an item."""
        self._box.removeItem(item)

    def pen(
        self, color: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> QPen:
        """A pen whose ``width`` is in logical pixels (pyqtgraph counts device pixels)."""
        pen = QPen(QColor(color), width * self.devicePixelRatioF())
        pen.setCosmetic(True)
        pen.setStyle(style)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)  # pieces with round ones take six times as long
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    # What is visible.

    @property
    def x_range(self) -> tuple[float, float]:
        """Left and right end of the view."""
        low, high = self._box.viewRange()[0]
        return low, high

    @property
    def y_range(self) -> tuple[float, float]:
        """Lower and upper end of the view."""
        low, high = self._box.viewRange()[1]
        return low, high

    @property
    def area(self) -> tuple[float, float]:
        """Width and height of the data area in pixels."""
        rect = self._box.rect()
        return max(rect.width(), 1.0), max(rect.height(), 1.0)

    @property
    def pixel(self) -> tuple[float, float]:
        """Width and height of a pixel in units of the view."""
        (left, right), (bottom, top) = self.x_range, self.y_range
        width, height = self.area
        return (right - left) / width, (top - bottom) / height

    def set_range(
        self,
        x: tuple[float, float] | None = None,
        y: tuple[float, float] | None = None,
    ) -> None:
        """Show this range, without a margin."""
        if x is not None or y is not None:
            self._box.setRange(xRange=x, yRange=y, padding=0.0)

    @property
    def held(self) -> bool:
        """Whether somebody has moved the view, which a button then offers to undo."""
        return not self._fit.isHidden()

    def release(self) -> None:
        """The view follows the data again: no more button."""
        self._fit.hide()

    def set_blank(self, blank: bool) -> None:
        """Without data there are no numbers at the axes."""
        if blank != self.x_axis.blank:
            self.x_axis.blank = self.y_axis.blank = blank
            self._refresh_axes()

    def set_scales(self, x: Scale | None = None, y: Scale | None = None) -> None:
        """Change the kind of the axes; the range is that of the caller to set."""
        self.x_axis.scale = x or self.x_axis.scale
        self.y_axis.scale = y or self.y_axis.scale
        self._refresh_axes()

    def pan(self, right: float, up: float) -> None:
        """Move by shares of the visible range."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        self._box.translateBy((right * (x1 - x0), up * (y1 - y0)))
        self.moved.emit()

    def zoom(self, factor: float) -> None:
        """Scale the visible range about its middle; below 1 comes closer."""
        self._box.scaleBy((factor, factor))
        self.moved.emit()

    def place_of(self, x: float, y: float) -> QPointF:
        """Widget coordinates (of this canvas) of a place in the view."""
        scene = self._box.mapViewToScene(QPointF(x, y))
        inner = self._view.mapFromScene(scene)
        return QPointF(self._view.mapTo(self, inner))

    def rect_of_area(self) -> QRectF:
        """The data area in coordinates of this canvas."""
        rect = self._view.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        return QRectF(rect.translated(self._view.pos()))

    # Look.

    def set_theme(self, theme: Theme) -> None:
        """Background, axes and the frame that shows the focus."""
        self._accent = QColor(theme.accent)
        self._view.setBackground(QColor(theme.surface))
        self.set_ground(theme.surface)
        self.x_axis.set_theme(theme)
        self.y_axis.set_theme(theme)
        self._fit.set_theme(theme)
        self._view.getPlotItem().setContentsMargins(0, 6, round(self.x_axis.overhang), 0)
        if self._grid is not None:
            self._grid.setPen(self.pen(theme.grid, 1))
        self._refresh_axes()

    def reset_room(self) -> None:
        """Let the axes shrink again."""
        self.x_axis.reset_room()
        self.y_axis.reset_room()
        self._refresh_axes()

    def _refresh_axes(self) -> None:
        width, height = self.area
        self.x_axis.refresh(*self.x_range, width)
        self.y_axis.refresh(*self.y_range, height)
        if self._grid is not None:
            across = [place for place, _ in self.y_axis.ticks.labelled]
            upright = [place for place, _ in self.x_axis.ticks.labelled]
            draw_grid(self._grid, upright, across, self.x_range, self.y_range)

    def _on_range(self) -> None:
        self._refresh_axes()
        self._fit.place(self.rect_of_area())
        self.range_changed.emit()

    def _on_moved(self) -> None:
        self.moved.emit()

    def _on_held(self) -> None:
        self._fit.show()
        self._fit.place(self.rect_of_area())

    # Events.

    def set_cursor(self, shape: Qt.CursorShape) -> None:
        """What the mouse looks like over the data."""
        self._view.viewport().setCursor(shape)

    def set_hand(self, hand: Hand | None) -> None:
        """Let a tool have the drags it wants; the others pan."""
        self._mouse.hand = hand

    def _touch(self, event: QMouseEvent | QWheelEvent) -> Touch:
        position = event.position()
        place = self._box.mapSceneToView(self._view.mapToScene(position.toPoint()))
        pixel = QPointF(self._view.viewport().mapTo(self, position))
        return Touch(place, pixel, event.modifiers())

    def _on_hover(self, touch: Touch | None) -> None:
        self.touched.emit(touch)
        self.hovered.emit(None if touch is None else touch.place)

    def event(self, event: QEvent) -> bool:
        asking = event.type() == QEvent.Type.ShortcutOverride and self._framed
        if asking and isinstance(event, QKeyEvent) and claims(event, self._mouse.selects):
            event.accept()  # the window's shortcuts would take it first
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif key in PAN:
            self.pan(*PAN[key])
        elif key in ZOOM:
            self.zoom(ZOOM[key])
        elif key in FIT:
            self.fit_asked.emit()
        elif key == Qt.Key.Key_Escape and self._mouse.selects:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in PASSING:
            self._framed = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self._framed = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._framed and self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._accent, _FOCUS_FRAME))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            painter.end()
