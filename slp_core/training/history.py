"""The record of a run: thinned, bounded, and cheap to hand over.

Each point stands for a bin of updates. Bins widen with the update number (one 256th of it), so
that a curve on a logarithmic axis keeps the same detail everywhere, and a million updates leave
some 2,400 points. Where bins end depends on update numbers alone: a run repeats its record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Float64s, Ints
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
    "weight_step_ratio",
    "step_length",
)
"""Names of a point's values, in the order of the table's rows."""


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

    @property
    def weight_step_ratio(self) -> Float64s:
        """‖ΔW‖ / ‖W‖ of the last update, without the biases; NaN before the first."""
        return self.table[20]

    @property
    def step_length(self) -> Float64s:
        """What the line search made of the rate in the last update; NaN where none searches."""
        return self.table[21]
