from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.pacing import BURST_SECONDS, BurstSize, FrameClock, Throttle


def test_frames_come_no_faster_than_the_rate():
    clock = FrameClock()
    assert clock.due(0.0)
    now, frames = 1.0, 0
    while now < 11.0:
        if clock.due(now):
            clock.painted(started=now, announced=now, now=now + 0.001, rate=30.0)
            frames += 1
        now += 0.0021  # a burst and a rest
    assert frames == pytest.approx(300, abs=2)


def test_a_slow_paint_is_followed_by_as_long_a_rest():
    clock = FrameClock()
    clock.painted(started=0.0, announced=0.0, now=0.2, rate=30.0)
    assert not clock.due(0.39)
    assert clock.due(0.4)


def test_expensive_numbers_leave_three_quarters_of_the_time_to_training():
    clock = FrameClock()
    clock.painted(started=0.0, announced=0.1, now=0.1, rate=30.0)
    assert not clock.due(0.39)
    assert clock.due(0.4001)


def test_reset_makes_a_frame_due_at_once():
    clock = FrameClock()
    clock.painted(0.0, 0.0, 5.0, 30.0)
    clock.reset()
    assert clock.due(0.0)


def test_without_a_limit_there_is_no_allowance_to_count():
    throttle = Throttle()
    assert throttle.allowance(0.0) is None
    assert throttle.seconds_to_next() == 0.0


@given(rate=st.sampled_from([1.0, 5.0, 50.0, 1000.0]), ticks=st.integers(10, 300))
def test_the_number_of_updates_follows_the_clock(rate: float, ticks: int):
    throttle = Throttle(rate)
    throttle.reset()
    made = 0
    for tick in range(ticks + 1):
        allowed = throttle.allowance(tick * 0.01)
        assert allowed is not None
        throttle.spend(allowed)
        made += allowed
    assert made == pytest.approx(1 + ticks * 0.01 * rate, abs=1.001)


def test_a_stall_is_not_caught_up():
    throttle = Throttle(100.0)
    throttle.reset()
    throttle.spend(throttle.allowance(0.0) or 0)
    assert throttle.allowance(60.0) == 25


def test_the_wait_ends_when_the_next_update_is_due():
    throttle = Throttle(2.0)
    throttle.reset()
    throttle.spend(throttle.allowance(0.0) or 0)
    assert throttle.seconds_to_next() == pytest.approx(0.5)
    assert throttle.allowance(0.5) == 1


def test_bursts_grow_at_most_twofold_and_shrink_at_most_by_half():
    burst = BurstSize()
    burst.learn(1, BURST_SECONDS / 1000)
    assert burst.updates == 2
    burst.updates = 64
    burst.learn(64, BURST_SECONDS * 100)
    assert burst.updates == 32


def test_a_short_burst_teaches_nothing_unless_it_took_too_long():
    burst = BurstSize()
    burst.updates = 64
    burst.learn(3, BURST_SECONDS / 10)
    assert burst.updates == 64
    burst.learn(3, 1.0)
    assert burst.updates == 32
