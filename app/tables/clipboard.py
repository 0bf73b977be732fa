"""Copying to the clipboard: little at once, much in the background, too much not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.jobs import JobControl, Jobs
from app.tables.contents import Contents
from app.tables.copying import MOST_CELLS, as_text
from app.tables.fields import Field
from app.tables.judge import Judge
from app.tables.order import Quiet
from slp_core.arrays import Ints

LARGE: Final = 50_000
"""Cells from which on the text is made in the background."""


class Copier(QObject):
    """Makes the text of rows and hands it to the clipboard."""

    progressed = Signal(str)
    refused = Signal(str)
    """Why nothing was copied, and what to do."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def copy(
        self, contents: Contents, judge: Judge | None, rows: Ints, fields: Sequence[Field]
    ) -> None:
        """Copy rows with the names of the columns above them."""
        cells = rows.size * len(fields)
        if cells > MOST_CELLS:
            self.refused.emit(
                f"{cells:,} cells are too many for the clipboard, which takes {MOST_CELLS:,}. "
                "Select fewer rows."
            )
            return
        if cells < LARGE:
            self._jobs.cancel("copy")
            self._done(as_text(contents, judge, rows, fields, Quiet()))
            return

        def work(control: JobControl) -> str:
            return as_text(contents, judge, rows, fields, control)

        self.progressed.emit(f"Copying {rows.size:,} rows …")
        self._jobs.start("copy", work, self._done, self._failed)

    def copy_cell(self, contents: Contents, judge: Judge | None, row: int, field: Field) -> None:
        """Copy the text of one cell and nothing else."""
        text = as_text(contents, judge, np.array([row]), (field,), Quiet())
        self._done(text.removesuffix("\n").partition("\n")[2])

    def _done(self, text: str) -> None:
        self.progressed.emit("")
        QGuiApplication.clipboard().setText(text)

    def _failed(self, error: Exception) -> None:
        self.progressed.emit("")
        raise error
