"""Collecting the points of a run: bins that widen, checkpoints, and what is kept to go back."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Float64s, frozen
from slp_core.network.parameters import Parameters
from slp_core.training.history import COLUMNS, Checkpoint, History

MOST_CHECKPOINTS: Final = 64
_THINNED: Final = 48
"""Checkpoints that are left when there were too many."""
_EARLY: Final = 8
"""Half of the checkpoints are spread evenly over log(update + this), the other half over time."""
_FIRST_CAPACITY: Final = 512
RESOLUTION: Final = 256
"""A bin is one 256th as wide as the number of its updates."""


def bin_width(update: int, least: int = 1) -> int:
    """Updates until the next point after one at ``update``.

    ``least`` is the width that keeps evaluation cheap; it is approached in doubling steps, so
    that the first moments of a run are seen even when an evaluation costs many updates.
    """
    return max(1, update // RESOLUTION, min(least, update // 8))


class Recorder:
    """Collects points; the finished ones are never touched again, so a `History` is a view."""

    def __init__(self) -> None:
        self._table: Float64s = np.empty((len(COLUMNS), _FIRST_CAPACITY))
        self._points = 0
        self._sums = Sums()
        self._checkpoints: list[Checkpoint] = []

    def add(self, loss: float, gradient_norm: float) -> None:
        """One evaluated state of the open bin."""
        self._sums.add(loss, gradient_norm)

    def close(self, values: BinEnd, parameters: Parameters) -> None:
        """End the bin at the state just added; ``parameters`` are copied when due."""
        if self._points == self._table.shape[1]:
            self._table = np.concatenate([self._table, np.empty_like(self._table)], axis=1)
        self._table[:, self._points] = self._sums.row(values)
        self._sums = Sums()
        self._keep(Checkpoint(values.update, parameters.frozen()))
        self._points += 1

    def drop(self) -> int:
        """Forget the states of the open bin; returns the number of the points there are."""
        self._sums = Sums()
        return self._points

    def history(self) -> History:
        """The points so far; costs the same for two points and for two thousand."""
        return History(frozen(self._table[:, : self._points]), tuple(self._checkpoints))

    def kept(self) -> RecorderState:
        """What is needed to go back here; the finished points are not copied."""
        return RecorderState(self._points, copy(self._sums), tuple(self._checkpoints))

    def restore(self, state: RecorderState) -> None:
        """Go back to a state of the same branch: the points after it stay in the table.

        Until `part`, only the same points may be made again, over those that are there.
        """
        self._points = state.points
        self._sums, self._checkpoints = copy(state.sums), list(state.checkpoints)

    def part(self) -> None:
        """Another branch from here on: views of the old one keep their points."""
        self._table = self._table.copy()

    def _keep(self, checkpoint: Checkpoint) -> None:
        self._checkpoints.append(checkpoint)
        if len(self._checkpoints) > MOST_CHECKPOINTS:
            updates = np.array([kept.update for kept in self._checkpoints], np.float64)
            self._checkpoints = [self._checkpoints[i] for i in thinned(updates)]


def thinned(updates: Float64s) -> list[int]:
    """Which of ascending updates to keep: the first, the last, and more of the early ones.

    A path turns most at its beginning, where even steps of time would cut its corners.
    """
    begin, last = updates[0], updates[-1]
    gone, whole = updates - begin, max(last - begin, 1.0)
    place = np.log1p(gone / _EARLY) / math.log1p(whole / _EARLY) + gone / whole
    wanted = np.linspace(0.0, 2.0, _THINNED)
    after = np.searchsorted(place, wanted).clip(1, len(place) - 1)
    nearer = wanted - place[after - 1] < place[after] - wanted
    return [int(i) for i in np.unique(after - nearer)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BinEnd:
    """The values of a bin's last state that are not averaged."""

    update: int
    epoch: float
    validation_loss: float
    accuracy: float
    validation_accuracy: float
    gradient_norm_W: float  # noqa: N815 - W is what the weights are called everywhere
    gradient_norm_b: float
    step_ratio: float
    learning_rate: float
    weight_norm: float
    turn: float
    saturated: float
    saturated_wrong: float
    largest_class: float
    weight_step_ratio: float
    step_length: float


class Sums:
    """Mean, least and largest loss and gradient norm of the open bin."""

    __slots__ = (
        "count",
        "gradient",
        "gradient_max",
        "gradient_min",
        "loss",
        "loss_max",
        "loss_min",
    )

    def __init__(self) -> None:
        self.count = 0
        self.loss = self.gradient = 0.0
        self.loss_min = self.gradient_min = np.inf
        self.loss_max = self.gradient_max = -np.inf

    def add(self, loss: float, gradient_norm: float) -> None:
        self.count += 1
        self.loss += loss
        self.gradient += gradient_norm
        self.loss_min = min(self.loss_min, loss)
        self.loss_max = max(self.loss_max, loss)
        self.gradient_min = min(self.gradient_min, gradient_norm)
        self.gradient_max = max(self.gradient_max, gradient_norm)

    def row(self, end: BinEnd) -> tuple[float, ...]:
        return (
            end.update,
            end.epoch,
            self.loss / self.count,
            self.loss_min,
            self.loss_max,
            end.validation_loss,
            end.accuracy,
            end.validation_accuracy,
            self.gradient / self.count,
            self.gradient_min,
            self.gradient_max,
            end.gradient_norm_W,
            end.gradient_norm_b,
            end.step_ratio,
            end.learning_rate,
            end.weight_norm,
            end.turn,
            end.saturated,
            end.saturated_wrong,
            end.largest_class,
            end.weight_step_ratio,
            end.step_length,
        )


@dataclass(frozen=True, slots=True, eq=False)
class RecorderState:
    """A place in the record: the number of finished points, the open bin and the checkpoints."""

    points: int
    sums: Sums
    checkpoints: tuple[Checkpoint, ...]
