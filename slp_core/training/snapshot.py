"""A complete, immutable picture of a run at one moment: what crosses threads."""

from __future__ import annotations

import math
from dataclasses import dataclass

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.history import History
from slp_core.training.pocket import Best
from slp_core.training.stopping import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The state of a run between two updates.

    Losses are values of the full objective (mean over all training or validation samples, plus
    the penalty), never of a mini-batch. What does not apply is None: validation values without
    a validation part, accuracy in regression, r2 in classification. ``loss`` and the gradient
    norms may be inf or NaN when training left the finite numbers.

    Attributes
    ----------
    epoch
        Passes over the training set so far, with the fraction of the present one.
    gradient_norm
        Euclidean norm of the gradient of the full objective; ``_W`` and ``_b`` its two parts.
    learning_rate
        The rate in force, after the schedule.
    step_ratio
        ‖θ − θ before the last update‖ / ‖θ‖; 0 before the first update.
    best_loss, best_update
        The smallest training loss seen so far with the present objective, and when; inf before
        any counts (see `State.blank`).
    seconds
        Time spent in training, without pauses.
    weight_step_ratio
        ‖ΔW‖ / ‖W‖ of the last update, without the biases; NaN before the first.
    step_length
        What the line search of Newton or L-BFGS made of the rate in the last update; None where
        none searches.
    best
        The best weights so far, by the validation loss if there is a validation part; they do not
        reach back over a change of the objective or the samples. See `slp_core.training.pocket`.
    objective_point
        The first point of the history whose loss is comparable with the present one: l1, l2 or the
        class weights were others before it. `len` of the history if there is none yet. The best
        loss does not reach back further either.
    """

    update: int
    epoch: float
    parameters: Parameters
    loss: float
    validation_loss: float | None
    gradient_norm: float
    gradient_norm_W: float  # noqa: N815 - W is what the weights are called everywhere
    gradient_norm_b: float
    accuracy: float | None
    r2: float | None
    validation_accuracy: float | None
    validation_r2: float | None
    learning_rate: float
    step_ratio: float
    best_loss: float
    best_update: int
    history: History
    config: TrainingConfig
    stop: Stop | None
    seconds: float
    objective_point: int = 0
    weight_step_ratio: float = math.nan
    step_length: float | None = None
    best: Best | None = None
