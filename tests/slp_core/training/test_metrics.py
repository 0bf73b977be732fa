from __future__ import annotations

import numpy as np
import pytest

from slp_core.network.parameters import Parameters
from slp_core.training import metrics
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import evaluate
from tests.slp_core.training.examples import blobs, from_arrays, line, same


def test_classification_by_hand() -> None:
    X = np.array([[-2.0], [-1.0], [1.0], [2.0], [3.0]])
    dataset = from_arrays(X, np.array([0, 1, 0, 1, 1]), scaling="none")
    config = TrainingConfig().resolved(dataset)
    found = evaluate(dataset, config, Parameters([[1.0]], [0.0]))  # pyright: ignore[reportArgumentType] - lists are taken
    assert found.confusion is not None
    assert found.confusion.tolist() == [[1, 1], [1, 2]]
    assert same(found.accuracy, 3 / 5)
    assert found.recall is not None
    np.testing.assert_allclose(found.recall, [1 / 2, 2 / 3])
    signs = np.array([-1, 1, -1, 1, 1])
    assert same(found.loss, float(np.mean(np.log1p(np.exp(-signs * X[:, 0])))))
    assert found.r2 is found.mae is found.rmse is None


def test_regression_by_hand() -> None:
    X = np.array([[0.0], [1.0], [2.0], [3.0]])
    dataset = from_arrays(X, np.array([0.5, 1.0, 2.0, 4.5]), scaling="none")
    config = TrainingConfig().resolved(dataset)
    found = evaluate(dataset, config, Parameters(np.array([[1.0]]), np.array([0.0])))
    assert same(found.mae, 2.0 / 4)
    assert same(found.rmse, np.sqrt(2.5 / 4))
    assert same(found.r2, 1 - 2.5 / np.sum((dataset.values - 2.0) ** 2))
    assert found.accuracy is found.confusion is found.recall is None


@pytest.mark.parametrize("classes", [2, 4])
def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch, classes: int) -> None:
    dataset = blobs(700, 3, classes)
    config = TrainingConfig().resolved(dataset)
    k = 1 if classes == 2 else classes
    generator = np.random.default_rng(0)
    parameters = Parameters(generator.normal(size=(3, k)), generator.normal(size=k))
    whole = evaluate(dataset, config, parameters)
    monkeypatch.setattr(metrics, "BLOCK_BYTES", 1)
    blocks = evaluate(dataset, config, parameters)
    assert whole.confusion is not None
    assert blocks.confusion is not None
    assert blocks.confusion.tolist() == whole.confusion.tolist()
    assert whole.confusion.sum() == 700
    assert blocks.accuracy == whole.accuracy


def test_validation_samples_are_measured_apart() -> None:
    dataset = line(40, validation=0.25)
    config = TrainingConfig().resolved(dataset)
    parameters = Parameters(np.array([[1.0], [2.0]]), np.array([0.1]))
    found = evaluate(dataset, config, parameters, "validation")
    residual = dataset.X_validation @ parameters.W[:, 0] + 0.1 - dataset.values_validation
    assert same(found.mae, float(np.abs(residual).mean()))
    assert same(found.loss, 0.5 * float(np.mean(residual**2)))


def test_a_missing_validation_part_is_said() -> None:
    dataset = blobs()
    with pytest.raises(ValueError, match="validation"):
        evaluate(
            dataset,
            TrainingConfig().resolved(dataset),
            Parameters(np.zeros((2, 1)), np.zeros(1)),
            "validation",
        )


def test_recall_of_a_class_without_samples_is_not_a_number() -> None:
    recall = metrics.recall(np.array([[3, 1], [0, 0]]))
    assert recall[0] == 0.75
    assert np.isnan(recall[1])
