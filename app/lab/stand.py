"""Where the lab stands: what is open, and what a formula would be checked against. No Qt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.lab.asked import Asked, Ground, Options, ground_for, pair_name
from slp_core.arrays import Ints, frozen
from slp_core.errors import ConfigError
from slp_core.insight.gradient.starts import Start, right_formula
from slp_core.network.pairs import pair
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS

NO_DATA = Ground(None, pair("sigmoid", "cross_entropy"), TrainingConfig())


class Stand:
    """The ground of now and the rows that are picked."""

    def __init__(self) -> None:
        self.ground = NO_DATA
        self.selected: Ints = frozen(np.empty(0, np.int64))
        self._fits: dict[tuple[str, str], bool] = {}

    def move(self, ground: Ground) -> bool:
        """Take another ground; says whether a check of the one before no longer holds."""
        before, self.ground = self.ground, ground
        if before.dataset is not ground.dataset:
            self._fits.clear()
        return not ground.same(before)

    def checked(self, options: Options) -> Ground:
        """The ground with the pair of a question in place of the model's."""
        key = options.pair
        if key is not None and key not in self._fits:
            self._fits[key] = _suits(self.ground, key)
        return ground_for(self.ground, options, key is None or self._fits[key])

    def asked(self, source: str, options: Options) -> Asked:
        """A check of this formula, now."""
        ground, rows = self.checked(options), None
        if options.selected_only and self.selected.size and ground.dataset is not None:
            training = ground.dataset.row_index[: ground.samples]
            found = np.flatnonzero(np.isin(training, self.selected))
            rows = found if found.size else None
        return Asked(source, ground, options, rows)

    def right(self, options: Options) -> str:
        """The gradient as the program would write it."""
        ground = self.checked(options)
        config = ground.config
        return right_formula(
            ground.pair,
            options.convention,
            l1=config.l1 > 0.0,
            l2=config.l2 > 0.0,
            bias=config.bias,
        )

    def options_for(self, start: Start | None, options: Options) -> Options:
        """The options with which a start means what its author meant; None: the right one."""
        if start is None:
            return replace(options, pair=None, bias=None)
        own, now = (start.activation, start.loss), self.ground.pair
        return replace(
            options,
            convention=start.convention,
            bias=start.bias,
            pair=None if own == (now.activation, now.loss) else own,
        )

    def why_no_training(self, options: Options) -> str:
        """Why no run can step by a formula; empty if one can."""
        if self.ground.dataset is None:
            return "Open data first."
        if options.pair is not None:
            name = pair_name(pair(*options.pair))
            return f"The open model uses another pair: choose {name} for it first."
        return ""

    def refuse_search(self) -> None:
        """Refuse optimizers that cannot follow a gradient that may be wrong.

        Raises
        ------
        ConfigError
            For those that search along the loss.
        """
        row = OPTIMIZERS[self.ground.config.optimizer]
        if row.step is None:
            raise ConfigError(
                f"{row.label} searches along the loss and cannot follow a gradient of yours.",
                field="optimizer",
                hint="Choose gradient descent.",
            )


def stale(then: Asked, source: str, ground: Ground, options: Options) -> str:
    """In what a check is no longer of what is there now; empty if it is."""
    if then.source.strip() != source.strip():
        return "The formula has changed since this check."
    if then.ground.dataset is not ground.dataset:
        return "The data have changed since this check."
    if not then.ground.same(ground):
        return "The pair, a penalty or the bias has changed since this check."
    if then.options.convention != options.convention:
        return "In this check samples were elsewhere: in rows or in columns."
    return ""


def _suits(ground: Ground, key: tuple[str, str]) -> bool:
    """Whether the open data can be used with another pair."""
    if ground.dataset is None:
        return False
    try:
        TrainingConfig(activation=key[0], loss=key[1], learning_rate=1.0).resolved(ground.dataset)
    except ConfigError:
        return False
    return True
