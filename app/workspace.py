"""What is open in the window: data, settings, the run and where it is. Lives in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.changes import change_text, choice_text
from app.class_names import classes_note
from app.data_jobs import DataJobs
from app.editing import Editing
from app.history import History, Step
from app.jobs import Jobs
from app.origins import Origin, generated_alike, origin_from
from app.player import Player
from app.preparation import (
    Document,
    Prepared,
    changed,
    keeps_weights,
    names_only,
    next_start,
    rebased,
    restart_note,
)
from app.runs_book import RunBook
from app.runs_desk import RunDesk
from app.selection import Selection
from app.settings_jobs import SettingsJobs
from app.sources import DataOptions, usual_settings
from slp_core.data.edits import Edit
from slp_core.data.table import Table
from slp_core.errors import DataError
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig


class Workspace(QObject):
    """Everything the window shows, and the orders it can give.

    Signals are past facts and carry the whole new value. Work is done by jobs; what was asked for
    last is kept apart from what is true, so that an order given meanwhile builds on it.
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
        self.selection = Selection(self)
        self.history = History()
        """Every edit of data and settings since the data was opened."""
        self.wish = TrainingConfig()
        """The settings asked for last, whether they are in force yet or not."""
        self._choice = DataOptions()
        self._jobs = Jobs(self)
        self._data = DataJobs(self._jobs, self.progressed.emit, self._refuse)
        self._settings = SettingsJobs(self._jobs, self._refuse)
        self.editing = Editing(self._jobs, self.selection, self._adopt_edit, self._refuse)
        """The open table with all that was edited by hand."""
        self.runs = RunBook(self.player, self)
        """The runs that train, and those that are kept."""
        self.desk = RunDesk(self.runs, self.history, self._settings, self)
        """Orders about runs."""
        self.runs.noted.connect(self.noted)
        self.desk.refused.connect(self.refused)
        self.player.failed.connect(self.refused)

    # Data.

    def open(
        self,
        source: Origin | str,
        choice: DataOptions | None = None,
        wanted: TrainingConfig | None = None,
        play: bool = False,
        table: Table | None = None,
        admit: Callable[[Prepared], bool] | None = None,
    ) -> None:
        """Open something in the background; settings are the usual ones unless ``wanted`` is given.

        ``table``: it was read already. What ``admit`` refuses is dropped.
        """
        origin = origin_from(source) if isinstance(source, str) else source
        adopt = partial(self._adopt_opened, self.wish, play)
        choice, wanted = choice or DataOptions(), wanted or usual_settings(origin)
        self._data.read(origin, table, choice, wanted, adopt, admit)

    def regenerate(self, origin: Origin) -> None:
        """The same kind of data from another origin; choices and settings stay. Undoable."""
        current = self.current
        if current is None:
            return
        document, choice, wanted = self.editing.document, self._choice, self.wish
        adopt = partial(self._adopt_data, current.wanted, None)
        forward = partial(self._data.generate, origin, current, choice, adopt)
        backward = partial(self._make, document, choice, wanted)
        gesture = generated_alike(document.origin, origin)
        self.history.push(Step(f"Generate {origin.name}", forward, backward, gesture))

    def cancel_opening(self) -> None:
        """Stop reading; what was open stays."""
        self._data.cancel()
        self.history.drop()
        self.progressed.emit("", 1.0)

    def choose_data(self, choice: DataOptions) -> None:
        """Make another data set of the open table; training starts anew on it. Undoable."""
        before, wanted = self._choice, self.wish
        if self.current is None or choice == before:
            return
        if self._data.reading:
            self.noted.emit("Other data is being opened: the old data stays as it is.")
            self.prepared.emit(self.current)
            return
        text, forward = choice_text(before, choice), partial(self._make, None, choice, None)
        self.history.push(Step(text, forward, partial(self._make, None, before, wanted)))

    def _make(
        self, document: Document | None, choice: DataOptions, wanted: TrainingConfig | None
    ) -> None:
        document = document or self.editing.document
        if self.current is not None:
            self._choice = choice
            adopt = partial(self._adopt_data, self.current.wanted, wanted)
            self._data.make(document, self.current, choice, wanted, adopt)

    def _adopt_opened(self, basis: TrainingConfig, play: bool, result: Prepared) -> None:
        """Take over other data; nothing of what was done before can be undone."""
        wish = rebased(self.wish, basis, result.wanted)
        self.history.clear()
        self._take(result)
        self.opened.emit(result)
        self.prepared.emit(result)
        self.runs.open(result, play)
        self.configure(wish)

    def _adopt_data(
        self, basis: TrainingConfig, wanted: TrainingConfig | None, result: Prepared
    ) -> None:
        """Take over another data set; settings changed while it was made are changed again."""
        before = self.current
        wish = rebased(self.wish, basis, result.wanted) if wanted is None else wanted
        trained = self.player.snapshot is not None and self.player.snapshot.update > 0
        self._take(result)
        self.history.settle()
        if before is not None and names_only(before, result):
            self.prepared.emit(result)
            self.runs.configure(result, result.dataset)
        else:
            self.opened.emit(result)
            self.prepared.emit(result)
            self.runs.load(result)
            if trained or result.note:
                self.noted.emit(result.note or "The data has changed: training starts again.")
        self._apply(wish)

    def _take(self, result: Prepared) -> None:
        """Hold what is true now."""
        self._settings.cancel()
        self.progressed.emit("", 1.0)
        self.current, self.wish, self._choice = result, result.wanted, result.choice
        self.editing.begin(result)

    # Edits of the table.

    def edit(self, edit: Edit, text: str, gesture: int | None = None) -> None:
        """Edit the table; training goes on. Edits with the same ``gesture`` are undone as one."""
        if self.current is None or self._data.running:
            self.noted.emit("Other data is being worked on: nothing was edited.")
            return
        try:
            self.history.push(self.editing.step(edit, text, gesture))
        except DataError as error:
            self.refused.emit(error)
            self.prepared.emit(self.current)

    def back_to_the_file(self) -> None:
        """Undo all edits of the table at once; undoable itself."""
        if self.current is not None and self.editing.document.edited and not self._data.running:
            self.history.push(self.editing.reset_step())

    def _adopt_edit(self, base: Prepared, result: Prepared) -> None:
        """Take over the edited data; settings adopted while it was made stay as they are."""
        now = self.current or base
        if stale := now.wanted != base.wanted:
            result = replace(result, wanted=now.wanted, config=now.config)
        self.current = result
        self.editing.settled(result)
        self.prepared.emit(result)
        if keeps_weights(now, result):
            self.runs.configure(result, result.dataset)
        else:
            self.runs.load(result)
            self.noted.emit(classes_note(now.dataset, result.dataset))
        if stale or self.wish != result.wanted:
            self._settings.prepare(result, self.wish, partial(self._adopt_settings, ""))
        else:
            self._settings.cancel()
            self._settle()

    # Settings.

    def configure(self, wanted: TrainingConfig, note: str = "") -> None:
        """Change settings. What does not need another start acts on the next update. Undoable.

        ``note`` is said in place of the usual sentence if training starts again.
        """
        before = self.wish
        if self.current is None or wanted == before:
            self.wish = wanted
            return
        if self.desk.refuses(wanted):
            return
        lane = active.lane if (active := self.runs.active) is not None else 0
        text, names = change_text(before, wanted), frozenset(changed(before, wanted))
        forward = partial(self._apply, wanted, note, lane)
        backward = partial(self._apply, before, "", lane)
        self.history.push(Step(f"Change {text}", forward, backward, (lane, names)))

    def _apply(self, wanted: TrainingConfig, note: str = "", lane: int = 0) -> None:
        self.desk.turn_to(lane)
        self.wish = wanted
        if self.current is not None and wanted == self.current.wanted:
            self._settings.cancel()
            self._settle()
        elif self.current is not None:
            self._settings.prepare(self.current, wanted, partial(self._adopt_settings, note))

    def _settle(self) -> None:
        """What was asked for is done, unless data is still being made."""
        if not self._data.running and not self.editing.running:
            self.history.settle()

    def _adopt_settings(self, note: str, result: Prepared) -> None:
        before, self.current = self.current, result
        self.editing.settled(result)
        self._settle()
        self.prepared.emit(result)
        usual = restart_note(before.config, result.config) if before is not None else ""
        if usual:
            self.runs.load(result)
            self.noted.emit(note or usual)
        else:
            self.runs.configure(result)

    # The runs.

    def compare(self, changes: Mapping[str, object], name: str = "") -> None:
        """Train another run beside the active one, which differs in these settings. Undoable."""
        self.desk.compare(changes, name)

    def restart_new(self) -> None:
        """Start again from other weights: the next seed. Undoable."""
        self.configure(*next_start(self.wish))

    def load_weights(self, path: Path) -> None:
        """Start from saved weights, whatever the scaling they were trained with."""
        if self.current is not None and not self._data.reading:
            self.desk.load_weights(path)

    def hold(self, result: Prepared) -> None:
        """Show other settings for the same data, with which the active run trains already."""
        self.current, self.wish = result, result.wanted
        self.editing.settled(result)
        self.prepared.emit(result)

    def model(self) -> Model | None:
        """The model on the screen, ready to be saved; None while there is none."""
        current, snapshot = self.current, self.player.snapshot
        return Model.from_run(current.dataset, snapshot) if current and snapshot else None

    def shut_down(self) -> None:
        """End all threads; safe to call more than once."""
        self._jobs.shut_down()
        self.player.shut_down()

    def _refuse(self, error: Exception) -> None:
        """Say why, and show the truth again in the panels."""
        self.progressed.emit("", 1.0)
        self.history.drop()
        self.refused.emit(error)
        if self.current is not None:
            self.wish, self._choice = self.current.wanted, self.current.choice
            self.editing.begin(self.current)
            self.prepared.emit(self.current)
