"""What the mouse carries over the decision view: the brush's disc and symbol, or a frame."""

from __future__ import annotations

from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.brushes import TOOLS, Brush
from app.plots.canvas import Canvas
from app.plots.colors import class_color
from app.plots.paint_stage import style_of
from app.theme import THEMES, Theme

_AROUND = 16
"""Pixels around the middle that a symbol may take."""


class BrushCursor(QWidget):
    """Lies over the canvas and lets the mouse through; only what it covers is painted anew."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas = canvas
        self._theme: Theme = THEMES["light"]
        self._brush: Brush | None = None
        self._middle: QPointF | None = None
        self._frame: QRectF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Colours of classes and lines."""
        self._theme = theme
        self.update()

    def set_brush(self, brush: Brush | None) -> None:
        """Carry this brush; None carries nothing."""
        self._brush = brush
        self._refresh()

    def move_to(self, pixel: QPointF | None) -> None:
        """The mouse is there (pixels of the canvas); None: it has left."""
        self._middle = pixel
        self._refresh()

    def set_frame(self, frame: QRectF | None) -> None:
        """Draw a frame between two places of the mouse."""
        self._frame = frame
        self._refresh()

    def covered(self) -> QRect:
        """The part of the canvas that something is drawn on."""
        if self._frame is not None:
            return self._frame.toAlignedRect().adjusted(-2, -2, 2, 2)
        brush, middle = self._brush, self._middle
        if brush is None or middle is None or brush.tool in ("select", "move"):
            return QRect()
        reach = (brush.radius + 3) if TOOLS[brush.tool].sized else 0
        size = max(reach, _AROUND)
        return QRectF(middle.x() - size, middle.y() - size, 2 * size, 2 * size).toAlignedRect()

    def _refresh(self) -> None:
        rect = self.covered()
        if rect.isEmpty():
            self.hide()
            return
        # As large as what is drawn: a widget over the whole canvas would cost a whole repaint.
        area = self._canvas.rect_of_area().toAlignedRect()
        self.setGeometry(rect & area)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame, or the disc with the symbol in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-QPointF(self.pos()))
        if self._frame is not None:
            self._paint_frame(painter, self._frame)
        elif self._brush is not None and self._middle is not None:
            self._paint_brush(painter, self._brush, self._middle)
        painter.end()

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        inside = QColor(self._theme.text)
        inside.setAlpha(24)
        painter.setPen(QPen(QColor(self._theme.text), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(inside)
        painter.drawRect(frame)

    def _paint_brush(self, painter: QPainter, brush: Brush, middle: QPointF) -> None:
        tool = TOOLS[brush.tool]
        if tool.sized:
            color = class_color(self._theme, brush.index) if tool.marked else self._theme.text
            style = Qt.PenStyle.SolidLine if tool.marked else Qt.PenStyle.DashLine
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # A line of the ground below: the disc shows on a region of its own colour, too.
            for line, width in ((self._theme.surface, 4.0), (color, 2.0)):
                pen = QPen(QColor(line), width)
                pen.setStyle(style if width < 3 else Qt.PenStyle.SolidLine)
                painter.setPen(pen)
                painter.drawEllipse(middle, brush.radius, brush.radius)
        if tool.marked:
            look = style_of(self._theme, brush.index, bool(brush.label))
            painter.translate(middle)
            drawSymbol(painter, look.symbol, look.size, look.pen, look.brush)
