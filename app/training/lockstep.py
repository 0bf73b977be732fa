"""All live runs, advanced by the same number of updates: no thread, no Qt."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from app.training.messages import MOST_CHANGES, Change, Left, RunPlan
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course
from slp_core.training.snapshot import Snapshot

_ONE_GESTURE: Final = 1.0
"""Seconds within which moves by hand, ten a second, belong to one gesture."""


class Lockstep:
    """The live runs. Comparing is nothing special: one run is a comparison of one.

    ``clock`` tells seconds: moves by hand that follow each other at once are one change.
    """

    def __init__(
        self, plans: Iterable[RunPlan] = (), clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock, self._moved = clock, -_ONE_GESTURE
        self.changes: tuple[Change, ...] = ()
        self._courses: dict[int, Course] = {}
        for plan in plans:
            self._courses[plan.run] = self._course(plan)

    def _course(self, plan: RunPlan) -> Course:
        first = next(iter(self._courses.values()), None)
        if not plan.as_first or first is None:
            return Course(plan.dataset, plan.config, plan.start, plan.gradient)
        try:
            return Course(plan.dataset, plan.config, first.start, plan.gradient)
        except ConfigError as error:
            if error.field != "start":
                raise
            return Course(plan.dataset, plan.config, plan.start, plan.gradient)

    @property
    def finished(self) -> bool:
        """Whether no run can go on (also when there is none)."""
        return all(trainer.stop is not None for trainer in self._courses.values())

    def advance(self, updates: int, deadline: float | None = None) -> int:
        """Make up to ``updates`` updates in every run that has not stopped.

        With a single run, ``deadline`` (seconds, monotonic) may end the burst early; several
        runs must stay together, so there it is not used. Returns the most any run made.
        """
        only = len(self._courses) == 1
        return max(
            (t.advance(updates, deadline if only else None) for t in self._courses.values()),
            default=0,
        )

    def updates_to_epoch_end(self) -> int:
        """Updates until the slowest run completes its current epoch."""
        return max(
            (t.updates_left_in_epoch for t in self._courses.values() if t.stop is None),
            default=0,
        )

    @property
    def update(self) -> int:
        """Updates made up to here, by the runs that go on."""
        going = [course.update for course in self._courses.values() if course.stop is None]
        return max(going or (course.update for course in self._courses.values()), default=0)

    @property
    def reached(self) -> int:
        """The farthest update that all runs have made which have not ended before it."""
        courses = self._courses.values()
        going = [course.reached for course in courses if course.last_stop is None]
        return min(going) if going else max((course.reached for course in courses), default=0)

    @property
    def earliest(self) -> int:
        """The first update that all runs can go back to."""
        return max((course.earliest for course in self._courses.values()), default=0)

    def seek(self, update: int, deadline: float | None = None) -> bool:
        """Bring all runs to where they were after ``update`` updates; says whether they are there.

        A run that had ended before stays at its end. See `Course.seek` for the deadline.
        """
        update = min(max(update, self.earliest), self.reached)
        there = [course.seek(update, deadline) for course in self._courses.values()]
        return all(there)

    def epoch_begin(self, before: int) -> int:
        """The last update below ``before`` at which the slowest run begins an epoch."""
        slowest = max(self._courses.values(), key=lambda c: c.updates_per_epoch, default=None)
        return 0 if slowest is None else slowest.epoch_begin(before)

    def go_on(self) -> tuple[Left, ...]:
        """Take the latest settings of every run along to here; says what is left behind by it."""
        found = [self._leaving(run, course.go_on) for run, course in self._courses.items()]
        return tuple([left for left in found if left is not None])

    def configure(
        self,
        run: int,
        config: TrainingConfig,
        dataset: Dataset | None = None,
        weights: Parameters | None = None,
    ) -> Left | None:
        """Change the settings, the samples or the weights of one run between two updates.

        Returns what is left behind, if the run was in its past and goes another way now.
        """
        course = self._courses[run]
        if weights is None:
            return self._leaving(run, partial(course.reconfigure, config, dataset))
        left = self._leaving(run, partial(course.place, weights))
        self._note_at_once(Change(run, course.update, config, config, weights=True))
        return left

    def _leaving(self, run: int, change: Callable[[], None]) -> Left | None:
        course = self._courses[run]
        before, samples, future = course.config, course.dataset, course.future
        marks = tuple([change for change in self.changes if change.run == run])
        change()
        other = course.dataset is not samples
        gone = future is not None and course.future is None
        if gone:
            self.changes = tuple(
                [c for c in self.changes if c.run != run or c.update <= course.update]
            )
        if other:
            self._note_at_once(Change(run, course.update, before, course.config, samples=True))
        elif course.config != before:
            self._note(Change(run, course.update, before, course.config))
        return Left(run, future, marks) if gone and future is not None else None

    def remove(self, run: int) -> None:
        """End a run; the others go on."""
        self._courses.pop(run, None)
        self.changes = tuple([change for change in self.changes if change.run != run])

    def _note(self, change: Change) -> None:
        self.changes = (*self.changes, change)[-MOST_CHANGES:]

    def _note_at_once(self, change: Change) -> None:
        """A hand moves samples or weights ten times a second: one change for a whole gesture."""
        last = self.changes[-1] if self.changes else None
        kind = (change.run, change.samples, change.weights)
        now, before = self._clock(), self._moved
        self._moved = now
        at_once = now - before < _ONE_GESTURE or (last and last.update == change.update)
        if at_once and last is not None and (last.run, last.samples, last.weights) == kind:
            self.changes = self.changes[:-1]
        self._note(change)

    def ends(self) -> tuple[tuple[int, Snapshot], ...]:
        """The last moment of every run that is in its past."""
        found = [(run, course.future) for run, course in self._courses.items()]
        return tuple([(run, end) for run, end in found if end is not None])

    def snapshots(self) -> tuple[tuple[int, Snapshot], ...]:
        """A complete picture of every run."""
        # A list first: another thread that looks at all objects breaks a generator in tuple().
        return tuple([(run, trainer.snapshot()) for run, trainer in self._courses.items()])
