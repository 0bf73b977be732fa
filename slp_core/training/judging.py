"""Whether a stop rule ends a run at its present state."""

from __future__ import annotations

import math

from slp_core.training import stopping
from slp_core.training.config import TrainingConfig
from slp_core.training.record import Record
from slp_core.training.stopping import Stop
from slp_core.training.updates import Updates


def judge(
    config: TrainingConfig, updates: Updates, record: Record, *, between: bool
) -> Stop | None:
    """The first stop rule that holds; ``between``: an epoch has just ended."""
    epochs = updates.batches.epoch
    if stop := stopping.epochs_stop(config, epochs):
        return stop
    if not stopping.watches_values(config):
        return None
    state = updates.evaluator.state()
    loss = math.inf if state.blank else state.loss
    if stop := stopping.value_stop(config, updates.epoch, loss, state.gradient_norm):
        return stop
    if config.patience is None:
        return None
    held = updates.evaluator.validation_loss()
    if between:
        record.patience.see(epochs, loss if held is None or state.blank else held)
        if held is not None:
            record.see_held_out(updates.update, state, held, updates.vectors)
    watched = "training" if held is None else "validation"
    return stopping.patience_stop(config, record.patience, watched)
