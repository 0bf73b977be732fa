"""A run: weights that move, the record of how, and the reason why they stopped."""

from __future__ import annotations

import math
from time import monotonic
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.network.parameters import Parameters
from slp_core.training import stopping
from slp_core.training.config import TrainingConfig
from slp_core.training.judging import judge
from slp_core.training.own_gradient import OwnGradientMaker
from slp_core.training.picture import snapshot_of
from slp_core.training.problem import check_fits, check_shape, pose, pose_again
from slp_core.training.record import Record
from slp_core.training.resolution import refuse_restart
from slp_core.training.snapshot import Snapshot
from slp_core.training.start import starting_weights
from slp_core.training.states import RunState
from slp_core.training.stopping import Stop
from slp_core.training.updates import Rates, Updates

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

_UNLIMITED: Final = 1 << 62
_STRUCTURAL: Final = ("optimizer", "batch_size", "l1", "l2", "class_weights")
"""Settings for which more changes than the numbers a step is called with."""


class Trainer:
    """Trains one network; every call returns soon when it is told to.

    Parameters
    ----------
    dataset
        What to learn from.
    config
        The settings; what they leave open is resolved.
    start
        Weights to start from, before those of the configuration and its initializer.
    own_gradient
        Makes the gradient that steps follow; what is recorded stays the objective's.

    Raises
    ------
    ConfigError
        As `TrainingConfig.resolved`, and for a start of another shape.

    A run is a function of data, settings and start alone: not of bursts, deadlines or snapshots.
    """

    def __init__(
        self,
        dataset: Dataset,
        config: TrainingConfig,
        start: Parameters | None = None,
        own_gradient: OwnGradientMaker | None = None,
    ) -> None:
        self._dataset = dataset
        self._config = config.resolved(dataset)
        self._watches = stopping.watches_values(self._config)
        problem = pose(dataset, self._config)
        self.start = starting_weights(problem, self._config, start)
        self._updates = Updates(problem, self._config, self.start, own_gradient)
        self._record = Record()
        self._record.pace(problem, self._config.batch_size)
        self._rates: Rates | None = None
        self._rates_epoch = 0
        self._seconds = 0.0
        self._stop: Stop | None = None

    @property
    def config(self) -> TrainingConfig:
        """The settings in force, with nothing left open."""
        return self._config

    @property
    def stop(self) -> Stop | None:
        """Why the run ended, or None while it can go on."""
        return self._stop

    @property
    def update(self) -> int:
        """Updates made so far."""
        return self._updates.update

    @property
    def epoch(self) -> float:
        """Passes over the training samples so far, with the fraction of the present one."""
        return self._updates.epoch

    @property
    def updates_per_epoch(self) -> int:
        """Updates that a whole epoch takes."""
        return self._updates.batches.per_epoch

    @property
    def updates_left_in_epoch(self) -> int:
        """Updates that complete the present epoch, in the batch size now in force.

        A whole epoch's at the beginning of one: these are what `advance_epoch` makes.
        """
        return self._updates.batches.left

    @property
    def parameters(self) -> Parameters:
        """The present weights, a read-only copy."""
        return self._updates.vectors.parameters.frozen()

    def advance(self, max_updates: int | None = None, deadline: float | None = None) -> int:
        """Make up to ``max_updates`` updates, until a stop rule holds or ``deadline`` has passed.

        Parameters
        ----------
        deadline
            Reading of `time.monotonic`. At least one update is made, however late it is.

        Returns
        -------
        int
            Updates made; 0 when the run has ended.
        """
        if self._stop is not None:
            return 0
        begin = monotonic()
        limit = begin + (self._config.stop_seconds or math.inf) - self._seconds
        with np.errstate(all="ignore"):
            made = self._advance(
                _UNLIMITED if max_updates is None else max_updates,
                limit if deadline is None else min(limit, deadline),
            )
            self._seconds += monotonic() - begin
            self._stop = self._stop or stopping.seconds_stop(self._config, self._seconds)
            if self._stop is not None:
                self._finish()
        return made

    def advance_epoch(self, deadline: float | None = None) -> int:
        """Make the updates that are left of the present epoch."""
        return self.advance(self.updates_left_in_epoch, deadline)

    def reconfigure(self, config: TrainingConfig, dataset: Dataset | None = None) -> None:
        """Go on with other settings or samples, from the next update on; the weights stay.

        A run that has ended goes on if no stop rule holds any more, and, after numbers that were
        not finite or a convergence, if anything has changed. Other samples begin an epoch.

        Raises
        ------
        ConfigError
            If a field differs that needs a new run, or the weights do not fit the other samples.
        """
        other = dataset is not None and dataset is not self._dataset
        present = self._dataset if dataset is None else dataset
        config = config.resolved(present)
        refuse_restart(self._config, config)
        self._updates.refuse(config)
        if other:
            check_fits(self._updates.problem, self._updates.vectors.parameters, present, config)
        before, self._config, self._dataset = self._config, config, present
        if other or any(getattr(config, name) != getattr(before, name) for name in _STRUCTURAL):
            self._restructure(before, other)
        if config.patience != before.patience:
            self._record.wait_anew(self._updates.batches.epoch)
        self._watches = stopping.watches_values(config)
        self._rates = None
        if other or config != before:
            self._revive()

    def place(self, parameters: Parameters) -> None:
        """Go on from these weights, as if they had been reached; ConfigError if they do not fit."""
        check_shape(self._updates.vectors.parameters, parameters)
        self._updates.place(parameters)
        self._revive()

    def snapshot(self) -> Snapshot:
        """The state of the run, complete and immutable; taking it changes nothing."""
        with np.errstate(all="ignore"):
            return snapshot_of(
                self._updates, self._record, self._config, self._rates_now().rate, self._stop,
                self._seconds,
            )  # fmt: skip

    def kept(self) -> RunState:
        """What `restore` needs to go back here; taking it changes nothing."""
        return RunState(
            dataset=self._dataset,
            config=self._config,
            updates=self._updates.kept(),
            record=self._record.kept(),
            seconds=self._seconds,
            stop=self._stop,
        )

    def restore(self, state: RunState) -> None:
        """Go to another state of the same branch. Until `part` the same updates must follow."""
        self._dataset, self._config = state.dataset, state.config
        self._watches = stopping.watches_values(state.config)
        self._updates.restore(state.updates, state.config)
        self._record.restore(state.record)
        self._rates = None
        self._seconds, self._stop = state.seconds, state.stop

    def replay(self, updates: int, seconds: float, deadline: float | None = None) -> int:
        """As `advance`, for updates made before that took ``seconds`` each; reads no stop watch."""
        with np.errstate(all="ignore"):
            made = self._advance(updates, math.inf if deadline is None else deadline)
        self._seconds += made * seconds
        return made

    def part(self) -> None:
        """Another branch from here on: snapshots of the old one keep their history."""
        self._record.part()

    @property
    def seconds(self) -> float:
        """Time spent in training."""
        return self._seconds

    @property
    def dataset(self) -> Dataset:
        """What it learns from now."""
        return self._dataset

    def _advance(self, most: int, limit: float) -> int:
        made = 0
        updates, record = self._updates, self._record
        while made < most:
            self._stop = self._observe()
            if self._stop is not None:
                break
            burst = min(most - made, record.next_point - updates.update)
            done, failure = updates.run(burst, limit, self._rates_now())
            made += done
            self._stop = failure or stopping.epochs_stop(self._config, updates.batches.epoch)
            if self._stop is not None or monotonic() >= limit:
                break
        return made

    def _observe(self) -> Stop | None:
        """Look at the present state if it is due, and judge it by the stop rules."""
        updates, record = self._updates, self._record
        if stop := stopping.epochs_stop(self._config, updates.batches.epoch):
            return stop
        between = updates.batches.row == 0
        due = updates.update >= record.next_point
        if not (due or updates.full_batch or (between and self._watches)):
            return None
        state = updates.evaluator.state()
        if not state.is_finite:
            return updates.reject()
        record.see(updates.update, state, updates.vectors)
        if due:
            self._make_point()
        return judge(self._config, updates, record, between=between)

    def _finish(self) -> None:
        """Make the last state the last point of the record; it may turn out not to be finite."""
        state = self._updates.evaluator.state()
        if state.is_finite:
            self._make_point()
        elif self._stop is not None and self._stop.kind != "not_finite":
            self._stop = self._updates.reject()

    def _make_point(self) -> None:
        self._record.make_point(self._updates, self._rates_now().rate)

    def _rates_now(self) -> Rates:
        config, epoch = self._config, self._updates.batches.epoch
        if self._rates is None or (epoch != self._rates_epoch and config.schedule != "constant"):
            self._rates, self._rates_epoch = Rates.at(config, epoch), epoch
        return self._rates

    def _restructure(self, before: TrainingConfig, other: bool) -> None:
        updates = self._updates
        present = updates.problem
        if other:
            problem = pose(self._dataset, self._config)
            updates.exchange(problem, self._config)
        else:
            problem = pose_again(present, self._dataset, before, self._config)
            updates.reconfigure(problem, self._config)
        self._record.pace(problem, self._config.batch_size)
        if problem is not present:
            with np.errstate(all="ignore"):
                self._record.begin_anew(updates.update, updates.batches.epoch, updates.evaluator)

    def _revive(self) -> None:
        """Something has changed: whether the run has ended is judged anew."""
        if self._stop is None:
            return
        with np.errstate(all="ignore"):
            judged = judge(self._config, self._updates, self._record, between=False)
            self._stop = judged or stopping.seconds_stop(self._config, self._seconds)
