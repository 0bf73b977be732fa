"""The one selection: rows of the table that are picked, wherever they were picked."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from slp_core.arrays import Ints, frozen


class Selection(QObject):
    """Ascending numbers of the table's rows. Every view shows them, and may set them."""

    changed = Signal(object)
    """The rows (r,) that are selected now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = frozen(np.empty(0, np.int64))

    @property
    def rows(self) -> Ints:
        """The rows (r,), ascending, each once."""
        return self._rows

    def set(self, rows: Ints) -> None:
        """Select these rows and no others; says so if they are others."""
        rows = frozen(np.unique(np.asarray(rows, np.int64)))
        if not np.array_equal(rows, self._rows):
            self._rows = rows
            self.changed.emit(rows)

    def follow(self, kept: Ints) -> None:
        """Stay on the same rows after an edit; ``kept`` is each row's number before it."""
        if self._rows.size:
            self.set(np.flatnonzero(np.isin(kept, self._rows)))
