from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs, from_arrays, line

TWO, THREE, LINE = blobs(), blobs(60, 2, 3), line()


@pytest.mark.parametrize(
    ("dataset", "given", "expected"),
    [
        (TWO, {}, ("sigmoid", "cross_entropy")),
        (THREE, {}, ("softmax", "cross_entropy")),
        (LINE, {}, ("identity", "quadratic")),
        (TWO, {"activation": "softmax"}, ("softmax", "cross_entropy")),
        (THREE, {"activation": "sigmoid"}, ("sigmoid", "cross_entropy")),
        (TWO, {"activation": "identity"}, ("identity", "quadratic")),
        (TWO, {"activation": "tanh"}, ("tanh", "quadratic")),
        (TWO, {"activation": "probit"}, ("probit", "cross_entropy")),
        (TWO, {"activation": "step"}, ("step", "perceptron")),
        (TWO, {"loss": "hinge"}, ("identity", "hinge")),
        (THREE, {"loss": "squared_hinge"}, ("identity", "squared_hinge")),
        (TWO, {"loss": "perceptron"}, ("step", "perceptron")),
        (TWO, {"loss": "quadratic"}, ("identity", "quadratic")),
        (THREE, {"loss": "cross_entropy"}, ("softmax", "cross_entropy")),
        (LINE, {"loss": "huber"}, ("identity", "huber")),
        (LINE, {"activation": "identity", "loss": "absolute"}, ("identity", "absolute")),
    ],
)
def test_what_is_left_open_is_filled_to_fit(
    dataset: Dataset, given: dict[str, Any], expected: tuple[str, str]
) -> None:
    config = TrainingConfig(**given).resolved(dataset)
    assert (config.activation, config.loss) == expected
    assert config.learning_rate is not None
    assert config.learning_rate > 0.0
    assert config.resolved(dataset) == config


def test_a_batch_of_all_samples_and_more_is_full() -> None:
    n = len(TWO.X)
    assert TrainingConfig(batch_size=n - 1).resolved(TWO).batch_size == n - 1
    assert TrainingConfig(batch_size=n).resolved(TWO).batch_size == "full"
    assert TrainingConfig(batch_size=10 * n).resolved(TWO).batch_size == "full"


@pytest.mark.parametrize(
    ("dataset", "given", "field"),
    [
        (TWO, {"activation": "tanh", "loss": "cross_entropy"}, "loss"),
        (LINE, {"activation": "softmax"}, "activation"),
        (LINE, {"loss": "hinge"}, "activation"),
        (LINE, {"activation": "sigmoid"}, "activation"),
        (LINE, {"class_weights": "balanced"}, "class_weights"),
        (TWO, {"start": Parameters(np.zeros((3, 1)), np.zeros(1))}, "start"),
    ],
)
def test_what_cannot_be_is_refused(dataset: Dataset, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(**given).resolved(dataset)
    assert caught.value.field == field
    assert caught.value.hint


def test_a_pair_that_cannot_learn_may_run_and_show_it() -> None:
    config = TrainingConfig(activation="step", loss="quadratic", initializer="normal", epochs=9)
    trainer = Trainer(TWO, config)
    assert trainer.advance() == 9
    assert trainer.parameters.flat().tolist() == trainer.start.flat().tolist()


def test_a_numeric_target_within_the_range_is_taken() -> None:
    X = np.linspace(-1, 1, 20)[:, None]
    dataset = from_arrays(X, 1.0 / (1.0 + np.exp(-3.0 * X[:, 0])))
    assert TrainingConfig(activation="sigmoid").resolved(dataset).loss == "quadratic"
    assert TrainingConfig(loss="cross_entropy").resolved(dataset).activation == "sigmoid"


def test_a_validation_target_outside_the_range_is_refused_too() -> None:
    y = np.linspace(0.1, 0.9, 20)
    dataset = from_arrays(np.arange(20.0)[:, None], y, validation=0.3)
    values = dataset.all_values.copy()
    values[-1] = 1.2
    with pytest.raises(ConfigError, match=r"1\.2"):
        TrainingConfig(activation="sigmoid").resolved(replace(dataset, all_values=values))
