"""Runs at one moment, for the views of a model's quality."""

from __future__ import annotations

import numpy as np
from PySide6.QtTest import QSignalSpy

from app.moment import Moment, RunMoment
from app.plots.quality_view import QualityView
from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from tests.app.plots.examples import falling, snapshot, some

SIGMOID = pair("sigmoid", "cross_entropy")
SOFTMAX = pair("softmax", "cross_entropy")
IDENTITY = pair("identity", "quadratic")
NO_ROWS = Table.from_columns("none", {"x": np.zeros(1)})


def moment(
    data: Dataset, chosen: Pair, parameters: Parameters | None = None, *, playing: bool = False
) -> Moment:
    """These weights (or some) on these data, now."""
    given = some(data, chosen) if parameters is None else parameters
    now = snapshot(falling(5), parameters=given)
    run = RunMoment(0, "run", 0, NO_ROWS, NO_ROWS, data, chosen, TrainingConfig(), now)
    return Moment((run,), playing)


def broken(data: Dataset, chosen: Pair) -> Parameters:
    """Weights of a run that has left the finite numbers."""
    good = some(data, chosen)
    return Parameters(np.full_like(good.W, np.nan), good.b)


def told(spy: QSignalSpy) -> list[list[int]]:
    """The rows that were told to be selected, time after time."""
    rows: list[list[int]] = []
    for n in range(spy.count()):
        given: Ints = spy.at(n)[0]
        rows.append(given.tolist())
    return rows


def switch(view: QualityView, key: str, on: bool = True) -> None:
    """Turn a switch in the view's header on or off."""
    view.header_widget.set(key, on)
