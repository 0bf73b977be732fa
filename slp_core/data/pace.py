"""Progress and cancelling, asked between pieces of work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from slp_core.errors import DataError


class Pace:
    """Maps the share of one stage to the share of the whole, and stops when asked to."""

    def __init__(
        self,
        path: Path,
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._path = path
        self._progress = progress
        self._cancelled = cancelled
        self._from, self._to = 0.0, 1.0

    def stage(self, start: float, end: float) -> None:
        """The shares that follow count within [start, end] of the whole."""
        self._from, self._to = start, end
        self.step(0.0)

    def step(self, share: float) -> None:
        """Report, and raise `DataError` "cancelled" if the user no longer wants the file."""
        if self._cancelled is not None and self._cancelled():
            message = f"reading {self._path.name} was cancelled"
            raise DataError(message, code="cancelled", path=self._path)
        if self._progress is not None:
            self._progress(self._from + (self._to - self._from) * min(1.0, share))
