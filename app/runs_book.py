"""The book of runs: those that train, and those that have been kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from operator import is_
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.changes import marks
from app.moment import RunMoment
from app.player import Player
from app.preparation import Prepared
from app.runs import SHARED, Lane, check
from app.runs_kept import KeptRuns
from app.training.messages import Frame, RunPlan
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.snapshot import Snapshot


class RunBook(QObject):
    """Loads and configures the live runs, which stay together, and keeps what they replace.

    Live runs have the same data, start from the same weights where their shapes agree, and are
    always at the same update. One of them is active: settings that are edited are its own.
    """

    changed = Signal()
    """Runs have come, gone, or are told otherwise."""
    noted = Signal(str)
    """One sentence about something done on its own."""

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept = KeptRuns()
        self.lanes: tuple[Lane, ...] = ()
        self._player = player
        self._active = 0
        self._prepared: Prepared | None = None
        self._start: Parameters | None = None
        self._number = self._lane = 0
        self._asked: tuple[object, object, object] = (None, None, None)
        self._said: tuple[RunMoment, ...] = ()
        player.extended.connect(self._note_extension)

    # What there is.

    @property
    def active(self) -> Lane | None:
        """The run whose settings are edited; None before any data is open."""
        return next((lane for lane in self.lanes if lane.lane == self._active), None)

    def lane(self, run: int) -> Lane | None:
        """The place of a live run; None if it does not train any more."""
        return next((lane for lane in self.lanes if lane.run == run), None)

    def live(self, frame: Frame | None) -> tuple[RunMoment, ...]:
        """The live runs at the moment of a frame, the active one first."""
        if frame is None or self._prepared is None:
            return ()
        asked, prepared = (frame, self.lanes, self._prepared), self._prepared
        if not all(map(is_, asked, self._asked)):  # several ask with each frame
            found = [(self.lane(run), snapshot) for run, snapshot in frame.snapshots]
            self._asked = asked
            self._said = tuple([self._moment(prepared, r, s, frame) for r, s in found if r])
        return self._said

    def find(self, run: int) -> RunMoment | None:
        """A run at its last moment, live or kept."""
        everything = (*self.live(self._player.frame), *self.kept.runs)
        return next((moment for moment in everything if moment.run == run), None)

    # Loading and changing the live runs.

    def open(self, prepared: Prepared, play: bool) -> None:
        """Begin anew on other data: the runs of before are forgotten."""
        self.kept.clear()
        self._number = self._lane = 1
        self._active = 1
        self.lanes = (Lane(1, 1, 0, prepared.wanted),)
        self._start_all(prepared, None, play)

    def load(self, prepared: Prepared, start: Parameters | None = None) -> None:
        """Start all live runs again, the active one with other settings or data or weights."""
        if self.active is None:
            self.open(prepared, self._player.playing)
            return
        self.keep_live()
        self._follow(prepared)
        self._start_all(prepared, start, self._player.playing)

    @property
    def start(self) -> Parameters | None:
        """Weights that all live runs started from; None: those of the initializer and the seed."""
        return self._start

    def restart(self) -> None:
        """Start all live runs again from the very same weights."""
        self.restart_from(self._start)

    def restart_from(self, start: Parameters | None) -> None:
        """Start all live runs again from other weights."""
        if self._prepared is not None:
            self.load(self._prepared, start)

    def configure(self, prepared: Prepared, dataset: Dataset | None = None) -> None:
        """Change settings of the active run, or the samples of all; the weights stay."""
        self._prepared = prepared
        self._set(self._active, wanted=prepared.wanted)
        self._player.configure(prepared.config, dataset)
        if dataset is not None:
            self._drop_unfit(prepared)
            for lane in self.lanes:
                if lane.lane != self._active:
                    self._player.configure(lane.wanted, dataset, lane.run)
        self.changed.emit()

    def activate(self, lane: int) -> Prepared | None:
        """Edit the settings of another live run; what is then true, None if nothing changes.

        The largest stable rate in it is still the other run's.
        """
        other = next((row for row in self.lanes if row.lane == lane), None)
        if other is None or lane == self._active or self._prepared is None:
            return None
        frame = self._player.frame
        known = dict(frame.snapshots) if frame is not None else {}
        config = (
            known[other.run].config
            if other.run in known
            else other.wanted.resolved(self._prepared.dataset)
        )
        self._active = lane
        self._prepared = replace(self._prepared, wanted=other.wanted, config=config)
        self._player.activate(other.run)
        self.changed.emit()
        return self._prepared

    def add(self, lanes: Iterable[Lane]) -> None:
        """Train these too; all live runs start again together."""
        if self._prepared is None:
            return
        self.keep_live()
        self.lanes = (*self.lanes, *(replace(lane, run=self.number()) for lane in lanes))
        self._follow(self._prepared)
        self._start_all(self._prepared, self._start, self._player.playing)

    def drop(self, lanes: Iterable[int]) -> None:
        """Keep these live runs as they are now, but not the active one; the others go on."""
        gone = {lane for lane in lanes if lane != self._active}
        self._keep(row for row in self.lanes if row.lane in gone)
        removed = [row for row in self.lanes if row.lane in gone]
        self.lanes = tuple(row for row in self.lanes if row.lane not in gone)
        for row in removed:
            self._player.remove(row.run)
        self.changed.emit()

    def new_lanes(self, count: int, leaving: Collection[int] = ()) -> list[tuple[int, int]]:
        """Numbers of lanes and of lines that are not taken; lanes that leave give up theirs."""
        taken = {row.line for row in self.lanes if row.lane not in leaving} | self.kept.lines
        free = [n for n in range(len(taken) + count) if n not in taken]
        first, self._lane = self._lane + 1, self._lane + count
        return [(first + n, free[n]) for n in range(count)]

    def number(self) -> int:
        """The number of a new run."""
        self._number += 1
        return self._number

    # What a run is called, and what is kept.

    def rename(self, run: int, name: str) -> None:
        """Give a run a name; an empty one gives back its number."""
        name = " ".join(name.split())
        lane = self.lane(run)
        if lane is not None:
            self._set(lane.lane, name=name)
        else:
            self.kept.rename(run, name or f"Run {run}")
        self.changed.emit()

    def pin(self, run: int, pinned: bool) -> None:
        """Draw a kept run beside the live ones, or no longer."""
        self.kept.pin(run, pinned, {row.line for row in self.lanes})
        self.changed.emit()

    def forget(self, run: int) -> RunMoment | None:
        """Forget a kept run; says what it was."""
        gone = self.kept.forget(run)
        self.changed.emit()
        return gone

    def put_back(self, moment: RunMoment) -> None:
        """Keep a run that was forgotten."""
        self.kept.add(moment)
        self.changed.emit()

    def keep_live(self) -> None:
        """Keep all live runs as they are now, if they have moved, and give them new numbers."""
        self._keep(self.lanes)

    def keep_branch(self, moment: RunMoment) -> None:
        """Keep a run's later part, as it goes on from an earlier moment of it."""
        self.kept.add(replace(moment, run=self.number(), live=False, pinned=False))
        self.changed.emit()

    # Inside.

    @Slot(int)
    def _note_extension(self, epochs: int) -> None:
        self.noted.emit(f"Going on for another {epochs:,} epochs.")

    def _keep(self, lanes: Iterable[Lane]) -> None:
        frame = self._player.frame
        ended = None if frame is None else frame.at_the_end  # whichever moment is shown
        moved = {m.run: m for m in self.live(ended) if m.snapshot.update > 0}
        for lane in tuple(lanes):
            if lane.run in moved:
                self.kept.add(replace(moved[lane.run], live=False))
                self._set(lane.lane, run=self.number())

    def _follow(self, prepared: Prepared) -> None:
        """Let the active run be as prepared, and the others start where it does."""
        active = self.active
        shared = {name: getattr(prepared.wanted, name) for name in SHARED}
        alone = active is not None and active.apart
        self.lanes = tuple(
            replace(
                lane,
                wanted=prepared.wanted
                if lane.lane == self._active
                else replace(lane.wanted, **({} if alone or lane.apart else shared), start=None),
            )
            for lane in self.lanes
        )
        self._drop_unfit(prepared)

    def _drop_unfit(self, prepared: Prepared) -> None:
        """End the runs whose settings cannot be used with the data of now."""
        for lane in self.lanes:
            if lane.lane == self._active:
                continue
            try:
                check(lane.wanted, prepared.dataset, lane.gradient)
            except ConfigError as error:
                self.lanes = tuple(row for row in self.lanes if row is not lane)
                self._player.remove(lane.run)
                self.noted.emit(f"{lane.title} has ended: {error.message}")

    def _start_all(self, prepared: Prepared, start: Parameters | None, play: bool) -> None:
        self._prepared, self._start = prepared, start
        active = self.active
        assert active is not None  # noqa: S101 - there is one as soon as data is open
        others = [lane for lane in self.lanes if lane is not active]
        data, own = prepared.dataset, active.gradient
        plans = [RunPlan(active.run, data, prepared.config, start, gradient=own)]
        for other in others:
            same = start is not None or not (other.apart or active.apart)
            plans.append(RunPlan(other.run, data, other.wanted, None, same, other.gradient))
        self._player.load_runs(plans, play)
        self.kept.bound(prepared.dataset)
        self.changed.emit()

    def _set(self, lane: int, **values: Any) -> None:
        rows = [replace(row, **values) if row.lane == lane else row for row in self.lanes]
        self.lanes = tuple(rows)

    def _moment(
        self, prepared: Prepared, lane: Lane, snapshot: Snapshot, frame: Frame
    ) -> RunMoment:
        config = snapshot.config
        assert config.activation is not None  # noqa: S101 - a run's settings are complete
        assert config.loss is not None  # noqa: S101
        # What lies ahead of an earlier moment is the time line's to show.
        changes = [
            change
            for change in frame.changes
            if change.run == lane.run and change.update <= snapshot.update
        ]
        return RunMoment(
            run=lane.run,
            name=lane.title,
            line=lane.line,
            read=prepared.document.as_read,
            table=prepared.table,
            dataset=prepared.dataset,
            pair=pair(config.activation, config.loss),
            config=config,
            snapshot=snapshot,
            marks=tuple(marks(changes)),
            moved=tuple([change.update for change in changes if change.weights]),
            wanted=lane.wanted,
            gradient=lane.gradient,
        )
