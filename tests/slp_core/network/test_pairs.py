"""The judge of pairs: complete, specific, and in agreement with what the error signal does."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from slp_core.errors import ConfigError
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, Status, Targets, pair
from tests.slp_core.network.cases import ALL_PAIRS, DEFINED_PAIRS, name

C, W, S, N, U = "canonical", "works", "saturates", "cannot_learn", "undefined"
COLUMNS = (
    "quadratic",
    "cross_entropy",
    "hinge",
    "squared_hinge",
    "perceptron",
    "absolute",
    "huber",
)
STATUSES: dict[str, tuple[Status, ...]] = {
    "identity": (C, U, W, W, W, W, W),
    "sigmoid": (S, C, S, S, W, S, S),
    "tanh": (S, U, S, S, W, S, S),
    "softmax": (S, C, S, S, W, S, S),
    "relu": (S, U, S, S, W, S, S),
    "leaky_relu": (W, U, W, W, W, W, W),
    "softplus": (S, U, S, S, W, S, S),
    "softsign": (S, U, S, S, W, S, S),
    "probit": (S, W, S, S, W, S, S),
    "step": (N, N, N, N, C, N, N),
}
FAR = 1e4


def test_all_seventy_statuses() -> None:
    assert len(ALL_PAIRS) == 70
    found = {key: tuple(pair(key, loss).status for loss in COLUMNS) for key in ACTIVATIONS}
    assert found == STATUSES


@pytest.mark.parametrize(
    ("activation", "loss", "targets"),
    [
        ("sigmoid", "cross_entropy", (0, 1)),
        ("probit", "quadratic", (0, 1)),
        ("relu", "absolute", (0, 1)),
        ("leaky_relu", "huber", (0, 1)),
        ("softplus", "quadratic", (0, 1)),
        ("step", "quadratic", (0, 1)),
        ("tanh", "quadratic", (-1, 1)),
        ("softsign", "huber", (-1, 1)),
        ("sigmoid", "hinge", (-1, 1)),
        ("softmax", "squared_hinge", (-1, 1)),
        ("step", "perceptron", (-1, 1)),
        ("softmax", "cross_entropy", "one_hot"),
        ("softmax", "absolute", "one_hot"),
        ("identity", "quadratic", "real"),
        ("identity", "absolute", "real"),
        ("identity", "hinge", (-1, 1)),
    ],
)
def test_targets(activation: str, loss: str, targets: Targets) -> None:
    assert pair(activation, loss).targets == targets


@pytest.mark.parametrize("judged", ALL_PAIRS, ids=name)
def test_a_reason_is_one_sentence(judged: Pair) -> None:
    assert judged.reason[-1] == "."
    assert ". " not in judged.reason
    assert "  " not in judged.reason
    assert 40 <= len(judged.reason) <= 150
    assert judged.error_signal
    assert judged.latex
    assert judged.label == f"{ACTIVATIONS[judged.activation].label} + {LOSSES[judged.loss].label}"


def test_no_reason_is_given_twice() -> None:
    counts = Counter(judged.reason for judged in ALL_PAIRS)
    assert counts.most_common(1)[0][1] == 1


def test_a_saturating_pair_names_its_vanishing_signal() -> None:
    reason = pair("sigmoid", "quadratic").reason
    assert "(a − y)·a·(1 − a) vanishes at the wrong extreme" in reason
    for judged in ALL_PAIRS:
        assert ("vanishes at the wrong extreme" in judged.reason) == (judged.status == "saturates")


def test_rosenblatts_pair_speaks_of_one_coding_only() -> None:
    judged = pair("step", "perceptron")
    assert judged.targets == (-1, 1)
    assert judged.error_signal == "−y·[y·v ≤ 0]"
    for text in (judged.reason, judged.error_signal, judged.latex):
        assert "a − y" not in text
        assert "a - y" not in text
        assert "0 or 1" not in text
    objective = Objective(activation="step", loss="perceptron")
    V, Y = np.array([[-1.5], [-0.5], [0.0], [0.5]]), np.array([[1.0], [-1.0], [1.0], [-1.0]])
    assert objective.error_signal(V, Y).tolist() == (-Y * (Y * V <= 0)).tolist()


def wrong_signals(judged: Pair) -> np.ndarray:
    """Sizes of the error signals of outputs as sure and as wrong as can be, one per target."""
    objective = Objective(activation=judged.activation, loss=judged.loss)
    low, high = judged.target_values
    if judged.activation == "softmax":
        scores, coded = np.array([[FAR, 0.0, -FAR]]), np.array([[low, low, high]])
        return np.abs(objective.error_signal(scores, coded)).max(axis=1)
    V, Y = np.array([[FAR], [-FAR]]), np.array([[low], [high]])
    return np.abs(objective.error_signal(V, Y))[:, 0]


@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_the_status_is_what_the_error_signal_does_at_the_wrong_extreme(judged: Pair) -> None:
    signals = wrong_signals(judged)
    if judged.status in ("canonical", "works"):
        assert signals.min() >= 0.01
    else:
        assert signals.min() < 1e-6


@pytest.mark.parametrize("judged", DEFINED_PAIRS, ids=name)
def test_only_pairs_that_cannot_learn_have_no_signal_anywhere(judged: Pair) -> None:
    objective = Objective(activation=judged.activation, loss=judged.loss)
    low, high = judged.target_values
    V = np.array([[-0.3, 0.1, 0.4], [0.2, -0.1, -0.5]])
    Y = np.array([[low, low, high], [low, high, low]])
    assert objective.error_signal(V, Y).any() == (judged.status != "cannot_learn")


@pytest.mark.parametrize("judged", [p for p in ALL_PAIRS if p.status == "canonical"], ids=name)
def test_the_signal_of_a_canonical_pair_is_output_minus_target(judged: Pair) -> None:
    objective = Objective(activation=judged.activation, loss=judged.loss)
    V = np.array([[-1.5, 0.3, 2.0], [0.7, -0.4, 0.1]])
    one_hot = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    Y = 2.0 * one_hot - 1.0 if judged.targets == (-1, 1) else one_hot
    expected = objective.outputs(V) - one_hot
    np.testing.assert_allclose(objective.error_signal(V, Y), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("judged", [p for p in ALL_PAIRS if p.status == "undefined"], ids=name)
def test_an_undefined_pair_has_outputs_without_a_logarithm_and_is_refused(judged: Pair) -> None:
    f = ACTIVATIONS[judged.activation]
    Z = f.value(np.array([[-3.0], [3.0]]))
    assert ((Z <= 0.0) | (Z >= 1.0)).any()
    with pytest.raises(ConfigError, match="undefined") as caught:
        Objective(activation=judged.activation, loss=judged.loss)
    assert judged.reason in caught.value.message
    assert "ln" in judged.reason


def test_unknown_keys_are_refused_with_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match="no activation 'sigmoyd'") as caught:
        pair("sigmoyd", "quadratic")
    assert caught.value.field == "activation"
    assert caught.value.allowed == tuple(ACTIVATIONS)
    with pytest.raises(ConfigError, match="no loss 'mse'") as caught:
        pair("sigmoid", "mse")
    assert caught.value.allowed == tuple(LOSSES)


def test_a_pair_is_judged_once() -> None:
    assert pair("tanh", "huber") is pair("tanh", "huber")
    assert pair("softmax", "quadratic").coupled
    assert not pair("softmax", "perceptron").coupled
    assert not pair("sigmoid", "quadratic").coupled
