"""The plot of a landscape with the lines of text around it and the button beside a mark."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.plots.canvas import Canvas
from app.plots.labels import ElidedLabel, row, small
from app.plots.landscape_picture import Picture
from app.theme import Theme

_LOW: Final = 230
"""Below this height the legend gives its room to the plot."""
_LOWER: Final = 140
"""And below this one the names of the axes do."""


class Stage(QWidget):
    """Canvas, legend, names of the axes, a line of text, and a button to start from a mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(self)
        self.canvas.setAccessibleName("Landscape")
        self.canvas.x_axis.named = self.canvas.y_axis.named = True
        self.picture = Picture(self.canvas, self)
        self.start = QPushButton("Start here", self.canvas)
        self.start.setToolTip("Training goes on from the marked weights; undo brings the old back.")
        self.start.hide()
        self.y_name, self.note = ElidedLabel(self), ElidedLabel(self)
        self.x_name = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 4)
        layout.setSpacing(0)
        layout.addWidget(self.picture.legend)
        layout.addWidget(self.y_name)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row((self.note, 1), (self.x_name, 0)))

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self.canvas.set_theme(theme)
        self.picture.set_theme(theme)
        for label, color in (
            (self.note, theme.muted),
            (self.x_name, theme.text),
            (self.y_name, theme.text),
        ):
            label.set_look(color, small(theme))
        self.start.setStyleSheet(f"font-size: {small(theme):.2f}pt; padding: 1px 8px;")

    def name_axes(self, right: str, up: str) -> None:
        """What the axes are, with the factors of their ticks."""
        across, high = self.canvas.x_axis.ticks.suffix, self.canvas.y_axis.ticks.suffix
        self.x_name.set_parts(right, f" {across}".rstrip() + " →")
        self.y_name.set_parts(f"↑ {up}", f" {high}".rstrip())

    def place_button(self, place: QPointF | None) -> None:
        """Beside a mark in view coordinates, inside the plot; none without a mark."""
        self.start.setVisible(place is not None)
        if place is None:
            return
        self.start.adjustSize()
        at = self.canvas.place_of(place.x(), place.y())
        area = self.canvas.rect_of_area()
        room = QRectF(area).adjusted(0, 0, -self.start.width(), -self.start.height())
        x = min(max(at.x() + 14, room.left()), max(room.right(), room.left()))
        y = min(max(at.y() + 10, room.top()), max(room.bottom(), room.top()))
        self.start.move(round(x), round(y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low view is for the plot."""
        super().resizeEvent(event)
        height = event.size().height()
        self.picture.legend.setVisible(height >= _LOW)
        for name in (self.y_name, self.x_name):  # the header names the weights, too
            name.setVisible(height >= _LOWER)
