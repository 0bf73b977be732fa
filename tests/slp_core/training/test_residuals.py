from __future__ import annotations

import math

import numpy as np
import pytest

from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.answers import predictions
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import evaluate
from slp_core.training.residuals import residual_figures
from tests.slp_core.training.examples import line
from tests.slp_core.training.test_answers import parts


def test_figures_by_hand() -> None:
    found = residual_figures(np.array([1.0, 2.0, 6.0]), np.array([2.0, 2.0, 4.0]))
    assert found.count == 3
    assert found.mean == pytest.approx(1 / 3)
    assert found.mae == pytest.approx(1.0)
    assert found.rmse == pytest.approx(math.sqrt(5 / 3))
    assert found.r2 == pytest.approx(1 - 5 / 14)


def test_what_is_not_finite_is_left_out_and_equal_targets_have_no_r2() -> None:
    found = residual_figures(np.array([1.0, 1.0, 1.0]), np.array([np.nan, 2.0, np.inf]))
    assert (found.count, found.mean, found.mae, found.rmse) == (1, -1.0, 1.0, 1.0)
    assert math.isnan(found.r2)
    none = residual_figures(np.array([1.0]), np.array([np.nan]))
    assert none.count == 0
    assert math.isnan(none.mae)


def test_they_are_the_figures_of_the_run() -> None:
    dataset = line(60, validation=0.25)
    config = TrainingConfig().resolved(dataset)
    parameters = Parameters(np.array([[1.0], [2.0]]), np.array([0.1]))
    of = pair(str(config.activation), str(config.loss))
    for part, samples in parts(dataset):
        z = predictions(dataset, of, parameters, samples)
        assert z is not None
        found = residual_figures(dataset.all_values[samples], z)
        measured = evaluate(dataset, config, parameters, part)
        assert found.mae == pytest.approx(measured.mae)
        assert found.rmse == pytest.approx(measured.rmse)
        assert found.r2 == pytest.approx(measured.r2)
