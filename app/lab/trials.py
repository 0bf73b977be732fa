"""Experiments that were made: with what, what came of them, and whether that still holds. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from app.moment import RunMoment
from app.numbers import number_text, share_text
from slp_core.insight.experiments import Experiment
from slp_core.insight.experiments_rates import Sweep
from slp_core.insight.experiments_rows import EXPERIMENTS, ExperimentRow, Subject
from slp_core.network.parameters import Parameters

Result: TypeAlias = Experiment | Sweep

OUTCOMES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "as_expected": ("check", "ok", "As expected"),
        "suspicious": ("warning", "warning", "Look closer"),
        "unknown": ("info", "muted", "Not known"),
    }
)
"""Icon, colour of the theme and word of each outcome."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One experiment that was made."""

    key: str
    subject: Subject
    result: Result

    @property
    def row(self) -> ExperimentRow:
        """What is known of the experiment."""
        return EXPERIMENTS[self.key]


def subject_of(run: RunMoment) -> Subject:
    """What an experiment on a run is made with; the start is that of its record."""
    kept = run.snapshot.history.checkpoints
    start = kept[0].parameters if kept and kept[0].update == 0 else None
    return Subject(run.dataset, replace(run.config, start=None), start, run.gradient)


def stale(trial: Trial, now: Subject) -> str:
    """In what a result is no longer of what is there now; empty if it is."""
    then, row = trial.subject, trial.row
    if then.dataset is not now.dataset:
        return "The data have changed since."
    if any(getattr(then.config, name) != getattr(now.config, name) for name in row.depends):
        return "Settings on which it depends have changed since."
    if row.starts and not _same_start(then.start, now.start):
        return "The run now starts from different weights."
    if row.key in ("fit_few", "rate_sweep") and then.gradient != now.gradient:
        return "The steps now follow a different gradient."
    return ""


def figures(trial: Trial) -> tuple[tuple[str, str], ...]:
    """The two figures of a result, each with its name."""
    result, row = trial.result, trial.row
    if isinstance(result, Sweep):
        rates = (result.rate, result.best_rate)
        losses = [result.loss_at(rate) if rate > 0.0 else math.nan for rate in rates]
        found, expected = map(number_text, losses)
        return (row.found, found), (row.expected, expected)
    shares = result.kind == "fit_few" and bool(trial.subject.dataset.classes)
    said = share_text if shares else number_text
    name = "R² " if result.kind == "fit_few" and not shares else ""
    return (f"{name}{row.found}", said(result.found)), (row.expected, said(result.expected))


def follows(trial: Trial) -> str:
    """What the steps followed, where that was not the model's own gradient."""
    own = trial.subject.gradient is not None and trial.key in ("fit_few", "rate_sweep")
    return "The steps followed the gradient you typed." if own else ""


def _same_start(then: Parameters | None, now: Parameters | None) -> bool:
    if then is None or now is None:
        return then is now
    return then is now or (then.W.shape == now.W.shape and bool((then.flat() == now.flat()).all()))
