"""What is wrong with a field, said beside it for a while."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from app.theme import GRID

WIDEST = 36 * GRID
SECONDS = 8


class Bubble(QLabel):
    """A sentence over the window, to the right of a field and of the panel around it.

    A tooltip would cover the next field and take the click that is meant for it. The mouse goes
    through this one.
    """

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.setObjectName("bubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.hide)

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.setText(text)
        self.ensurePolished()
        self.setFixedWidth(min(WIDEST, self.fontMetrics().horizontalAdvance(text) + 4 * GRID))
        self.adjustSize()
        self.move(self._place())
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> QPoint:
        """Beside the panel, at the height of the field, inside the window."""
        window = self._field.window()
        edge = _panel(self._field)
        field = QRect(self._field.mapTo(window, QPoint(0, 0)), self._field.size())
        right = edge.mapTo(window, QPoint(edge.width(), 0)).x() + GRID
        top = field.center().y() - self.height() // 2
        return QPoint(
            max(0, min(right, window.width() - self.width())),
            max(0, min(top, window.height() - self.height())),
        )


def _panel(field: QWidget) -> QWidget:
    """What scrolls with the field, or the field."""
    widget = field.parentWidget()
    while widget is not None and not isinstance(widget, QAbstractScrollArea):
        widget = widget.parentWidget()
    return widget or field
