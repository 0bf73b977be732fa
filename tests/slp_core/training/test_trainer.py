from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from time import monotonic
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.history import COLUMNS
from slp_core.training.metrics import evaluate
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.problem import pose
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs, from_arrays, line, same
from tests.slp_core.training.runs import CONFIGS

EVERY = pytest.mark.parametrize("name", CONFIGS)


def start_run(name: str) -> Trainer:
    return Trainer(*CONFIGS[name])


def outcome(trainer: Trainer) -> tuple[Any, ...]:
    """Everything of a run that must repeat bit for bit."""
    snapshot = trainer.snapshot()
    return (
        snapshot.update,
        snapshot.epoch,
        snapshot.parameters.flat().tobytes(),
        snapshot.loss,
        snapshot.best_loss,
        snapshot.best_update,
        snapshot.stop,
        snapshot.history.table.tobytes(),
        tuple(point.parameters.flat().tobytes() for point in snapshot.history.checkpoints),
    )


@EVERY
def test_a_run_repeats_bit_for_bit(name: str) -> None:
    first, second = start_run(name), start_run(name)
    first.advance()
    second.advance()
    assert first.stop is not None
    assert outcome(first) == outcome(second)


@EVERY
def test_bursts_and_snapshots_change_nothing(name: str) -> None:
    straight, watched = start_run(name), start_run(name)
    straight.advance()
    sizes = _sizes()
    watched.snapshot()
    while watched.stop is None:
        most = next(sizes)
        assert 0 <= watched.advance(most, monotonic() + (0.0 if most == 2 else 60.0)) <= most
        if most % 2:
            watched.snapshot()
    assert outcome(watched) == outcome(straight)


def _sizes() -> Iterator[int]:
    while True:
        yield from (1, 2, 5, 1, 11)


@EVERY
def test_another_seed_gives_another_run_where_chance_plays_a_part(name: str) -> None:
    dataset, config = CONFIGS[name]
    first, second = start_run(name), Trainer(dataset, replace(config, seed=5))
    first.advance()
    second.advance()
    chance = config.batch_size != "full"
    assert (outcome(first)[2] != outcome(second)[2]) == chance


def test_advance_counts_and_epochs_are_fractions() -> None:
    trainer = Trainer(blobs(50), TrainingConfig(batch_size=20))
    assert trainer.updates_per_epoch == 3
    assert trainer.advance(1) == 1
    assert trainer.epoch == 20 / 50
    assert trainer.advance_epoch() == 2
    assert trainer.epoch == 1.0
    assert trainer.advance_epoch() == 3
    assert (trainer.update, trainer.epoch) == (6, 2.0)
    full = Trainer(blobs(50), TrainingConfig())
    assert full.updates_per_epoch == full.advance_epoch() == 1


def test_a_deadline_that_has_passed_still_makes_one_update() -> None:
    for name in ("full", "mini", "lbfgs"):
        assert start_run(name).advance(100, monotonic() - 1.0) == 1


@EVERY
def test_a_snapshot_is_complete_true_and_read_only(name: str) -> None:
    dataset, _ = CONFIGS[name]
    trainer = start_run(name)
    trainer.advance(5)
    snapshot = trainer.snapshot()
    config = snapshot.config
    assert config == config.resolved(dataset)
    found = evaluate(dataset, config, snapshot.parameters)
    problem = pose(dataset, config)
    part = problem.training
    value, slopes = problem.objective.value_and_gradient(
        snapshot.parameters, part.X, part.Y, part.weights
    )
    assert same(snapshot.loss, value, 1e-12)
    assert same(snapshot.gradient_norm_W, float(np.linalg.norm(slopes.W)), 1e-9)
    assert abs(snapshot.gradient_norm - np.linalg.norm(slopes.flat())) < 1e-12
    assert (snapshot.accuracy, snapshot.r2) == (found.accuracy, found.r2)
    assert (snapshot.validation_loss is None) == (not len(dataset.X_validation))
    if snapshot.validation_loss is not None:
        held = evaluate(dataset, config, snapshot.parameters, "validation")
        assert same(snapshot.validation_loss, held.loss, 1e-12)
        assert snapshot.validation_accuracy == held.accuracy
    for array in (snapshot.parameters.W, snapshot.parameters.b, snapshot.history.table):
        assert not array.flags.writeable
    with pytest.raises(FrozenInstanceError):
        snapshot.loss = 0.0  # pyright: ignore[reportAttributeAccessIssue] - that is the test


def test_a_snapshot_does_not_change_when_training_goes_on() -> None:
    trainer = start_run("mini")
    trainer.advance(20)
    snapshot = trainer.snapshot()
    before = pickle.dumps(snapshot)
    trainer.advance()
    assert pickle.dumps(snapshot) == before


def test_full_batches_put_every_state_into_the_record() -> None:
    trainer = Trainer(line(), TrainingConfig(epochs=3000, schedule="inverse"))
    states: list[float] = []
    while trainer.stop is None:
        states.append(trainer.snapshot().loss)
        trainer.advance(1)
    states.append(trainer.snapshot().loss)
    history = trainer.snapshot().history
    assert history.update[0] == 0
    assert history.update[-1] == 3000
    start = 0
    for i, update in enumerate(history.update.tolist()):
        within = states[start : update + 1]
        assert history.loss_min[i] == min(within)
        assert history.loss_max[i] == max(within)
        assert same(float(history.loss[i]), float(np.mean(within)))
        start = update + 1
    assert np.all(np.diff(history.learning_rate) < 0)


def test_the_record_of_mini_batches_holds_the_full_objective() -> None:
    dataset, config = CONFIGS["mini"]
    trainer = Trainer(dataset, config)
    trainer.advance()
    history = trainer.snapshot().history
    for update, loss in zip(history.update.tolist(), history.loss.tolist(), strict=True):
        again = Trainer(dataset, config)
        again.advance(update)
        assert same(again.snapshot().loss, loss, 1e-12)
        if update > 12:
            break


def test_what_does_not_apply_is_not_a_number_in_the_record() -> None:
    trainer = start_run("full")
    trainer.advance()
    history = trainer.snapshot().history
    missing = {name for name in COLUMNS if np.isnan(getattr(history, name)).any()}
    of_steps = {"turn", "weight_step_ratio"}
    assert missing == {"validation_loss", "validation_accuracy", "step_length", *of_steps}
    for name in of_steps:  # there is no step before the start
        assert np.isfinite(getattr(history, name)[1:]).all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_lowers_the_loss_and_keeps_the_best(optimizer: str) -> None:
    trainer = Trainer(blobs(60, 3), TrainingConfig(optimizer=optimizer, epochs=200))
    start = trainer.snapshot().loss
    trainer.advance()
    snapshot = trainer.snapshot()
    assert snapshot.loss < 0.9 * start
    assert snapshot.best_loss <= snapshot.loss
    assert same(snapshot.best_loss, float(snapshot.history.loss_min.min()))
    assert 0 < snapshot.best_update <= snapshot.update


def test_without_bias_b_stays_zero() -> None:
    start = Parameters(np.ones((2, 1)), np.ones(1))
    for batch in ("full", 7):
        config = TrainingConfig(bias=False, batch_size=batch, optimizer="adam", epochs=20)
        trainer = Trainer(line(), config, start)
        trainer.advance()
        assert trainer.parameters.b.tolist() == [0.0]


def test_balanced_weights_make_each_class_count_the_same() -> None:
    labels = (np.arange(60) % 6 == 0).astype(int)
    X = np.zeros((60, 1)) + np.linspace(-1e-9, 1e-9, 60)[:, None]
    dataset = from_arrays(X, labels, scaling="none")
    for weights, share in (("none", 10 / 60), ("balanced", 0.5)):
        fields: dict[str, Any] = {"class_weights": weights}
        trainer = Trainer(dataset, TrainingConfig(optimizer="newton", **fields))
        trainer.advance()
        assert same(float(1 / (1 + np.exp(-trainer.parameters.b[0]))), share, 1e-6)


@pytest.mark.parametrize("batch", ["full", 16])
def test_float32_inputs_train_to_the_same_place(batch: Any) -> None:
    dataset = blobs(80, 3)
    single = replace(dataset, prepared=dataset.prepared.astype(np.float32))
    config = TrainingConfig(epochs=60, batch_size=batch)
    ends: list[np.ndarray[Any, Any]] = []
    for data in (dataset, single):
        trainer = Trainer(data, replace(config, learning_rate=0.5))
        trainer.advance()
        assert trainer.parameters.W.dtype == np.float64
        ends.append(trainer.parameters.flat())
    np.testing.assert_allclose(ends[1], ends[0], atol=1e-4)


@settings(deadline=None, max_examples=25)
@given(
    samples=st.integers(4, 30),
    features=st.integers(1, 4),
    classes=st.integers(2, 4),
    batch=st.integers(1, 31),
    seed=st.integers(0, 2**64),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
)
def test_any_shape_trains(
    samples: int, features: int, classes: int, batch: int, seed: int, optimizer: str
) -> None:
    dataset = blobs(max(samples, 2 * classes), features, classes)
    full = OPTIMIZERS[optimizer].full_batch
    config = TrainingConfig(
        batch_size="full" if full else batch,
        seed=seed,
        optimizer=optimizer,
        epochs=3,
        initializer="xavier",
    )
    trainer = Trainer(dataset, config)
    trainer.advance()
    snapshot = trainer.snapshot()
    assert snapshot.stop is not None
    assert np.isfinite(snapshot.loss)
    assert len(snapshot.history) >= 2
