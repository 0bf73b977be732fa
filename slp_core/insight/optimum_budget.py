"""How long an exact answer may take, and whether anybody still wants it."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic


class Budget:
    """Time that is shared by the steps of one answer.

    Parameters
    ----------
    seconds
        From now on; None for no limit but that of the iterations.
    cancelled
        Asked often; True ends the work as if time were over.
    """

    def __init__(
        self, seconds: float | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._end = math.inf if seconds is None else monotonic() + seconds
        self._cancelled = cancelled
        self.cut = False
        """Whether anything was left undone."""

    @property
    def left(self) -> float:
        """Seconds left, 0 when time is over; infinity without a limit."""
        return max(self._end - monotonic(), 0.0)

    def over(self) -> bool:
        """Whether to stop; remembers that something was left undone."""
        if monotonic() >= self._end or (self._cancelled is not None and self._cancelled()):
            self.cut = True
        return self.cut

    def share(self, part: float) -> Budget:
        """A budget of its own for one step of several; what it leaves undone is its own affair."""
        seconds = None if self._end == math.inf else part * self.left
        return Budget(seconds, self._cancelled)

    def affords(self, seconds: float) -> bool:
        """Whether a step that cannot be interrupted fits."""
        return seconds <= self.left
