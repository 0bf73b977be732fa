"""Which rows are selected: one mask over the table, whatever the view sorts or filters.

Qt's selection model keeps ranges of view rows; half of a million rows in another order are a
hundred thousand ranges, and painting asks each cell of all of them.
"""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Bools, Ints, frozen


class Picks:
    """A set of rows of a table of ``size`` rows."""

    def __init__(self, size: int = 0) -> None:
        self._mask: Bools = np.zeros(size, np.bool_)
        self._count = 0

    @property
    def mask(self) -> Bools:
        """(rows,) which rows are selected; not to be written to."""
        return self._mask

    @property
    def count(self) -> int:
        """Number of rows."""
        return self._count

    def rows(self) -> Ints:
        """The rows, ascending."""
        return frozen(np.flatnonzero(self._mask).astype(np.int64))

    def has(self, row: int) -> bool:
        """Whether a row is selected."""
        return bool(self._mask[row])

    def resize(self, size: int) -> None:
        """Start anew, with nothing selected, for another table."""
        self._mask = np.zeros(size, np.bool_)
        self._count = 0

    def set(self, rows: Ints) -> bool:
        """Select these rows and no others; rows the table does not have are ignored."""
        mask = np.zeros_like(self._mask)
        mask[rows[(rows >= 0) & (rows < mask.size)]] = True
        return self._take(mask)

    def add(self, rows: Ints) -> bool:
        """Select these rows too."""
        mask = self._mask.copy()
        mask[rows] = True
        return self._take(mask)

    def toggle(self, row: int) -> bool:
        """Select a row, or no longer."""
        mask = self._mask.copy()
        mask[row] ^= True
        return self._take(mask)

    def _take(self, mask: Bools) -> bool:
        """Keep the mask; whether it is another one."""
        if np.array_equal(mask, self._mask):
            return False
        self._mask, self._count = mask, int(np.count_nonzero(mask))
        return True
