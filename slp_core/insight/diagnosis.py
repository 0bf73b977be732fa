"""Everything there is to say about a run: exact answers, findings, verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slp_core.insight.checks import check_before
from slp_core.insight.findings import Finding
from slp_core.insight.gradient.followed import Followed
from slp_core.insight.monitors import monitor
from slp_core.insight.optimum_answers import Answers, exact_answers
from slp_core.insight.verdict import Verdict, judge
from slp_core.network.parameters import Parameters
from slp_core.training.snapshot import Snapshot

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset
    from slp_core.data.table import Table


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


def diagnose(
    dataset: Dataset,
    snapshot: Snapshot,
    table: Table | None = None,
    answers: Answers | None = None,
    *,
    start: Parameters | None = None,
    followed: Followed | None = None,
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
    followed
        What is known of a typed gradient that its steps follow.
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
        before=check_before(dataset, table, config, start, answers),
        during=monitor(snapshot, dataset, answers.best, answers.stable_rate, followed),
        verdict=judge(snapshot, answers.best, answers.stable_rate, apart, followed),
    )
