from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.plots.ticks import (
    Ticks,
    count_ticks,
    linear_ticks,
    log_ticks,
    nice_step,
    whole_ticks,
    written_out,
)


def measure(label: str) -> float:
    return 8.0 * len(label)


def labels(ticks: Ticks) -> list[str]:
    return [label for _, label in ticks.labelled]


def gaps(ticks: Ticks, low: float, high: float, length: float) -> list[float]:
    """Free pixels between labels."""
    scale = length / (high - low)
    places = [(place * scale, measure(label)) for place, label in ticks.labelled]
    return [b[0] - b[1] / 2 - a[0] - a[1] / 2 for a, b in pairwise(places)]


ranges = st.tuples(
    st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.sampled_from([90.0, 200.0, 420.0, 900.0])
)


@settings(deadline=None)
@given(ranges)
def test_linear_labels_never_overlap_and_lie_in_view(case: tuple[float, float, float]) -> None:
    low, span, length = case
    assume(span > 1e-8 * abs(low))
    high = low + span
    ticks = linear_ticks(low, high, length, measure)
    assert all(gap > 0 for gap in gaps(ticks, low, high, length))
    assert all(low - span * 1e-6 <= place <= high + span * 1e-6 for place, _ in ticks.labelled)
    assert len(set(labels(ticks))) == len(ticks.labelled), "two ticks with the same label"


@settings(deadline=None)
@given(st.floats(-12, 8), st.floats(0.05, 20), st.sampled_from([60.0, 130.0, 300.0, 700.0]))
def test_log_labels_never_overlap(low: float, span: float, length: float) -> None:
    ticks = log_ticks(low, low + span, length, measure)
    assert all(gap > 0 for gap in gaps(ticks, low, low + span, length))
    assert len(set(labels(ticks))) == len(ticks.labelled)


@settings(deadline=None)
@given(st.floats(0.3, 9), st.sampled_from([90.0, 200.0, 420.0, 900.0]))
def test_count_labels_never_overlap(high: float, length: float) -> None:
    ticks = count_ticks(0.0, high, length, measure)
    assert all(gap > 0 for gap in gaps(ticks, 0.0, high, length))


def test_a_log_axis_reads_1_2_5() -> None:
    ticks = log_ticks(-1.0, 1.0, 300.0, measure)
    assert labels(ticks) == ["0.1", "0.2", "0.5", "1", "2", "5", "10"]
    assert [place for place, _ in ticks.labelled] == pytest.approx(
        [math.log10(v) for v in (0.1, 0.2, 0.5, 1, 2, 5, 10)]
    )


def test_a_narrow_log_axis_has_at_least_two_labels() -> None:
    ticks = log_ticks(math.log10(0.31), math.log10(0.44), 200.0, measure)
    assert len(ticks.labelled) >= 2


def test_a_log_axis_of_many_decades_skips_some() -> None:
    assert labels(log_ticks(-12.0, 0.0, 130.0, lambda _: 13.0)) == [
        "10⁻¹²", "10⁻⁹", "10⁻⁶", "0.001", "1",
    ]  # fmt: skip


def test_counts_begin_at_zero() -> None:
    ticks = count_ticks(0.0, math.log10(2001), 600.0, measure)
    assert labels(ticks)[:3] == ["0", "1", "2"]
    assert ticks.labelled[1][0] == pytest.approx(math.log10(2))


def test_large_numbers_move_into_the_name() -> None:
    ticks = linear_ticks(0.0, 4e9, 400.0, measure)
    assert ticks.suffix == "×10⁹"
    assert labels(ticks)[:2] == ["0.0", "0.5"]


def test_numbers_far_from_zero_are_counted_from_a_round_one() -> None:
    ticks = linear_ticks(1e9, 1e9 + 10, 400.0, measure)
    assert ticks.suffix == "− 1000000000"
    assert labels(ticks)[0] == "0"
    assert ticks.labelled[-1][0] == pytest.approx(1e9 + 10)


@pytest.mark.parametrize(("least", "step"), [(0.7, 1), (1, 1), (1.1, 2), (3, 5), (6, 10)])
def test_steps_are_1_2_5(least: float, step: float) -> None:
    assert nice_step(least) == pytest.approx(step)


def test_an_impossible_range_has_no_ticks() -> None:
    assert linear_ticks(1.0, 1.0, 300.0, measure) == Ticks(())
    assert log_ticks(0.0, math.nan, 300.0, measure) == Ticks(())


@settings(deadline=None)
@given(st.floats(0.5, 12), st.sampled_from([120.0, 200.0, 380.0, 900.0]))
def test_counts_never_lose_all_labels(high: float, length: float) -> None:
    ticks = count_ticks(0.0, high, length, lambda label: 7.5 * len(label))
    assert len(ticks.labelled) >= 2
    assert labels(ticks)[0] == "0"


def test_a_narrow_view_of_many_counts_keeps_its_decades() -> None:
    ticks = count_ticks(0.0, math.log10(118001), 380.0, lambda label: 7.5 * len(label))
    assert {"0", "10", "1000", "10⁵"} <= set(labels(ticks))


def test_numbers_at_the_end_of_what_there_is_still_have_ticks() -> None:
    assert len(log_ticks(-2.0, 310.0, 200.0, measure).labelled) >= 2
    assert len(log_ticks(-330.0, 308.5, 200.0, measure).labelled) >= 2
    assert len(linear_ticks(0.0, 1.7e308, 200.0, measure).labelled) >= 2
    assert len(count_ticks(0.0, 309.0, 300.0, measure).labelled) >= 2


def test_a_narrow_log_axis_of_large_numbers_says_how_large() -> None:
    ticks = log_ticks(math.log10(1.51e7), math.log10(1.94e7), 200.0, measure)
    assert len(ticks.labelled) >= 2
    assert all(label.endswith("·10⁷") for label in labels(ticks))


def test_written_out_labels_carry_the_factor() -> None:
    ticks = written_out(linear_ticks(0.0, 1.5e6, 300.0, measure))
    assert ticks.suffix == ""
    assert labels(ticks)[0] == "0"
    assert labels(ticks)[-1] == "1.5·10⁶"
    assert labels(written_out(linear_ticks(0.0, 4e-3, 300.0, measure)))[-1] == "4·10⁻³"
    assert labels(written_out(linear_ticks(1e9, 1e9 + 10, 400.0, measure)))[0] == "1000000000"


def test_counts_have_whole_ticks_only() -> None:
    assert labels(whole_ticks(0.0, 1.0, 400.0, measure)) == ["0", "1"]
    assert labels(whole_ticks(0.0, 4.0, 400.0, measure)) == ["0", "1", "2", "3", "4"]
    assert labels(whole_ticks(0.0, 2e6, 400.0, measure))[-1] == "2.0·10⁶"
