"""Training from beginning to end in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from slp_core.data.dataset import Dataset
from slp_core.insight.verdict import Verdict, judge
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig
from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot
from slp_core.training.stopping import Stop, StopKind
from slp_core.training.trainer import Trainer

REPORT_SECONDS: Final = 0.1
"""Time between two snapshots handed to ``on_snapshot``."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What came of a run.

    Attributes
    ----------
    model
        The last weights (the last finite ones if training left the finite numbers) with all that
        is needed to use them on new data.
    stop_reason
        Why the run ended, as a key; ``stop`` has the sentence.
    verdict
        What the run came to.
    snapshot
        The last state in full; its ``history`` is the curves.
    """

    model: Model
    stop: Stop
    verdict: Verdict
    snapshot: Snapshot

    @property
    def history(self) -> History:
        """The curves."""
        return self.snapshot.history

    @property
    def stop_reason(self) -> StopKind:
        """Why the run ended: ``epochs``, ``loss``, ``gradient``, ``not_finite`` ..."""
        return self.stop.kind

    @property
    def seconds(self) -> float:
        """Time spent in training."""
        return self.snapshot.seconds

    @property
    def updates_per_second(self) -> float:
        """Updates made per second of training; 0 if none was made."""
        return self.snapshot.update / self.seconds if self.snapshot.update else 0.0


def train(
    dataset: Dataset,
    config: TrainingConfig | None = None,
    on_snapshot: Callable[[Snapshot], object] | None = None,
) -> Result:
    """Train on ``dataset`` until a stop rule of ``config`` holds.

    Parameters
    ----------
    config
        The settings; None for the defaults. What is left open is chosen by the data.
    on_snapshot
        Called with a complete state about ten times a second, and with the last one. What it
        raises ends the training. When it is called does not change any number.

    Raises
    ------
    ConfigError
        The settings do not fit the data.
    """
    trainer = Trainer(dataset, config or TrainingConfig())
    if on_snapshot is not None:
        _advance_reporting(trainer, on_snapshot)
    while trainer.stop is None:
        trainer.advance()
    snapshot = trainer.snapshot()
    if on_snapshot is not None:
        on_snapshot(snapshot)
    model = Model.from_run(dataset, snapshot)
    return Result(model, trainer.stop, judge(snapshot), snapshot)


def _advance_reporting(trainer: Trainer, on_snapshot: Callable[[Snapshot], object]) -> None:
    while trainer.stop is None:
        trainer.advance(deadline=monotonic() + REPORT_SECONDS)
        if trainer.stop is None:
            on_snapshot(trainer.snapshot())
