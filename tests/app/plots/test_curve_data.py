from __future__ import annotations

import numpy as np
import pytest

from app.plots.curve_data import MOST_COLUMNS, Line, breaks, continues, drawn, record
from app.plots.curve_kinds import CURVE_KINDS
from app.plots.scales import LINEAR, LOG, LOG_COUNT, Scale
from tests.app.plots.examples import falling, history, snapshot


def line(values: np.ndarray) -> Line:
    return Line(values, values - 1, values + 1)


@pytest.mark.parametrize("kind", list(CURVE_KINDS))
def test_every_kind_reads_the_history(kind: str) -> None:
    past = falling()
    found = record(past, None, CURVE_KINDS[kind])
    assert np.array_equal(found.update, past.update)
    assert all(line.known for line in found.lines)


def test_the_live_moment_comes_last() -> None:
    past = falling()
    live = snapshot(past, update=2100, epoch=210.0, loss=0.15)
    found = record(past, live, CURVE_KINDS["loss"])
    assert found.update[-1] == 2100
    assert found.epoch[-1] == 210.0
    assert found.lines[0].value[-1] == 0.15
    assert np.isnan(found.lines[1].value[-1])


def test_a_moment_that_is_already_recorded_replaces_the_mean_of_its_bin() -> None:
    past = falling()
    found = record(past, snapshot(past, loss=0.1), CURVE_KINDS["loss"])
    assert len(found.update) == len(past)
    train, held = found.lines
    assert (train.value[-1], train.low[-1], train.high[-1]) == (0.1, 0.1, past.loss_max[-1])
    assert held.value[-1] == past.validation_loss[-1]
    lost = record(past, snapshot(past, loss=np.nan), CURVE_KINDS["loss"]).lines[0]
    assert np.isnan([lost.value[-1], lost.low[-1], lost.high[-1]]).all()


def test_another_run_does_not_continue_this_one() -> None:
    past = falling()
    assert continues(past, past)
    assert continues(history([]), past)
    assert not continues(past, history([0, 1], loss=[0.7, 0.6]))
    assert not continues(past, falling(points=400, last=4001))


def test_long_runs_are_drawn_with_few_points_and_lose_no_extreme() -> None:
    values = np.random.default_rng(0).normal(size=50_000)
    values[31_234] = 40.0
    points = drawn(np.arange(50_000.0), line(values), LINEAR, LINEAR)
    assert len(points.x) <= MOST_COLUMNS + 1
    assert points.high.max() == 41.0
    assert points.x[0] == 0
    assert points.x[-1] == 49_999
    assert points.y[-1] == values[-1]
    assert points.banded


def test_a_log_axis_leaves_out_what_has_no_place_on_it() -> None:
    values = np.array([0.0, -1.0, 10.0, np.nan, 1000.0])
    points = drawn(np.arange(5.0), Line(values, values, values), LOG_COUNT, LOG)
    assert points.y.tolist() == [1.0, 3.0]
    assert points.x == pytest.approx(np.log10([3.0, 5.0]))
    assert not points.banded


def test_where_numbers_are_lost_is_found() -> None:
    nan, inf = np.nan, np.inf
    assert breaks(line(np.array([1.0, 2.0, nan, inf])), always=True).tolist() == [1]
    assert breaks(line(np.array([1.0, nan, 2.0])), always=True).tolist() == [0]
    assert breaks(line(np.array([1.0, nan, 2.0])), always=False).tolist() == [], "it only has none"
    assert breaks(line(np.array([1.0, inf, 2.0, inf])), always=False).tolist() == [0, 2]
    for none in (np.array([nan, nan]), np.empty(0), np.array([1.0, 2.0])):
        assert not len(breaks(line(none), always=True))


def test_a_run_that_ended_for_it_lost_its_numbers_after_the_last_point() -> None:
    kept = np.array([1.0, 2.0, 3.0])
    assert breaks(line(kept), always=True, lost=True).tolist() == [2]
    assert breaks(line(np.array([1.0, 2.0, np.nan])), always=True, lost=True).tolist() == [1]


@pytest.mark.parametrize("scale", [LINEAR, LOG_COUNT], ids=lambda scale: scale.key)
def test_the_past_of_a_run_that_grows_is_drawn_as_before(scale: Scale) -> None:
    """Means over columns that move with each frame would make a noisy line shimmer."""
    values = np.random.default_rng(2).normal(size=9000)
    past: list[bytes] = []
    for n in range(7000, 7200, 10):
        points = drawn(np.arange(float(n)), line(values[:n]), scale, LINEAR)
        assert MOST_COLUMNS / 2 < len(points.x) <= MOST_COLUMNS + 1
        past.append(np.stack([points.x, points.y, points.low, points.high])[:, :200].tobytes())
    assert len(set(past)) == 1


def test_an_empty_history() -> None:
    found = record(history([]), None, CURVE_KINDS["loss"])
    assert found.index_at(3) == -1
    assert not len(drawn(found.update, found.lines[0], LINEAR, LINEAR).x)
