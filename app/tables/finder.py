"""Who looks for texts: at once in a small table, else in the background; and goes there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs import JobControl, Jobs
from app.tables.bar import SearchField
from app.tables.finding import Answer, Quest, found
from app.tables.grid import Grid
from app.tables.model import TableModel
from app.tables.order import Quiet

LARGE: Final = 100_000
"""Cells from which on the search goes to the background."""
_LONGEST: Final = 40


class Finder(QObject):
    """Answers the newest question of the search field."""

    answered = Signal(str)
    """What is to be said: nothing where the text was found."""
    progressed = Signal(str)

    def __init__(
        self, jobs: Jobs, grid: Grid, model: TableModel, field: SearchField, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._grid, self._model, self._field = jobs, grid, model, field
        self._quest: Quest | None = None
        field.wanted.connect(self._find)

    def stop(self) -> None:
        """Look no further."""
        self._jobs.cancel("find")

    @Slot(str, bool, bool)
    def _find(self, text: str, go_on: bool, back: bool) -> None:
        self.stop()
        self.progressed.emit("")
        contents, rows, cell = (
            self._model.contents,
            self._model.rowCount(),
            self._grid.currentIndex(),
        )
        if not text.strip() or contents is None or not rows:
            self._field.set_failed(False)
            self.answered.emit("")
            return
        step = (-1 if back else 1) if go_on and cell.isValid() else 0
        start = (max(cell.row(), 0) + step) % rows
        self._start(Quest(contents, self._model.order, text, start, back))

    def _start(self, quest: Quest) -> None:
        self._quest = quest
        if quest.cost < LARGE:
            self._done(found(quest, Quiet()))
            return

        def work(control: JobControl) -> Answer:
            return found(quest, control)

        self.progressed.emit("Searching …")
        self._jobs.start("find", work, self._done, self._failed, self._tell)

    def _done(self, answer: Answer) -> None:
        self.progressed.emit("")
        quest = self._quest
        if quest is None or quest.contents is not self._model.contents:
            return
        if quest.order is not self._model.order:
            return  # sorted anew in the meantime: the row would be another one
        self._field.set_failed(answer.row < 0 and answer.finished)
        if answer.row >= 0:
            self._grid.go_to(answer.row, answer.column)
        elif not answer.finished:
            step = 1 - answer.seen if quest.back else answer.seen - 1
            self._grid.go_to((quest.start + step) % quest.rows, 0)
        self.answered.emit(_words(quest, answer))

    def _failed(self, error: Exception) -> None:
        self.progressed.emit("")
        raise error

    def _tell(self, share: float) -> None:
        self.progressed.emit(f"Searching … {100 * share:.0f} %")


def _words(quest: Quest, answer: Answer) -> str:
    if answer.row >= 0:
        return ""
    if answer.finished:
        return f"No cell has “{quest.text.strip()[:_LONGEST]}”."
    return f"Not in the next {answer.seen:,} rows. Enter goes on from there."
