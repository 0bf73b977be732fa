"""What the window and the training thread say to each other. Everything is frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.own_gradient import OwnGradientMaker
from slp_core.training.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What one run needs: an identity, the data, resolved settings, and where to start.

    ``start`` None draws the weights from the initialiser and the seed of the configuration;
    ``as_first`` takes those of the first run loaded with it, if the model has weights like these.
    ``gradient`` makes the gradient that steps follow, if it is not the objective's.
    """

    run: int
    dataset: Dataset
    config: TrainingConfig
    start: Parameters | None = None
    as_first: bool = False
    gradient: OwnGradientMaker | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Forget the runs there are; hold these, paused at update 0, as a new generation."""

    generation: int
    runs: tuple[RunPlan, ...]


@dataclass(frozen=True, slots=True)
class Configure:
    """Change the settings of a run between two updates, or its samples, or its weights.

    ``dataset`` and ``weights`` None mean those there are.
    """

    generation: int
    run: int
    config: TrainingConfig
    dataset: Dataset | None = None
    weights: Parameters | None = None


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
class Seek:
    """Pause, and go to where the runs were after this many updates, or as near as they have been.

    A later one replaces this while it is on its way.
    """

    update: int


@dataclass(frozen=True, slots=True)
class StepBack:
    """Pause, and go this many updates back, or to the last beginning of an epoch when None."""

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


Order = Load | Configure | Remove | Play | Pause | Step | Seek | StepBack | Pace | Quit


MOST_CHANGES = 100
"""Changes a frame carries: a slider that is dragged makes one for each step."""


@dataclass(frozen=True, slots=True)
class Change:
    """Settings of a run, its samples or weights, that were changed after ``update`` updates."""

    run: int
    update: int
    before: TrainingConfig
    after: TrainingConfig
    samples: bool = False
    weights: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of all runs, complete in itself: a lost frame loses nothing.

    ``generation`` and ``number`` let the window throw away stale frames and the worker stale
    acknowledgements. ``updates_per_second`` is measured over the last second of training.
    ``changes`` are those of the latest `MOST_CHANGES`, oldest first; after going back some of them
    lie ahead. The runs can go to every update from ``earliest`` to ``reached``; ``sought`` seeks
    and steps back of this worker are done. ``ends`` has the last moment of each run that is shown
    at an earlier one.
    """

    generation: int
    number: int
    playing: bool
    snapshots: tuple[tuple[int, Snapshot], ...]
    updates_per_second: float
    changes: tuple[Change, ...] = ()
    reached: int = 0
    earliest: int = 0
    sought: int = 0
    ends: tuple[tuple[int, Snapshot], ...] = ()

    @property
    def update(self) -> int:
        """Where the runs are: updates made by those that go on."""
        going = [snapshot for _, snapshot in self.snapshots if snapshot.stop is None]
        shown = going or [snapshot for _, snapshot in self.snapshots]
        return max((snapshot.update for snapshot in shown), default=0)

    @property
    def at_the_end(self) -> Frame:
        """The last moment of every run, whichever is shown."""
        ends = dict(self.ends)
        last = [(run, ends.get(run, snapshot)) for run, snapshot in self.snapshots]
        return replace(self, snapshots=tuple(last))


@dataclass(frozen=True, slots=True)
class Left:
    """The future of a run that is left behind: its last moment, and what was changed up to it."""

    run: int
    snapshot: Snapshot
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """Runs go another way from ``update`` on than the one they have gone before."""

    generation: int
    update: int
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that ended a run or refused an order; the thread lives on."""

    generation: int
    error: Exception
