"""How the marks of the classes look in the colours that are chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.plots.colors import class_color, line_color, mixed
from app.plots.marks import marker
from app.plots.points import class_style
from app.theme import GRID, current_theme

SHOWN = 10
"""Classes in the row; symbols differ even where colours repeat."""
TIP = (
    "Ten classes: a filled mark of a training row on the class's ground, a hollow one of a "
    "held-out row, and the class's line."
)


class MarksPreview(QWidget):
    """A row of ten classes, in today's theme."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(TIP)
        self.setAccessibleName("Preview of the class colours")
        self.setAccessibleDescription(TIP)

    def sizeHint(self) -> QSize:
        """Two rows of marks and a line."""
        side = round(2.4 * current_theme().font_size)
        return QSize(SHOWN * side, round(2.6 * side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One column for each class, on its ground."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.surface))
        width, height = self.width() / SHOWN, self.height()
        for index in range(SHOWN):
            middle = (index + 0.5) * width
            ground = mixed(class_color(theme, index), theme.surface, theme.region_strength)
            area = QRectF(index * width, 0, width, 0.44 * height)
            painter.fillRect(area, QColor(ground))
            for hollow, share in ((False, 0.22), (True, 0.64)):
                painter.save()
                marker(class_style(theme, index, hollow))(painter, QPointF(middle, share * height))
                painter.restore()
            pen = QPen(QColor(line_color(theme, index)), theme.line_width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            line = 0.9 * height
            painter.drawLine(QPointF(middle - GRID, line), QPointF(middle + GRID, line))
        painter.setPen(QColor(theme.border))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
