"""Runs that were really trained, at one moment, for the views of weights and landscapes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from app.moment import Moment, RunMoment
from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.data.table import Table
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer

NO_ROWS = Table.from_columns("none", {"x": np.zeros(1)})


def trained(data: Dataset, *, epochs: int = 40, run: int = 1, **settings: Any) -> RunMoment:
    """A run on these data after some epochs."""
    trainer = Trainer(data, TrainingConfig(epochs=epochs, **settings))
    while trainer.snapshot().stop is None:
        trainer.advance(epochs)
    now = trainer.snapshot()
    config = now.config
    chosen = pair(str(config.activation), str(config.loss))
    return RunMoment(run, f"Run {run}", run - 1, NO_ROWS, NO_ROWS, data, chosen, config, now)


def sample(key: str, **choices: Any) -> Dataset:
    """A built-in set."""
    return load_sample(key, **choices)


def moment(*runs: RunMoment, playing: bool = False) -> Moment:
    """These runs now, the first one active."""
    return Moment(runs, playing)


def at(run: RunMoment, parameters: Parameters) -> RunMoment:
    """The run with other weights."""
    return replace(run, snapshot=replace(run.snapshot, parameters=parameters))


def with_nan(run: RunMoment) -> RunMoment:
    """A run that has left the finite numbers."""
    now = run.snapshot.parameters
    return at(run, Parameters(np.full_like(now.W, np.nan), now.b))
