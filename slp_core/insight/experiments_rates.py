"""The loss after some epochs against the learning rate: which rates learn, and where it ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.insight.experiments_runs import Watch, short_run
from slp_core.insight.optimum_problem import posed, value
from slp_core.insight.verdict_text import figure
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.own_gradient import OwnGradientMaker
from slp_core.training.rates import largest_rate
from slp_core.training.snapshot import Snapshot
from slp_core.training.start import starting_weights

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

SECONDS: Final = 2.0
_RATES: Final = 16
_SPAN: Final = (2.0**-10, 32.0)
"""Smallest and largest rate of the sweep, as shares of the largest stable one; each is doubled."""
_FIRST: Final = 9
"""Half the largest stable rate, where the sweep begins."""
_SAME: Final = 0.01
"""Rates as close as this are one."""
_EQUAL: Final = 0.01
"""Share of that way that two losses may differ by and be as good as each other."""
_SMALL: Final = 0.1
"""Share of the largest stable rate below which a stable one is small."""
_WORSE: Final = 0.1
"""Share of the way from the start to the best of the sweep that a good rate may lack."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Loss after some epochs against the learning rate.

    Attributes
    ----------
    rates, losses
        One of each for every rate tried; inf where a run left the finite numbers.
    epochs
        How long each run was: fewer than asked for where there was no time.
    stable_rate
        The largest stable rate; None where there is no such thing.
    best_rate
        The one with the least loss, or a stable one that is as good (within 1 % of what was
        learnt); NaN without any.
    complete
        False where time was over before the last rate.
    text
        One sentence.
    rate
        The rate of the settings.
    start_loss
        The loss all runs start from.
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]
    epochs: int
    stable_rate: float | None
    best_rate: float
    complete: bool
    text: str
    rate: float = math.nan
    start_loss: float = math.nan

    @property
    def outcome(self) -> str:
        """As of an experiment: ``suspicious`` where the rate of the settings does badly.

        A stable rate that is not small does not: in few epochs a higher one always comes further.
        """
        limit = self.stable_rate
        loss = self.loss_at(self.rate)
        if math.isnan(loss) or math.isnan(self.best_rate):
            return "unknown"
        best = self.loss_at(self.best_rate)
        way = self.start_loss - best
        if limit is not None and _SMALL * limit <= self.rate <= limit and loss < self.start_loss:
            return "as_expected"
        return "suspicious" if way > 0.0 and loss - best > _WORSE * way else "as_expected"

    def loss_at(self, rate: float) -> float:
        """The loss of a rate of the sweep; NaN where it was not tried."""
        return next(
            (
                loss
                for tried, loss in zip(self.rates, self.losses, strict=True)
                if math.isclose(tried, rate, rel_tol=_SAME)
            ),
            math.nan,
        )


def rate_sweep(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    start: Parameters | None = None,
    epochs: int = 50,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
    gradient: OwnGradientMaker | None = None,
) -> Sweep:
    """The loss after ``epochs`` epochs at sixteen rates around the largest stable one, and now.

    Parameters
    ----------
    start
        The weights all runs start from; None draws them as the settings say.
    gradient
        Makes the gradient that steps follow, if it is not the objective's.
    """
    settled = config.resolved(dataset)
    watch = Watch(seconds, cancelled, progress)
    problem = posed(dataset, settled)
    from_here = starting_weights(problem, settled, start)
    plain = replace(settled, start=from_here, epochs=epochs, patience=None, stop_loss=None,
                    stop_gradient=None, stop_seconds=None)  # fmt: skip
    sweep = _Runs(dataset, plain, watch, gradient, value(problem, from_here))
    return sweep.run(_rates(largest_rate(dataset, settled), settled))


def _rates(limit: float | None, config: TrainingConfig) -> tuple[list[float], float | None]:
    """The rates in the order in which they are tried, and the largest stable one."""
    if OPTIMIZERS[config.optimizer].step is None:
        return [], None
    now = config.learning_rate or 1.0
    middle = limit if limit is not None and math.isfinite(limit) else now
    rates = [float(middle * share) for share in np.geomspace(*_SPAN, _RATES)]
    # From the middle outwards, so that a sweep that is cut short has what matters most.
    order = sorted(range(_RATES), key=lambda place: abs(place - _FIRST))
    known = any(math.isclose(rate, now, rel_tol=_SAME) for rate in rates)
    return [*([] if known else [now]), *(rates[place] for place in order)], limit


@dataclass(slots=True)
class _Runs:
    """The runs of one sweep, from the same weights."""

    dataset: Dataset
    config: TrainingConfig
    watch: Watch
    gradient: OwnGradientMaker | None
    start_loss: float

    def run(self, wanted: tuple[list[float], float | None]) -> Sweep:
        """All rates, as far as time goes."""
        rates, limit = wanted
        end = monotonic() + self.watch.seconds
        done: list[tuple[float, float]] = []
        for place, rate in enumerate(rates):
            if monotonic() >= end or self.watch.ended:
                break
            part = self.watch.part(
                place / len(rates), (place + 1) / len(rates), max(end - monotonic(), 1e-3)
            )
            if not done:
                self._shorten(rate, len(rates), part)
            snapshot, whole = self._train(rate, part)
            if whole:
                done.append((rate, _end_loss(snapshot)))
        return self._told(sorted(done), limit, complete=len(done) == len(rates))

    def _train(self, rate: float, watch: Watch) -> tuple[Snapshot, bool]:
        short = replace(self.config, learning_rate=rate)
        return short_run(self.dataset, short, watch, self.gradient)

    def _shorten(self, rate: float, runs: int, watch: Watch) -> None:
        """Fewer epochs, where there is no time for all of them at every rate."""
        share = replace(watch, seconds=watch.seconds / (2.0 * runs), progress=None)
        snapshot, whole = self._train(rate, share)
        if not whole and not self.watch.ended:
            fit = max(int(snapshot.epoch), 1)
            self.config = replace(self.config, epochs=min(fit, self.config.epochs))

    def _told(
        self, done: list[tuple[float, float]], limit: float | None, *, complete: bool
    ) -> Sweep:
        rates, losses = tuple(rate for rate, _ in done), tuple(loss for _, loss in done)
        now, epochs = self.config.learning_rate or math.nan, self.config.epochs
        best = _best(done, limit, self.start_loss)
        sweep = Sweep(rates, losses, epochs, limit, best, complete, "", now, self.start_loss)
        return replace(sweep, text=self._text(sweep))

    def _text(self, sweep: Sweep) -> str:
        row = OPTIMIZERS[self.config.optimizer]
        if row.step is None:
            return f"{row.label} chooses the length of its steps itself: there is no rate to try."
        if math.isnan(sweep.best_rate):
            found = "No rate came to a finite loss." if sweep.rates else ""
            return found or "No time for a single rate."
        best, now = sweep.loss_at(sweep.best_rate), sweep.loss_at(sweep.rate)
        plural = "" if sweep.epochs == 1 else "s"
        text = f"After {sweep.epochs} epoch{plural} the rate {sweep.best_rate:.3g} is the best of "
        text += f"{len(sweep.rates)}, with a loss of {best:.4g}"
        if math.isnan(now) or math.isclose(sweep.rate, sweep.best_rate, rel_tol=_SAME):
            own = "" if math.isnan(now) else ", and it is the one that is set"
        else:
            own = f"; {sweep.rate:.3g}, which is set, comes to {figure(now)}"
        cut = "" if sweep.complete else " Time was over before all were tried."
        if sweep.stable_rate is None:
            return f"{text}{own}.{cut}"
        limit = f"{sweep.stable_rate:.3g}"
        if sweep.best_rate > sweep.stable_rate * (1.0 + _SAME):
            steep = (
                f"Up to {limit} a rate is stable at any weights, beyond it where the loss is flat"
            )
            return f"{text}{own}. {steep}.{cut}"
        return f"{text}{own}; the largest stable rate is {limit}.{cut}"


def _best(done: list[tuple[float, float]], limit: float | None, start_loss: float) -> float:
    """The rate with the least loss, but a stable one where that is as good."""
    finite = [(loss, rate) for rate, loss in done if math.isfinite(loss)]
    if not finite:
        return math.nan
    least = min(finite)
    near = least[0] + _EQUAL * max(start_loss - least[0], 0.0)
    stable = [row for row in finite if limit is not None and row[1] <= limit * (1 + _SAME)]
    as_good = [row for row in stable if row[0] <= near]
    return min(as_good, default=least)[1]


def _end_loss(snapshot: Snapshot) -> float:
    if snapshot.stop is not None and snapshot.stop.kind == "not_finite":
        return math.inf
    return snapshot.loss if math.isfinite(snapshot.loss) else math.inf
