"""A run with its past: train on, go back to any update, and the same numbers come again."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, Final

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.own_gradient import OwnGradientMaker
from slp_core.training.snapshot import Snapshot
from slp_core.training.states import MOST_CHANGES, MOST_STATES, RunState, States
from slp_core.training.stopping import Stop
from slp_core.training.trainer import Trainer

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

_UNLIMITED: Final = 1 << 62
_SPACING: Final = 32
"""A state is kept when the updates have grown by a 32nd."""


class Course:
    """A `Trainer` that can go back.

    Going back restores the nearest state that was kept and makes the updates again from there, so
    that every update from `earliest` to `reached` is the same as the first time, bit for bit: the
    weights, what the optimizer remembers, the batches, the history and the stop. Only `seconds` is
    interpolated. In the past, `advance` goes the way that was gone before, changes of settings
    included, and trains only beyond `reached`; other settings or samples begin another branch.
    It is made like a `Trainer`.
    """

    def __init__(
        self,
        dataset: Dataset,
        config: TrainingConfig,
        start: Parameters | None = None,
        own_gradient: OwnGradientMaker | None = None,
    ) -> None:
        self._trainer = Trainer(dataset, config, start, own_gradient)
        self._regular = States(MOST_STATES)
        self._changes = States(MOST_CHANGES)
        self._near = States(MOST_STATES)
        self._end: RunState | None = None
        self._future: Snapshot | None = None
        self._next = 1
        self._changes.add(self._trainer.kept())

    @property
    def config(self) -> TrainingConfig:
        """The settings in force here, with nothing left open."""
        return self._trainer.config

    @property
    def dataset(self) -> Dataset:
        """The samples in use here."""
        return self._trainer.dataset

    @property
    def stop(self) -> Stop | None:
        """Why the run ended, or None while it can go on from here."""
        return self._trainer.stop

    @property
    def update(self) -> int:
        """Updates made up to here."""
        return self._trainer.update

    @property
    def updates_per_epoch(self) -> int:
        """Updates that a whole epoch takes."""
        return self._trainer.updates_per_epoch

    @property
    def updates_left_in_epoch(self) -> int:
        """Updates that complete the present epoch; a whole epoch's at the beginning of one."""
        return self._trainer.updates_left_in_epoch

    @property
    def parameters(self) -> Parameters:
        """The weights here, a read-only copy."""
        return self._trainer.parameters

    @property
    def start(self) -> Parameters:
        """The weights the run started from."""
        return self._trainer.start

    @property
    def reached(self) -> int:
        """The farthest update of this branch."""
        return self._trainer.update if self._end is None else self._end.update

    @property
    def earliest(self) -> int:
        """The first update that can be gone back to; 0 unless very many changes lie behind."""
        return next(iter(self._changes)).update

    @property
    def last_stop(self) -> Stop | None:
        """Why the run ended at `reached`, or None if it can go on from there."""
        return self._trainer.stop if self._end is None else self._end.stop

    @property
    def future(self) -> Snapshot | None:
        """The last moment of this branch, if it lies ahead: what another branch leaves behind."""
        return self._future

    @property
    def changes_ahead(self) -> bool:
        """Whether settings or samples change between here and `reached`."""
        return self._end is not None and self._changes.after(self.update) is not None

    def snapshot(self) -> Snapshot:
        """The state of the run here, complete and immutable; taking it changes nothing."""
        return self._trainer.snapshot()

    def advance(self, max_updates: int | None = None, deadline: float | None = None) -> int:
        """Make up to ``max_updates`` updates, as `Trainer.advance`; first those made before."""
        most = _UNLIMITED if max_updates is None else max_updates
        made = 0
        while made < most:
            if self._end is not None:
                done = self._walk(min(self.update + most - made, self.reached), deadline)
            else:
                done = self._train(most - made, deadline)
            made += done
            if not done or (deadline is not None and monotonic() >= deadline):
                break
        return made

    def seek(self, update: int, deadline: float | None = None) -> bool:
        """Go to the state after ``update`` updates, as near as `earliest` and `reached` allow.

        Parameters
        ----------
        deadline
            Reading of `time.monotonic`; when it has passed, the run is somewhere before the
            target, and the same call goes on. At least one update is made.

        Returns
        -------
        bool
            Whether it is there.
        """
        target = min(max(update, self.earliest), self.reached)
        if target == self.update:
            return True
        end = self._leave_end()
        if target == end.update:
            self._return_to_end(end)
            return True
        nearest = max(self._kept(target), key=lambda state: state.update)
        if not nearest.update <= self.update <= target:
            self._trainer.restore(nearest)
        for stage in self._stages(target):
            self._walk(stage, deadline)
            if self.update == stage < target:
                self._near.add(self._trainer.kept())
            if self.update < stage or (deadline is not None and monotonic() >= deadline):
                break
        self._near.keep_around(target)
        return self.update >= target

    def reconfigure(self, config: TrainingConfig, dataset: Dataset | None = None) -> None:
        """Go on with other settings or samples, as `Trainer.reconfigure`.

        In the past this begins another branch and the `future` is forgotten, unless settings and
        samples are those of the future's end: then nothing happens. Samples that are not given are
        those of the end.
        """
        end, trainer = self._end, self._trainer
        latest = trainer.dataset if end is None else end.dataset
        dataset = latest if dataset is None else dataset
        if end is not None and dataset is latest and config.resolved(dataset) == end.config:
            return
        self._change(config, dataset)

    def go_on(self) -> None:
        """Take the latest settings and samples along to here; where they are others, a branch."""
        if self._end is not None and self.changes_ahead:
            self._change(self._end.config, self._end.dataset)

    def forget_future(self) -> None:
        """End the branch here: what lies ahead is no longer reached."""
        if self._end is None:
            return
        self._end = self._future = None
        self._trainer.part()
        self._forget_after(self.update)

    def epoch_begin(self, before: int) -> int:
        """The last update below ``before`` at which an epoch begins, or `earliest`."""
        while before > self.earliest:
            state = max(self._kept(before - 1), key=lambda state: state.update)
            found = state.epoch_begin(before)
            if found is not None:
                return found
            before = state.update
        return self.earliest

    def _train(self, most: int, deadline: float | None) -> int:
        """New updates, no more than until the next state is kept."""
        trainer = self._trainer
        made = trainer.advance(min(most, self._next - trainer.update), deadline)
        if trainer.update >= self._next:
            self._regular.add(trainer.kept())
            self._regular.thin()
            self._next = self._spaced()
        elif trainer.stop is not None:
            # An update that left the finite numbers has been taken back.
            self._forget_after(trainer.update)
        return made

    def _walk(self, target: int, deadline: float | None) -> int:
        """Go on to ``target`` the way it was gone before; past changes, and onto the end."""
        trainer, begin = self._trainer, self._trainer.update
        while trainer.update < target and self._end is not None:
            change = self._changes.after(trainer.update) or self._end
            stage = min(target, change.update)
            trainer.replay(stage - trainer.update, self._pace(), deadline)
            if trainer.update >= change.update or trainer.stop is not None:
                self._trainer.restore(change)
            if deadline is not None and monotonic() >= deadline:
                break
        if self._end is not None and trainer.update == self._end.update:
            self._return_to_end(self._end)
        return trainer.update - begin

    def _stages(self, target: int) -> Iterator[int]:
        """The target, and before it where states are kept so that stepping back is immediate."""
        back = 1 << (target - self.update).bit_length()
        while back:
            if target - back > self.update:
                yield target - back
            back >>= 1
        yield target

    def _pace(self) -> float:
        """Seconds that an update took between here and the next state that was kept."""
        here, after = self._trainer, self._end
        for states in (self._regular, self._changes):
            found = states.after(here.update)
            if found is not None and (after is None or found.update < after.update):
                after = found
        if after is None or after.update <= here.update:
            return 0.0
        return max(after.seconds - here.seconds, 0.0) / (after.update - here.update)

    def _kept(self, update: int) -> list[RunState]:
        """The last state of each kind that is not after ``update``; what a change left first."""
        found = [s.at_or_before(update) for s in (self._changes, self._near, self._regular)]
        return [state for state in found if state is not None]

    def _leave_end(self) -> RunState:
        if self._end is None:
            self._future = self._trainer.snapshot()
            self._end = self._trainer.kept()
        return self._end

    def _return_to_end(self, end: RunState) -> None:
        self._trainer.restore(end)
        self._end = self._future = None

    def place(self, parameters: Parameters) -> None:
        """Go on from other weights, as `Trainer.place`; in the past this begins a branch."""
        self._trainer.place(parameters)
        self._branch()

    def _change(self, config: TrainingConfig, dataset: Dataset) -> None:
        trainer = self._trainer
        before = trainer.config, trainer.dataset
        trainer.reconfigure(config, dataset)
        if trainer.config == before[0] and trainer.dataset is before[1]:
            self.forget_future()
        else:
            self._branch()

    def _branch(self) -> None:
        """Something was changed here: this is where it can be gone back to."""
        trainer = self._trainer
        self.forget_future()
        for states in (self._regular, self._near):
            states.drop_after(self.update - 1)
        self._changes.add(trainer.kept())
        self._changes.keep_latest()
        for states in (self._regular, self._near):
            states.drop_before(self.earliest)

    def _forget_after(self, update: int) -> None:
        for states in (self._regular, self._changes, self._near):
            states.drop_after(update)
        self._next = self._spaced()

    def _spaced(self) -> int:
        return self.update + max(1, self.update // _SPACING)
