"""What the window and the training thread say to each other. Everything is frozen."""

from __future__ import annotations

from dataclasses import dataclass

from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What one run needs: an identity, the data, resolved settings, and where to start.

    ``start`` None draws the weights from the initialiser and the seed of the configuration;
    ``as_first`` takes those of the first run loaded with it, if the model has weights like these.
    """

    run: int
    dataset: Dataset
    config: TrainingConfig
    start: Parameters | None = None
    as_first: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """Forget the runs there are; hold these, paused at update 0, as a new generation."""

    generation: int
    runs: tuple[RunPlan, ...]


@dataclass(frozen=True, slots=True)
class Configure:
    """Change the settings of a run between two updates, or its samples; its weights stay.

    ``dataset`` None means the samples there are.
    """

    generation: int
    run: int
    config: TrainingConfig
    dataset: Dataset | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """End one of several runs; the others go on."""

    generation: int
    run: int


@dataclass(frozen=True, slots=True)
class Play:
    """Train until told otherwise or until every run has stopped."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop training after the current burst and show where the runs are."""


@dataclass(frozen=True, slots=True)
class Step:
    """Make this many updates, or one epoch when ``updates`` is None, then pause."""

    updates: int | None = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to train and to draw.

    ``updates_per_second`` None means as fast as the machine can. ``frames_per_second`` is the
    most the worker asks the window to paint.
    """

    updates_per_second: float | None = None
    frames_per_second: float = 30.0


@dataclass(frozen=True, slots=True)
class Quit:
    """End the thread."""


Order = Load | Configure | Remove | Play | Pause | Step | Pace | Quit


MOST_CHANGES = 100
"""Changes a frame carries: a slider that is dragged makes one for each step."""


@dataclass(frozen=True, slots=True)
class Change:
    """Settings of a run, or its samples, that were changed after ``update`` updates."""

    run: int
    update: int
    before: TrainingConfig
    after: TrainingConfig
    samples: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of all runs, complete in itself: a lost frame loses nothing.

    ``generation`` and ``number`` let the window throw away stale frames and the worker stale
    acknowledgements. ``updates_per_second`` is measured over the last second of training.
    ``changes`` are those of the latest `MOST_CHANGES`, oldest first.
    """

    generation: int
    number: int
    playing: bool
    snapshots: tuple[tuple[int, Snapshot], ...]
    updates_per_second: float
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that ended a run or refused an order; the thread lives on."""

    generation: int
    error: Exception
