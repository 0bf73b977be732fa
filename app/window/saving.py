"""Bringing the open table to a file, and asking before edits are given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.class_names import read_order
from app.jobs import JobControl, Jobs
from app.preparation import Document
from app.settings import LAST_FOLDER
from app.window import files
from slp_core.errors import SlpError
from slp_core.storage.data_csv import table_csv

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_SAVE = "save"


class Saving(QObject):
    """Saves the table as it is now: in the background, or before it is left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space = window, window.workspace
        self._jobs = Jobs(self)
        self._space.prepared.connect(self._mark)

    def save(self) -> None:
        """Save the table as it is now, in the background."""
        path = self._ask_place()
        if path is None:
            return
        document, write = self._space.editing.document, self._writer(path)

        def work(_control: JobControl) -> None:
            write()

        def done(_result: None) -> None:
            self._saved(path, document)

        self._window.status.show_work(f"Saving {path.name}", 0.0)
        self._jobs.start(_SAVE, work, done, self._not_saved)

    def may_leave(self) -> bool:
        """Whether what is open may be given up; asks if it was edited and not saved."""
        if not self._space.editing.unsaved:
            return True
        answer = files.ask_to_save(self._window)
        return answer == "discard" or (answer == "save" and self._save_now())

    def shut_down(self) -> None:
        """End the thread that saves, once it has."""
        self._jobs.shut_down()

    def _save_now(self) -> bool:
        """Save before what is open is left; whether that has worked."""
        path = self._ask_place()
        if path is None:
            return False
        try:
            self._writer(path)()
        except (SlpError, OSError) as error:
            self._not_saved(error)
            return False
        self._saved(path, self._space.editing.document)
        return True

    def _ask_place(self) -> Path | None:
        table = self._space.editing.table
        if table is None:
            return None
        name = Path(Path(table.name).name.removesuffix(".gz")).with_suffix(".csv")
        return files.ask_save_table(self._window, self._window.settings.last_folder() / name)

    def _writer(self, path: Path) -> Callable[[], None]:
        """What writes the table as it is now, classes by the names they are shown under."""
        current, table = self._space.current, self._space.editing.table
        assert current is not None  # noqa: S101 - there is a table to save
        assert table is not None  # noqa: S101
        renames = dict(current.choice.renames)
        return partial(table_csv, table, path, target=current.dataset.target, renames=renames)

    @Slot()
    def _mark(self) -> None:
        """A star in the title while there is something that no file has."""
        self._window.setWindowModified(self._space.editing.unsaved)

    def _saved(self, path: Path, document: Document) -> None:
        self._window.status.show_work("", 1.0)
        self._space.editing.mark_saved(document)
        self._mark()
        self._window.settings.set(LAST_FOLDER, str(path.parent))
        self._window.settings.add_recent(path)
        self._window.refresh_recent()
        current = self._space.current
        order = read_order(current.dataset.classes) if current is not None else ""
        self._window.status.show_note(f"Data saved to {path}. {order}".strip())

    def _not_saved(self, error: Exception) -> None:
        self._window.status.show_work("", 1.0)
        self._window.show_refusal(error)
