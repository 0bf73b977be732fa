"""What is kept of a run to go back to, how much of it, and which of it goes first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from slp_core.training.config import TrainingConfig
from slp_core.training.problem import Part, Problem
from slp_core.training.record import RecordState
from slp_core.training.stopping import Stop
from slp_core.training.updates import UpdatesState

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

MOST_STATES: Final = 64
"""States kept along a run."""
MOST_CHANGES: Final = 1000
"""States kept because settings or samples changed there: without one there is no way past it."""
STATE_BYTES: Final = 8 << 20
"""Most memory of each of the three kinds of states, if four of each fit into it."""
SAMPLE_BYTES: Final = 64 << 20
"""Most memory of samples that are only kept to go back to."""
_LEAST_STATES: Final = 4
_EVENNESS: Final = 8
"""States lie as densely as 1 / (update + reached / 8): an even spread, with more detail early."""
_update: Final = attrgetter("update")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RunState:
    """A run between two updates, complete but for the finished points of its record."""

    dataset: Dataset
    config: TrainingConfig
    updates: UpdatesState
    record: RecordState
    seconds: float
    stop: Stop | None

    @property
    def update(self) -> int:
        """Updates made."""
        return self.updates.update

    @property
    def problem(self) -> Problem:
        """What was to be minimised."""
        return self.updates.problem

    def epoch_begin(self, before: int) -> int | None:
        """The last update below ``before``, and not below this state's, that begins an epoch.

        Right as long as neither batch size nor samples change in between.
        """
        here, size = self.updates, self.updates.per_epoch
        first = here.update + (here.left if here.row else 0)
        return first + (before - 1 - first) // size * size if first < before else None


class States:
    """Some states of one branch of a run, at most one for each update, in order."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._list: list[RunState] = []

    def __iter__(self) -> Iterator[RunState]:
        return iter(self._list)

    def __len__(self) -> int:
        return len(self._list)

    def add(self, state: RunState) -> None:
        """Keep a state in place of one of the same update."""
        at = bisect_left(self._list, state.update, key=_update)
        stale = at < len(self._list) and self._list[at].update == state.update
        self._list[at : at + stale] = [state]

    def at_or_before(self, update: int) -> RunState | None:
        """The last state that is not after ``update``."""
        at = bisect_right(self._list, update, key=_update)
        return self._list[at - 1] if at else None

    def after(self, update: int) -> RunState | None:
        """The first state after ``update``."""
        at = bisect_right(self._list, update, key=_update)
        return self._list[at] if at < len(self._list) else None

    def drop_before(self, update: int) -> None:
        """Forget the states before ``update``."""
        del self._list[: bisect_left(self._list, update, key=_update)]

    def drop_after(self, update: int) -> None:
        """Forget the states after ``update``."""
        del self._list[bisect_right(self._list, update, key=_update) :]

    def thin(self) -> None:
        """Forget those whose neighbours lie closest together, until few enough are left."""
        while len(self._list) > self._room():
            reached = self._list[-1].update
            rows = zip(self._list, self._list[1:], self._list[2:], strict=False)
            gaps = [
                (after.update - before.update) / (state.update + reached / _EVENNESS)
                for before, state, after in rows
            ]
            del self._list[1 + gaps.index(min(gaps))]

    def keep_around(self, update: int) -> None:
        """Forget those furthest from ``update``, until few enough are left."""
        while len(self._list) > self._room():
            first, last = self._list[0].update, self._list[-1].update
            del self._list[0 if update - first > last - update else -1]

    def keep_latest(self) -> None:
        """Forget the earliest, until few enough are left and their samples are small enough."""
        del self._list[: -self._room()]
        while len(self._list) > 1 and self._sample_bytes() > SAMPLE_BYTES:
            present = self._list[0].problem
            gone = next(i for i, s in enumerate(self._list) if s.problem is not present)
            del self._list[:gone]

    def _room(self) -> int:
        if not self._list:
            return self._most
        fits = STATE_BYTES // max(self._list[-1].updates.nbytes, 1)
        return min(self._most, max(fits, _LEAST_STATES))

    def _sample_bytes(self) -> int:
        """Bytes of the samples of all states but those of the last one."""
        held: dict[int, int] = {}
        last: Problem | None = None
        for state in self._list:
            if state.problem is not last:
                last = state.problem
                held |= _array_bytes(last)
        for array in _array_bytes(self._list[-1].problem):
            held.pop(array, None)
        return sum(held.values())


def _array_bytes(problem: Problem) -> dict[int, int]:
    """The bytes of each array of a problem, by the identity of its memory."""
    parts: tuple[Part | None, ...] = (problem.training, problem.validation)
    arrays = [array for part in parts if part for array in (part.X, part.Y, part.labels)]
    return {array.ctypes.data: array.nbytes for array in arrays}
