from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.data.table import Table
from slp_core.errors import ConfigError, DataError
from slp_core.network.coding import decide, encode, is_probability
from slp_core.network.objective import Objective
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.storage.model import Model, load_model
from slp_core.training.config import TrainingConfig
from tests.slp_core.storage.models import PAIRS, make_model, some_inputs


def _zeros(dataset: Dataset, outputs: int) -> Parameters:
    return Parameters.zeros(dataset.terms, outputs)


def test_a_model_reproduces_the_outputs_of_its_run() -> None:
    dataset = load_sample("three_blobs", degree=2, validation=0.25)
    config = TrainingConfig().resolved(dataset)
    random = np.random.default_rng(0)
    parameters = Parameters(random.normal(size=(dataset.terms, 3)), random.normal(size=3))
    model = Model.from_run(dataset, parameters, config)
    X = np.stack([dataset.inputs(j) for j in range(dataset.features)], axis=1)
    V = dataset.prepared @ parameters.W + parameters.b
    np.testing.assert_allclose(model.score_values(X), V, rtol=1e-10, atol=1e-12)
    labels = decide(model.outputs(X), V, model.pair, 3)
    assert model.predict(X).tolist() == [dataset.classes[label] for label in labels]
    assert model.training["samples"] == dataset.samples
    assert model.training["optimizer"] == "gd"


def test_the_weights_in_original_units_give_the_same_scores() -> None:
    model = make_model()
    original = model.original_parameters()
    assert original is not None
    X = some_inputs(model)
    np.testing.assert_allclose(X @ original[0] + original[1], model.score_values(X), atol=1e-12)


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@pytest.mark.parametrize("classes", [("no", "yes"), ("A", "B", "C")])
def test_probabilities_add_up_to_one_where_there_are_some(
    activation: str, loss: str, classes: tuple[str, ...]
) -> None:
    model = make_model(activation, loss, classes)
    X = some_inputs(model)
    if not is_probability(model.pair):
        with pytest.raises(ConfigError, match="not probabilities"):
            model.predict_proba(X)
        return
    shares = model.predict_proba(X)
    assert shares.shape == (len(X), len(classes))
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    chosen = [classes.index(name) for name in model.predict(X)]
    assert np.array_equal(shares[np.arange(len(X)), chosen], shares.max(axis=1))


def test_predictions_are_the_classes_that_were_taught() -> None:
    table = Table.from_columns("t", {"x": [0.0, 1.0, 4.0, 5.0], "y": ["lo", "lo", "hi", "hi"]})
    dataset = Dataset.from_table(table)
    parameters = _zeros(dataset, 1)
    objective = Objective(activation="sigmoid", loss="cross_entropy")
    Y = encode(dataset.labels, 2, pair("sigmoid", "cross_entropy"))
    for _ in range(50):
        _, gradient = objective.value_and_gradient(parameters, dataset.X, Y)
        parameters = Parameters(parameters.W - gradient.W, parameters.b - gradient.b)
    config = TrainingConfig(activation="sigmoid", loss="cross_entropy")
    model = Model.from_run(dataset, parameters, config, metrics={"loss": 0.1})
    assert model.classes == ("hi", "lo")
    assert model.predict([[0.5], [4.5]]).tolist() == ["lo", "hi"]
    assert model.output_names == ("lo",)
    assert model.metrics == {"loss": 0.1}


def test_regression_predicts_values() -> None:
    model = make_model("identity", "quadratic", ())
    X = some_inputs(model)
    assert np.array_equal(model.predict(X), model.score_values(X)[:, 0])
    assert model.output_names == ("kind",)
    with pytest.raises(ConfigError, match="regression"):
        model.predict_proba(X)


def test_many_rows_in_blocks_give_what_few_rows_give() -> None:
    model = make_model(degree=3)
    X = some_inputs(model, rows=40_000)
    np.testing.assert_allclose(model.score_values(X)[-7:], model.score_values(X[-7:]), rtol=1e-12)


@pytest.mark.parametrize(
    ("X", "code"),
    [
        ([1.0, 2.0], "data.shape"),
        ([[1.0]], "data.shape"),
        ([[1.0, 2.0, 3.0]], "data.shape"),
        ([["a", "b"]], "data.not_numbers"),
        ([[1.0], [1.0, 2.0]], "data.not_numbers"),
        ([[1.0, float("nan")]], "data.not_finite"),
        ([[float("inf"), 0.0]], "data.not_finite"),
    ],
)
def test_inputs_that_cannot_be_used_are_refused(X: list[list[float]], code: str) -> None:
    with pytest.raises(DataError) as caught:
        make_model().predict(X)
    assert caught.value.code == code


def test_a_missing_value_is_named() -> None:
    with pytest.raises(DataError, match=r"row 1 \(y\)"):
        make_model().predict([[0.0, 0.0], [0.0, float("nan")]])


def test_scores_beyond_the_largest_number_are_refused_not_guessed() -> None:
    with pytest.raises(DataError, match="The score in row 0"):
        make_model(degree=3).predict([[1e200, -1e200]])


def test_no_rows_predict_nothing() -> None:
    assert make_model().predict(np.empty((0, 2))).tolist() == []


def test_parts_that_do_not_belong_together_are_refused() -> None:
    dataset = load_sample("moons")
    config = TrainingConfig(activation="sigmoid", loss="cross_entropy")
    with pytest.raises(ConfigError, match="shape"):
        Model.from_run(dataset, _zeros(dataset, 2), config)
    nan = Parameters(np.full((2, 1), np.nan), np.zeros(1))
    with pytest.raises(ConfigError, match="finite"):
        Model.from_run(dataset, nan, config)
    with pytest.raises(ConfigError):
        Model.from_run(dataset, _zeros(dataset, 1), TrainingConfig())


def test_a_model_keeps_its_own_weights() -> None:
    W, b = np.ones((2, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    model = make_model("sigmoid", "cross_entropy", ("a", "b"))
    kept = replace(model, parameters=Parameters(W, b))
    W[0, 0] = 9.0
    assert kept.parameters.W.dtype == np.float64
    assert kept.parameters.W[0, 0] == 1.0
    assert not kept.parameters.W.flags.writeable


@pytest.mark.parametrize("end", [".json", ".npz"])
def test_renamed_classes_are_known_by_both_names(end: str, tmp_path: Path) -> None:
    model = replace(make_model(classes=("cat", "dog", "C")), written=("0", "1", "C"))
    model.save(tmp_path / f"w{end}")
    found = load_model(tmp_path / f"w{end}")
    assert (found.classes, found.written) == (("cat", "dog", "C"), ("0", "1", "C"))
    assert make_model().written == make_model().classes
