"""Checks before training: P1 to P13, from the table, the data set, the settings and the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from slp_core.errors import ConfigError
from slp_core.insight import checks_data, checks_model
from slp_core.insight.findings import RULES, Finding
from slp_core.insight.optimum_answers import Answers
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset
    from slp_core.data.table import Table


_DATA: Final[tuple[Callable[[Dataset], Finding | None], ...]] = (
    checks_data.constant_or_duplicate,
    checks_data.imbalance,
    checks_data.class_absent,
)


def check_before(
    dataset: Dataset,
    table: Table | None = None,
    config: TrainingConfig | None = None,
    parameters: Parameters | None = None,
    answers: Answers | None = None,
) -> tuple[Finding, ...]:
    """What is odd before the first update, in the order of the ids.

    Parameters
    ----------
    table
        The table the data set was made of; without it its cells are not looked at (P1, P2).
    config
        The settings, open ones included; None for the defaults. Settings that cannot be used with
        the data are a finding (P6, P9), not an error.
    parameters
        The weights training starts from; None takes those of the settings.
    answers
        The exact answers for these settings, where they are at hand: they tell a bold rate from one
        that cannot end well, and save work.

    Raises
    ------
    ConfigError
        Settings that no rule is about, as `TrainingConfig.resolved`.
    """
    settings = TrainingConfig() if config is None else config
    found = [check(dataset) for check in _DATA]
    found.append(checks_data.same_inputs(dataset, None if answers is None else answers.floor))
    if table is not None:
        found += [checks_data.empty_cells(table, dataset), checks_data.numbers_as_text(table)]
    try:
        complete = settings.resolved(dataset)
    except ConfigError as error:
        refused = checks_model.refused(dataset, settings, error)
        if refused is None:
            raise
        found.append(refused)
        return _ordered(found)
    found += checks_model.check_model(dataset, complete, parameters, answers)
    return _ordered(found)


def _ordered(found: list[Finding | None]) -> tuple[Finding, ...]:
    order = list(RULES)
    kept = [row for row in found if row is not None]
    return tuple(sorted(kept, key=lambda row: order.index(row.id)))
