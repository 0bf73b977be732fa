"""What the table of runs tells of each run: one row for each column that can be shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.moment import Moment, RunMoment
from app.numbers import decimals_for, fixed_text, share_text
from app.runs import SETTINGS, differing, setting_text
from slp_core.training.snapshot import Snapshot

Order = tuple[int, float, str]
"""What rows are sorted by: what is unknown comes last."""

_NUMERIC = frozenset({"learning_rate", "momentum", "l1", "l2", "seed", "epochs", "clip_norm"})


@dataclass(frozen=True, slots=True)
class RunColumn:
    """One column; ``text`` and ``order`` are functions of a run."""

    key: str
    heading: str
    tip: str
    text: Callable[[RunMoment], str]
    order: Callable[[RunMoment], Order]
    number: bool = True


@dataclass(frozen=True, slots=True)
class RunRows:
    """The runs of a moment as the table shows them, the live ones first."""

    runs: tuple[RunMoment, ...]
    active: int | None

    def state(self, run: RunMoment) -> str:
        """What a run is at present, in one word."""
        if run.live:
            return "active" if run.run == self.active else "live"
        return "pinned" if run.pinned else "kept"


def rows_of(moment: Moment | None) -> RunRows:
    """All runs, in an order that does not depend on which is active."""
    if moment is None:
        return RunRows((), None)
    live = sorted(moment.live, key=lambda run: run.line)
    kept = [run for run in (*moment.runs, *moment.others) if not run.live]
    kept.sort(key=lambda run: (not run.pinned, -run.run))
    return RunRows((*live, *kept), moment.active.run)


def columns_of(rows: RunRows) -> tuple[RunColumn, ...]:
    """The columns: of settings only those in which the runs differ.

    In a narrow pane the first are seen: how good a run is, then what makes it another.
    """
    runs = rows.runs
    settings = [_setting(name) for name in differing([run.config for run in runs])]
    data = [_data(runs)] if len({id(run.dataset.preparation) for run in runs}) > 1 else []
    regression = bool(runs) and runs[0].snapshot.accuracy is None
    return (
        RunColumn(
            "name",
            "Run",
            "The name of the run; F2 changes it.",
            lambda run: run.name,
            lambda run: (0, float(run.run), run.name),
            number=False,
        ),
        _number("loss", "Loss", "The training loss now.", lambda run: run.snapshot.loss),
        _fit(regression),
        *settings,
        *data,
        RunColumn(
            "state",
            "State",
            "Active: its settings are edited. Live: it trains too. Kept: as it was at its end.",
            rows.state,
            lambda run: (0, 0.0, rows.state(run)),
            number=False,
        ),
        _number("best", "Best", "The lowest loss of the run.", lambda run: run.snapshot.best_loss),
        _count("epochs", "Epochs", "Passes through the training data.", lambda s: s.epoch),
        _count("updates", "Updates", "Changes of the weights.", lambda s: float(s.update)),
        RunColumn(
            "seconds",
            "Time",
            "Time spent in training, without pauses.",
            lambda run: f"{run.snapshot.seconds:.1f} s",
            lambda run: (0, run.snapshot.seconds, ""),
        ),
        RunColumn(
            "stop",
            "Stopped",
            "Why the run ended; empty while it can go on.",
            _stop,
            lambda run: (0, 0.0, _stop(run)),
            number=False,
        ),
    )


def as_text(rows: Sequence[RunMoment], columns: Sequence[RunColumn]) -> str:
    """The table for a spreadsheet: tabs between cells."""
    lines = [[column.heading for column in columns]]
    lines += [[column.text(run) for column in columns] for run in rows]
    return "\n".join("\t".join(cells) for cells in lines)


def _setting(name: str) -> RunColumn:
    words = SETTINGS[name]

    def order(run: RunMoment) -> Order:
        value = getattr(run.config, name)
        if isinstance(value, int | float):
            return (0, float(value), "")
        return (1, 0.0, setting_text(run.config, name))

    tip = f"{words.heading}: shown because the runs differ in it."
    numeric = name in _NUMERIC

    def text(run: RunMoment) -> str:
        return setting_text(run.config, name)

    return RunColumn(f"setting {name}", words.heading, tip, text, order, number=numeric)


def _data(runs: Sequence[RunMoment]) -> RunColumn:
    present = runs[0].dataset.preparation

    def text(run: RunMoment) -> str:
        return "as now" if run.dataset.preparation == present else f"{run.dataset.terms} terms"

    tip = "Whether the run saw the features as they are prepared now."
    return RunColumn("data", "Data", tip, text, lambda run: (0, float(run.dataset.terms), ""))


def _number(key: str, heading: str, tip: str, value: Callable[[RunMoment], float]) -> RunColumn:
    return RunColumn(
        key, heading, tip, lambda run: _steady(value(run)), lambda run: _order(value(run))
    )


def _fit(regression: bool) -> RunColumn:
    if regression:
        return _number(
            "r2", "R²", "The share of the target's variance explained.", lambda r: _or_nan(r, "r2")
        )
    return RunColumn(
        "accuracy",
        "Accuracy",
        "The share of training samples classified rightly.",
        lambda run: share_text(run.snapshot.accuracy),
        lambda run: _order(_or_nan(run, "accuracy")),
    )


def _count(key: str, heading: str, tip: str, value: Callable[[Snapshot], float]) -> RunColumn:
    return RunColumn(
        key,
        heading,
        tip,
        lambda run: f"{value(run.snapshot):,.0f}",
        lambda run: (0, value(run.snapshot), ""),
    )


def _stop(run: RunMoment) -> str:
    return run.snapshot.stop.text if run.snapshot.stop is not None else ""


def _or_nan(run: RunMoment, name: str) -> float:
    value = getattr(run.snapshot, name)
    return math.nan if value is None else float(value)


def _order(value: float) -> Order:
    return (0, value, "") if math.isfinite(value) else (1, 0.0, "")


def _steady(value: float) -> str:
    """Four digits, with the zeros behind them: numbers keep their width."""
    return fixed_text(value, decimals_for(abs(value)) if math.isfinite(value) else 0)
