"""Knowing when something has been painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject

AFTER_PAINT_PRIORITY = -10
"""Below the priority of paint requests, so the event is handled after them. ``repaint()`` would
paint twice."""
_KIND = QEvent.Type(QEvent.registerEventType())


class _AfterPaint(QEvent):
    def __init__(self, action: Callable[[], None]) -> None:
        super().__init__(_KIND)
        self.action = action


class AfterPaint(QObject):
    """Runs things once the paint requests made so far have been carried out."""

    def run(self, action: Callable[[], None]) -> None:
        """Call ``action`` after the next paint."""
        QCoreApplication.postEvent(self, _AfterPaint(action), AFTER_PAINT_PRIORITY)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, _AfterPaint):
            event.action()
            return True
        return super().event(event)
