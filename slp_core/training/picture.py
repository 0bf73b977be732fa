"""A snapshot taken of a run: what it is made of, and nothing that it changes."""

from __future__ import annotations

import math

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.pocket import Best
from slp_core.training.record import Record
from slp_core.training.snapshot import Snapshot
from slp_core.training.stopping import Stop
from slp_core.training.updates import Updates


def snapshot_of(
    updates: Updates,
    record: Record,
    config: TrainingConfig,
    rate: float,
    stop: Stop | None,
    seconds: float,
) -> Snapshot:
    """The present state of a run, complete and immutable."""
    evaluator = updates.evaluator
    state, quality = evaluator.state(), evaluator.quality()
    better = record.is_better(state)
    parameters, held_loss = updates.vectors.parameters.frozen(), evaluator.validation_loss()
    classes = updates.problem.classes > 0
    return Snapshot(
        update=updates.update,
        epoch=updates.epoch,
        parameters=parameters,
        loss=state.loss,
        validation_loss=held_loss,
        gradient_norm=state.gradient_norm,
        gradient_norm_W=state.gradient_norm_W,
        gradient_norm_b=state.gradient_norm_b,
        accuracy=quality.training if classes else None,
        r2=None if classes else quality.training,
        validation_accuracy=quality.validation if classes else None,
        validation_r2=None if classes else quality.validation,
        learning_rate=rate,
        step_ratio=updates.vectors.step_ratio,
        best_loss=state.loss if better else record.best_loss,
        best_update=updates.update if better else record.best_update,
        history=record.history(),
        config=config,
        stop=stop,
        seconds=seconds,
        objective_point=record.objective_point,
        weight_step_ratio=updates.vectors.weight_step_ratio if updates.update else math.nan,
        best=_best_of(updates, record, parameters),
        step_length=None if math.isnan(updates.step_length) else updates.step_length,
    )


def _best_of(updates: Updates, record: Record, present: Parameters) -> Best | None:
    """The best weights so far: those of now, if their loss is smaller than all that was seen."""
    evaluator, kept = updates.evaluator, record.pocket
    state, held = evaluator.state(), evaluator.validation_loss()
    loss = state.loss if held is None else held
    if not state.blank and loss < kept.loss:
        return Best(updates.update, loss, held is not None, present)
    return kept.best()
