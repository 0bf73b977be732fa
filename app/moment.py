"""What views show: all runs at one moment, complete in itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.insight.diagnosis import Diagnosis
from slp_core.insight.findings import Finding
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.network.pairs import Pair
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot

Severity: TypeAlias = Literal["note", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Span:
    """Something found between two updates of a run: what, and how much it matters.

    ``chosen``: a person has asked to see it.
    """

    first: int
    last: int
    title: str
    severity: Severity
    chosen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RunMoment:
    """One run at one moment, with everything it was made of.

    ``line`` numbers its colour and line style, 0 for the first run. ``marks`` are updates at which
    something was changed by hand, and what; ``moved`` those at which it was the weights.
    ``best_loss`` is the best reachable loss, where known. ``wanted`` are the settings a person
    chose, with None where the program decides. A run that is not ``live`` has been kept as it was
    at its last moment. ``gradient`` is a typed one that its steps follow in place of the
    objective's.
    """

    run: int
    name: str
    line: int
    read: Table
    """The table as it was read: the same object while rows are edited."""
    table: Table
    dataset: Dataset
    pair: Pair
    config: TrainingConfig
    snapshot: Snapshot
    marks: tuple[tuple[int, str], ...] = ()
    moved: tuple[int, ...] = ()
    best_loss: float | None = None
    spans: tuple[Span, ...] = ()
    wanted: TrainingConfig | None = None
    live: bool = True
    pinned: bool = False
    gradient: TypedGradient | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """All runs that are shown, the active one first: live ones, and kept ones that are pinned.

    ``others`` are kept too, but only the table of runs shows them.
    """

    runs: tuple[RunMoment, ...]
    playing: bool
    others: tuple[RunMoment, ...] = ()

    @property
    def live(self) -> tuple[RunMoment, ...]:
        """The runs that train, the active one first."""
        return tuple(run for run in self.runs if run.live)

    @property
    def active(self) -> RunMoment:
        """The run that panels and single views are about."""
        return self.runs[0]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What can be said of a run at one moment.

    ``diagnosis`` is None while the exact answers are being worked out; ``findings`` hold what is
    known without them.
    """

    dataset: Dataset
    snapshot: Snapshot
    diagnosis: Diagnosis | None
    findings: tuple[Finding, ...]
