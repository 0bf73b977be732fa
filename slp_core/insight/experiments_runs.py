"""Short runs for experiments: bounded in time, and on copies of what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from slp_core.training.config import TrainingConfig
from slp_core.training.own_gradient import OwnGradientMaker
from slp_core.training.snapshot import Snapshot
from slp_core.training.trainer import Trainer

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

SLICE: Final = 0.02
"""Seconds between two looks at whether it is to end."""
_EPOCHS: Final = 2000
_OBJECTIVE: Final = ("activation", "loss", "l1", "l2", "bias", "class_weights")


@dataclass(frozen=True, slots=True)
class Watch:
    """How long something may take, and who is told.

    Attributes
    ----------
    seconds
        Time from when it begins.
    cancelled
        Asked again and again; True ends it.
    progress
        Told the share (0..1) that is done.
    """

    seconds: float
    cancelled: Callable[[], bool] | None = None
    progress: Callable[[float], None] | None = None

    @property
    def ended(self) -> bool:
        """Whether somebody does not want it any more."""
        return self.cancelled is not None and self.cancelled()

    def tell(self, share: float) -> None:
        """Say how much is done."""
        if self.progress is not None:
            self.progress(min(max(share, 0.0), 1.0))

    def part(self, begin: float, end: float, seconds: float | None = None) -> Watch:
        """The watch of a part of it, which tells shares from ``begin`` to ``end``."""
        return Watch(
            (end - begin) * self.seconds if seconds is None else seconds,
            self.cancelled,
            lambda share: self.tell(begin + (end - begin) * share),
        )


def best_run(
    dataset: Dataset,
    config: TrainingConfig,
    watch: Watch,
    gradient: OwnGradientMaker | None = None,
) -> tuple[Snapshot, bool]:
    """A run of the same pair and penalties, from zeros, with full batches at a stable rate."""
    fields = {name: getattr(config, name) for name in _OBJECTIVE}
    plain = TrainingConfig(**fields, epochs=_EPOCHS)
    return short_run(dataset, plain.resolved(dataset), watch, gradient)


def short_run(
    dataset: Dataset,
    config: TrainingConfig,
    watch: Watch,
    gradient: OwnGradientMaker | None = None,
) -> tuple[Snapshot, bool]:
    """Train to the end; False if time was over, or it was cancelled, before."""
    trainer = Trainer(dataset, config, own_gradient=gradient)
    begin = monotonic()
    end = begin + watch.seconds
    while trainer.stop is None:
        now = monotonic()
        if now >= end or watch.ended:
            return trainer.snapshot(), False
        trainer.advance(deadline=min(now + SLICE, end))
        watch.tell(max(trainer.epoch / max(config.epochs, 1), (now - begin) / watch.seconds))
    return trainer.snapshot(), True
