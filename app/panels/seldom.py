"""Texts that change with every frame, handed on only so often: a screen reader reads each one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SECOND = 1000
"""Milliseconds between two texts, at least."""


class Seldom(QObject):
    """Hands on a text at once if the last one is long enough ago, else the newest when it is."""

    passed = Signal(str)

    def __init__(self, parent: QObject, every: int = SECOND) -> None:
        super().__init__(parent)
        self._next: str | None = None
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self._due)

    def offer(self, text: str) -> None:
        """Hand on a text, now or later, unless it is the same as before."""
        if self._timer.isActive():
            self._next = text
        else:
            self._pass_on(text)

    @Slot()
    def _due(self) -> None:
        text, self._next = self._next, None
        if text is not None:
            self._pass_on(text)

    def _pass_on(self, text: str) -> None:
        if text != self._last:
            self._last = text
            self._timer.start()
            self.passed.emit(text)
