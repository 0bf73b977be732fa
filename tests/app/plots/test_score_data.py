from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.plots.score_data import MOST_DRAWN, flat_share, lead, own_scores, score_end
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.pairs import pair


@given(
    arrays(np.float64, (6, 4), elements=st.floats(-50, 50)),
    arrays(np.int64, 6, elements=st.integers(0, 3)),
)
def test_at_its_lead_a_sigmoid_is_the_softmax(V: np.ndarray, own: np.ndarray) -> None:
    Z = ACTIVATIONS["softmax"].value(V)[np.arange(6), own]
    assert ACTIVATIONS["sigmoid"].value(lead(V, own)) == pytest.approx(Z, rel=1e-9, abs=1e-300)


def test_elementwise_outputs_show_the_own_classs_score() -> None:
    V = np.arange(12.0).reshape(4, 3)
    scores = own_scores(V, np.array([0, 1, 2, 0]), pair("sigmoid", "quadratic"))
    assert scores.value.tolist() == [0.0, 4.0, 8.0, 9.0]


def test_regression_has_one_row() -> None:
    scores = own_scores(np.ones((5, 1)), None, pair("identity", "quadratic"))
    assert scores.row.tolist() == [0] * 5
    assert scores.flat == 0.0


def test_saturation_counts_every_score_but_few_are_drawn() -> None:
    V = np.concatenate((np.zeros(9000), np.full(1000, 20.0)))[:, None]
    scores = own_scores(V, np.zeros(10_000, dtype=np.int64), pair("sigmoid", "cross_entropy"))
    assert scores.total == 10_000
    assert len(scores.value) <= MOST_DRAWN
    assert scores.flat == pytest.approx(0.1)


def test_a_step_is_saturated_everywhere() -> None:
    assert flat_share(ACTIVATIONS["step"], np.array([-1.0, 0.0, 2.0])) == 1.0


def test_scores_that_are_not_finite_are_left_out() -> None:
    V = np.array([np.nan, 0.0, np.inf, 40.0])
    assert flat_share(ACTIVATIONS["sigmoid"], V) == 0.5
    assert score_end(V, 6.0) == 50.0


@pytest.mark.parametrize(
    ("furthest", "before", "end"),
    [(1, 6, 6), (6.1, 6, 8), (9, 6, 10), (7, 10, 10), (4, 10, 10), (4, 20, 6), (1e4, 6, 1e4)],
)
def test_the_axis_follows_calmly(furthest: float, before: float, end: float) -> None:
    assert score_end(np.array([-furthest, 0.0]), before) == end
