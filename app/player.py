"""The GUI thread's end of the training thread: loads runs, plays them, knows where they are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from app.training.messages import (
    Configure,
    Failure,
    Frame,
    Load,
    Pace,
    Pause,
    Play,
    RunPlan,
    Step,
)
from app.training.worker import Worker
from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot


class Player(QObject):
    """Plays the run on the screen. What it says is always of the run loaded last."""

    frame_arrived = Signal(object)
    """A `Frame`; answer with `acknowledge` when it is painted."""
    playing_changed = Signal(bool)
    extended = Signal(int)
    """A finished run was given this many epochs more, because Play or a step was asked for."""
    failed = Signal(object)
    """An exception from the training thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frame: Frame | None = None
        self.playing = False
        self._generation = 0
        self._plan: RunPlan | None = None
        self._extra_epochs = 0
        self._worker = Worker()
        self._worker.announced.connect(self._collect)
        self._worker.failed.connect(self._report_failure)
        self._worker.start()

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest moment of the run; None until its first one has arrived."""
        return self.frame.snapshots[0][1] if self.frame and self.frame.snapshots else None

    def load(
        self,
        dataset: Dataset,
        config: TrainingConfig,
        start: Parameters | None = None,
        play: bool = False,
    ) -> None:
        """Replace the run by a new one; ``config`` is resolved."""
        self._generation += 1
        self._extra_epochs = 0
        self.frame = None  # a moment of the old run must never be taken for one of the new
        self._plan = RunPlan(self._generation, dataset, config, start)
        self._worker.give(Load(self._generation, (self._plan,)))
        self._set_playing(play)
        if play:
            self._worker.give(Play())

    def reload(self) -> None:
        """Start again from the very same weights; goes on playing if it was."""
        if self._plan is not None:
            self.load(self._plan.dataset, self._plan.config, self._plan.start, self.playing)

    def configure(self, config: TrainingConfig, dataset: Dataset | None = None) -> None:
        """Change settings, or the samples, between two updates; the weights stay."""
        if self._plan is not None:
            if config.epochs != self._plan.config.epochs:
                self._extra_epochs = 0  # a number that was chosen holds as it is
            self._plan = replace(self._plan, config=config, dataset=dataset or self._plan.dataset)
            longer = replace(config, epochs=config.epochs + self._extra_epochs)
            self._worker.give(Configure(self._generation, self._plan.run, longer, dataset))

    def play(self) -> None:
        """Train on; a run that has used up its epochs is given as many again."""
        if self._plan is not None:
            self._extend_finished(self._plan.config)
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
            self._extend_finished(self._plan.config)
            self._set_playing(False)
            self._worker.give(Step(updates))

    def set_pace(self, updates_per_second: float | None, frames_per_second: float) -> None:
        """Choose the speed of training and of drawing."""
        self._worker.give(Pace(updates_per_second, frames_per_second))

    def acknowledge(self, number: int) -> None:
        """Say that frame ``number`` is on the screen."""
        self._worker.acknowledge(number)

    def shut_down(self) -> None:
        """End the thread; safe to call more than once."""
        self._worker.shut_down()

    def _extend_finished(self, config: TrainingConfig) -> None:
        stop = self.snapshot.stop if self.snapshot is not None else None
        if stop is not None and stop.kind == "epochs" and config.epochs > 0:
            self._extra_epochs += config.epochs
            self.configure(config)
            self.extended.emit(config.epochs)

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
        self.frame = frame
        if all(snapshot.stop is not None for _, snapshot in frame.snapshots):
            self._set_playing(False)
        self.frame_arrived.emit(frame)

    @Slot(object)
    def _report_failure(self, failure: Failure) -> None:
        if failure.generation == self._generation:
            self._set_playing(False)
        self.failed.emit(failure.error)
