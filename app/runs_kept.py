"""Runs that have been kept as they were: a bounded number, the pinned ones for as long as wanted.

A kept run is its last snapshot: some 400 KB after a million updates (2,400 points of 20 columns),
plus at most 64 sets of weights. Its data set is that of other runs, too, as a rule; data sets that
no live run uses any more are given up with their runs once they take too much room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from app.moment import RunMoment
from slp_core.data.dataset import Dataset

MOST_UNPINNED = 20
"""Kept runs that nobody has pinned; the oldest goes first."""
MOST_BYTES = 200_000_000
"""Room for data sets that no live run uses any more."""


class KeptRuns:
    """Kept runs, the oldest first."""

    def __init__(self) -> None:
        self.runs: tuple[RunMoment, ...] = ()

    @property
    def pinned(self) -> tuple[RunMoment, ...]:
        """The runs that are drawn beside the live ones."""
        return tuple(run for run in self.runs if run.pinned)

    @property
    def lines(self) -> set[int]:
        """Line styles that are taken."""
        return {run.line for run in self.pinned}

    def add(self, moment: RunMoment) -> None:
        """Keep a run; the oldest unpinned ones beyond the limit go."""
        self.runs = (*self.runs, moment)
        spare = [run for run in self.runs if not run.pinned][:-MOST_UNPINNED]
        self.runs = tuple(run for run in self.runs if run not in spare)

    def forget(self, run: int) -> RunMoment | None:
        """Forget a run; says what it was."""
        gone = next((moment for moment in self.runs if moment.run == run), None)
        self.runs = tuple(moment for moment in self.runs if moment is not gone)
        return gone

    def clear(self) -> None:
        """Forget all."""
        self.runs = ()

    def rename(self, run: int, name: str) -> None:
        """Call a run something else."""
        self._change(run, lambda moment: replace(moment, name=name))

    def pin(self, run: int, pinned: bool, taken: Collection[int]) -> None:
        """Pin a run, with a line style of its own, or let it go."""
        lines = self.lines | set(taken)
        free = next(n for n in range(len(lines) + 1) if n not in lines)
        self._change(
            run,
            lambda moment: (
                replace(moment, pinned=True, line=free) if pinned else replace(moment, pinned=False)
            ),
        )

    def bound(self, present: Dataset) -> None:
        """Give up the oldest runs of other data sets until those take little enough room."""
        while self._foreign_bytes(present) > MOST_BYTES:
            gone = next(run for run in self.runs if run.dataset is not present)
            self.runs = tuple(run for run in self.runs if run is not gone)

    def _foreign_bytes(self, present: Dataset) -> int:
        foreign = {id(run.dataset): run.dataset for run in self.runs if run.dataset is not present}
        return sum(d.X.nbytes + d.X_validation.nbytes for d in foreign.values())

    def _change(self, run: int, change: Callable[[RunMoment], RunMoment]) -> None:
        self.runs = tuple(change(row) if row.run == run else row for row in self.runs)
