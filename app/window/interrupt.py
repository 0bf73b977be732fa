"""Ctrl+C in the terminal the window was started from closes it, as a click on its cross does."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication


class Interrupt(QObject):
    """Wakes Qt's loop when a signal comes: Python alone sees it only when it next runs.

    The notifier costs nothing while nothing happens; a timer would keep the idle window awake.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._before = signal.getsignal(signal.SIGINT)
        self._wakeup = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, self._quit)

    def uninstall(self) -> None:
        """Give the signal back."""
        signal.set_wakeup_fd(self._wakeup)
        signal.signal(signal.SIGINT, self._before)
        self._notifier.setEnabled(False)
        self._ear.close()
        self._mouth.close()

    @Slot()
    def _hear(self) -> None:
        """Nothing to do here: Python's handler has run by now."""
        self._ear.recv(64)

    def _quit(self, _number: int, _frame: object) -> None:
        QApplication.quit()
