"""Everything there is to say about a run: exact answers, findings, verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slp_core.insight.checks import check_before
from slp_core.insight.checks_model import rate_at_best
from slp_core.insight.findings import Finding
from slp_core.insight.floor import Baseline, ErrorFloor, baseline, error_floor
from slp_core.insight.monitors import monitor
from slp_core.insight.optimum import BestLoss, best_loss
from slp_core.insight.separability import Separability, separability
from slp_core.insight.verdict import Verdict, judge
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate
from slp_core.training.snapshot import Snapshot

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset
    from slp_core.data.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The exact answers for data and settings; they do not depend on a run.

    Attributes
    ----------
    separability
        None in regression.
    stable_rate
        The largest stable learning rate, None where there is no such thing.
    rate_at_best
        The largest rate at which descent stays at the best weights, which may be higher.
    cut
        Time was over before all were complete.
    """

    best: BestLoss
    separability: Separability | None
    baseline: Baseline
    floor: ErrorFloor
    stable_rate: float | None
    rate_at_best: float | None
    cut: bool


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosis:
    """The answers, and what they make of a run.

    ``before`` are the checks of data, settings and start; ``during`` what the record shows.
    """

    answers: Answers
    before: tuple[Finding, ...]
    during: tuple[Finding, ...]
    verdict: Verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, the checks first."""
        return (*self.before, *self.during)


def exact_answers(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    seconds: float | None = 1.0,
    cancelled: Callable[[], bool] | None = None,
) -> Answers:
    """The exact answers; the time is shared, and what is not used is left to the next.

    They depend on the data and on activation, loss, penalties, bias and class weights; the stable
    rate also on optimizer, momentum and batch size.
    """
    config = config.resolved(dataset)
    share = None if seconds is None else 0.7 * seconds
    found = best_loss(dataset, config, seconds=share, cancelled=cancelled)
    apart = None
    if dataset.task != "regression":
        rest = None if seconds is None else 0.3 * seconds
        apart = separability(dataset, bias=config.bias, seconds=rest, cancelled=cancelled)
    return Answers(
        best=found,
        separability=apart,
        baseline=baseline(dataset, config),
        floor=error_floor(dataset),
        stable_rate=largest_rate(dataset, config),
        rate_at_best=rate_at_best(dataset, config, found),
        cut=found.cut or (apart is not None and apart.separable is None),
    )


def diagnose(
    dataset: Dataset,
    snapshot: Snapshot,
    table: Table | None = None,
    answers: Answers | None = None,
    *,
    start: Parameters | None = None,
    seconds: float | None = 1.0,
    cancelled: Callable[[], bool] | None = None,
) -> Diagnosis:
    """What is to be said of a run as it stands.

    Parameters
    ----------
    table
        The table the data set was made of, for the checks of its cells.
    answers
        The exact answers if they are at hand; else they are worked out within ``seconds``.
    start
        The weights the run began with; None takes the first of its record.
    """
    config = snapshot.config
    if answers is None:
        answers = exact_answers(dataset, config, seconds=seconds, cancelled=cancelled)
    kept = snapshot.history.checkpoints
    if start is None and kept and kept[0].update == 0:
        start = kept[0].parameters
    apart = None if answers.separability is None else answers.separability.separable
    return Diagnosis(
        answers=answers,
        before=check_before(dataset, table, config, start, answers.best),
        during=monitor(snapshot, dataset, answers.best, answers.stable_rate),
        verdict=judge(snapshot, answers.best, answers.stable_rate, apart),
    )
