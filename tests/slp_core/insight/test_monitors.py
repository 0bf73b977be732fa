"""Monitors: each on a run that has the fault, with sentence, span and fix, and on healthy ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import slp_core as slp
from slp_core.insight.diagnosis import Diagnosis, diagnose
from slp_core.insight.findings import Finding
from slp_core.insight.monitors import monitor
from slp_core.insight.optimum_answers import exact_answers
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate
from slp_core.training.trainer import Trainer
from tests.benchmarks.bench_diagnosis import spoil
from tests.benchmarks.diagnosis_cases import Wrong
from tests.benchmarks.diagnosis_faults import WRONG


def run(
    dataset: slp.Dataset, config: TrainingConfig, wrong: Wrong | None = None
) -> tuple[slp.Snapshot, Diagnosis]:
    trainer = Trainer(dataset, config)
    if wrong is not None:
        spoil(trainer, wrong)
    while trainer.stop is None:
        trainer.advance()
    snapshot = trainer.snapshot()
    return snapshot, diagnose(dataset, snapshot, seconds=20.0)


def found(diagnosis: Diagnosis, rule: str) -> Finding:
    rows = [row for row in diagnosis.during if row.id == rule]
    assert len(rows) == 1, [row.id for row in diagnosis.during]
    return rows[0]


def at(name: str, share: float, **options: object) -> tuple[slp.Dataset, TrainingConfig]:
    """A set and settings at a share of the largest stable rate."""
    dataset = slp.load_sample(name)
    config = TrainingConfig(**options)  # pyright: ignore[reportArgumentType] - settings by name
    limit = largest_rate(dataset, config.resolved(dataset))
    assert limit is not None
    return dataset, replace(config, learning_rate=share * limit)


TRAP = TrainingConfig(
    activation="sigmoid", loss="quadratic", learning_rate=0.5, epochs=400,
    start=Parameters(np.array([[-8.0], [-8.0]]), np.zeros(1)),
)  # fmt: skip


@pytest.mark.parametrize(
    "config",
    [
        TrainingConfig(),
        TrainingConfig(optimizer="momentum"),
        TrainingConfig(optimizer="adam"),
        TrainingConfig(optimizer="lbfgs"),
        TrainingConfig(l2=1e-3),
        TrainingConfig(initializer="xavier"),
    ],
    ids=["gd", "momentum", "adam", "lbfgs", "l2", "xavier"],
)
@pytest.mark.parametrize("name", ["two_gaussians", "three_blobs", "iris", "noisy_line", "moons"])
def test_healthy_runs_are_left_alone(name: str, config: TrainingConfig) -> None:
    _, diagnosis = run(slp.load_sample(name), config)
    assert diagnosis.during == ()
    assert diagnosis.verdict.kind in ("converged", "improving")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["two_gaussians", "xor", "noisy_plane"])
def test_no_stable_rate_raises_an_alarm(name: str, share: float) -> None:
    assert run(*at(name, share))[1].findings == ()


def test_numbers_that_are_not_finite() -> None:
    snapshot, diagnosis = run(*at("noisy_line", 1e6))
    row = found(diagnosis, "L1")
    assert snapshot.stop is not None
    assert row.text == snapshot.stop.text
    assert row.level == "fault"
    assert row.fix is not None
    assert row.fix.changes["learning_rate"] == pytest.approx(snapshot.learning_rate * 0.5e-6)


def test_confidently_wrong_under_a_loss_that_still_pulls() -> None:
    dataset = slp.load_sample("two_gaussians")
    far = Parameters(np.array([[-300.0], [-300.0]]), np.zeros(1))
    snapshot, diagnosis = run(dataset, TrainingConfig(start=far, learning_rate=0.5, epochs=60))
    row = found(diagnosis, "L2")
    V = dataset.X @ snapshot.parameters.W + snapshot.parameters.b
    wrong = (V[:, 0] > 0) != (dataset.labels == 1)
    flat = np.abs(V[:, 0]) > 4.59512
    assert set(row.rows) == set(np.flatnonzero(wrong & flat).tolist())
    assert f"{len(row.rows) / 200:.0%} of the samples" in row.text


def test_a_bounce_is_seen_by_its_cosine_and_its_span() -> None:
    snapshot, diagnosis = run(*at("overlapping", 2.0))
    row = found(diagnosis, "L3")
    assert "cosine -1.00" in row.text
    assert row.span is not None
    assert 0 < row.span[0] < row.span[1] == snapshot.update
    assert row.fix is not None
    changes = row.fix.changes
    assert changes["learning_rate"] == pytest.approx(snapshot.learning_rate / 4.0)


def test_too_slow_says_how_many_epochs_are_needed() -> None:
    dataset, config = at("two_gaussians", 1e-4, epochs=500)
    row = found(run(dataset, config)[1], "L4")
    assert "more epochs" in row.text
    assert row.fix is not None
    patient = replace(config, **row.fix.changes)  # pyright: ignore[reportArgumentType] - checked here
    assert not run(dataset, patient)[1].during


@pytest.mark.parametrize("name", ["two_gaussians", "noisy_plane", "three_blobs"])
@pytest.mark.parametrize("fault", WRONG)
def test_steps_that_do_not_what_a_gradient_promises(name: str, fault: str) -> None:
    dataset, config = at(name, 0.3, epochs=60)
    row = found(run(dataset, config, WRONG[fault])[1], "L5")
    assert ("sign" in row.text) == ("flipped" in fault)
    assert "L5" not in [other.id for other in run(dataset, config)[1].during]


def test_one_class_for_everything_and_why() -> None:
    dataset = slp.load_sample("imbalanced")
    row = found(run(dataset, TrainingConfig(l2=100.0))[1], "L6")
    assert "90% of the samples belong to it" in row.text
    assert row.fix is not None
    assert row.fix.changes == {"class_weights": "balanced"}
    _, blank = run(dataset, TrainingConfig(activation="step", loss="quadratic", epochs=20))
    assert "all weights are 0" in found(blank, "L6").text


def test_the_saturation_trap_of_the_two_clouds() -> None:
    """Weights of (-8, -8), 400 updates: the mean square stays, cross-entropy recovers."""
    dataset = slp.load_sample("saturated_start", scaling="none")
    snapshot, diagnosis = run(dataset, TRAP)
    row = found(diagnosis, "L8")
    assert snapshot.loss > 0.95 * snapshot.history.loss[0]
    assert diagnosis.verdict.kind == "saturated"
    assert row.span == (0, 400)
    assert len(row.rows) > 100
    assert row.fix is not None
    freed = replace(TRAP, **row.fix.changes)  # pyright: ignore[reportArgumentType] - checked here
    ended, recovered = run(dataset, freed)
    assert recovered.verdict.kind == "converged"
    assert ended.loss == pytest.approx(0.226, abs=5e-4)
    assert not recovered.during


def test_a_loss_that_runs_away() -> None:
    snapshot, diagnosis = run(*at("noisy_line", 1.2, epochs=40))
    row = found(diagnosis, "L10")
    assert f"{snapshot.loss:.4g} now" in row.text
    assert row.span == (snapshot.best_update, snapshot.update)
    assert snapshot.best is not None
    assert row.start is snapshot.best.parameters
    assert row.fix is not None
    assert "best weights" in row.fix.label
    assert diagnosis.verdict.kind == "diverged"


def test_noise_of_mini_batches_is_a_note_and_no_fault() -> None:
    dataset = slp.load_sample("two_gaussians")
    config = TrainingConfig(batch_size=1, learning_rate=0.3, epochs=40)
    _, diagnosis = run(dataset, config)
    assert [(row.id, row.level) for row in diagnosis.during] == [("L11", "note")]
    assert diagnosis.verdict.kind in ("converged", "improving")


@pytest.mark.parametrize("penalty", [{"l2": 1.0}, {"l1": 0.3}])
def test_a_penalty_that_holds_everything_back(penalty: dict[str, float]) -> None:
    dataset = slp.load_sample("moons")
    config = TrainingConfig(**penalty)  # pyright: ignore[reportArgumentType] - settings by name
    _, diagnosis = run(dataset, config)
    row = found(diagnosis, "L12")
    assert diagnosis.verdict.kind == "penalty_dominates"
    assert row.fix is not None
    (name,) = penalty
    assert row.fix.changes == {name: pytest.approx(0.1 * penalty[name])}


def test_the_noise_of_mini_batches_does_not_hide_a_penalty() -> None:
    config = TrainingConfig(batch_size=16, l2=0.5, epochs=300)
    _, diagnosis = run(slp.load_sample("iris"), config)
    assert diagnosis.verdict.kind == "penalty_dominates"


def test_overfitting_is_seen_from_the_update_where_it_begins() -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(80, 30))
    labels = (X[:, 0] + random.normal(size=80) > 0).astype(int)
    columns = {f"x{j}": X[:, j] for j in range(30)}
    table = slp.Table.from_columns("noise", {**columns, "y": labels})
    dataset = slp.Dataset.from_table(table, "y", validation=0.5)
    snapshot, diagnosis = run(dataset, TrainingConfig(optimizer="adam", epochs=300))
    row = found(diagnosis, "L14")
    held = snapshot.history.validation_loss
    assert row.span == (int(snapshot.history.update[np.argmin(held)]), 300)
    assert diagnosis.verdict.kind == "overfitting"


def test_a_column_that_gives_the_answer_away() -> None:
    table = slp.sample_table("moons")
    columns = {row.name: np.asarray(row.values) for row in table.columns}
    paid = (columns["class"] == "B") + 0.01 * np.random.default_rng(0).random(table.rows)
    leaky = slp.Table.from_columns("leak", {"paid": paid, **columns})
    _, diagnosis = run(slp.Dataset.from_table(leaky, "class"), TrainingConfig())
    assert found(diagnosis, "L15").columns == ("paid",)
    honest = slp.load_sample("separable")
    assert "L15" not in [row.id for row in run(honest, TrainingConfig())[1].during]


def test_a_perceptron_that_cannot_rest_is_no_fault() -> None:
    config = TrainingConfig(activation="step", loss="perceptron")
    row = found(run(slp.load_sample("iris"), config)[1], "L3")
    assert row.level == "note"
    assert "does not come to rest" in row.text


def test_the_same_run_has_the_same_findings_whenever_it_is_looked_at() -> None:
    dataset, config = at("overlapping", 2.0, epochs=200)
    answers = exact_answers(dataset, config)
    once, often = Trainer(dataset, config), Trainer(dataset, config)
    once.advance()
    while often.stop is None:
        often.advance(7)
        monitor(often.snapshot(), dataset, answers.best, answers.stable_rate)
    both = [
        monitor(trainer.snapshot(), dataset, answers.best, answers.stable_rate)
        for trainer in (once, often)
    ]
    assert both[0] == both[1] != ()
