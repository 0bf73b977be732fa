"""Targets from classes, classes from outputs, thresholds, confidence, class weights."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.errors import ConfigError, DataError
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from tests.slp_core.network.cases import DEFINED_PAIRS, name

SINGLE = [judged for judged in DEFINED_PAIRS if judged.activation != "softmax"]
LABELS = np.array([0, 2, 1])


@pytest.mark.parametrize(
    ("activation", "classes", "k"),
    [("sigmoid", 2, 1), ("sigmoid", 3, 3), ("softmax", 2, 2), ("softmax", 5, 5), ("step", 2, 1)],
)
def test_number_of_outputs(activation: str, classes: int, k: int) -> None:
    assert coding.outputs(activation, classes) == k
    assert coding.outputs(pair(activation, "perceptron"), classes) == k


def test_one_class_is_refused() -> None:
    with pytest.raises(ConfigError, match="two or more"):
        coding.outputs("sigmoid", 1)


@pytest.mark.parametrize(
    ("activation", "loss", "two", "three"),
    [
        ("sigmoid", "cross_entropy", [[0], [1]], [[1, 0, 0], [0, 0, 1], [0, 1, 0]]),
        ("tanh", "quadratic", [[-1], [1]], [[1, -1, -1], [-1, -1, 1], [-1, 1, -1]]),
        ("identity", "quadratic", [[-1], [1]], [[1, -1, -1], [-1, -1, 1], [-1, 1, -1]]),
        ("softmax", "cross_entropy", [[1, 0], [0, 1]], [[1, 0, 0], [0, 0, 1], [0, 1, 0]]),
        ("softmax", "hinge", [[1, -1], [-1, 1]], [[1, -1, -1], [-1, -1, 1], [-1, 1, -1]]),
    ],
)
def test_encoding(activation: str, loss: str, two: list[list[int]], three: list[list[int]]) -> None:
    judged = pair(activation, loss)
    np.testing.assert_array_equal(coding.encode(np.array([0, 1]), 2, judged), two)
    Y = coding.encode(LABELS, 3, judged, np.float32)
    np.testing.assert_array_equal(Y, three)
    assert Y.dtype == np.float32
    assert Y.flags.c_contiguous


@pytest.mark.parametrize("labels", [[0, 3], [-1, 0], [[0, 1]], [0.0, 1.0]])
def test_labels_that_are_no_classes_are_refused(labels: list[int]) -> None:
    with pytest.raises(DataError, match="whole numbers from 0 to 2"):
        coding.encode(np.array(labels), 3, pair("sigmoid", "quadratic"))


@pytest.mark.parametrize("classes", [2, 3, 4])
@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_the_targets_themselves_decode_to_their_classes(judged: Pair, classes: int) -> None:
    labels = np.arange(40) % classes
    Y = coding.encode(labels, classes, judged)
    np.testing.assert_array_equal(coding.decide(Y, Y, judged, classes), labels)
    shares = coding.confidence(Y, judged, classes)
    np.testing.assert_array_equal(np.argmax(shares, axis=1), labels)


@pytest.mark.parametrize(
    ("activation", "loss", "threshold", "score"),
    [
        ("sigmoid", "cross_entropy", 0.5, 0.0),
        ("sigmoid", "hinge", 0.5, 0.0),
        ("sigmoid", "perceptron", 0.5, 0.0),
        ("identity", "quadratic", 0.0, 0.0),
        ("tanh", "hinge", 0.0, 0.0),
        ("softsign", "quadratic", 0.0, 0.0),
        ("probit", "absolute", 0.5, 0.0),
        ("relu", "quadratic", 0.5, 0.5),
        ("relu", "hinge", 0.5, 0.5),
        ("relu", "perceptron", 0.0, 0.0),
        ("leaky_relu", "huber", 0.5, 0.5),
        ("leaky_relu", "hinge", 0.0, 0.0),
        ("softplus", "quadratic", 0.5, math.log(math.exp(0.5) - 1.0)),
        ("softplus", "perceptron", math.log(2.0), 0.0),
        ("step", "quadratic", 0.5, 0.0),
        ("step", "perceptron", 0.5, 0.0),
        ("softmax", "cross_entropy", 0.5, 0.0),
    ],
)
def test_thresholds(activation: str, loss: str, threshold: float, score: float) -> None:
    judged = pair(activation, loss)
    np.testing.assert_allclose(coding.threshold(judged), threshold, rtol=1e-15, atol=0.0)
    np.testing.assert_allclose(coding.score_threshold(judged), score, rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("judged", SINGLE, ids=name)
def test_a_decision_changes_at_the_score_threshold(judged: Pair) -> None:
    at = coding.score_threshold(judged)
    V = at + np.array([[-30.0], [-1e-6], [1e-6], [30.0]])
    Z = Objective(activation=judged.activation, loss=judged.loss).outputs(V)
    np.testing.assert_array_equal(coding.decide(Z, V, judged, 2), [0, 0, 1, 1])


def test_a_score_of_zero_goes_where_the_step_puts_it() -> None:
    zero = np.zeros((1, 1))
    assert coding.decide(zero + 1.0, zero, pair("step", "perceptron"), 2)[0] == 1
    assert coding.decide(zero, zero, pair("identity", "perceptron"), 2)[0] == 0
    assert coding.decide(zero + 0.5, zero, pair("sigmoid", "cross_entropy"), 2)[0] == 0


def test_scores_decide_where_outputs_round_to_the_same_number() -> None:
    V = np.array([[50.0, 60.0, 55.0]])
    Z = ACTIVATIONS["sigmoid"].value(V)
    assert (Z == 1.0).all()
    assert coding.decide(Z, V, pair("sigmoid", "cross_entropy"), 3)[0] == 1


@settings(deadline=None, max_examples=60)
@given(
    judged=st.sampled_from(DEFINED_PAIRS),
    classes=st.integers(2, 5),
    seed=st.integers(0, 2**32 - 1),
    spread=st.sampled_from([0.1, 3.0, 1e4]),
)
def test_confidence_is_a_distribution(judged: Pair, classes: int, seed: int, spread: float) -> None:
    k = coding.outputs(judged, classes)
    V = np.random.default_rng(seed).normal(0.0, spread, (20, k))
    Z = Objective(activation=judged.activation, loss=judged.loss).outputs(V)
    shares = coding.confidence(Z, judged, classes)
    assert shares.shape == (20, classes)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, rtol=1e-12)


def test_confidence_by_hand() -> None:
    logistic, adaline = pair("sigmoid", "cross_entropy"), pair("identity", "quadratic")
    np.testing.assert_allclose(coding.confidence(np.array([[0.3]]), logistic, 2), [[0.7, 0.3]])
    np.testing.assert_allclose(coding.confidence(np.array([[0.5]]), adaline, 2), [[0.25, 0.75]])
    np.testing.assert_allclose(coding.confidence(np.array([[-9.0]]), adaline, 2), [[1.0, 0.0]])
    none = coding.confidence(np.full((1, 4), -3.0), adaline, 4)
    np.testing.assert_array_equal(none, 0.25)
    ovr = coding.confidence(np.array([[0.2, 0.2, 0.4]]), logistic, 3)
    np.testing.assert_allclose(ovr, [[0.25, 0.25, 0.5]])


def test_which_outputs_are_probabilities() -> None:
    found = {name(judged) for judged in DEFINED_PAIRS if coding.is_probability(judged)}
    assert found == {
        f"{activation}-{loss}"
        for activation in ("sigmoid", "softmax", "probit")
        for loss in ("cross_entropy", "quadratic")
    }


@pytest.mark.parametrize(
    ("activation", "loss", "low", "high", "says"),
    [
        ("identity", "quadratic", -1e6, 1e6, None),
        ("leaky_relu", "absolute", -5.0, 5.0, None),
        ("relu", "quadratic", 0.0, 50.0, None),
        ("sigmoid", "cross_entropy", 0.0, 1.0, None),
        ("tanh", "huber", -1.0, 1.0, None),
        ("relu", "quadratic", -0.1, 50.0, "ReLU outputs lie between 0 and inf"),
        ("sigmoid", "quadratic", 0.0, 1.5, "from 0 to 1.5"),
        ("softmax", "cross_entropy", 0.0, 1.0, "probabilities of classes"),
        ("identity", "hinge", -1.0, 1.0, "separates classes"),
        ("step", "perceptron", 0.0, 1.0, "separates classes"),
        ("tanh", "cross_entropy", 0.0, 1.0, "undefined"),
    ],
)
def test_regression(activation: str, loss: str, low: float, high: float, says: str | None) -> None:
    judged = pair(activation, loss)
    problem = coding.regression_problem(judged, low, high)
    values = np.array([low, high])
    if says is None:
        assert problem is None
        np.testing.assert_array_equal(coding.encode_values(values, judged), [[low], [high]])
    else:
        assert problem is not None
        assert says in problem
        with pytest.raises(ConfigError) as caught:
            coding.encode_values(values, judged)
        assert caught.value.message == problem


@given(labels=st.lists(st.integers(0, 4), min_size=1, max_size=60))
def test_balanced_weights_have_a_mean_of_one_and_equal_totals(labels: list[int]) -> None:
    found = np.array(labels)
    weights = coding.balanced_weights(found, 5)
    np.testing.assert_allclose(weights[found].mean(), 1.0, rtol=1e-12)
    totals = np.bincount(found, weights[found], minlength=5)
    present = np.unique(found)
    np.testing.assert_allclose(totals[present], len(labels) / len(present), rtol=1e-12)
    assert (weights[np.setdiff1d(np.arange(5), present)] == 0.0).all()
