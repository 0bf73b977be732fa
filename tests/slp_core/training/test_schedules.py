from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.training.schedules import SCHEDULES
from tests.slp_core.training.examples import same


@pytest.mark.parametrize(
    ("key", "epoch", "expected"),
    [
        ("constant", 70, 0.4),
        ("step", 0, 0.4),
        ("step", 19, 0.4),
        ("step", 20, 0.2),
        ("step", 99, 0.025),
        ("exponential", 50, 0.04),
        ("exponential", 100, 0.004),
        ("cosine", 0, 0.4),
        ("cosine", 50, 0.4 * (0.001 + 0.999 * 0.5)),
        ("cosine", 100, 0.0004),
        ("inverse", 0, 0.4),
        ("inverse", 100, 0.04),
    ],
)
def test_value_by_hand(key: str, epoch: int, expected: float) -> None:
    assert same(SCHEDULES[key].rate(0.4, epoch, 100), expected, rel=1e-12)


@pytest.mark.parametrize("key", SCHEDULES)
@settings(deadline=None)
@given(rate=st.floats(1e-12, 1e6), epoch=st.integers(0, 10**9), epochs=st.integers(0, 10**9))
def test_never_zero_never_above_the_rate_and_falling(
    key: str, rate: float, epoch: int, epochs: int
) -> None:
    schedule = SCHEDULES[key].rate
    now, later = schedule(rate, epoch, epochs), schedule(rate, epoch + 1, epochs)
    assert 0.0 < later <= now * (1.0 + 1e-12)
    assert now <= rate * (1.0 + 1e-12)
    assert math.isfinite(now)


@pytest.mark.parametrize("key", SCHEDULES)
def test_rows_speak(key: str) -> None:
    row = SCHEDULES[key]
    assert row.key == key
    assert row.label
    assert row.summary.endswith(".")
    assert "η" in row.formula
    assert "eta" in row.latex
