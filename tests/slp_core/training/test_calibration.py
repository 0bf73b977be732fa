from __future__ import annotations

import numpy as np
import pytest

from slp_core.training.calibration import bin_of, reliability, wilson


def test_bins_gather_what_was_said_and_what_happened() -> None:
    p = np.array([0.05, 0.1, 0.15, 0.15, 0.9, 0.95, 1.0, 0.0])
    y = np.array([0, 1, 0, 1, 1, 1, 0, 0], dtype=bool)
    found = reliability(p, y)
    assert found.counts.tolist() == [3, 2, 0, 0, 0, 0, 0, 0, 1, 2]
    filled = found.counts > 0
    assert found.said[filled] == pytest.approx([0.05, 0.15, 0.9, 0.975])
    assert found.happened[filled] == pytest.approx([1 / 3, 0.5, 1.0, 0.5])
    assert np.isnan(found.said[~filled]).all()
    error = (3 * (1 / 3 - 0.05) + 2 * 0.35 + 0.1 + 2 * 0.475) / 8
    assert found.error == pytest.approx(error)
    squares = [0.0025, 0.81, 0.0225, 0.7225, 0.01, 0.0025, 1.0, 0.0]
    assert found.brier == pytest.approx(np.mean(squares))


def test_probabilities_that_come_true_have_no_error() -> None:
    p = np.repeat([0.25, 0.75], 400)
    y = np.tile([True, False, False, False], 100).tolist() + [True, True, True, False] * 100
    found = reliability(p, np.array(y), bins=4)
    assert found.error == 0
    assert found.brier == pytest.approx(0.1875)


def test_without_samples_nothing_is_known() -> None:
    found = reliability(np.empty(0), np.empty(0, dtype=bool))
    assert np.isnan(found.error)
    assert np.isnan(found.brier)
    assert found.counts.sum() == 0


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(np.array([0.5, 1.0, np.nan]), np.array([10, 4, 0]))
    assert (low[0], high[0]) == (pytest.approx(0.236593), pytest.approx(0.763407))  # statsmodels
    assert (low[1], high[1]) == (pytest.approx(0.510109, abs=1e-5), 1.0)
    assert np.isnan(low[2])
    assert np.isnan(high[2])


def test_what_lies_on_an_edge_belongs_to_the_bin_below() -> None:
    edges = np.linspace(0, 1, 3)
    assert bin_of(np.array([-1.0, 0.0, 0.5, 0.500001, 1.0, 7.0]), edges).tolist() == [
        0,
        0,
        0,
        1,
        1,
        1,
    ]
