"""A plot area: pyqtgraph's widget with our axes, look, mouse and keyboard.

Composed, not subclassed: what we use of pyqtgraph is visible here. Names of axes are labels of the
widget around it, never inside the data. Wheel zooms, dragging pans, a double click or ``0`` fits;
arrow keys pan, ``+`` and ``-`` zoom.

The focus comes with Tab only, and a frame shows it: someone who clicks into a plot and then presses
an arrow means the window's command of that key, not the plot.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsObject, QVBoxLayout, QWidget

from app.plots.axes import Axis
from app.plots.canvas_keys import FIT, PAN, ZOOM, claims
from app.plots.fit_button import FitButton
from app.plots.scales import Scale
from app.plots.surface import Surface
from app.theme import Theme

_FOCUS_FRAME = 2
_FAR: Final = 1e300
"""No view goes further: differences of numbers must stay finite."""
_BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""A frame marks the focus only for those who steer by keyboard; framed, the plot has the arrows."""
_PASSING: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back as it was."""


class Canvas(Surface):
    """Where data are drawn, with an axis to the left and one below."""

    range_changed = Signal()
    """The visible range or the size has changed, for whatever reason."""
    moved = Signal()
    """A person has zoomed or panned."""
    fit_asked = Signal()
    hovered = Signal(object)
    """Place under the mouse (QPointF, view coordinates), or None."""

    def __init__(self, parent: QWidget | None = None, *, grid: bool = False) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = pg.PlotCurveItem(antialias=False) if grid else None
        self._framed = False
        self._accent = QColor("#808080")
        self._view = pg.PlotWidget(self)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().installEventFilter(self)
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
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
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
        self._draw_grid()

    def _draw_grid(self) -> None:
        """Faint lines at the labelled ticks."""
        if self._grid is None:
            return
        across = [place for place, _ in self.y_axis.ticks.labelled]
        upright = [place for place, _ in self.x_axis.ticks.labelled]
        x = [*self.x_range * len(across)]
        y = [place for place in across for _ in range(2)]
        x += [place for place in upright for _ in range(2)]
        y += [*self.y_range * len(upright)]
        self._grid.setData(np.array(x), np.array(y), connect="pairs", skipFiniteCheck=True)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.hovered.emit(self._place_under(event.position()))
        elif kind == QEvent.Type.Leave:
            self.hovered.emit(None)
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.fit_asked.emit()
        return super().eventFilter(watched, event)

    def _place_under(self, position: QPointF) -> QPointF | None:
        scene = self._view.mapToScene(position.toPoint())
        if not self._box.sceneBoundingRect().contains(scene):
            return None
        return self._box.mapSceneToView(scene)

    def event(self, event: QEvent) -> bool:
        asking = event.type() == QEvent.Type.ShortcutOverride and self._framed
        if asking and isinstance(event, QKeyEvent) and claims(event):
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
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _PASSING:
            self._framed = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self._framed = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._framed and self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._accent, _FOCUS_FRAME))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            painter.end()
