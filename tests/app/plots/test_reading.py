from __future__ import annotations

import numpy as np
import pytest

from app.plots.reading import LEVELS, Reading
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.coding import confidence, decide, outputs, score_threshold
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from tests.app.plots.examples import blobs, weights

PAIRS = [(a, loss) for a in ACTIVATIONS for loss in LOSSES if pair(a, loss).status != "undefined"]


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@pytest.mark.parametrize("classes", [2, 4])
def test_shares_are_the_cores_confidence(activation: str, loss: str, classes: int) -> None:
    chosen = pair(activation, loss)
    k = outputs(chosen, classes)
    V = np.random.default_rng(0).normal(0, 2, (200, k))
    V[:3] = [[-30.0] * k, [0.0] * k, [30.0] * k]
    Z = ACTIVATIONS[activation].value(V)
    reading = Reading(chosen, classes)
    shares = reading.shares(V.T.astype(np.float32).reshape(k, 20, 10)).reshape(classes, -1).T
    assert np.allclose(shares, confidence(Z, chosen, classes), atol=1e-5)
    assert np.array_equal(reading.labels(V), decide(Z, V, chosen, classes))


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_the_margin_has_the_decisions_sign(activation: str, loss: str) -> None:
    chosen = pair(activation, loss)
    reading = Reading(chosen, 2)
    V = np.random.default_rng(1).normal(0, 2, (500, outputs(chosen, 2)))
    margin = reading.margin(np.ascontiguousarray(V.T))
    assert margin is not None
    assert np.array_equal(margin > 0, reading.labels(V) == 1)


@pytest.mark.parametrize("key", ["sigmoid", "softmax", "probit"])
def test_contours_are_at_their_probabilities(key: str) -> None:
    chosen = pair(key, "cross_entropy")
    levels = Reading(chosen, 2).contour_levels()
    margins = np.array(levels)[:, None]
    V = np.hstack((0 * margins, margins)) if key == "softmax" else margins + score_threshold(chosen)
    assert confidence(ACTIVATIONS[key].value(V), chosen, 2)[:, 1] == pytest.approx(LEVELS)


def test_a_hinge_shows_its_margins() -> None:
    assert Reading(pair("identity", "hinge"), 2).contour_levels() == (-1.0, 1.0)
    assert Reading(pair("identity", "hinge"), 3).contour_levels() == ()


def test_mistakes_are_those_of_all_samples() -> None:
    data = blobs(3, validation=0.3)
    parameters = weights(data, 3)
    wrong = Reading(pair("softmax", "cross_entropy"), 3).mistakes(data, parameters.W, parameters.b)
    V = data.prepared @ parameters.W + parameters.b
    assert np.array_equal(wrong, V.argmax(axis=1) != data.all_labels)
    assert 0 < wrong.sum() < len(wrong)
