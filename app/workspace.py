"""What is open in the window: data, settings, the run and where it is. Lives in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs import JobControl, Jobs
from app.player import Player
from app.preparation import Prepared, changed, prepare, rebased, rebuild, restart_note
from app.sources import DataOptions, Source, dataset_from, read_source
from app.weights import LoadedWeights, load_weights
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig

_DATA, _SETTINGS = "data", "settings"


class Workspace(QObject):
    """Everything the window shows, and the orders it can give.

    Signals are past facts: they say what has happened, and carry the whole new value. Work is
    done by jobs; what a person asked for last is kept apart from what is true already, so that
    an order given while a job runs builds on the order before it, not on the past.
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
        self._wish = TrainingConfig()
        self._opening = False
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
        """Open a file or ``sample:NAME`` in the background; what is open stays until it is read.

        Settings start from their defaults, which suit any data, unless ``wanted`` is given.
        """
        choice, basis = choice or DataOptions(), self._wish

        def work(control: JobControl) -> Prepared:
            read = read_source(source, control.progress, control.cancelled)
            dataset = dataset_from(read, choice)
            settled = replace(choice, target=dataset.target)
            return prepare(source, read.table, settled, dataset, wanted or TrainingConfig())

        def adopt(result: Prepared) -> None:
            self._adopt_data(result, basis, play)

        name = Path(source).name or source
        tell: Callable[[float], None] = partial(self.progressed.emit, f"Reading {name}")
        tell(0.0)
        self._opening = True
        self._jobs.start(_DATA, work, adopt, self._refuse, tell)

    def cancel_opening(self) -> None:
        """Stop reading; what was open stays."""
        self._jobs.cancel(_DATA)
        self._opening = False
        self.progressed.emit("", 1.0)

    def choose_data(self, choice: DataOptions) -> None:
        """Rebuild the data set from the open table; training starts anew on it."""
        current, basis = self.current, self._wish
        if current is None:
            return
        if self._opening:
            self.noted.emit("Other data is being opened: the old data stays as it is.")
            self.prepared.emit(current)
            return
        self._jobs.cancel(_DATA)
        if choice == current.choice:
            return

        def work(_control: JobControl) -> Prepared:
            dataset = dataset_from(Source(current.table, choice.target), choice)
            return rebuild(current, choice, dataset)

        def adopt(result: Prepared) -> None:
            trained = self.player.snapshot is not None and self.player.snapshot.update > 0
            self._adopt_data(result, basis, self.player.playing)
            if trained or result.note:
                self.noted.emit(result.note or "The data is another: training starts again.")

        self._jobs.start(_DATA, work, adopt, self._refuse)

    def _adopt_data(self, result: Prepared, basis: TrainingConfig, play: bool) -> None:
        """Take over other data; settings changed while it was worked on are changed again."""
        wish = rebased(self._wish, basis, result.wanted)
        self._jobs.cancel(_SETTINGS)
        self._opening = False
        self.progressed.emit("", 1.0)
        self.current, self._wish = result, result.wanted
        self.opened.emit(result)
        self.prepared.emit(result)
        self.player.load(result.dataset, result.config, None, play)
        self.configure(wish)

    # Settings.

    def configure(self, wanted: TrainingConfig, note: str = "") -> None:
        """Change settings. What does not need another start acts on the next update.

        ``note`` is said in place of the usual sentence if training starts again.
        """
        current, self._wish = self.current, wanted
        self._jobs.cancel(_SETTINGS)
        if current is None or wanted == current.wanted:
            return
        if changed(current.wanted, wanted) == {"learning_rate"} and wanted.learning_rate:
            config = replace(current.config, learning_rate=wanted.learning_rate)
            self._adopt_settings("", replace(current, wanted=wanted, config=config))
            return

        def work(_control: JobControl) -> Prepared:
            return prepare(current.source, current.table, current.choice, current.dataset, wanted)

        self._jobs.start(_SETTINGS, work, partial(self._adopt_settings, note), self._refuse)

    def _adopt_settings(self, note: str, result: Prepared) -> None:
        before, self.current = self.current, result
        self.prepared.emit(result)
        usual = restart_note(before.config, result.config) if before is not None else ""
        if usual:
            self.player.load(result.dataset, result.config, None, self.player.playing)
            self.noted.emit(note or usual)
        else:
            self.player.configure(result.config)

    # The run.

    def restart_new(self) -> None:
        """Start again from other weights: the next seed."""
        wanted = replace(self._wish, seed=self._wish.seed + 1, start=None)
        note = f"New weights, drawn with seed {wanted.seed}."
        if wanted.initializer in {"zeros", "saturated"}:
            note = f"“{wanted.initializer}” has only one start: small normal weights were drawn."
            wanted = replace(wanted, initializer="normal")
        self.configure(wanted, note)

    def load_weights(self, path: Path) -> None:
        """Start a run from saved weights, whatever the scaling they were trained with."""
        current = self.current
        if current is None or self._opening:
            return
        self._jobs.start(
            _SETTINGS,
            lambda _control: load_weights(path, current),
            self._adopt_weights,
            self._refuse,
        )

    def _adopt_weights(self, loaded: LoadedWeights) -> None:
        self.current, self._wish = loaded.prepared, loaded.prepared.wanted
        self.prepared.emit(loaded.prepared)
        self.player.load(loaded.prepared.dataset, loaded.prepared.config, loaded.start)
        self.noted.emit(loaded.note)

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

    @Slot(int)
    def _note_extension(self, epochs: int) -> None:
        self.noted.emit(f"Going on for another {epochs:,} epochs.")

    def _refuse(self, error: Exception) -> None:
        """Say why, and show the truth again in the panels."""
        self._opening = self._jobs.is_running(_DATA) and self._opening
        self.progressed.emit("", 1.0)
        self.refused.emit(error)
        if self.current is not None:
            self._wish = self.current.wanted
            self.prepared.emit(self.current)
