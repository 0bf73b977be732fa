"""The record of a run: thinned, bounded, and cheap to hand over.

Each point stands for a bin of updates. Bins widen with the update number (one 256th of it), so
that a curve on a logarithmic axis keeps the same detail everywhere, and a million updates leave
some 2,400 points. Where bins end depends on update numbers alone: a run repeats its record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Float64s, Ints, frozen
from slp_core.network.parameters import Parameters

COLUMNS: Final = (
    "update",
    "epoch",
    "loss",
    "loss_min",
    "loss_max",
    "validation_loss",
    "accuracy",
    "validation_accuracy",
    "gradient_norm",
    "gradient_min",
    "gradient_max",
    "gradient_norm_W",
    "gradient_norm_b",
    "step_ratio",
    "learning_rate",
    "weight_norm",
    "turn",
    "saturated",
    "saturated_wrong",
    "largest_class",
)
"""Names of a point's values, in the order of the table's rows."""

MOST_CHECKPOINTS: Final = 64
_FIRST_CAPACITY: Final = 512
RESOLUTION: Final = 256
"""A bin is one 256th as wide as the number of its updates."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The weights after ``update`` updates."""

    update: int
    parameters: Parameters


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The record of a run so far, read-only; all arrays have one entry per point.

    ``update`` and ``epoch`` belong to the last state of a bin. ``loss`` and ``gradient_norm`` are
    means over the states of the bin that were evaluated (all of them in full batches, the last
    one with mini-batches), with their least and largest value. The other columns are those of the
    last state. NaN stands for what does not apply. ``accuracy`` is R² in regression.
    """

    table: Float64s
    """(columns, points), the rows named by `COLUMNS`."""
    checkpoints: tuple[Checkpoint, ...]

    def __len__(self) -> int:
        return self.table.shape[1]

    @property
    def update(self) -> Ints:
        """Updates made, whole numbers."""
        return self.table[0].astype(np.int64)

    @property
    def epoch(self) -> Float64s:
        return self.table[1]

    @property
    def loss(self) -> Float64s:
        return self.table[2]

    @property
    def loss_min(self) -> Float64s:
        return self.table[3]

    @property
    def loss_max(self) -> Float64s:
        return self.table[4]

    @property
    def validation_loss(self) -> Float64s:
        return self.table[5]

    @property
    def accuracy(self) -> Float64s:
        """Share of training samples classified rightly; R² in regression."""
        return self.table[6]

    @property
    def validation_accuracy(self) -> Float64s:
        return self.table[7]

    @property
    def gradient_norm(self) -> Float64s:
        return self.table[8]

    @property
    def gradient_min(self) -> Float64s:
        return self.table[9]

    @property
    def gradient_max(self) -> Float64s:
        return self.table[10]

    @property
    def gradient_norm_W(self) -> Float64s:
        return self.table[11]

    @property
    def gradient_norm_b(self) -> Float64s:
        return self.table[12]

    @property
    def step_ratio(self) -> Float64s:
        return self.table[13]

    @property
    def learning_rate(self) -> Float64s:
        return self.table[14]

    @property
    def weight_norm(self) -> Float64s:
        """‖W‖, without the biases."""
        return self.table[15]

    @property
    def turn(self) -> Float64s:
        """Cosine of the gradient with the way back along the last step.

        In full-batch descent this is the cosine of two successive gradients: below 0 the step went
        beyond the lowest point of its direction. NaN before the first step.
        """
        return self.table[16]

    @property
    def saturated(self) -> Float64s:
        """Share of samples where the activation is flat; see `Tally`."""
        return self.table[17]

    @property
    def saturated_wrong(self) -> Float64s:
        """Share of samples that are saturated and wrong."""
        return self.table[18]

    @property
    def largest_class(self) -> Float64s:
        """Share of samples decided for the class that is decided most often."""
        return self.table[19]


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
        self._sums = _Sums()
        self._checkpoints: list[Checkpoint] = []
        self._stride = 1

    def add(self, loss: float, gradient_norm: float) -> None:
        """One evaluated state of the open bin."""
        self._sums.add(loss, gradient_norm)

    def close(self, values: BinEnd, parameters: Parameters) -> None:
        """End the bin at the state just added; ``parameters`` are copied when due."""
        if self._points == self._table.shape[1]:
            self._table = np.concatenate([self._table, np.empty_like(self._table)], axis=1)
        self._table[:, self._points] = self._sums.row(values)
        self._sums = _Sums()
        if self._points % self._stride == 0:
            self._keep(Checkpoint(values.update, parameters.frozen()))
        self._points += 1

    def drop(self) -> int:
        """Forget the states of the open bin; returns the number of the points there are."""
        self._sums = _Sums()
        return self._points

    def history(self) -> History:
        """The points so far; costs the same for two points and for two thousand."""
        return History(frozen(self._table[:, : self._points]), tuple(self._checkpoints))

    def _keep(self, checkpoint: Checkpoint) -> None:
        self._checkpoints.append(checkpoint)
        if len(self._checkpoints) > MOST_CHECKPOINTS:
            self._checkpoints = self._checkpoints[::2]
            self._stride *= 2


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


class _Sums:
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
        )
