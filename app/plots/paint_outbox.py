"""Edits on their way out: one after another, some each second, none before the last has arrived.

The rows an edit names are those of the table it was made for. So nothing is made while an edit is
under way; what a mouse does meanwhile is collected and becomes one edit afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from slp_core.data.edits import Edit
from slp_core.errors import DataError

PAUSE = 100
"""Milliseconds between two edits of a stroke: training goes on while points are added."""
_REST = 4.0
"""The pause is at least so many times as long as it takes to show an edit."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a stroke: what is done, and what all of the stroke has done so far, in words."""

    edit: Edit
    text: str


class Source(Protocol):
    """Something a person does that becomes one edit, or several parts of one."""

    stroke: int
    """The same for all parts that are undone together."""

    def take(self) -> Part | None:
        """What has gathered since the last part, for the table of now; None for nothing."""
        ...

    def arrived(self) -> None:
        """The last part is in the data, or was refused."""
        ...


class Outbox(QObject):
    """Sends parts in order."""

    sent = Signal(object, str, int)
    """An `Edit`, what it does in words, and the number of its stroke."""
    refused = Signal(object)
    """An exception: a part could not be made."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: list[Source] = []
        self._under_way: list[Source] = []
        self._sent = 0
        self.ready: Callable[[], bool] = lambda: True
        """Whether edits can be made of what is known at present."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._next)

    @property
    def waiting(self) -> bool:
        """Whether an edit is under way."""
        return bool(self._under_way)

    @property
    def pending(self) -> bool:
        """Whether something has not been sent."""
        return bool(self._queue)

    def post(self, source: Source) -> None:
        """There is something to take."""
        if source not in self._queue:
            self._queue.append(source)
        self._next()

    def settle(self) -> None:
        """What was sent has arrived, or was refused."""
        if self.ready():
            self._arrive()
        self._next()

    def hurry(self) -> None:
        """Send everything now: what is undone or redone next comes after it."""
        queue, self._queue = self._queue, []
        for source in queue:
            self._send(source)

    def drop_last(self) -> tuple[int, bool]:
        """Forget what was posted last: the number of its stroke, and whether parts were sent."""
        stroke = self._queue.pop().stroke
        return stroke, stroke == self._sent

    def allow(self, milliseconds: float) -> None:
        """Say how long it took to show the last edit: most of the time is for other things."""
        self._pause.setInterval(max(PAUSE, round(_REST * milliseconds)))

    def forget(self) -> None:
        """The data is another: nothing that was gathered means anything."""
        self._queue.clear()
        self._pause.stop()
        self._arrive()

    def _arrive(self) -> None:
        arrived, self._under_way = self._under_way, []
        for source in arrived:
            source.arrived()

    def _next(self) -> None:
        while self._queue and self.ready() and not self.waiting and not self._pause.isActive():
            self._send(self._queue.pop(0))

    def _send(self, source: Source) -> None:
        try:
            part = source.take()
        except DataError as error:
            source.arrived()
            self.refused.emit(error)
            return
        if part is not None:
            self._under_way.append(source)
            self._sent = source.stroke
            self._pause.start()
            self.sent.emit(part.edit, part.text, source.stroke)
