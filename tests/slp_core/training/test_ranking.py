from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Bools, Float64s
from slp_core.training.ranking import Roc, macro_average, roc, thinned

RANKS = np.array([0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.2, 0.65, 0.65])
POSITIVE = np.array([0, 0, 1, 1, 0, 1, 1, 0, 1, 0], dtype=bool)


def test_a_curve_with_ties_is_that_of_scikit_learn() -> None:
    curve = roc(RANKS, POSITIVE)  # roc_curve(..., drop_intermediate=False) and roc_auc_score of 1.9
    assert curve.fpr.tolist() == [0, 0, 0, 0.2, 0.6, 0.6, 0.8, 1]
    assert curve.tpr.tolist() == [0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1]
    assert curve.thresholds.tolist() == [np.inf, 0.9, 0.8, 0.65, 0.4, 0.35, 0.2, 0.1]
    assert curve.auc == pytest.approx(0.78, abs=1e-15)
    assert (curve.positives, curve.negatives) == (5, 5)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-4, 4), st.booleans()), min_size=1, max_size=60))
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    samples: list[tuple[int, bool]],
) -> None:
    ranks: Float64s = np.array([float(s) for s, _ in samples])
    positive: Bools = np.array([p for _, p in samples])
    curve = roc(ranks, positive)
    above: Float64s = ranks[positive]
    below: Float64s = ranks[~positive]
    if not len(above) or not len(below):
        assert np.isnan(curve.auc)
        return
    gaps: Float64s = above[:, None] - below[None, :]
    won: Float64s = (gaps > 0) + 0.5 * (gaps == 0)
    assert curve.auc == pytest.approx(float(won.mean()), abs=1e-12)
    points = np.stack((curve.fpr, curve.tpr, curve.thresholds), axis=1).tolist()
    for fpr, tpr, threshold in points:
        assert tpr == pytest.approx(np.count_nonzero(above >= threshold) / len(above))
        assert fpr == pytest.approx(np.count_nonzero(below >= threshold) / len(below))
    assert (curve.fpr[-1], curve.tpr[-1]) == (1, 1)


def test_without_positives_or_negatives_there_is_no_area() -> None:
    none = roc(np.array([1.0, 2.0]), np.array([False, False]))
    every = roc(np.array([1.0, 2.0]), np.array([True, True]))
    empty = roc(np.empty(0), np.empty(0, dtype=bool))
    assert all(np.isnan(curve.auc) for curve in (none, every, empty))
    assert np.isnan(none.tpr).all()
    assert none.fpr.tolist() == [0, 0.5, 1]
    assert np.isnan(thinned(none).auc)


def test_a_drawn_curve_has_few_points_of_the_true_one_and_stays_near_it() -> None:
    random = np.random.default_rng(0)
    positive = random.random(50_000) < 0.3
    curve = roc(random.normal(size=50_000) + positive, positive)
    drawn = thinned(curve)
    assert len(drawn.fpr) <= 500
    points = set(zip(curve.fpr.tolist(), curve.tpr.tolist(), curve.thresholds, strict=True))
    assert points.issuperset(
        zip(drawn.fpr.tolist(), drawn.tpr.tolist(), drawn.thresholds, strict=True)
    )
    between = np.interp(curve.fpr + curve.tpr, drawn.fpr + drawn.tpr, drawn.tpr)
    assert np.abs(between - curve.tpr).max() < 2 / 500
    assert drawn.auc == curve.auc


def test_a_few_points_lose_only_those_on_straight_lines() -> None:
    ranks = np.arange(9.0)
    positive = np.array([0, 0, 0, 1, 0, 0, 1, 1, 1], dtype=bool)
    drawn = thinned(roc(ranks, positive))
    assert drawn.fpr.tolist() == [0, 0, 0.4, 0.4, 1]
    assert drawn.tpr.tolist() == [0, 0.75, 0.75, 1, 1]


def test_the_macro_average_counts_every_class_the_same() -> None:
    good = roc(np.array([0.0, 1.0]), np.array([False, True]))
    poor = roc(np.array([0.0, 1.0]), np.array([True, False]))
    lone = roc(np.array([0.0, 1.0]), np.array([False, False]))
    mean = macro_average([good, poor, lone])
    assert isinstance(mean, Roc)
    assert mean.auc == 0.5
    assert mean.tpr[0] == 0
    assert np.interp(0.5, mean.fpr, mean.tpr) == pytest.approx(0.5)
    assert macro_average([lone]) is None
