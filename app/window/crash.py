"""Faults nobody foresaw: shown in the window, which stays alive."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.problems import Problem, problem_from


class CrashReporter(QObject):
    """Installed as ``sys.excepthook``: turns what would only be printed into a message.

    An exception in a slot reaches the hook in whatever thread it was raised in; the signal
    brings it to this object's thread.
    """

    _caught = Signal(object)

    def __init__(self, show: Callable[[Problem], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._before = sys.excepthook
        self._caught.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from the hook there was."""
        sys.excepthook = self.hook

    def uninstall(self) -> None:
        """Give back to the hook there was."""
        sys.excepthook = self._before

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The hook itself: print as before, and show."""
        self._before(kind, error, trace)
        if not isinstance(error, KeyboardInterrupt | SystemExit):
            self._caught.emit(error)

    @Slot(object)
    def _report(self, error: BaseException) -> None:
        self._show(problem_from(error))
