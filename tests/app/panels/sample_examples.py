"""Runs on small tables, for the views of one sample and of formulas."""

from __future__ import annotations

import numpy as np

from app.moment import RunMoment
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import pose
from slp_core.training.trainer import Trainer

DEFINED = [
    each
    for each in (pair(activation, loss) for activation in ACTIVATIONS for loss in LOSSES)
    if each.status != "undefined"
]
SIGMOID, SOFTMAX = pair("sigmoid", "cross_entropy"), pair("softmax", "cross_entropy")


def table(classes: int, features: int = 2, rows: int = 40) -> Table:
    """Clouds, one for each class."""
    random = np.random.default_rng(1)
    kind = np.array([f"kind {chr(97 + n % classes)}" for n in range(rows)], dtype=object)
    columns: dict[str, object] = {
        f"f{n}": random.normal(0, 1, rows) + np.arange(rows) % classes for n in range(features)
    }
    return Table.from_columns("t", {**columns, "kind": kind})  # pyright: ignore[reportArgumentType]


def run_of(
    classes: int, chosen: Pair, features: int = 2, given: Table | None = None, **changes: object
) -> RunMoment:
    """A run of five updates, with a fifth of the rows held out."""
    read = given or table(classes, features)
    data = Dataset.from_table(read, "kind", validation=0.2)
    values = {"activation": chosen.activation, "loss": chosen.loss, "epochs": 100} | changes
    config = TrainingConfig(**values).resolved(data)  # pyright: ignore[reportArgumentType]
    trainer = Trainer(data, config)
    trainer.advance(5)
    return RunMoment(0, "run", 0, read, read, data, chosen, config, trainer.snapshot())


def gradient_of(run: RunMoment) -> Parameters:
    """X^T dV / n of all training samples, without penalties."""
    part = pose(run.dataset, run.config).training
    objective = Objective(activation=run.pair.activation, loss=run.pair.loss)
    return objective.value_and_gradient(run.snapshot.parameters, part.X, part.Y, part.weights)[1]
