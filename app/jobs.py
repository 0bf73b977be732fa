"""Work off the GUI thread: one job per topic, the newest wins, the result comes back as a slot.

The threads are Python's. With Qt's pool a job is a `QRunnable` that Python and C++ both own, in two
threads: some runs in ten ended with "pure virtual method called" in the garbage collection.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot


class JobControl:
    """What a running job sees of the outside: whether it is cancelled, and a way to say how far
    it is. Both may be called from the job's thread."""

    def __init__(self, report: Callable[[float], None]) -> None:
        self._cancelled = Event()
        self._report = report

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._cancelled.set()

    def cancelled(self) -> bool:
        """Whether the job should stop."""
        return self._cancelled.is_set()

    def progress(self, share: float) -> None:
        """Say that ``share`` (0..1) of the job is done."""
        self._report(share)


@dataclass(frozen=True, slots=True)
class _Ticket:
    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    ticket: _Ticket
    result: object = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    ticket: _Ticket
    control: JobControl
    on_result: Callable[[Any], None]
    on_error: Callable[[Exception], None]
    on_progress: Callable[[float], None] | None


class Jobs(QObject):
    """Runs functions on a thread pool; answers arrive in the thread this object lives in.

    Starting a job cancels the one of the same topic that still runs; its late answer is dropped,
    so an old file can never overwrite a new one.
    """

    busy_changed = Signal(bool)
    _finished = Signal(object)
    _progressed = Signal(object, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(thread_name_prefix="job")
        self._closed = False
        self._number = 0
        self._waiting: dict[str, _Waiting] = {}
        self._finished.connect(self._deliver)
        self._progressed.connect(self._tell_progress)

    def start(
        self,
        topic: str,
        work: Callable[[JobControl], Any],
        on_result: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[float], None] | None = None,
    ) -> None:
        """Run ``work`` on the pool; exactly one of the callbacks is called, unless a newer job
        of the same topic is started or this one is cancelled."""
        self.cancel(topic)
        if self._closed:
            return
        self._number += 1
        ticket = _Ticket(topic, self._number)
        control = JobControl(lambda share: self._progressed.emit(ticket, share))
        self._waiting[topic] = _Waiting(ticket, control, on_result, on_error, on_progress)
        self._pool.submit(_run, ticket, control, work, self._finished.emit)
        self.busy_changed.emit(True)

    def cancel(self, topic: str) -> None:
        """Ask the job of this topic to stop and forget it."""
        waiting = self._waiting.pop(topic, None)
        if waiting is not None:
            waiting.control.cancel()
            self.busy_changed.emit(bool(self._waiting))

    def is_running(self, topic: str) -> bool:
        """Whether a job of this topic has not answered yet."""
        return topic in self._waiting

    def shut_down(self) -> None:
        """Cancel everything and wait for the threads to end."""
        for topic in tuple(self._waiting):
            self.cancel(topic)
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _current(self, ticket: _Ticket) -> _Waiting | None:
        waiting = self._waiting.get(ticket.topic)
        return waiting if waiting is not None and waiting.ticket == ticket else None

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        waiting = self._current(outcome.ticket)
        if waiting is None:
            return
        del self._waiting[outcome.ticket.topic]
        self.busy_changed.emit(bool(self._waiting))
        if outcome.error is not None:
            waiting.on_error(outcome.error)
        else:
            waiting.on_result(outcome.result)

    @Slot(object, float)
    def _tell_progress(self, ticket: _Ticket, share: float) -> None:
        waiting = self._current(ticket)
        if waiting is not None and waiting.on_progress is not None:
            waiting.on_progress(share)


def _run(
    ticket: _Ticket,
    control: JobControl,
    work: Callable[[JobControl], Any],
    deliver: Callable[[_Outcome], None],
) -> None:
    """Do the work in a thread of the pool; what it comes to is delivered to the GUI thread."""
    try:
        outcome = _Outcome(ticket, work(control))
    except Exception as error:  # noqa: BLE001 - handed to on_error in the GUI thread
        outcome = _Outcome(ticket, error=error)
    deliver(outcome)
