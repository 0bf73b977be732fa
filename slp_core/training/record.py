"""What is remembered of a run while it goes on: the history, the best loss, the epochs waited."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass
from typing import Final, Literal

from slp_core.training.evaluation import Evaluator, State
from slp_core.training.history import History
from slp_core.training.pocket import Best, Pocket
from slp_core.training.problem import Problem
from slp_core.training.recorder import BinEnd, Recorder, RecorderState, bin_width
from slp_core.training.stopping import Patience
from slp_core.training.updates import Updates
from slp_core.training.vectors import Vectors

CALL_ROWS: Final = 256
"""The fixed cost of a mini-batch update or an evaluation, in samples that would take as long."""
CHEAP: Final = 4
"""With mini-batches a point may cost a quarter of the updates between two points."""
CHEAP_FULL: Final = 8
"""In full batches an eighth: there a bin has every state's loss and gradient norm anyway."""
SMALL: Final = 4096
"""Samples up to about which full batches need no saving."""


class Record:
    """Sees states, each once, and makes points of them."""

    def __init__(self) -> None:
        self.best_loss = math.inf
        self.best_update = 0
        self.objective_point = 0
        """The first point made with the present objective."""
        self.patience = Patience()
        self.pocket = Pocket()
        """The best weights so far."""
        self._recorder = Recorder()
        self._seen = -1
        self._last_point = -1
        self.next_point = 0
        """The update at which the open bin ends."""
        self._least = 1

    def pace(self, problem: Problem, batch: int | Literal["full"]) -> None:
        """Space the points so that they stay cheap for batches of this size."""
        self._least = least_width(problem, None if batch == "full" else batch)
        self.pocket.by_validation = problem.validation is not None

    def begin_anew(self, update: int, epoch: int, evaluator: Evaluator) -> None:
        """Another objective from here on, whose losses cannot be compared with those before.

        The open bin is dropped and not closed: it holds a 256th of the run at most, and to close it
        an objective that is gone would have to be evaluated.
        """
        self.best_loss, self.best_update = math.inf, update
        self.pocket = Pocket(self.pocket.by_validation)
        self.objective_point = self._recorder.drop()
        self._seen = -1
        self.next_point = max(update, self._last_point + 1)
        self.wait_anew(epoch)
        state = evaluator.state()
        if state.is_finite:
            self.see(update, state, evaluator.vectors)

    def wait_anew(self, epoch: int) -> None:
        """Patience counts from ``epoch`` on."""
        self.patience = Patience(epoch)

    def see(self, update: int, state: State, vectors: Vectors) -> None:
        """The state after ``update`` updates; one that was seen before changes nothing."""
        if update <= self._seen:
            return
        self._seen = update
        self._recorder.add(state.loss, state.gradient_norm)
        if self.is_better(state):
            self.best_loss, self.best_update = state.loss, update
            if not self.pocket.by_validation:
                self.pocket.offer(update, state.loss, vectors)

    def see_held_out(self, update: int, state: State, loss: float, vectors: Vectors) -> None:
        """The loss over the validation samples after ``update`` updates."""
        if not state.blank:
            self.pocket.offer(update, loss, vectors)

    def is_better(self, state: State) -> bool:
        """Whether a state's loss is the smallest yet."""
        return not state.blank and state.loss < self.best_loss

    def make_point(self, updates: Updates, rate: float) -> None:
        """End the bin with the present state; not twice with the same one."""
        update, evaluator = updates.update, updates.evaluator
        if update <= self._last_point:
            return
        state = evaluator.state()
        vectors = evaluator.vectors
        self.see(update, state, vectors)
        quality, held_loss = evaluator.quality(), evaluator.validation_loss()
        if held_loss is not None:
            self.see_held_out(update, state, held_loss, vectors)
        end = BinEnd(
            update=update,
            epoch=updates.epoch,
            validation_loss=_or_nan(held_loss),
            accuracy=quality.training,
            validation_accuracy=_or_nan(quality.validation),
            gradient_norm_W=state.gradient_norm_W,
            gradient_norm_b=state.gradient_norm_b,
            step_ratio=vectors.step_ratio,
            learning_rate=rate,
            weight_norm=vectors.weight_norm,
            turn=vectors.turn(evaluator.gradient),
            saturated=quality.tally.saturated,
            saturated_wrong=quality.tally.saturated_wrong,
            largest_class=quality.tally.largest_class,
            weight_step_ratio=vectors.weight_step_ratio if update else math.nan,
            step_length=updates.step_length,
        )
        self._recorder.close(end, vectors.parameters)
        self._last_point = update
        self.next_point = update + bin_width(update, self._least)

    def history(self) -> History:
        """The points so far."""
        return self._recorder.history()

    def kept(self) -> RecordState:
        """What is needed to go back here."""
        return RecordState(
            best_loss=self.best_loss,
            best_update=self.best_update,
            objective_point=self.objective_point,
            patience=copy(self.patience),
            best=self.pocket.best(),
            by_validation=self.pocket.by_validation,
            recorder=self._recorder.kept(),
            seen=self._seen,
            last_point=self._last_point,
            next_point=self.next_point,
            least=self._least,
        )

    def restore(self, state: RecordState) -> None:
        """Go back to a state of the same branch; see `Recorder.restore`."""
        self.best_loss, self.best_update = state.best_loss, state.best_update
        self.objective_point = state.objective_point
        self.patience = copy(state.patience)
        self.pocket.restore(state.best, state.by_validation)
        self._recorder.restore(state.recorder)
        self._seen, self._last_point = state.seen, state.last_point
        self.next_point, self._least = state.next_point, state.least

    def part(self) -> None:
        """Another branch from here on; see `Recorder.part`."""
        self._recorder.part()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RecordState:
    """A place in the record of a run."""

    best_loss: float
    best_update: int
    objective_point: int
    patience: Patience
    best: Best | None
    by_validation: bool
    recorder: RecorderState
    seen: int
    last_point: int
    next_point: int
    least: int


def least_width(problem: Problem, batch: int | None) -> int:
    """Updates between two points that keep the points cheap.

    A function of sizes and not of a clock, so that a run repeats its record. With mini-batches a
    point takes the gradient and the accuracy over all samples; a full-batch update has the gradient
    anyway.
    """
    n = len(problem.training.X)
    held = 0 if problem.validation is None else len(problem.validation.X)
    if batch is None:
        return max(1, math.ceil(CHEAP_FULL * (0.5 * n + 1.5 * held) / (n + SMALL)))
    point = 1.5 * (n + held) + 2 * CALL_ROWS
    return max(1, math.ceil(CHEAP * point / (batch + CALL_ROWS)))


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
