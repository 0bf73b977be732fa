"""Working out what a view shows: at once where that is quick, else in the background.

Weights change many times a second. The newest question is kept while another is being answered;
after an answer there is a pause, longer the longer it took, so that no view takes the time that
training and the other views need.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.jobs import JobControl, Jobs

Work = Callable[[Callable[[], bool]], object]
"""Answers a question; None if it was told to stop meanwhile."""

AT_ONCE: Final = 500_000
"""Numbers looked at without a thread: some two milliseconds' worth."""
_PAUSE: Final = 50
"""Milliseconds at least between two answers: twenty a second is as many as are read."""
_LONG_PAUSE: Final = 250
"""The same where the work is done in the background."""
_SHARE: Final = 4
"""The pause is so many times as long as the work took, where that holds up the window."""
_LONG_SHARE: Final = 1
"""The same where it is done in the background: half of one core."""
_TOPIC: Final = "reckoning"


class Reckoner(QObject):
    """Answers the newest question of one view."""

    done = Signal(object)
    """An answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._next: tuple[Work, int] | None = None
        self._busy = False
        self._started = 0.0
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._begin)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut_down)

    def ask(self, work: Work, numbers: int, *, now: bool = False) -> None:
        """Do this as soon as may be; ``numbers`` are looked at. ``now``: without a pause."""
        self._next = (work, numbers)
        if now:
            self._calm.stop()
        if not self._busy and not self._calm.isActive():
            self._begin()

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._next, self._busy = None, False
        self._jobs.cancel(_TOPIC)
        self._calm.stop()

    def shut_down(self) -> None:
        """Stop and wait for the end of what is under way."""
        self.forget()
        self._jobs.shut_down()

    def _begin(self) -> None:
        if self._next is None:
            return
        (work, numbers), self._next = self._next, None
        self._started = perf_counter()
        if numbers <= AT_ONCE:
            self._finish(work(_never), _PAUSE, _SHARE)
            return
        self._busy = True

        def answer(control: JobControl) -> object:
            return work(control.cancelled)

        self._jobs.start(_TOPIC, answer, self._arrived, _complain)

    def _arrived(self, result: object) -> None:
        self._busy = False
        self._finish(result, _LONG_PAUSE, _LONG_SHARE)

    def _finish(self, result: object, least: int, share: int) -> None:
        if result is not None:
            self.done.emit(result)  # drawn before the next line
        took = 1000 * (perf_counter() - self._started)
        self._calm.start(max(least, round(share * took)))


def _never() -> bool:
    return False


def _complain(error: Exception) -> None:
    raise error
