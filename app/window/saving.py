"""Bringing the open table to a file, and asking before edits are given up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.class_names import read_order
from app.jobs import JobControl, Jobs
from app.origins import Origin
from app.preparation import Document
from app.settings import LAST_FOLDER
from app.window import files
from slp_core.errors import SlpError
from slp_core.storage.data_csv import table_csv

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_SAVE = "save"


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """What goes to a file, as it was when that was asked for."""

    path: Path
    document: Document
    target: str
    classes: tuple[str, ...]
    renames: tuple[tuple[str, str], ...]

    def write(self) -> None:
        """Write it, classes by the names they are shown under."""
        names = dict(self.renames)
        table_csv(self.document.table, self.path, target=self.target, renames=names)


class Saving(QObject):
    """Saves the table as it is now: in the background, or before it is left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space = window, window.workspace
        self._jobs = Jobs(self)
        self._last: _Sheet | None = None
        self._space.prepared.connect(self._mark)

    def save(self) -> None:
        """Save the table as it is now, in the background."""
        sheet = self._ask_sheet()
        if sheet is None:
            return

        def work(_control: JobControl) -> None:
            sheet.write()

        def done(_result: None) -> None:
            self._saved(sheet)

        self._window.status.show_work(f"Saving {sheet.path.name}", 0.0)
        self._jobs.start(_SAVE, work, done, self._not_saved)

    def may_leave(self) -> bool:
        """Whether what is open may be given up; asks if it was edited and not saved."""
        if not self._is_unsaved():
            return True
        answer = files.ask_to_save(self._window)
        return answer == "discard" or (answer == "save" and self._save_now())

    def shut_down(self) -> None:
        """End the thread that saves, once it has."""
        self._jobs.shut_down()

    def _save_now(self) -> bool:
        """Save before what is open is left; whether that has worked."""
        sheet = self._ask_sheet()
        if sheet is None:
            return False
        try:
            sheet.write()
        except (SlpError, OSError) as error:
            self._not_saved(error)
            return False
        self._saved(sheet)
        return True

    def _ask_sheet(self) -> _Sheet | None:
        """What is to be saved, once a person has said where."""
        current, table = self._space.current, self._space.editing.table
        if current is None or table is None:
            return None
        name = Path(Path(table.name).name.removesuffix(".gz")).with_suffix(".csv")
        last = self._last_of(current.origin)
        place = last.path if last is not None else self._window.settings.last_folder() / name
        path = files.ask_save_table(self._window, place)
        if path is None:
            return None
        dataset, document = current.dataset, self._space.editing.document
        return _Sheet(path, document, dataset.target, dataset.classes, current.choice.renames)

    def _is_unsaved(self) -> bool:
        """Whether there is something that no file has; names count once they have been saved."""
        current = self._space.current
        last = None if current is None else self._last_of(current.origin)
        renamed = (
            last is not None and current is not None and current.choice.renames != last.renames
        )
        return self._space.editing.unsaved or renamed

    def _last_of(self, origin: Origin) -> _Sheet | None:
        """What was saved last, if it was of these data."""
        last = self._last
        return last if last is not None and last.document.origin is origin else None

    @Slot()
    def _mark(self) -> None:
        """A star in the title while there is something that no file has."""
        self._window.setWindowModified(self._is_unsaved())

    def _saved(self, sheet: _Sheet) -> None:
        self._window.status.show_work("", 1.0)
        self._last = sheet
        self._space.editing.mark_saved(sheet.document)
        self._mark()
        self._window.settings.set(LAST_FOLDER, str(sheet.path.parent))
        self._window.settings.add_recent(sheet.path)
        self._window.refresh_recent()
        told = f"Data saved to {sheet.path}. {read_order(sheet.classes)}"
        self._window.status.show_note(told.strip())

    def _not_saved(self, error: Exception) -> None:
        self._window.status.show_work("", 1.0)
        self._window.show_refusal(error)
