from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.answers import (
    answers,
    certainty_kind,
    certainty_threshold,
    log_odds,
    predictions,
    told,
)
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import evaluate
from tests.slp_core.training.examples import blobs, line

ALL = slice(0, None)


def parts(dataset: Dataset) -> list[tuple[Literal["training", "validation"], slice]]:
    return [
        ("training", slice(0, dataset.samples)),
        ("validation", slice(dataset.samples, None)),
    ]


def weights(features: int, outputs: int) -> Parameters:
    random = np.random.default_rng(5)
    return Parameters(random.normal(size=(features, outputs)), random.normal(size=outputs))


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_decisions_are_those_the_run_counts(classes: int, activation: str) -> None:
    dataset = blobs(90, 3, classes, validation=0.3)
    config = TrainingConfig(activation=activation).resolved(dataset)
    of = pair(activation, str(config.loss))
    outputs = 1 if (classes, activation) == (2, "sigmoid") else classes
    parameters = weights(3, outputs)
    for part, samples in parts(dataset):
        found = answers(dataset, of, parameters, samples)
        assert found is not None
        true = dataset.all_labels[samples]
        counts = np.bincount(true * classes + found.decided, minlength=classes**2)
        confusion = evaluate(dataset, config, parameters, part).confusion
        assert confusion is not None
        assert counts.tolist() == confusion.ravel().tolist()
        assert found.known.all()


def test_with_two_classes_certainty_and_rank_are_the_second_classs() -> None:
    dataset = blobs(40)
    one, two = weights(2, 1), weights(2, 2)
    sigmoid, softmax = pair("sigmoid", "cross_entropy"), pair("softmax", "cross_entropy")
    V = dataset.prepared @ one.W[:, 0] + one.b[0]
    found = answers(dataset, sigmoid, one, ALL)
    assert found is not None
    assert found.certainty == pytest.approx(1 / (1 + np.exp(-V)))
    assert found.ranks[:, 0] == pytest.approx(V)
    assert ((found.certainty > certainty_threshold(sigmoid)) == found.decided).all()
    both = dataset.prepared @ two.W + two.b
    found = answers(dataset, softmax, two, ALL)
    assert found is not None
    assert found.certainty == pytest.approx(1 / (1 + np.exp(both[:, 0] - both[:, 1])))
    assert told(found.ranks[:, 0], softmax) == pytest.approx(found.certainty)
    assert ((found.certainty > certainty_threshold(softmax)) == found.decided).all()


def test_with_more_classes_certainty_is_the_decided_classs() -> None:
    dataset, of = blobs(40, 2, 3), pair("softmax", "cross_entropy")
    parameters = weights(2, 3)
    found = answers(dataset, of, parameters, ALL)
    E = np.exp(dataset.prepared @ parameters.W + parameters.b)
    assert found is not None
    P = E / E.sum(axis=1, keepdims=True)
    assert found.certainty == pytest.approx(P.max(axis=1))
    assert found.ranks == pytest.approx(np.log(P / (1 - P)))
    assert told(found.ranks, of) == pytest.approx(P)


def test_log_odds_tell_apart_what_rounds_to_one() -> None:
    V = np.array([[50.0, 0.0, 0.0], [60.0, 0.0, 0.0], [-900.0, 800.0, -900.0], [1.0, 1.0, 1.0]])
    odds = log_odds(V)
    assert odds[0] == pytest.approx([50 - np.log(2), -50, -50])
    assert odds[1] == pytest.approx([60 - np.log(2), -60, -60])
    assert odds[2] == pytest.approx([-1700, 1700 - np.log(2), -1700])
    assert odds[3] == pytest.approx([-np.log(2)] * 3)


@pytest.mark.parametrize(
    ("activation", "loss", "kind", "threshold"),
    [
        ("sigmoid", "cross_entropy", "probability", 0.5),
        ("tanh", "quadratic", "output", 0.0),
        ("identity", "quadratic", "output", 0.0),
        ("step", "perceptron", "score", 0.0),
    ],
)
def test_what_tells_how_sure_it_is(activation: str, loss: str, kind: str, threshold: float) -> None:
    of, dataset = pair(activation, loss), blobs(40)
    assert certainty_kind(of) == kind
    assert certainty_threshold(of) == pytest.approx(threshold)
    parameters = weights(2, 1)
    found = answers(dataset, of, parameters, ALL)
    V = dataset.prepared @ parameters.W[:, 0] + parameters.b[0]
    assert found is not None
    wanted = {"probability": 1 / (1 + np.exp(-V)), "output": np.tanh(V), "score": V}[kind]
    assert found.certainty == pytest.approx(V if activation == "identity" else wanted)


def test_many_samples_are_answered_block_by_block_and_may_be_stopped() -> None:
    dataset, of = blobs(40_000), pair("sigmoid", "cross_entropy")
    parameters = weights(2, 1)
    found = answers(dataset, of, parameters, slice(5, 39_000))
    assert found is not None
    V = dataset.prepared[5:39_000] @ parameters.W + parameters.b
    assert found.ranks == pytest.approx(V)
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(len(asked) == 1)
        return asked[-1]

    assert answers(dataset, of, parameters, ALL, stop) is None
    assert asked == [False, True]


def test_what_is_not_finite_is_not_known() -> None:
    dataset, of = blobs(10), pair("sigmoid", "cross_entropy")
    found = answers(dataset, of, Parameters(np.full((2, 1), np.nan), np.zeros(1)), ALL)
    assert found is not None
    assert not found.known.any()


def test_predictions_are_outputs() -> None:
    dataset = line(30)
    parameters = weights(2, 1)
    found = predictions(dataset, pair("identity", "quadratic"), parameters, slice(3, 9))
    wanted = dataset.prepared[3:9] @ parameters.W[:, 0] + parameters.b[0]
    assert found == pytest.approx(wanted)
    assert (
        predictions(dataset, pair("identity", "quadratic"), parameters, ALL, lambda: True) is None
    )
