"""A run again with one change: every choice there is for a few of its settings. No Qt."""

from __future__ import annotations

from collections.abc import Iterator

from app.numbers import number_text
from app.runs_partners import RATES, Partner, is_possible, rate_changes
from slp_core.data.dataset import Dataset
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS

PENALTIES = (0.01, 0.1, 1.0)
BATCHES = (8, 32, 128)


def variants(
    wanted: TrainingConfig, config: TrainingConfig, dataset: Dataset
) -> tuple[Partner, ...]:
    """The run with another loss, activation, optimizer, rate, penalty, batch size or seed.

    ``group`` of each is the setting that it changes; what the data do not allow is left out.
    """
    every = (
        *_losses(config),
        *_activations(config),
        *_optimizers(config),
        *_rates(config),
        *_penalties(config),
        *_batches(config, dataset),
        *_seeds(config),
    )
    return tuple(variant for variant in every if is_possible(wanted, variant, dataset))


def _losses(config: TrainingConfig) -> Iterator[Partner]:
    for key, row in LOSSES.items():
        judged = pair(config.activation or "identity", key)
        if key != config.loss and judged.status != "undefined":
            yield Partner(f"loss-{key}", _name(row.label), judged.reason, {"loss": key}, "Loss")


def _activations(config: TrainingConfig) -> Iterator[Partner]:
    for key, row in ACTIVATIONS.items():
        judged = pair(key, config.loss or "quadratic")
        if key != config.activation and judged.status != "undefined":
            changes = {"activation": key}
            yield Partner(
                f"activation-{key}", _name(row.label), judged.reason, changes, "Activation"
            )


def _optimizers(config: TrainingConfig) -> Iterator[Partner]:
    for key, row in OPTIMIZERS.items():
        if key != config.optimizer:
            changes = {"optimizer": key}
            yield Partner(f"optimizer-{key}", row.label, row.summary, changes, "Optimizer")


def _rates(config: TrainingConfig) -> Iterator[Partner]:
    rate = config.learning_rate or 1.0
    for key, (_, words) in RATES.items():
        changes = rate_changes(key, rate)
        text = number_text(changes["learning_rate"])
        summary = f"The same run with the learning rate {text} in place of {number_text(rate)}."
        yield Partner(f"rate-{key}", f"{words}: {text}", summary, changes, "Learning rate")


def _penalties(config: TrainingConfig) -> Iterator[Partner]:
    if config.l1 or config.l2:
        summary = "The same run without a penalty on large weights."
        yield Partner("no-penalty", "None", summary, {"l1": 0.0, "l2": 0.0}, "Penalty")
    for size in PENALTIES:
        if size != config.l2:
            summary = f"The same run with L2 = {size:g}, which keeps the weights small."
            yield Partner(f"l2-{size:g}", f"L2 {size:g}", summary, {"l2": size}, "Penalty")
    for size in PENALTIES[:2]:
        if size != config.l1:
            summary = f"The same run with L1 = {size:g}, which makes small weights exactly 0."
            yield Partner(f"l1-{size:g}", f"L1 {size:g}", summary, {"l1": size}, "Penalty")


def _batches(config: TrainingConfig, dataset: Dataset) -> Iterator[Partner]:
    for size in BATCHES:
        if size != config.batch_size and size < dataset.samples:
            summary = f"The same run with {size} samples in each update."
            yield Partner(f"batch-{size}", str(size), summary, {"batch_size": size}, "Batch size")
    if config.batch_size != "full":
        summary = "The same run with all samples in each update."
        yield Partner("full", "Full", summary, {"batch_size": "full"}, "Batch size")


def _seeds(config: TrainingConfig) -> Iterator[Partner]:
    """Where the seed decides something: weights that are drawn, or the order of the samples."""
    if config.initializer in ("zeros", "saturated") and config.batch_size == "full":
        return
    for seed in range(config.seed + 1, config.seed + 4):
        summary = f"The same settings; seed {seed} draws the weights and the order of the samples."
        yield Partner(f"seed-{seed}", f"Seed {seed}", summary, {"seed": seed}, "Seed")


def _name(label: str) -> str:
    return label.split(" (")[0]
