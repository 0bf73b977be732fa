"""Checks before training: each on data or settings with the fault, and its sentence and fix."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import slp_core as slp
from slp_core.insight.checks import check_before
from slp_core.insight.findings import RULES, Finding, worst
from slp_core.insight.optimum_answers import exact_answers
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate
from tests.slp_core.training.examples import from_arrays


def only(findings: tuple[Finding, ...], rule: str) -> Finding:
    found = [row for row in findings if row.id == rule]
    assert len(found) == 1, [row.id for row in findings]
    return found[0]


def table_of(**columns: object) -> slp.Table:
    return slp.Table.from_columns("t", {key: np.asarray(value) for key, value in columns.items()})


@pytest.mark.parametrize(
    "name", ["two_gaussians", "moons", "xor", "three_blobs", "noisy_line", "iris", "wine", "cars"]
)
def test_nothing_is_found_where_nothing_is_wrong(name: str) -> None:
    table = slp.sample_table(name)
    dataset = slp.load_sample(name)
    assert check_before(dataset, table) == ()


def test_missing_cells_and_the_rows_they_cost() -> None:
    x = np.arange(40.0)
    holes = np.where(np.arange(40) % 4 == 0, np.nan, x % 7)
    table = table_of(x=x, holes=holes, kind=np.where(x % 5 > 2, "a", "b"))
    dataset = slp.Dataset.from_table(table, "kind", ("x", "holes"))
    found = only(check_before(dataset, table), "P1")
    assert found.level == "caution"
    assert "10 of 40 rows" in found.text
    assert found.fix is not None
    assert (found.fix.scope, found.fix.changes) == ("data", {"missing": "mean"})
    filled = slp.Dataset.from_table(table, "kind", ("x", "holes"), missing="mean")
    assert only(check_before(filled, table), "P1").level == "note"
    sparse = table_of(x=x, holes=np.where(x > 20, np.nan, x % 7), kind=np.where(x % 5 > 2, 1, 0))
    poor = slp.Dataset.from_table(sparse, "kind", ("x", "holes"))
    mended = only(check_before(poor, sparse), "P1").fix
    assert mended is not None
    assert mended.changes == {"features": ("x",)}
    whole = slp.Dataset.from_table(table, "kind", ("x",))
    assert not check_before(whole, table)


@pytest.mark.parametrize(("text", "speaks"), [("1,5", True), ("1,500", True), ("a,b", False)])
def test_numbers_with_a_decimal_comma(text: str, speaks: bool) -> None:
    x = np.arange(20.0)
    table = table_of(x=x, size=[text] * 20, kind=np.where(x > 9, "a", "b"))
    ids = [row.id for row in check_before(slp.Dataset.from_table(table, "kind", ("x",)), table)]
    assert ("P2" in ids) == speaks


def test_features_that_are_not_scaled_and_the_remedy() -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(60, 2)) * [1.0, 50.0]
    labels = (X[:, 0] > 0).astype(int)
    found = only(check_before(from_arrays(X, labels, scaling="none")), "P3")
    assert "factor of" in found.text
    assert found.fix is not None
    assert (found.fix.scope, found.fix.changes) == ("data", {"scaling": "standardize"})
    assert not check_before(from_arrays(X, labels))
    newton = TrainingConfig(optimizer="newton")
    assert not check_before(from_arrays(X, labels, scaling="none"), config=newton)
    far = from_arrays(random.normal(size=(60, 1)) + 9.0, labels, scaling="none")
    assert "spreads from 0" in only(check_before(far), "P3").text


def test_columns_that_are_the_same_up_to_scale() -> None:
    x = np.random.default_rng(0).normal(size=50)
    table = table_of(x=x, twin=3.0 - 2.0 * x, kind=np.where(x > 0, "a", "b"))
    found = only(check_before(slp.Dataset.from_table(table, "kind")), "P4")
    assert found.columns == ("twin",)
    assert found.fix is not None
    assert found.fix.changes == {"features": ("x",)}


def test_one_class_for_nearly_all() -> None:
    x = np.random.default_rng(0).normal(size=100)
    labels = np.where(np.arange(100) < 85, 0, 1)
    found = only(check_before(from_arrays(x[:, None], labels)), "P5")
    assert "85.0%" in found.text
    fair = np.where(np.arange(100) < 80, 0, 1)
    assert not check_before(from_arrays(x[:, None], fair))


def test_targets_outside_what_the_pair_takes() -> None:
    x = np.random.default_rng(0).normal(size=40)
    table = table_of(x=x, y=np.where(x > 0, 1.0, -1.0))
    dataset = slp.Dataset.from_table(table, "y", task="regression")
    found = only(
        check_before(dataset, config=TrainingConfig(activation="sigmoid", loss="cross_entropy")),
        "P6",
    )
    assert found.level == "fault"
    assert "-1 to 1" in found.text
    assert found.fix is not None
    assert found.fix.changes == {"task": "multiclass"}


def test_a_class_that_no_validation_row_has() -> None:
    x = np.arange(13.0)
    table = table_of(x=x, kind=np.array(["a", "b"] * 5 + ["c"] * 3))
    dataset = slp.Dataset.from_table(table, "kind", validation=0.1)
    found = only(check_before(dataset), "P7")
    assert found.fix is not None
    assert found.fix.changes == {"validation": 0.2}


def test_rows_that_are_there_twice() -> None:
    x = np.random.default_rng(0).normal(size=60)
    labels = (x > 0).astype(int)
    twice = np.concatenate([x, x])[:, None]
    both = from_arrays(twice, np.concatenate([labels, 1 - labels]))
    found = only(check_before(both), "P8")
    assert "50.0%" in found.text
    assert len(found.rows) == 120
    across = from_arrays(twice, np.concatenate([labels, labels]), validation=0.3)
    assert "trained on as well" in only(check_before(across), "P8").text
    assert not check_before(from_arrays(x[:, None], labels, validation=0.3))


@pytest.mark.parametrize(
    ("activation", "loss", "level", "fix"),
    [
        ("sigmoid", "quadratic", "note", {"loss": "cross_entropy"}),
        ("step", "quadratic", "fault", {"loss": "perceptron"}),
        ("identity", "cross_entropy", "fault", {"loss": "quadratic"}),
        ("tanh", "cross_entropy", "fault", {"loss": "quadratic"}),
    ],
)
def test_pairs_that_do_not_go_together(
    activation: str, loss: str, level: str, fix: dict[str, object]
) -> None:
    dataset = slp.load_sample("moons")
    config = TrainingConfig(activation=activation, loss=loss)
    found = only(check_before(dataset, config=config), "P9")
    assert found.level == level
    assert found.fix is not None
    assert found.fix.changes == fix


def test_a_start_far_out() -> None:
    dataset = slp.load_sample("two_gaussians")
    found = check_before(dataset, config=TrainingConfig(initializer="saturated"))
    assert [row.id for row in found] == ["P10", "P11"]
    assert {row.level for row in found} == {"note"}
    assert "ln 2" in found[0].text
    trap = TrainingConfig(activation="sigmoid", loss="quadratic", initializer="saturated")
    levels = [row.level for row in check_before(dataset, config=trap)]
    assert levels == ["note", "caution", "caution"]
    assert only(check_before(dataset, config=trap), "P11").rows


def test_the_weights_given_are_the_ones_looked_at() -> None:
    dataset = slp.load_sample("two_gaussians")
    far = slp.Parameters(np.full((2, 1), -8.0), np.zeros(1))
    assert [row.id for row in check_before(dataset, parameters=far)] == ["P10", "P11"]


@pytest.mark.parametrize(
    ("share", "level"), [(1e-4, "caution"), (0.01, None), (0.99, None), (1.5, "caution")]
)
def test_rates_against_the_largest_stable_one(share: float, level: str | None) -> None:
    dataset = slp.load_sample("moons")
    limit = largest_rate(dataset, TrainingConfig().resolved(dataset))
    assert limit is not None
    found = check_before(dataset, config=TrainingConfig(learning_rate=share * limit))
    assert [row.level for row in found] == ([level] if level else [])
    if found:
        assert f"{limit:.4g}" in found[0].text
        assert found[0].fix is not None
        assert found[0].fix.changes["learning_rate"] == pytest.approx(0.5 * limit)


@pytest.mark.parametrize(("share", "level"), [(0.9, "note"), (1.2, "fault")])
def test_the_best_weights_tell_a_bold_rate_from_a_hopeless_one(share: float, level: str) -> None:
    """Measured: at 0.9 of the limit at the best weights all runs converge, at 1.2 none does."""
    dataset = slp.load_sample("two_gaussians")
    answers = exact_answers(dataset, TrainingConfig())
    assert answers.rate_at_best is not None
    config = TrainingConfig(learning_rate=share * answers.rate_at_best, epochs=2000)
    assert only(check_before(dataset, config=config, answers=answers), "P12").level == level
    reached = slp.train(dataset, config).snapshot.loss
    assert (reached <= answers.best.value * 1.001) == (level == "note")


@pytest.mark.parametrize(("name", "level"), [("moons", "note"), ("cars", "caution")])
def test_mini_batches_forgive_but_for_least_squares(name: str, level: str) -> None:
    """Measured at three times the limit of single samples: moons learns, cars diverges."""
    dataset = slp.load_sample(name)
    config = TrainingConfig(batch_size=1).resolved(dataset)
    limit = largest_rate(dataset, config)
    assert limit is not None
    bold = replace(config, learning_rate=3.0 * limit)
    assert only(check_before(dataset, config=bold), "P12").level == level


def test_adaptive_optimizers_have_no_limit() -> None:
    config = TrainingConfig(optimizer="adam", learning_rate=10.0)
    assert not check_before(slp.load_sample("moons"), config=config)


def test_no_bias_where_one_is_needed() -> None:
    off = TrainingConfig(bias=False)
    assert only(check_before(slp.load_sample("noisy_line"), config=off), "P13").fix is not None
    raw = slp.load_sample("iris", scaling="none")
    assert "spreads from 0" in only(check_before(raw, config=off), "P13").text
    assert not check_before(slp.load_sample("moons"), config=off)


def test_other_errors_of_the_settings_stay_errors() -> None:
    with pytest.raises(slp.ConfigError, match="all samples"):
        check_before(
            slp.load_sample("moons"), config=TrainingConfig(optimizer="newton", batch_size=8)
        )


def test_every_fix_can_be_applied() -> None:
    """Fields of the settings, or arguments of the data set: what is not there cannot be set."""
    dataset = slp.load_sample("two_gaussians")
    trap = TrainingConfig(
        activation="sigmoid", loss="quadratic", initializer="saturated", learning_rate=1e3
    )
    for row in check_before(dataset, config=trap):
        assert row.fix is not None
        assert row.fix.scope == "training"
        mended = replace(trap, **row.fix.changes)  # pyright: ignore[reportArgumentType] - checked here
        again = [found.id for found in check_before(dataset, config=mended)]
        assert row.id not in again


def test_the_gravest_level_counts() -> None:
    dataset = slp.load_sample("moons")
    assert worst(check_before(dataset)) is None
    mild = check_before(dataset, config=TrainingConfig(activation="sigmoid", loss="quadratic"))
    assert worst(mild) == "note"
    both = TrainingConfig(activation="step", loss="quadratic", class_weights="balanced")
    assert worst((*mild, *check_before(dataset, config=both))) == "fault"


def test_rules_are_complete_rows() -> None:
    for key, row in RULES.items():
        assert key == row.id
        assert row.before == key.startswith("P")
        assert all(len(text) > 5 for text in (row.title, row.rule, row.advice))
