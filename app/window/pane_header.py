"""The line above a view; what the view has of its own there goes below it in a narrow pane."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

_SPACE = 2
_SIDE = 4


class PaneHeader(QWidget):
    """The view's name, what it has of its own, and the pane's buttons.

    What does not fit beside the name, even as narrow as it can be, gets a line of its own: it is
    never cut off. A double click beside the buttons is told.
    """

    double_clicked = Signal()

    def __init__(self, name: QWidget, buttons: Iterable[QWidget]) -> None:
        super().__init__()
        self._name, self._buttons = name, tuple(buttons)
        self._guest: QWidget | None = None
        self._beside, self._below = QHBoxLayout(), QHBoxLayout()
        first = QHBoxLayout()
        first.setContentsMargins(_SIDE, _SPACE, _SIDE, 0)
        self._below.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self._below.addStretch(1)
        first.setSpacing(_SPACE)
        first.addWidget(name)
        first.addStretch(1)
        first.addLayout(self._beside)
        for button in self._buttons:
            first.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addLayout(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def take(self, guest: QWidget) -> None:
        """Show what a view has of its own."""
        self._guest = guest
        self._beside.addWidget(guest)
        guest.show()
        guest.installEventFilter(self)
        self._share()

    def give_back(self, guest: QWidget) -> None:
        """Let go of what was taken, unless another pane has taken it since."""
        guest.removeEventFilter(self)
        if self._guest is not guest:
            return
        self._guest = None
        if self.isAncestorOf(guest):
            for line in (self._beside, self._below):
                line.removeWidget(guest)
            guest.hide()
            guest.setParent(None)

    def minimumSizeHint(self) -> QSize:
        """The name and the buttons, or the view's own line where that is wider."""
        own = self._own_width + 3 * _SIDE if self._guest is not None else 0
        return QSize(max(self._usual_width, own), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the view has of its own may need more or less room than before."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._guest:
            self._share()
        return super().eventFilter(watched, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()
        event.accept()

    @property
    def _usual_width(self) -> int:
        """Pixels of the name and the pane's buttons."""
        parts = (self._name, *self._buttons)
        return sum(part.sizeHint().width() + _SPACE for part in parts) + 2 * _SIDE

    @property
    def _own_width(self) -> int:
        return self._guest.minimumSizeHint().width() if self._guest is not None else 0

    def _share(self) -> None:
        """Put what the view has of its own where there is room for it."""
        if self._guest is None or not self.isAncestorOf(self._guest):
            return  # another pane has it now
        fits = self._usual_width + self._own_width <= self.width()
        line, other = (self._beside, self._below) if fits else (self._below, self._beside)
        if line.indexOf(self._guest) < 0:
            other.removeWidget(self._guest)
            line.insertWidget(0, self._guest)
            self.updateGeometry()
            QTimer.singleShot(0, self, self._settle)

    @Slot()
    def _settle(self) -> None:
        """Lay the lines out once more.

        The guest changes lines while the pane above is laid out: what it had worked out for two
        lines arrives after what was worked out for one, and the name stays half below the edge.
        """
        column = self.layout()
        assert column is not None  # noqa: S101 - made with the header
        column.invalidate()
        column.activate()
