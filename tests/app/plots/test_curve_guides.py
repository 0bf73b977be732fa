from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.moment import Span
from app.plots.canvas import Canvas
from app.plots.curve_guides import Guides
from app.plots.scales import COUNT, LINEAR, LOG, LOG_COUNT
from app.theme import THEMES

TIMES = np.array([0.0, 100.0, 200.0]), np.array([0.0, 10.0, 20.0])


@pytest.fixture
def guides(qtbot: QtBot) -> Guides:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    made = Guides(canvas)
    made.set_theme(THEMES["light"])
    return made


def test_the_best_is_named_in_the_legend_once_it_is_known(guides: Guides) -> None:
    assert guides.entries() == []
    guides.set_best(0.2261)
    assert [entry.text for entry in guides.entries()] == ["reachable 0.2261"]


def test_a_span_lies_where_its_updates_are_in_time(guides: Guides) -> None:
    guides.set_spans([Span(50, 150, "Stuck", "fault")])
    guides.draw(TIMES, COUNT, LINEAR)
    assert guides.text_at(10.0, 0.1) == "Stuck"
    assert guides.text_at(16.0, 0.1) == ""
    guides.draw(TIMES, LOG_COUNT, LOG)
    assert guides.text_at(float(np.log10(11.0)), 0.01) == "Stuck"


def test_a_mark_is_named_before_the_span_it_lies_in(guides: Guides) -> None:
    guides.set_spans([Span(0, 200, "Stuck", "fault")])
    guides.marks.set_events([(100, "learning rate 1 → 2")])
    guides.draw(TIMES, COUNT, LINEAR)
    assert "learning rate" in guides.text_at(10.0, 0.1)


@pytest.mark.parametrize(("best", "kept"), [(0.2, True), (1e-9, False), (None, False)])
def test_a_best_far_below_does_not_stretch_the_axis(
    guides: Guides, best: float | None, kept: bool
) -> None:
    guides.set_best(best)
    assert bool(guides.wanted(0.5)) is kept


def test_what_is_true_of_the_whole_run_does_not_colour_all_of_it(guides: Guides) -> None:
    last = int(TIMES[0][-1])
    guides.set_spans([Span(0, last, "Too fast", "fault"), Span(0, last // 4, "Stuck", "fault")])
    guides.draw(TIMES, COUNT, LINEAR)
    assert guides.shaded == [False, True]
    guides.set_spans([Span(0, last, "Too fast", "note", chosen=True)])
    guides.draw(TIMES, COUNT, LINEAR)
    assert guides.shaded == [True]
