"""Training in one call."""

from __future__ import annotations

import numpy as np
import pytest

import slp_core as slp
from slp_core.result import train


@pytest.fixture(scope="module")
def moons() -> slp.Dataset:
    return slp.load_sample("moons")


def test_the_result_is_complete(moons: slp.Dataset) -> None:
    result = train(moons, slp.TrainingConfig(epochs=30))
    assert (result.stop_reason, result.stop.kind) == ("epochs", "epochs")
    assert result.snapshot.update == 30
    assert result.history is result.snapshot.history
    assert result.history.update[-1] == 30
    assert result.verdict.kind == "converged"
    assert result.diagnosis is result.diagnosis
    assert result.diagnosis.answers.best.value < result.snapshot.loss
    assert result.findings == ()
    assert result.seconds > 0
    assert result.updates_per_second == pytest.approx(30 / result.seconds)
    np.testing.assert_array_equal(result.model.parameters.W, result.snapshot.parameters.W)


def test_defaults_learn_something(moons: slp.Dataset) -> None:
    result = train(moons)
    assert result.snapshot.config.activation == "sigmoid"
    assert result.snapshot.accuracy is not None
    assert result.snapshot.accuracy > 0.8


def test_snapshots_end_with_the_last_state_and_change_nothing(moons: slp.Dataset) -> None:
    config = slp.TrainingConfig(epochs=200, batch_size=10)
    seen: list[slp.Snapshot] = []
    watched = train(moons, config, seen.append)
    assert seen[-1] is watched.snapshot
    updates = [snapshot.update for snapshot in seen]
    assert updates == sorted(updates)
    alone = train(moons, config)
    np.testing.assert_array_equal(
        watched.snapshot.parameters.flat(), alone.snapshot.parameters.flat()
    )


def test_a_callback_that_raises_ends_the_training(moons: slp.Dataset) -> None:
    class Enough(Exception):
        pass

    def look(snapshot: slp.Snapshot) -> None:
        raise Enough

    with pytest.raises(Enough):
        train(moons, slp.TrainingConfig(epochs=1_000_000_000), look)


def test_no_epochs_leave_the_start(moons: slp.Dataset) -> None:
    result = train(moons, slp.TrainingConfig(epochs=0))
    assert (result.snapshot.update, result.updates_per_second) == (0, 0.0)
    assert not result.snapshot.parameters.flat().any()


def test_leaving_the_finite_numbers_keeps_the_last_finite_weights() -> None:
    table = slp.Table.from_columns("t", {"x": np.arange(20) * 1e3, "y": np.arange(20) + 0.5})
    dataset = slp.Dataset.from_table(table, "y", scaling="none")
    result = train(dataset, slp.TrainingConfig(learning_rate=10.0))
    assert (result.stop_reason, result.verdict.kind) == ("not_finite", "not_finite")
    assert result.model.parameters.is_finite


def test_settings_that_do_not_suit_the_data_are_refused() -> None:
    with pytest.raises(slp.ConfigError, match="Softmax"):
        train(slp.load_sample("noisy_line"), slp.TrainingConfig(activation="softmax"))
