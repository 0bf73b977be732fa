"""The GUI thread's end of the training thread: loads runs, plays them, knows where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from app.training.messages import (
    Branch,
    Configure,
    Failure,
    Frame,
    Load,
    Pace,
    Pause,
    Play,
    Remove,
    RunPlan,
    Seek,
    Step,
    StepBack,
)
from app.training.worker import Worker
from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot


class Player(QObject):
    """Plays the runs on the screen, one of which is active. What it says is of those loaded last.

    All live runs are at the same update; settings are changed one run at a time.
    """

    frame_arrived = Signal(object)
    """A `Frame`, the active run first; answer with `acknowledge` when it is painted."""
    playing_changed = Signal(bool)
    extended = Signal(int)
    """A finished run was given this many epochs more, because Play or a step was asked for."""
    branched = Signal(object)
    """A `Branch`: runs go another way from an earlier moment on. What lay ahead can be kept now."""
    failed = Signal(object)
    """An exception from the training thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frame: Frame | None = None
        self.playing = False
        self._generation = 0
        self._plans: dict[int, RunPlan] = {}
        self._active = 0
        self._extra_epochs: dict[int, int] = {}
        self._sought = 0
        self._worker = Worker()
        self._worker.announced.connect(self._collect)
        self._worker.branched.connect(self._report_branch)
        self._worker.failed.connect(self._report_failure)
        self._worker.start()

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest moment of the active run; None until its first one has arrived."""
        return self.frame.snapshots[0][1] if self.frame and self.frame.snapshots else None

    @property
    def last(self) -> Snapshot | None:
        """The last moment of the active run, whichever is shown."""
        now = self.snapshot
        return now if self.frame is None else dict(self.frame.ends).get(self._active, now)

    @property
    def position(self) -> int:
        """Updates made up to the moment on the screen."""
        return self.frame.update if self.frame is not None else 0

    @property
    def reached(self) -> int:
        """The farthest update that can be gone to."""
        return self.frame.reached if self.frame is not None else 0

    @property
    def earliest(self) -> int:
        """The first update that can be gone back to; 0 unless very many changes lie behind."""
        return self.frame.earliest if self.frame is not None else 0

    @property
    def seeking(self) -> bool:
        """Whether an earlier or later moment has been asked for that is not on the screen yet."""
        return self.frame is not None and self._sought != self.frame.sought

    @property
    def _plan(self) -> RunPlan | None:
        """The active run."""
        return self._plans.get(self._active)

    def load(
        self,
        dataset: Dataset,
        config: TrainingConfig,
        start: Parameters | None = None,
        play: bool = False,
    ) -> None:
        """Replace all runs by a new one; ``config`` is resolved."""
        self.load_runs((RunPlan(self._generation + 1, dataset, config, start),), play)

    def load_runs(self, plans: Sequence[RunPlan], play: bool = False) -> None:
        """Replace all runs by new ones, paused at update 0 or playing; the first is active."""
        self._generation += 1
        self._extra_epochs = {}
        self.frame = None  # a moment of an old run must never be taken for one of the new
        self._plans = {plan.run: plan for plan in plans}
        self._active = plans[0].run
        self._worker.give(Load(self._generation, tuple(plans)))
        self._set_playing(play)
        if play:
            self._worker.give(Play())

    def activate(self, run: int) -> None:
        """Speak of another live run from now on; all go on as they were."""
        if run in self._plans and run != self._active:
            self._active = run
            if self.frame is not None:
                self.frame = self._ordered(self.frame)
                self.frame_arrived.emit(self.frame)

    def remove(self, run: int) -> None:
        """End one of several runs, but not the active one; the others go on."""
        if run in self._plans and run != self._active:
            del self._plans[run]
            self._worker.give(Remove(self._generation, run))
            if self.frame is not None:
                self.frame = self._ordered(self.frame)
                self.frame_arrived.emit(self.frame)

    def configure(
        self, config: TrainingConfig, dataset: Dataset | None = None, run: int | None = None
    ) -> None:
        """Change settings, or the samples, of a run (the active one) between two updates."""
        run = self._active if run is None else run
        plan = self._plans.get(run)
        if plan is None:
            return
        if config.epochs != plan.config.epochs:
            self._extra_epochs[run] = 0  # a number that was chosen holds as it is
        self._plans[run] = replace(plan, config=config, dataset=dataset or plan.dataset)
        longer = replace(config, epochs=config.epochs + self._extra_epochs.get(run, 0))
        self._worker.give(Configure(self._generation, run, longer, dataset))

    def place(self, weights: Parameters) -> None:
        """Let the active run go on from other weights."""
        plan = self._plan
        if plan is not None:
            order = Configure(self._generation, plan.run, plan.config, weights=weights)
            self._worker.give(order)

    def play(self) -> None:
        """Train on; a run that has used up its epochs is given as many again."""
        if self._plan is not None:
            self._extend_finished()
            self._set_playing(True)
            self._worker.give(Play())

    def pause(self) -> None:
        """Stop after the current burst."""
        self._set_playing(False)
        self._worker.give(Pause())

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self, updates: int | None = 1) -> None:
        """Make some updates, or one epoch when None, and pause."""
        if self._plan is not None:
            self._extend_finished()
            self._set_playing(False)
            self._worker.give(Step(updates))

    def seek(self, update: int) -> None:
        """Pause, and show the runs as they were after ``update`` updates, or as near as possible.

        Asked for several times in a row, the last one counts.
        """
        self._go_back(Seek(update))

    def step_back(self, updates: int | None = 1) -> None:
        """Pause, and go some updates back, or to the last beginning of an epoch when None."""
        self._go_back(StepBack(updates))

    def set_pace(self, updates_per_second: float | None, frames_per_second: float) -> None:
        """Choose the speed of training and of drawing."""
        self._worker.give(Pace(updates_per_second, frames_per_second))

    def repeat(self) -> None:
        """Say the newest frame again: something that is told of its runs has changed."""
        if self.frame is not None:
            self.frame_arrived.emit(self.frame)

    def acknowledge(self, number: int) -> None:
        """Say that frame ``number`` is on the screen."""
        self._worker.acknowledge(number)

    def shut_down(self) -> None:
        """End the thread; safe to call more than once."""
        self._worker.shut_down()

    def _go_back(self, order: Seek | StepBack) -> None:
        if self._plan is not None:
            self._set_playing(False)
            self._sought += 1
            self._worker.give(order)

    def _extend_finished(self) -> None:
        """Give runs that have used up their epochs as many again, if none can go on without."""
        # On the way to another moment the one on the screen says nothing of what will be there.
        snapshots = self.frame.snapshots if self.frame is not None and not self.seeking else ()
        if any(snapshot.stop is None for _, snapshot in snapshots):
            return
        given = 0
        for run, snapshot in snapshots:
            plan = self._plans[run]
            if snapshot.stop and snapshot.stop.kind == "epochs" and plan.config.epochs > 0:
                self._extra_epochs[run] = self._extra_epochs.get(run, 0) + plan.config.epochs
                self.configure(plan.config, run=run)
                given = given or plan.config.epochs
        if given:
            self.extended.emit(given)

    def _ordered(self, frame: Frame) -> Frame:
        """The runs that are still wanted, the active one first."""
        wanted = [pair for pair in frame.snapshots if pair[0] in self._plans]
        wanted.sort(key=lambda pair: pair[0] != self._active)
        return replace(frame, snapshots=tuple(wanted))

    def _set_playing(self, playing: bool) -> None:
        if playing != self.playing:
            self.playing = playing
            self.playing_changed.emit(playing)

    @Slot()
    def _collect(self) -> None:
        frame = self._worker.mailbox.take()
        if frame is None:
            return
        if frame.generation != self._generation:
            self._worker.acknowledge(frame.number)
            return
        frame = self.frame = self._ordered(frame)
        if all(snapshot.stop is not None for _, snapshot in frame.snapshots):
            self._set_playing(False)
        self.frame_arrived.emit(frame)

    @Slot(object)
    def _report_branch(self, branch: Branch) -> None:
        if branch.generation == self._generation:
            self.branched.emit(branch)

    @Slot(object)
    def _report_failure(self, failure: Failure) -> None:
        if failure.generation == self._generation:
            self._set_playing(False)
        self.failed.emit(failure.error)
