"""The classics: real pairs, with sources, learning what they are for."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.network.pairs import pair
from slp_core.network.presets import CLASSICS, Classic
from slp_core.training.config import TrainingConfig

ROWS = list(CLASSICS.values())


def ids(row: Classic) -> str:
    return row.key


def test_the_seven_classics_in_the_order_of_menus() -> None:
    assert list(CLASSICS) == [
        *("rosenblatt", "adaline", "logistic", "softmax"),
        *("linear_svm", "probit", "linear_regression"),
    ]


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_classic_is_a_pair_that_learns_and_settings_that_are_valid(row: Classic) -> None:
    judged = pair(str(row.settings["activation"]), str(row.settings["loss"]))
    assert judged.status in ("canonical", "works")
    assert str(row.year) in row.source
    assert row.summary.endswith(".")
    assert set(row.tasks) <= {"binary", "multiclass", "regression"}
    config = TrainingConfig(**dict(row.settings))  # pyright: ignore[reportArgumentType] - checked by the config itself
    assert config.activation == judged.activation
    assert config.batch_size in (1, "full")


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_settings_cannot_be_changed(row: Classic) -> None:
    with pytest.raises(TypeError):
        row.settings["loss"] = "huber"  # pyright: ignore[reportIndexIssue] - wrong on purpose


def test_years() -> None:
    years = {key: row.year for key, row in CLASSICS.items()}
    assert years["linear_regression"] == 1805
    assert years["probit"] == 1934
    assert years["rosenblatt"] == years["logistic"] == 1958
    assert years["adaline"] == 1960
    assert years["linear_svm"] == 1995
    assert np.diff(sorted(years.values())).min() == 0
