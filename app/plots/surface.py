"""The ground a plot lies on."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Surface(QWidget):
    """A widget that fills itself with one colour.

    Painted, not a palette: under the application's style sheet a widget's own palette is lost at
    the next change of theme.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = QColor("#ffffff")

    def set_ground(self, color: str) -> None:
        """Change the colour."""
        self._ground = QColor(color)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        painter.end()
