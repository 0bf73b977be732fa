from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig


def test_defaults_are_those_of_a_first_look() -> None:
    config = TrainingConfig()
    assert config.optimizer == "gd"
    assert config.batch_size == "full"
    assert config.epochs == 1000
    assert config.initializer == "zeros"
    assert config.seed == 0
    assert config.activation is config.loss is config.learning_rate is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("activation", "sigmod"),
        ("activation", 3),
        ("loss", "logloss"),
        ("optimizer", None),
        ("optimizer", "sgd"),
        ("schedule", "linear"),
        ("initializer", "ones"),
        ("class_weights", "equal"),
        ("learning_rate", 0.0),
        ("learning_rate", -1.0),
        ("learning_rate", math.nan),
        ("learning_rate", math.inf),
        ("learning_rate", True),
        ("learning_rate", "0.1"),
        ("momentum", 1.0),
        ("momentum", -0.1),
        ("batch_size", 0),
        ("batch_size", 2.0),
        ("batch_size", "all"),
        ("batch_size", True),
        ("epochs", -1),
        ("epochs", 1.5),
        ("seed", -1),
        ("seed", False),
        ("l1", -1e-9),
        ("l2", math.inf),
        ("bias", 1),
        ("clip_norm", 0.0),
        ("stop_loss", math.nan),
        ("stop_gradient", -1.0),
        ("stop_seconds", 0.0),
        ("patience", 0),
        ("start", [[1.0]]),
    ],
)
def test_a_value_out_of_range_is_refused_by_its_name(name: str, value: object) -> None:
    fields: dict[str, Any] = {name: value}
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(**fields)
    assert caught.value.field == name
    assert caught.value.value is value or caught.value.value == value
    assert name in caught.value.message


def test_a_refused_choice_names_what_would_do() -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(optimizer="sgd")
    assert "momentum" in caught.value.allowed
    assert "gd" in caught.value.hint


def test_whole_numbers_do_for_numbers_and_numpy_ones_too() -> None:
    fields: dict[str, Any] = {"epochs": np.int64(3), "momentum": np.float32(0.5)}
    config = TrainingConfig(learning_rate=1, l2=0, **fields)
    assert config.learning_rate == 1.0
    assert isinstance(config.learning_rate, float)
    assert type(config.epochs) is int
    assert type(config.momentum) is float


def test_replacing_a_field_checks_again() -> None:
    with pytest.raises(ConfigError):
        replace(TrainingConfig(), epochs=-3)


def test_a_start_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ConfigError, match="finite"):
        TrainingConfig(start=Parameters(np.array([[np.nan]]), np.zeros(1)))


def test_as_dict_survives_json() -> None:
    start = Parameters(np.array([[1.5], [-2.0]]), np.array([0.25]))
    config = TrainingConfig(learning_rate=0.3, patience=4, start=start)
    read = json.loads(json.dumps(config.as_dict()))
    assert read.pop("start") == {"W": [[1.5], [-2.0]], "b": [0.25]}
    assert TrainingConfig(**read) == config


def test_restart_is_needed_for_another_problem_or_start_only() -> None:
    config = TrainingConfig(learning_rate=0.1)
    assert config.restart_needed(replace(config, learning_rate=0.2, l2=1.0, epochs=2)) == ()
    assert config.restart_needed(replace(config, seed=1, loss="huber")) == ("loss", "seed")
    start = Parameters(np.zeros((1, 1)), np.zeros(1))
    assert config.restart_needed(replace(config, start=start)) == ("start",)
