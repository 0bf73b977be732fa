"""The open table while it is edited by hand: quicker than data sets can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from app.history import Step
from app.jobs import JobControl, Jobs
from app.preparation import AS_READ, Document, Prepared, revise, rows_by_line
from app.selection import Selection
from slp_core.arrays import Ints
from slp_core.data.edits import Applied, Edit, apply_edit, moved_edit
from slp_core.data.table import Table

_EDIT = "edit"
_VERSIONS = count(AS_READ + 1)


@dataclass(frozen=True, slots=True)
class Gesture:
    """What the parts of one stroke have in common."""

    stroke: int


def stroke_of(gesture: Hashable) -> int | None:
    """The number of the stroke a step belongs to, if it is one."""
    return gesture.stroke if isinstance(gesture, Gesture) else None


class Editing:
    """Applies edits at once and has the data set made again in the background.

    While one is being made, further edits gather; the next is then made with all of them. Nothing
    waits for a brush, and the brush waits for nothing.
    """

    def __init__(
        self,
        jobs: Jobs,
        selection: Selection,
        adopt: Callable[[Prepared, Prepared], None],
        refuse: Callable[[Exception], None],
    ) -> None:
        self._jobs, self._selection = jobs, selection
        self._adopt, self._refuse = adopt, refuse
        self._current: Prepared | None = None
        self._version = self._saved = AS_READ
        self._making: Ints | None = None  # rows of the table being made, in the one that is shown
        self._kept: Ints | None = None  # rows of the present table, in the one being made
        self.table: Table | None = None

    @property
    def document(self) -> Document:
        """The open document with all edits so far."""
        if self._current is None or self.table is None:
            raise ValueError("nothing is open")
        return replace(self._current.document, table=self.table, version=self._version)

    @property
    def running(self) -> bool:
        """Whether a data set is being made of an edited table."""
        return self._jobs.is_running(_EDIT)

    @property
    def unsaved(self) -> bool:
        """Whether something was edited that no file has."""
        return self._version != self._saved

    def begin(self, current: Prepared) -> None:
        """Hold what is open; edits that are still being worked on are forgotten."""
        other = self._current is None or self._current.document.origin is not current.origin
        self._jobs.cancel(_EDIT)
        if current.table is not self.table:
            self._selection.set(np.empty(0, np.int64))
        self._current, self.table = current, current.table
        self._version = current.document.version
        self._making = self._kept = None
        if other:
            self._saved = AS_READ

    def settled(self, current: Prepared) -> None:
        """Hold other settings for the same data, or the data set of a table that was edited."""
        self._current = current

    def mark_saved(self, document: Document) -> None:
        """A document has been saved; edits may have gone on, or other data been opened."""
        if self._current is not None and self._current.origin is document.origin:
            self._saved = document.version

    def step(self, edit: Edit, text: str, gesture: int | None) -> Step:
        """The step that makes an edit; those with the same ``gesture`` become one.

        The edit is for the table that is shown, which may be behind the present one.

        Raises
        ------
        DataError
            It cannot be made.
        """
        behind = self._behind()
        own = edit if behind is None else moved_edit(edit, behind, self._shown_rows())
        first = apply_edit(self._table(), own)
        pending: list[Applied] = [first]
        before, after = self._version, next(_VERSIONS)

        def forward() -> None:
            applied = pending.pop() if pending else apply_edit(self._table(), own)
            self._took(applied.table, applied.kept, after)

        def backward() -> None:
            applied = apply_edit(self._table(), first.inverse)
            self._took(applied.table, applied.kept, before)

        key = None if gesture is None else Gesture(gesture)
        return Step(text, forward, backward, key, adds=True)

    def reset_step(self) -> Step:
        """The step back to the table as it was read."""
        edited, read, before = self._table(), self.document.as_read, self._version

        def forward() -> None:
            self._took(read, rows_by_line(edited, read), AS_READ)

        def backward() -> None:
            self._took(edited, rows_by_line(read, edited), before)

        return Step("Back to the file", forward, backward)

    def _table(self) -> Table:
        if self.table is None:
            raise ValueError("nothing is open")
        return self.table

    def _shown_rows(self) -> int:
        return 0 if self._current is None else self._current.table.rows

    def _behind(self) -> Ints | None:
        """(rows,) each row's number in the table that is shown; None where that is this one."""
        if self._making is None or self._kept is None:
            return self._making if self._kept is None else self._kept
        return _composed(self._making, self._kept)

    def _took(self, table: Table, kept: Ints, version: int) -> None:
        self._kept = kept if self._kept is None else _composed(self._kept, kept)
        self.table, self._version = table, version
        self._selection.follow(kept)
        self._revise()

    def _revise(self) -> None:
        current, kept = self._current, self._kept
        if self._jobs.is_running(_EDIT) or current is None or kept is None:
            return
        self._making, self._kept = kept, None
        document = self.document

        def work(_control: JobControl) -> Prepared:
            return revise(current, document, kept)

        def adopt(result: Prepared) -> None:
            self._making = None
            self._adopt(current, result)
            self._revise()

        self._jobs.start(_EDIT, work, adopt, self._refuse)


def _composed(first: Ints, then: Ints) -> Ints:
    """Where rows come from over two edits; −1 where they were put in."""
    return np.where(then >= 0, first[then], -1)
