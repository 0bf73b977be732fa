"""What views about one row of the data share: which row, and how often it is drawn anew."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.moment import Moment, RunMoment
from app.panels.sample_data import Follower
from slp_core.arrays import Ints


class RowView(QWidget):
    """Follows the first selected row of the active run, at a pace at which it can be read.

    ``pause`` are the milliseconds between two drawings while training.
    """

    def __init__(self, pause: int) -> None:
        super().__init__()
        self._run: RunMoment | None = None
        self._playing = self._behind = False
        self._row = -1
        self._follower = Follower()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(pause)
        self._calm.timeout.connect(self._again)

    def show_moment(self, moment: Moment | None) -> None:
        """Follow the row in the active run."""
        before, self._run = self._run, None if moment is None else moment.active
        started = moment is not None and moment.playing and not self._playing
        self._playing = moment is not None and moment.playing
        if self._run is None:
            self._close()
            return
        if before is None or before.read is not self._run.read:
            self._row = -1
        if before is None or _differ(before, self._run):
            self._meet(self._run)
        if not self.isVisible():
            self._behind = True
        elif not self._playing or started or not self._calm.isActive():
            self._draw()
            self._calm.start()

    def set_selection(self, rows: Ints) -> None:
        """Follow the first of these rows of the table; says nothing."""
        if len(rows) and int(rows[0]) != self._row:
            self._row = int(rows[0])
            self._draw()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 110)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._draw()

    def _again(self) -> None:
        if self._playing and self.isVisible():
            self._draw()

    # What each view does.

    def _close(self) -> None:
        """Say that there are no data."""
        raise NotImplementedError

    def _meet(self, run: RunMoment) -> None:
        """The data set or the pair is another one."""

    def _draw(self) -> None:
        """Show the row at the moment of now."""
        raise NotImplementedError


def _differ(before: RunMoment, now: RunMoment) -> bool:
    return before.dataset is not now.dataset or before.pair != now.pair
