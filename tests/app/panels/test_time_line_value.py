from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.moment import RunMoment, Span
from app.panels.time_line_value import (
    TimeScale,
    TimeValue,
    described,
    found_near,
    place_text,
    time_value,
    widest_text,
)
from slp_core.data.samples import load_sample, sample_table
from slp_core.network.pairs import pair
from slp_core.training.config import TrainingConfig
from slp_core.training.course import Course

TABLE = sample_table("two_gaussians")

RUN = TimeValue(position=300, epoch=42.857, reached=700, planned=7000, updates_per_epoch=7)


@settings(deadline=None)
@given(st.integers(1, 10**9), st.booleans(), st.floats(0, 1))
def test_places_and_updates_belong_to_each_other(extent: int, log: bool, share: float) -> None:
    scale = TimeScale(extent, log)
    assert (scale.share(0), scale.update(0.0)) == (0.0, 0)
    assert scale.share(extent) == pytest.approx(1.0)
    assert scale.update(1.0) == extent
    update = scale.update(share)
    assert 0 <= update <= extent
    assert scale.update(scale.share(update)) == update
    assert scale.update(-5.0) == 0
    assert scale.update(7.0) == extent


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_what_was_reached_fits_and_fills_a_good_part(reached: int, planned: int, log: bool) -> None:
    scale = TimeScale.of(TimeValue(position=reached, reached=reached, planned=planned), log)
    assert scale.extent >= reached
    assert scale.extent <= max(2.5 * reached, 10)


def test_the_scale_ends_with_the_plan() -> None:
    assert TimeScale.of(replace(RUN, reached=5200), False).extent == 7000
    assert TimeScale.of(RUN, False).extent == 1000
    assert TimeScale.of(replace(RUN, planned=0), False).extent == 1000


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(2, 12), st.booleans())
def test_ticks_are_few_and_within(extent: int, most: int, log: bool) -> None:
    ticks = TimeScale(extent, log).ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] <= extent
    assert len(ticks) <= (11 if log else most + 1)
    assert list(ticks) == sorted(set(ticks))


def test_the_time_line_of_a_run_has_its_end_and_the_place_of_all_runs() -> None:
    dataset = load_sample("two_gaussians")
    course = Course(dataset, TrainingConfig(batch_size=32, learning_rate=0.1, epochs=100))
    course.advance(500)
    course.seek(105)
    snapshot = course.snapshot()
    assert course.future is not None
    run = RunMoment(
        run=1,
        name="Run 1",
        line=0,
        read=TABLE,
        table=TABLE,
        dataset=dataset,
        pair=pair("sigmoid", "cross_entropy"),
        config=snapshot.config,
        snapshot=snapshot,
    )
    value = time_value(run, 500, 0, end=course.future)
    assert (value.position, value.epoch, value.reached, value.planned) == (105, 15.0, 500, 700)
    assert value.best == course.future.best_update
    assert time_value(run, 500).best == snapshot.best_update
    ended = time_value(run, 500, position=210)
    assert (ended.position, ended.epoch) == (210, 30.0)


def test_places_are_told_in_epochs_and_updates() -> None:
    assert place_text(RUN, 300) == "epoch 42.8 · update 300"
    assert place_text(RUN, 314) == "epoch 44.8 · update 314"
    assert place_text(replace(RUN, updates_per_epoch=1, epoch=300.0), 300) == (
        "epoch 300 · update 300"
    )
    assert place_text(RUN, 12345, brief=True) == "update 12,345"
    assert place_text(RUN, 0).startswith("epoch 0.0")


def test_the_widest_place_has_as_many_digits_as_the_last() -> None:
    assert widest_text(RUN, 1000) == "epoch 000.0 · update 0,000"


def test_everything_is_described() -> None:
    assert described(RUN) == "epoch 42.8 · update 300 of 700"
    full = replace(
        RUN,
        marks=((5, "rate"), (9, "l2")),
        spans=(Span(3, 4, "Bouncing", "warning"),),
        best=280,
        not_finite=300,
        earliest=2,
    )
    assert described(full) == (
        "epoch 42.8 · update 300 of 700; 2 changes; 1 finding; best at update 280;"
        " not finite after update 300; goes back to update 2"
    )


def test_what_is_near_is_told_the_gravest_first() -> None:
    value = replace(
        RUN,
        marks=((100, "learning rate 0.5 → 0.1"), (400, "l2 0 → 0.1")),
        spans=(Span(90, 120, "The loss bounces", "warning"),),
        best=110,
        not_finite=105,
    )
    assert found_near(value, 95, 115) == (
        "Not finite after update 105",
        "The loss bounces",
        "Changed here: learning rate 0.5 → 0.1",
        "Best so far (Shift+B): update 110",
    )
    assert found_near(value, 395, 405) == ("Changed here: l2 0 → 0.1",)
    assert found_near(value, 500, 600) == ()
