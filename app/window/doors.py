"""The doors to data: files and what is remembered of them, the clipboard, samples, paintings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.launch import WindowOptions
from app.lessons.reading import is_lesson
from app.origins import FileOrigin, MadeOrigin, Origin, SampleOrigin, TextOrigin, origin_from
from app.panels.paste import clipboard_text
from app.panels.understood_words import needs_asking
from app.preparation import Prepared
from app.remembered import Remembered
from app.sources import DataOptions
from app.window import files
from app.window.saving import Saving
from slp_core.data.blank import blank_table
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Table
from slp_core.errors import DataError
from slp_core.training.config import TrainingConfig

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class Doors(QObject):
    """Opens data in the workspace, and brings it to files; asks what has to be asked.

    ``asks`` False opens everything as it is understood, without a dialog.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space = window, window.workspace
        self.remembered = Remembered()
        self.asks = True
        self.lesson = ""
        """The file of the lesson that was asked for last."""
        self._recalled: FileOrigin | None = None
        self._agreed: Origin | None = None
        self._entering: Origin | None = None
        self._seen: tuple[Origin, DataOptions] | None = None
        self._saving = Saving(window)
        self._space.opened.connect(self._opened)
        self._space.prepared.connect(self._prepared)
        self._space.refused.connect(self._refused)

    # In.

    def start(self, options: WindowOptions, first: str) -> None:
        """Open what the command line asks for, or ``first``."""
        origin = options.origin or origin_from(first)
        if isinstance(origin, FileOrigin) and is_lesson(origin.path):
            self._teach(origin.path)
            return
        untold = isinstance(origin, FileOrigin) and origin.reading == ReadingOptions()
        if untold and options.data == DataOptions() and self.asks:
            self._enter_as_before(origin, options.wanted, options.play)
        else:
            self._entering = origin
            self._space.open(origin, options.data, options.wanted, options.play)

    def open(self, name: str) -> None:
        """Open a lesson, a file as it was read the last time, or ``sample:NAME``."""
        if is_lesson(name):
            self._teach(name)
        elif self.may_leave():
            self._enter_as_before(origin_from(name))

    @Slot(object)
    def enter(self, origin: Origin) -> None:
        """Open an origin in place of what is open, if that may be left."""
        if self.may_leave():
            self._recalled, self._entering = None, origin
            self._space.open(origin, admit=self._admit)

    def _teach(self, path: str) -> None:
        """Begin a lesson, as soon as there are views to show it in."""
        self.lesson = path
        if self._window.teaching is not None:
            self._window.teaching.open(path)

    def lead(self, origin: Origin, choice: DataOptions, wanted: TrainingConfig) -> None:
        """Open what a lesson says, without a question."""
        self._recalled = None
        self._entering = self._agreed = origin
        self._space.open(origin, choice, wanted)

    def _enter_as_before(
        self, origin: Origin, config: TrainingConfig | None = None, play: bool = False
    ) -> None:
        found = self.remembered.recall(origin.path) if isinstance(origin, FileOrigin) else None
        self._recalled = None
        if found is not None and isinstance(origin, FileOrigin):
            origin = self._recalled = replace(origin, reading=found[0])
        self._entering = origin
        self._space.open(
            origin, found[1] if found is not None else None, config, play, admit=self._admit
        )

    def ask_file(self) -> None:
        """Ask for a file to open."""
        path = files.ask_table(self._window, self._window.settings.last_folder())
        if path is not None:
            self.open(path)

    def paste(self) -> None:
        """Open the table on the clipboard."""
        try:
            text = clipboard_text()
        except DataError as error:
            self._window.show_refusal(error)
        else:
            self.enter(TextOrigin(text))

    def new_painting(self) -> None:
        """Begin with a point for each of two classes, and the painting tools."""
        if self.may_leave():
            self._space.open(MadeOrigin(blank_table("binary")))
            self._window.actions_["edit.paint"].setChecked(True)
            self._window.show_painting(True)

    def show_gallery(self) -> None:
        """Let a person choose among the built-in sets."""
        from app.dialogs.gallery import Gallery  # its drawing is not needed to start

        current = self._space.current
        origin = current.origin if current is not None else None
        gallery = Gallery(self._window, origin if isinstance(origin, SampleOrigin) else None)
        gallery.chosen.connect(self.enter)
        gallery.show()

    def show_reading(self) -> None:
        """Show how the open file was read, and let that be changed."""
        current = self._space.current
        if current is not None and isinstance(current.origin, FileOrigin | TextOrigin):
            self._ask(current.origin, current.choice, current.document.as_read)
        elif current is None and (offer := self.offer()) is not None:
            offer[1]()
        else:
            self._window.status.show_note("What is open was not read from a file.")

    # Out.

    def save_data(self) -> None:
        """Save the table as it is now, in the background."""
        self._saving.save()

    def may_leave(self) -> bool:
        """Whether what is open may be given up; asks if it was edited and not saved."""
        return not self.asks or self._saving.may_leave()

    def shut_down(self) -> None:
        """End the thread that saves, once it has."""
        self._saving.shut_down()

    # What has happened.

    @Slot(object)
    def _opened(self, prepared: Prepared) -> None:
        origin = prepared.origin
        other = self._seen is None or self._seen[0] is not origin
        self._seen = origin, prepared.choice
        if not other:
            return
        if isinstance(origin, FileOrigin):
            self._window.settings.add_recent(Path(origin.path))
            self._window.refresh_recent()
            if origin.reading != ReadingOptions():
                self.remembered.keep(origin.path, origin.reading, prepared.choice)
            if self.remembered.note:
                self._window.status.show_note(self.remembered.note)
                self.remembered.note = ""
        doubtful = self._doubtful(prepared)
        self._recalled = self._entering = None
        if doubtful is not None:
            self._ask(doubtful, prepared.choice, prepared.table)

    def _admit(self, prepared: Prepared) -> bool:
        """Whether data may take the place of what is open; where it is in doubt, ask first."""
        doubtful = self._doubtful(prepared)
        if self._space.current is None or doubtful is None:
            return True
        self._entering = None
        self._ask(doubtful, prepared.choice, prepared.table, left=True)
        return False

    def _doubtful(self, prepared: Prepared) -> FileOrigin | TextOrigin | None:
        """The origin, if a person should look at how it was read and has not done so."""
        origin = prepared.origin
        settled = self._recalled is origin or self._agreed is origin
        if not self.asks or settled or not isinstance(origin, FileOrigin | TextOrigin):
            return None
        automatic = origin.reading == ReadingOptions()
        return origin if automatic and needs_asking(prepared.table) else None

    @Slot(object)
    def _prepared(self, prepared: Prepared) -> None:
        """Remember what a person has chosen about a file."""
        seen, self._seen = self._seen, (prepared.origin, prepared.choice)
        chosen = seen is not None and seen[0] is prepared.origin and seen[1] != prepared.choice
        if chosen and isinstance(prepared.origin, FileOrigin):
            self.remembered.keep(prepared.origin.path, prepared.origin.reading, prepared.choice)

    @Slot(object)
    def _refused(self, _error: Exception) -> None:
        """Choices that were kept for a file and do not fit any more must not keep it closed."""
        recalled, self._recalled = self._recalled, None
        if recalled is not None:
            self.remembered.forget(recalled.path)
            self._window.banner.clear()
            self._window.status.show_note(
                f"What was chosen for {recalled.name} the last time does not fit any more."
            )
            self._space.open(FileOrigin(recalled.path))

    def offer(self) -> tuple[str, Callable[[], None]] | None:
        """What can be done about a file that could not be opened, and what that is called."""
        origin = self._entering
        if not isinstance(origin, FileOrigin | TextOrigin):
            return None
        return "How it is &read…", partial(self._ask, origin, DataOptions(), None)

    def _ask(
        self,
        origin: FileOrigin | TextOrigin,
        choice: DataOptions,
        table: Table | None,
        left: bool = False,
    ) -> None:
        """Show how an origin is read, or why it cannot be, and let that be changed.

        ``left``: what is open has been given up already for this origin, unless it is cancelled.
        """
        from app.dialogs.import_dialog import ImportDialog  # not needed for files that are clear

        def take(reading: ReadingOptions, options: DataOptions, read: Table) -> None:
            if isinstance(origin, FileOrigin):  # an answer, even if it changes nothing
                self.remembered.keep(origin.path, reading, options)
            same = self._space.current is not None and self._space.current.origin is origin
            if same and reading == origin.reading:
                self._space.choose_data(options)
            elif left or self.may_leave():
                self._entering = self._agreed = replace(origin, reading=reading)
                self._space.open(self._entering, options, table=read)

        dialog = ImportDialog(
            origin, choice, table, settings=self._window.settings, parent=self._window
        )
        dialog.taken.connect(take)
        dialog.show()
