"""Who has the rows sorted and filtered: at once where it is quick, else in the background."""

from __future__ import annotations

from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.jobs import JobControl, Jobs
from app.tables.order import Quiet, Wish, arranged
from slp_core.arrays import Ints

LARGE: Final = 100_000
"""Rows from which on work goes to the background: sorting them takes some 20 ms."""
_SHORTEST_PAUSE: Final = 1.0
_REST: Final = 10.0
"""While training the rows are arranged anew so that it takes no more than a tenth of the time."""


class Arranger(QObject):
    """Answers the newest `Wish` with an array of rows; older ones are given up."""

    arranged = Signal(object, object)
    """The wish, and its rows: an array, or None for all in the order of the file."""
    progressed = Signal(str)
    """What is being done, "" when it is done."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wish: Wish | None = None
        self._late: Wish | None = None
        self._took = 0.0
        self._started = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._now)

    def start(self, wish: Wish) -> None:
        """Arrange as wished, as soon as possible."""
        self._late = None
        self._timer.stop()
        self._begin(wish, quietly=False)

    def later(self, wish: Wish) -> None:
        """Arrange as wished before long: the weights have moved, and will move again."""
        self._late = wish
        if not self._timer.isActive() and not self._jobs.is_running("arrange"):
            pause = max(_SHORTEST_PAUSE, _REST * self._took)
            self._timer.start(round(1000 * pause))

    def stop(self) -> None:
        """Forget what was wished."""
        self._late = None
        self._timer.stop()
        self._jobs.cancel("arrange")

    def _begin(self, wish: Wish, *, quietly: bool) -> None:
        self._wish, self._started = wish, monotonic()
        if wish.cost < LARGE:
            self._jobs.cancel("arrange")
            self._done(arranged(wish, Quiet()))
            return
        if not quietly:
            self.progressed.emit(_doing(wish))

        def work(control: JobControl) -> Ints | None:
            return arranged(wish, control)

        tell = None if quietly else self._tell_progress
        self._jobs.start("arrange", work, self._done, self._failed, tell)

    def _done(self, rows: Ints | None) -> None:
        self._took = monotonic() - self._started
        self.progressed.emit("")
        self.arranged.emit(self._wish, rows)
        if self._late is not None and not self._timer.isActive():
            self.later(self._late)

    def _failed(self, error: Exception) -> None:
        self.progressed.emit("")
        raise error

    def _tell_progress(self, share: float) -> None:
        if self._wish is not None:
            self.progressed.emit(f"{_doing(self._wish)} {100 * share:.0f} %")

    @Slot()
    def _now(self) -> None:
        wish, self._late = self._late, None
        if wish is not None:
            self._begin(wish, quietly=True)


def _doing(wish: Wish) -> str:
    word = "Filtering" if wish.sort is None else "Sorting"
    return f"{word} {wish.contents.table.rows:,} rows …"
