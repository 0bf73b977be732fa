"""All live runs, advanced by the same number of updates: no clock, no thread, no Qt."""

from __future__ import annotations

from collections.abc import Iterable

from app.training.messages import MOST_CHANGES, Change, RunPlan
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot
from slp_core.training.trainer import Trainer


class Lockstep:
    """The live runs. Comparing is nothing special: one run is a comparison of one."""

    def __init__(self, plans: Iterable[RunPlan] = ()) -> None:
        self.changes: tuple[Change, ...] = ()
        self._trainers: dict[int, Trainer] = {}
        for plan in plans:
            self._trainers[plan.run] = self._trainer(plan)

    def _trainer(self, plan: RunPlan) -> Trainer:
        first = next(iter(self._trainers.values()), None)
        if not plan.as_first or first is None:
            return Trainer(plan.dataset, plan.config, plan.start)
        try:
            return Trainer(plan.dataset, plan.config, first.start)
        except ConfigError as error:
            if error.field != "start":
                raise
            return Trainer(plan.dataset, plan.config, plan.start)

    @property
    def finished(self) -> bool:
        """Whether no run can go on (also when there is none)."""
        return all(trainer.stop is not None for trainer in self._trainers.values())

    def advance(self, updates: int, deadline: float | None = None) -> int:
        """Make up to ``updates`` updates in every run that has not stopped.

        With a single run, ``deadline`` (seconds, monotonic) may end the burst early; several
        runs must stay together, so there it is not used. Returns the most any run made.
        """
        only = len(self._trainers) == 1
        return max(
            (t.advance(updates, deadline if only else None) for t in self._trainers.values()),
            default=0,
        )

    def updates_to_epoch_end(self) -> int:
        """Updates until the slowest run completes its current epoch."""
        return max(
            (t.updates_left_in_epoch for t in self._trainers.values() if t.stop is None),
            default=0,
        )

    def configure(self, run: int, config: TrainingConfig, dataset: Dataset | None = None) -> None:
        """Change the settings or the samples of one run between two updates."""
        trainer = self._trainers[run]
        before = trainer.config
        trainer.reconfigure(config, dataset)
        if dataset is not None:
            self._note_samples(Change(run, trainer.update, before, trainer.config, samples=True))
        elif trainer.config != before:
            self._note(Change(run, trainer.update, before, trainer.config))

    def remove(self, run: int) -> None:
        """End a run; the others go on."""
        self._trainers.pop(run, None)
        self.changes = tuple([change for change in self.changes if change.run != run])

    def _note(self, change: Change) -> None:
        self.changes = (*self.changes, change)[-MOST_CHANGES:]

    def _note_samples(self, change: Change) -> None:
        """A brush changes the samples ten times a second: one change for all in a row."""
        if self.changes and self.changes[-1].samples and self.changes[-1].run == change.run:
            self.changes = self.changes[:-1]
        self._note(change)

    def snapshots(self) -> tuple[tuple[int, Snapshot], ...]:
        """A complete picture of every run."""
        # A list first: another thread that looks at all objects breaks a generator in tuple().
        return tuple([(run, trainer.snapshot()) for run, trainer in self._trainers.items()])
