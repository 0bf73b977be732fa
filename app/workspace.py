"""What is open in the window: data, settings, the run and where it is. Lives in the GUI thread."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs import JobControl, Jobs
from app.player import Player
from app.preparation import Prepared, fitting, prepare
from app.sources import DataOptions, Source, dataset_from, read_source
from slp_core.network.parameters import Parameters
from slp_core.storage.model import Model
from slp_core.training.config import RESTART_FIELDS, TrainingConfig


class Workspace(QObject):
    """Everything the window shows, and the orders it can give.

    Signals are past facts: they say what has happened, and carry the whole new value.
    """

    opened = Signal(object)
    """A `Prepared` with other data than before."""
    prepared = Signal(object)
    """A `Prepared`: data or settings have changed (follows ``opened`` too)."""
    noted = Signal(str)
    """One sentence about something the program did on its own."""
    refused = Signal(object)
    """An exception: something could not be done and nothing has changed."""
    progressed = Signal(str, float)
    """What is being worked on, and the share done (0..1); an empty text ends it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Prepared | None = None
        self.player = Player(self)
        self._play_when_ready = False
        self._jobs = Jobs(self)
        self.player.failed.connect(self.refused)
        self.player.extended.connect(self._note_extension)

    # Data.

    def open(
        self,
        source: str,
        choice: DataOptions | None = None,
        wanted: TrainingConfig | None = None,
        play: bool = False,
    ) -> None:
        """Open a file or ``sample:NAME`` in the background; what is open stays until it is read."""
        choice = choice or DataOptions()
        before = self.current

        def work(control: JobControl) -> Prepared:
            read = read_source(source, control.progress, control.cancelled)
            dataset = dataset_from(read, choice)
            settings = wanted or fitting(
                before.wanted if before else TrainingConfig(), before and before.dataset, dataset
            )
            settled = replace(choice, target=dataset.target)
            return prepare(source, read.table, settled, dataset, settings)

        name = Path(source).name or source
        self.progressed.emit(f"Reading {name}", 0.0)
        self._play_when_ready = play
        self._jobs.start(
            "data",
            work,
            self._adopt_data,
            self._refuse,
            lambda share: self.progressed.emit(f"Reading {name}", share),
        )

    def cancel_opening(self) -> None:
        """Stop reading; what was open stays."""
        self._jobs.cancel("data")
        self.progressed.emit("", 1.0)

    def choose_data(self, choice: DataOptions) -> None:
        """Rebuild the data set from the open table; training starts anew on it."""
        current = self.current
        if current is None or choice == current.choice:
            return

        def work(_control: JobControl) -> Prepared:
            dataset = dataset_from(Source(current.table, choice.target), choice)
            settings = fitting(current.wanted, current.dataset, dataset)
            return prepare(current.source, current.table, choice, dataset, settings)

        self._play_when_ready = self.player.playing
        self._jobs.start("data", work, self._adopt_data, self._refuse)

    def _adopt_data(self, result: Prepared) -> None:
        self.progressed.emit("", 1.0)
        self.current = result
        self.opened.emit(result)
        self.prepared.emit(result)
        self._load(None)

    # Settings.

    def configure(self, wanted: TrainingConfig) -> None:
        """Change settings. What does not need another start acts on the next update."""
        current = self.current
        if current is None or wanted == current.wanted:
            return
        changed = _changed(current.wanted, wanted)
        if changed == {"learning_rate"} and wanted.learning_rate is not None:
            config = replace(current.config, learning_rate=wanted.learning_rate)
            self._adopt_settings(replace(current, wanted=wanted, config=config))
            return
        self._jobs.start(
            "settings",
            lambda _control: prepare(
                current.source, current.table, current.choice, current.dataset, wanted
            ),
            self._adopt_settings,
            self._refuse,
        )

    def _adopt_settings(self, result: Prepared) -> None:
        before = self.current
        if before is not None and before.dataset is not result.dataset:
            self.configure(result.wanted)  # other data came in between: the wish still stands
            return
        self.current = result
        self.prepared.emit(result)
        restarting = before is None or _changed(before.config, result.config) & set(RESTART_FIELDS)
        if restarting:
            self._play_when_ready = self.player.playing
            self._load(None)
            self.noted.emit(_restart_note(before, result))
        else:
            self.player.configure(result.config)

    # The run.

    def restart_new(self) -> None:
        """Start again from other weights: the next seed."""
        current = self.current
        if current is None:
            return
        wanted = replace(current.wanted, seed=current.wanted.seed + 1, start=None)
        if wanted.initializer in {"zeros", "saturated"}:
            self.noted.emit(
                f"“{wanted.initializer}” has only one start; drawing small normal weights instead."
            )
            wanted = replace(wanted, initializer="normal")
        self.configure(wanted)

    def start_from(self, model: Model, parameters: Parameters, note: str) -> None:
        """Start a run of the model's pair from given weights, in the scaling of the open data."""
        current = self.current
        if current is None:
            return
        pair = {"activation": model.activation, "loss": model.loss}
        wanted = replace(current.wanted, **pair)
        self.current = prepare(
            current.source, current.table, current.choice, current.dataset, wanted
        )
        self.prepared.emit(self.current)
        self._load(parameters)
        self.noted.emit(note)

    def model(self) -> Model | None:
        """The model on the screen, ready to be saved; None while there is none."""
        snapshot = self.player.snapshot
        if self.current is None or snapshot is None:
            return None
        return Model.from_run(self.current.dataset, snapshot)

    def shut_down(self) -> None:
        """End all threads; safe to call more than once."""
        self._jobs.shut_down()
        self.player.shut_down()

    def _load(self, start: Parameters | None) -> None:
        assert self.current is not None  # noqa: S101 - callers have checked
        play, self._play_when_ready = self._play_when_ready, False
        self.player.load(self.current.dataset, self.current.config, start, play)

    @Slot(int)
    def _note_extension(self, epochs: int) -> None:
        self.noted.emit(f"Going on for another {epochs:,} epochs.")

    def _refuse(self, error: Exception) -> None:
        self.progressed.emit("", 1.0)
        self._play_when_ready = False
        self.refused.emit(error)
        if self.current is not None:
            self.prepared.emit(self.current)


def _changed(before: TrainingConfig, after: TrainingConfig) -> set[str]:
    return {
        f.name for f in fields(TrainingConfig) if getattr(before, f.name) != getattr(after, f.name)
    }


def _restart_note(before: Prepared | None, after: Prepared) -> str:
    if before is None:
        return ""
    changed = sorted(_changed(before.config, after.config) & set(RESTART_FIELDS))
    what = " and ".join(name.replace("_", " ") for name in changed)
    return f"Another {what}: training starts again, the old weights do not carry over."
