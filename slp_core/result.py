"""Training from beginning to end in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic
from typing import Final

from slp_core.data.dataset import Dataset
from slp_core.insight.diagnosis import Diagnosis, diagnose
from slp_core.insight.findings import Finding
from slp_core.insight.verdict import Verdict
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig
from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot
from slp_core.training.stopping import Stop, StopKind
from slp_core.training.trainer import Trainer

REPORT_SECONDS: Final = 0.1
"""Time between two snapshots handed to ``on_snapshot``."""
DIAGNOSIS_SECONDS: Final = 1.0
"""Time the exact answers behind a verdict may take."""


@dataclass(frozen=True, eq=False)
class Result:
    """What came of a run.

    Attributes
    ----------
    model
        The last weights (the last finite ones if training left the finite numbers) with all that
        is needed to use them on new data.
    stop_reason
        Why the run ended, as a key; ``stop`` has the sentence.
    snapshot
        The last state in full; its ``history`` is the curves.
    dataset
        What was learnt from.
    """

    model: Model
    stop: Stop
    snapshot: Snapshot
    dataset: Dataset = field(repr=False)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Exact answers, findings and verdict; worked out once, when first asked for.

        Takes milliseconds for small data and about `DIAGNOSIS_SECONDS` at most.
        """
        return diagnose(self.dataset, self.snapshot, seconds=DIAGNOSIS_SECONDS)

    @property
    def verdict(self) -> Verdict:
        """What the run came to, against the best that was possible."""
        return self.diagnosis.verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about data, settings and run."""
        return self.diagnosis.findings

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
    return Result(model, trainer.stop, snapshot, dataset)


def _advance_reporting(trainer: Trainer, on_snapshot: Callable[[Snapshot], object]) -> None:
    while trainer.stop is None:
        trainer.advance(deadline=monotonic() + REPORT_SECONDS)
        if trainer.stop is None:
            on_snapshot(trainer.snapshot())
