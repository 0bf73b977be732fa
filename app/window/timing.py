"""The time line of the window: what it shows, where it leads, what is kept of a way left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.changes import marks
from app.moment import RunMoment
from app.panels.time_line import TimeLine
from app.panels.time_line_value import TimeValue, time_value
from app.settings import LOG_TIME_LINE
from app.training.messages import Branch, Frame, Left
from app.window.moments import moment_of

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class Timing(QObject):
    """Connects a time line with the player; made once the views are there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space = window, window.workspace
        self._runs: dict[int, RunMoment] = {}
        self.line = TimeLine()
        self.line.set_log(window.settings.get(LOG_TIME_LINE))
        self.line.log_changed.connect(self._keep_scale)
        self.line.sought.connect(self._seek)
        player = self._space.player
        player.frame_arrived.connect(self.show)
        player.branched.connect(self._keep_left)
        window.appearance.changed.connect(self.line.set_theme)
        if player.frame is not None:
            self.show(player.frame)

    @Slot(object)
    def show(self, frame: Frame) -> None:
        """Show where the active run is and has been."""
        if self._space.current is None or not frame.snapshots:
            self.line.set_value(TimeValue())
            return
        moment = moment_of(self._space.runs, frame)
        self._runs = {run.run: run for run in moment.runs if run.live}
        if self._window.advising is not None:
            moment = self._window.advising.enriched(moment)
        run = moment.active
        value = time_value(
            run,
            frame.reached,
            frame.earliest,
            position=frame.update,
            end=dict(frame.ends).get(run.run),
            seeking=self._space.player.seeking,
        )
        changes = marks([change for change in frame.changes if change.run == run.run])
        self.line.set_value(replace(value, marks=tuple(changes)))

    @Slot(object)
    def _seek(self, update: int) -> None:
        self._space.player.seek(update)

    @Slot(bool)
    def _keep_scale(self, log: bool) -> None:
        self._window.settings.set(LOG_TIME_LINE, log)

    @Slot(object)
    def _keep_left(self, branch: Branch) -> None:
        """Keep what lay ahead of runs that go another way now, with the data it was trained on."""
        for left in branch.left:
            run = self._runs.get(left.run)
            if run is not None:
                self._space.runs.keep_branch(_end_of(run, left))
                text = f"{run.name} takes a different path from update {branch.update:,} on;"
                self._space.noted.emit(f"{text} what came after is kept among the runs.")


def _end_of(run: RunMoment, left: Left) -> RunMoment:
    """The run as it was at the end of the way it has left."""
    snapshot = left.snapshot
    return replace(
        run,
        name=f"{run.name} to update {snapshot.update:,}",
        config=snapshot.config,
        wanted=snapshot.config,
        snapshot=snapshot,
        marks=tuple(marks(left.changes)),
        spans=(),
    )
