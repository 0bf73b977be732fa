"""Predictions, probabilities and losses are those of the model and of the objective."""

from __future__ import annotations

from itertools import product
from typing import Literal

import numpy as np
import pytest

from app.tables.fields import certainty_kind
from app.tables.judge import BLOCK, Judge
from slp_core.data.dataset import Dataset
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import evaluate

from .conftest import flowers, weights

PAIRS = [
    chosen for keys in product(ACTIVATIONS, LOSSES) if (chosen := pair(*keys)).status != "undefined"
]


def model_of(dataset: Dataset, judge: Judge) -> Model:
    return Model(
        task=dataset.task,
        activation=judge.pair.activation,
        loss=judge.pair.loss,
        preparation=dataset.preparation,
        classes=dataset.classes,
        target=dataset.target,
        parameters=judge.parameters,
    )


def judge_of(classes: int, chosen: Pair, **choices: object) -> tuple[Judge, np.ndarray]:
    """A judge, and the inputs in original units of its samples."""
    table = flowers(80, classes)
    dataset = Dataset.from_table(table, "kind", ["length", "width"], validation=0.25, **choices)  # pyright: ignore[reportArgumentType] - as given by the test
    inputs = np.stack([table.columns[0].values, table.columns[1].values], axis=1)
    return Judge(dataset, chosen, weights(dataset, chosen)), inputs[dataset.row_index].astype(float)


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("chosen", PAIRS, ids=lambda p: f"{p.activation}-{p.loss}")
def test_answers_are_those_of_model_and_objective(chosen: Pair, classes: int) -> None:
    judge, inputs = judge_of(classes, chosen)
    dataset = judge.dataset
    assert judge.fits
    model, every = model_of(dataset, judge), np.arange(len(inputs))
    judged = judge.judged(every)
    assert judged.known.all()
    names = np.array(dataset.classes, dtype=object)
    assert (names[judged.decided] == model.predict(inputs)).all()
    assert (judged.wrong == (judged.decided != dataset.all_labels)).all()
    objective = Objective(activation=chosen.activation, loss=chosen.loss)
    V = objective.scores(judge.parameters, dataset.prepared)
    Y = coding.encode(dataset.all_labels, classes, chosen)
    np.testing.assert_allclose(judged.losses, objective.sample_losses(V, Y), rtol=1e-12)
    expected = {
        "score": lambda: model.score_values(inputs),
        "output": lambda: model.outputs(inputs),
        "probability": lambda: model.predict_proba(inputs),
    }[certainty_kind(chosen)]()
    column = judged.decided if expected.shape[1] > 1 else 0
    np.testing.assert_allclose(judged.values, expected[every, column], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("chosen", [p for p in PAIRS if coding.is_probability(p)])
def test_all_probabilities_are_those_of_the_model(chosen: Pair) -> None:
    for classes in (2, 4):
        judge, inputs = judge_of(classes, chosen)
        shares = judge.judged(slice(None)).shares
        expected = model_of(judge.dataset, judge).predict_proba(inputs)
        np.testing.assert_allclose(shares, expected, rtol=1e-9, atol=1e-14)


def test_a_regression_predicts_numbers_and_says_how_far_off() -> None:
    table = flowers(60)
    dataset = Dataset.from_table(table, "length", ["width"], task="regression", validation=0.2)
    chosen = pair("identity", "quadratic")
    judge = Judge(dataset, chosen, weights(dataset, chosen))
    inputs = np.asarray(table.columns[1].values, float)[dataset.row_index][:, None]
    judged = judge.judged(slice(None))
    predicted = np.asarray(model_of(dataset, judge).predict(inputs), float)
    np.testing.assert_allclose(judged.values, predicted, rtol=1e-9)
    np.testing.assert_allclose(judged.errors, predicted - dataset.all_values, rtol=1e-9)
    objective = Objective(activation="identity", loss="quadratic")
    V = objective.scores(judge.parameters, dataset.prepared)
    losses = objective.sample_losses(V, coding.encode_values(dataset.all_values, chosen))
    np.testing.assert_allclose(judged.losses, losses, rtol=1e-12)
    assert not judged.wrong.any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("class_weights", ["none", "balanced"])
def test_mistakes_and_losses_add_up_to_the_figures_of_training(
    dtype: type[np.floating], class_weights: Literal["none", "balanced"]
) -> None:
    chosen = pair("softmax", "cross_entropy")
    judge, _ = judge_of(3, chosen, dtype=dtype)
    dataset = judge.dataset
    config = TrainingConfig(activation="softmax", loss="cross_entropy", class_weights=class_weights)
    metrics = evaluate(dataset, config.resolved(dataset), judge.parameters)
    judged = judge.judged(slice(0, dataset.samples))
    assert metrics.accuracy == pytest.approx(1 - judged.wrong.mean())
    if class_weights == "none":
        assert metrics.loss == pytest.approx(judged.losses.mean(), rel=1e-5)
    else:
        plain = Objective(activation="softmax", loss="cross_entropy")
        Y = coding.encode(dataset.labels, 3, chosen, dataset.dtype)
        losses = plain.sample_losses(plain.scores(judge.parameters, dataset.X), Y)
        np.testing.assert_allclose(judged.losses, losses, rtol=1e-5)


def test_some_rows_and_blocks_say_the_same_as_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.tables.judge.BLOCK", 7)
    assert BLOCK > 7
    judge, _ = judge_of(3, pair("softmax", "cross_entropy"))
    whole = judge.judged(slice(None))
    some = np.array([5, 1, 30])
    np.testing.assert_allclose(judge.judged(some).losses, whole.losses[some], rtol=1e-12)
    parts = [judged.losses for _, judged in judge.blocks()]
    np.testing.assert_allclose(np.concatenate(parts), whole.losses, rtol=1e-12)


def test_scores_that_are_not_finite_are_no_answer() -> None:
    judge, _ = judge_of(2, pair("sigmoid", "cross_entropy"))
    judge.parameters.W[0, 0] = np.inf
    assert not judge.judged(slice(None)).known.all()


def test_weights_of_another_model_do_not_fit() -> None:
    chosen = pair("softmax", "cross_entropy")
    three, two = judge_of(3, chosen)[0], judge_of(2, chosen)[0]
    assert three.fits
    assert not Judge(three.dataset, chosen, two.parameters).fits
    table = flowers()
    numbers = Dataset.from_table(table, "length", ["width"], task="regression")
    assert not Judge(numbers, chosen, weights(two.dataset, chosen)).fits
