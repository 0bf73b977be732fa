"""The exact answers for data and settings, together: what a window works out once and keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slp_core.insight.floor import Baseline, ErrorFloor, baseline, error_floor
from slp_core.insight.optimum import BestLoss, best_loss
from slp_core.insight.separability import Separability, separability
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate, momentum_factor

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset


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
    rate = largest_rate(dataset, config)
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
        stable_rate=rate,
        rate_at_best=_rate_at_best(config, found, rate),
        cut=found.cut or (apart is not None and apart.separable is None),
    )


def _rate_at_best(config: TrainingConfig, best: BestLoss, rate: float | None) -> float | None:
    """2 over the curvature at the best weights, times what momentum allows on top of that."""
    if best.steepest is None or rate is None or config.batch_size != "full":
        return None
    return momentum_factor(config) * 2.0 / best.steepest
