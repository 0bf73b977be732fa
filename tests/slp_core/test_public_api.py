"""The names scripts rely on, and what they promise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import slp_core as slp

PROMISED = (
    "ACTIVATIONS",
    "LOSSES",
    "OPTIMIZERS",
    "pair",
    "Objective",
    "Parameters",
    "read_csv",
    "Table",
    "Dataset",
    "TrainingConfig",
    "train",
    "load_model",
    "Model",
    "SlpError",
    "DataError",
    "ConfigError",
    "Diverged",
    "FormulaError",
)


@pytest.mark.parametrize("name", PROMISED)
def test_a_promised_name_is_there(name: str) -> None:
    assert name in slp.__all__


def test_every_public_name_exists() -> None:
    assert [name for name in slp.__all__ if not hasattr(slp, name)] == []


def test_rows_know_their_own_key() -> None:
    for rows in (slp.ACTIVATIONS, slp.LOSSES, slp.OPTIMIZERS):
        for key, row in rows.items():
            assert row.key == key
            assert row.label
            assert row.formula


def test_closed_choices_cannot_be_changed() -> None:
    for rows in (slp.ACTIVATIONS, slp.LOSSES, slp.OPTIMIZERS, slp.SCHEDULES, slp.SAMPLES):
        with pytest.raises(TypeError):
            rows["new"] = None  # type: ignore[index]  # the point of the test


def test_the_promised_options_exist() -> None:
    activations = "identity sigmoid tanh softmax relu softplus step"
    losses = "quadratic cross_entropy hinge squared_hinge perceptron absolute huber"
    optimizers = "gd momentum nesterov adagrad rmsprop adam newton lbfgs"
    assert set(activations.split()) <= set(slp.ACTIVATIONS)
    assert set(losses.split()) <= set(slp.LOSSES)
    assert set(optimizers.split()) <= set(slp.OPTIMIZERS)


def test_a_pair_says_its_targets_and_why() -> None:
    judged = slp.pair("sigmoid", "cross_entropy")
    assert (judged.status, judged.targets) == ("canonical", (0, 1))
    assert slp.pair("softmax", "cross_entropy").targets == "one_hot"
    assert slp.pair("tanh", "cross_entropy").status == "undefined"
    assert judged.reason


def test_the_objective_is_the_mean_over_samples_of_the_sum_over_outputs() -> None:
    X = np.array([[1.0], [2.0]])
    Y = np.array([[0.0, 1.0], [1.0, 0.0]])
    parameters = slp.Parameters(np.array([[1.0, -1.0]]), np.array([0.5, 0.0]))
    objective = slp.Objective(activation="identity", loss="quadratic", l1=0.1, l2=0.2)
    V = X @ parameters.W + parameters.b
    expected = (0.5 * (V - Y) ** 2).sum(axis=1).mean() + 0.1 * 2 + 0.2 / 2 * 2
    value, gradient = objective.value_and_gradient(parameters, X, Y)
    assert value == pytest.approx(expected, rel=1e-15)
    assert objective.value(parameters, X, Y) == value
    np.testing.assert_allclose(gradient.b, (V - Y).mean(axis=0), rtol=1e-15)
    np.testing.assert_allclose(
        gradient.W, X.T @ (V - Y) / 2 + 0.1 * np.sign(parameters.W) + 0.2 * parameters.W
    )


def test_from_a_file_to_predictions_and_back(tmp_path: Path) -> None:
    """The road of the contract, word for word."""
    random = np.random.default_rng(1)
    rows = [f"{random.normal(3 * (n % 2)):.3f};{'yn'[n % 2]}" for n in range(40)]
    path = tmp_path / "data.csv"
    path.write_text("width;kind\n" + "\n".join(rows) + "\n", encoding="utf-8")
    table = slp.read_csv(path, delimiter=";")
    dataset = slp.Dataset.from_table(table, target="kind", features=None)
    result = slp.train(dataset, slp.TrainingConfig(epochs=100))
    X = np.array([[-1.0], [4.0]])
    assert list(result.model.predict(X)) == ["y", "n"]
    shares = result.model.predict_proba(X)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    result.model.save(tmp_path / "w.json")
    loaded = slp.load_model(tmp_path / "w.json")
    np.testing.assert_array_equal(loaded.predict_proba(X), shares)
    np.testing.assert_array_equal(loaded.score_values(X), result.model.score_values(X))


def test_errors_have_one_base() -> None:
    with pytest.raises(slp.ConfigError) as caught:
        slp.pair("sigmoid", "odd")
    assert isinstance(caught.value, slp.SlpError)
    assert caught.value.field == "loss"
    with pytest.raises(slp.DataError):
        slp.Table.from_columns("t", {"a": [1.0]}).column("b")
