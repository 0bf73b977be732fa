"""What can be said about the open data, settings and run, worked out in the background.

Exact answers once for data and objective; checks once for the settings; monitors and verdict a
few times a second while a run moves. The window hears of each whole `Diagnosis`, never of parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.jobs import JobControl, Jobs
from app.moment import Told
from app.preparation import Prepared
from app.training.messages import Frame
from app.workspace import Workspace
from slp_core.data.dataset import Dataset
from slp_core.insight.checks import check_before
from slp_core.insight.diagnosis import Diagnosis
from slp_core.insight.findings import Finding
from slp_core.insight.gradient.followed import Followed, followed
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.insight.monitors import monitor
from slp_core.insight.optimum_answers import Answers, exact_answers
from slp_core.insight.verdict import judge
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot

CALM = 500
"""Milliseconds between two looks at a run that moves."""
LATER = 300
"""Milliseconds without another change after which exact answers are begun: a brush that paints
changes the data ten times a second."""
SECONDS = 8.0
"""What exact answers may take in all; large data gets what is possible within, and says so."""
_MOST_ANSWERS = 12
"""Settings whose answers are kept."""
_Key = tuple[object, ...]
_ANSWERS, _LOOK = "answers", "look"

_OBJECTIVE = (
    "activation",
    "loss",
    "l1",
    "l2",
    "bias",
    "class_weights",
    "optimizer",
    "momentum",
    "batch_size",
)
"""Settings that the exact answers depend on."""
_DIFFERENTIATED = ("activation", "loss", "l1", "l2", "bias")
"""Settings that a gradient depends on."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a typed gradient was found to be, and for which data and objective."""

    key: tuple[object, ...]
    followed: Followed


class Counsel(QObject):
    """Listens to a workspace; says what it makes of it."""

    told = Signal(object)
    """A `Told`."""

    def __init__(self, space: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._space = space
        self._jobs = Jobs(self)
        self._key: _Key | None = None
        self._answers: Answers | None = None
        self._past: dict[_Key, Answers] = {}
        """Answers for other settings, the newest last, all for the data that are open."""
        self._before: tuple[Finding, ...] = ()
        self._known: _Known | None = None
        self._looked: Snapshot | None = None
        self._calm, self._later = _timer(self, CALM), _timer(self, LATER)
        self._calm.timeout.connect(self._look)
        self._later.timeout.connect(self._ask)
        space.prepared.connect(self._prepared)
        space.player.frame_arrived.connect(self._moved)

    @property
    def answers(self) -> Answers | None:
        """The exact answers for what is open, once they are known."""
        return self._answers

    def shut_down(self) -> None:
        """End what is being worked out; safe to call more than once."""
        self._calm.stop()
        self._later.stop()
        self._jobs.shut_down()

    @Slot(object)
    def _prepared(self, prepared: Prepared) -> None:
        key = _key(prepared.dataset, prepared.config)
        if key != self._key:
            self._remember()
            self._key, self._answers = key, self._past.get(key)
            self._jobs.cancel(_ANSWERS)
        self._jobs.cancel(_LOOK)
        self._looked = None
        self._before = ()
        self._later.start()

    def _remember(self) -> None:
        """Keep the answers for the settings of before: turning between runs brings them back."""
        key, answers, current = self._key, self._answers, self._space.current
        if key is not None and answers is not None:
            self._past[key] = answers
        same = {k: a for k, a in self._past.items() if current and k[0] is current.dataset}
        self._past = dict(list(same.items())[-_MOST_ANSWERS:])

    @Slot()
    def _ask(self) -> None:
        """Work out the answers, if they are not known, and check what is about to be trained."""
        current, known = self._space.current, self._answers
        if current is None:
            return

        def work(control: JobControl) -> tuple[Answers, tuple[Finding, ...]]:
            answers = known or exact_answers(
                current.dataset, current.config, seconds=SECONDS, cancelled=control.cancelled
            )
            before = check_before(
                current.dataset,
                current.table,
                current.config,
                current.config.start,
                answers,
            )
            return answers, before

        self._jobs.start(_ANSWERS, work, self._take, self._fail)

    def _take(self, found: tuple[Answers, tuple[Finding, ...]]) -> None:
        self._answers, self._before = found
        self._looked = None
        self._look()

    @Slot(object)
    def _moved(self, frame: Frame) -> None:
        if not frame.playing:
            self._look()
        elif not self._calm.isActive():
            self._calm.start()

    @Slot()
    def _look(self) -> None:
        """See what the run has come to, unless that is being done."""
        current, snapshot = self._space.current, self._space.player.snapshot
        if current is None or snapshot is None or snapshot is self._looked:
            return
        if self._jobs.is_running(_LOOK):
            self._calm.start()
            return
        self._looked = snapshot
        answers, before, known = self._answers, self._before, self._known
        lane = self._space.runs.active
        typed = None if lane is None else lane.gradient

        def work(control: JobControl) -> tuple[Told, _Known | None]:
            seen = None if typed is None else _followed(typed, current, snapshot, known, control)
            return _told(current, snapshot, answers, before, seen), seen

        self._jobs.start(_LOOK, work, self._tell, self._fail)

    def _tell(self, said: tuple[Told, _Known | None]) -> None:
        told, self._known = said
        self.told.emit(told)

    def _fail(self, error: Exception) -> None:
        self._space.refused.emit(error)


def _told(
    prepared: Prepared,
    snapshot: Snapshot,
    answers: Answers | None,
    before: tuple[Finding, ...],
    known: _Known | None,
) -> Told:
    best = None if answers is None else answers.best
    rate = prepared.stable_rate if answers is None else answers.stable_rate
    follows = None if known is None else known.followed
    during = monitor(snapshot, prepared.dataset, best, rate, follows)
    diagnosis = None
    if answers is not None:
        apart = None if answers.separability is None else answers.separability.separable
        verdict = judge(snapshot, best, rate, apart, follows)
        diagnosis = Diagnosis(answers, before, during, verdict)
    return Told(prepared.dataset, snapshot, diagnosis, (*before, *during))


def _followed(
    typed: TypedGradient,
    prepared: Prepared,
    snapshot: Snapshot,
    known: _Known | None,
    control: JobControl,
) -> _Known:
    """Check what a run follows, once for data and objective."""
    config, kept = snapshot.config, snapshot.history.checkpoints
    names = (getattr(config, name) for name in _DIFFERENTIATED)
    ended = snapshot.stop is not None and snapshot.stop.kind == "not_finite"
    key = (typed, prepared.dataset, ended, *names)
    if known is not None and known.key == key:
        return known
    start = kept[0].parameters if kept else None
    last = snapshot.parameters if ended else None
    found = followed(typed, prepared.dataset, config, start, last, control.cancelled)
    return _Known(key, found)


def _key(dataset: Dataset, config: TrainingConfig) -> _Key:
    return (dataset, *(getattr(config, name) for name in _OBJECTIVE))


def _timer(parent: QObject, pause: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    return timer
