from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plots.curve_ranges import nice_end, share_range, time_range, value_range, with_air
from app.plots.scales import LINEAR, LOG, LOG_COUNT


@given(st.floats(1e-3, 1e12))
def test_time_ends_at_a_round_number_not_far_beyond(last: float) -> None:
    end = nice_end(last)
    assert last <= end * (1 + 1e-9)
    assert end <= last * 1.51


def test_an_axis_of_time_changes_seldom() -> None:
    ends = {nice_end(float(n)) for n in range(1, 100_001)}
    assert len(ends) < 40


def test_time_starts_at_zero_even_on_a_log_axis() -> None:
    assert time_range(900, LINEAR) == (0.0, 1000.0)
    assert time_range(900, LOG_COUNT) == pytest.approx((0.0, np.log10(1001)))
    assert time_range(0, LINEAR) == (0.0, 1.0)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20),
    st.sampled_from([LINEAR, LOG]),
)
def test_values_are_in_range(values: list[float], scale: object) -> None:
    kind = LOG if scale is LOG else LINEAR
    found = value_range(np.array(values), kind)
    assert found is not None
    assert found[0] < found[1]
    slack = 1e-6 * (found[1] - found[0])
    least = min(values) if kind is LINEAR else max(min(values), -20.0)  # below it is as good as 0
    assert found[0] - slack <= max(least, min(values)) or max(values) < -18
    assert max(values) <= found[1] + slack


def test_log_ranges_are_half_decades() -> None:
    assert value_range(np.array([-2.31, 0.2]), LOG) == (-2.5, 0.5)


def test_a_range_is_kept_while_it_is_half_used() -> None:
    before = (0.0, 0.8)
    assert value_range(np.array([0.31, 0.75]), LINEAR, before) == before
    assert value_range(np.array([0.0, 0.1]), LINEAR, before) != before
    assert value_range(np.array([0.0, 0.81]), LINEAR, before) != before


def test_a_falling_loss_changes_the_range_seldom() -> None:
    ranges, before = set[tuple[float, float]](), None
    for n in range(1000):
        loss = 0.2 + 0.5 * np.exp(-np.arange(n + 1) / 150)
        before = value_range(np.asarray(loss), LINEAR, before, from_zero=True)
        assert before is not None
        ranges.add(before)
    assert len(ranges) == 1


def test_nothing_known_no_range() -> None:
    assert value_range(np.array([np.nan, np.inf]), LINEAR) is None


@pytest.mark.parametrize(("worst", "bottom"), [(0.95, 0.9), (0.7, 0.5), (0.3, 0.0), (-0.4, -1.0)])
def test_shares_end_at_one(worst: float, bottom: float) -> None:
    assert share_range(np.array([worst, 0.99])) == (bottom, 1.0)
    low, high = share_range(np.array([-7.0]))
    assert low <= -7
    assert high == 1.0
    assert share_range(np.array([-5e303, 0.2])) == share_range(np.array([-10.0]))


def test_air_on_both_sides() -> None:
    low, high = with_air((0.0, 1.0))
    assert low < 0
    assert high > 1


def test_values_that_are_as_good_as_0_do_not_stretch_a_logarithmic_axis() -> None:
    view = value_range(np.array([0.0, -1.0, -160.0]), LOG)
    assert view is not None
    assert view[0] >= -25
    assert view[1] >= 0
    tiny = value_range(np.array([-160.0, -150.0]), LOG)
    assert tiny is not None
    assert tiny[1] >= -150
