"""What changes seldom, and what is told besides the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.curves import CurvesPlot
from app.plots.numbers import format_count
from tests.app.plots.curve_examples import flag, made
from tests.app.plots.examples import (
    falling,
    history,
    picture,
    settle,
    show,
    snapshot,
)


def test_numbers_can_be_renewed_without_drawing(qtbot: QtBot) -> None:
    plot = made(qtbot)
    before = picture(plot.canvas)
    past = falling()
    later = replace(snapshot(past), loss=0.123456)
    plot.show_history(past, later, lines=False)
    settle(qtbot)
    assert number_text(0.123456) in plot.accessibleDescription()
    assert picture(plot.canvas) == before


def test_changes_of_settings_are_told_to_those_who_do_not_see_them(qtbot: QtBot) -> None:
    plot = made(qtbot)
    assert "Changes" not in plot.canvas.accessibleDescription()
    plot.set_events([(100 * n, f"batch {n}") for n in range(1, 8)])
    text = plot.canvas.accessibleDescription()
    assert text.startswith("train 0.2012, validation 0.2214, best 0.1234. Changes: ")
    assert text.endswith("update 600: batch 6; update 700: batch 7")
    assert "batch 2;" not in text


def test_a_shorter_number_at_the_right_moves_nothing(qtbot: QtBot) -> None:
    plot = made(qtbot)
    past = falling()
    widths = set[int]()
    for best in (0.1234, 0.2, 0.1999, 0.1):
        plot.show_history(past, snapshot(past, best_loss=best))
        settle(qtbot)
        widths.add(plot.legend.width())
    assert len(widths) == 1


@pytest.mark.parametrize(("recent", "most"), [(False, 1), (True, 3)])
def test_ranges_of_a_noisy_run_change_seldom(qtbot: QtBot, recent: bool, most: int) -> None:
    noise = 0.3 + 0.05 * np.random.default_rng(3).normal(size=900)
    plot = show(qtbot, CurvesPlot("loss"), 480, 240)
    plot.set_recent(recent)
    ranges = list[tuple[float, float]]()
    for n in range(100, 900, 20):
        loss = noise[:n]
        past = history(list(range(n)), loss=loss, loss_min=loss, loss_max=loss)
        plot.show_history(past, snapshot(past))
        ranges.append(plot.canvas.y_range)
    assert len(set(ranges)) <= most


def test_many_epochs_are_told_in_groups_of_digits(qtbot: QtBot) -> None:
    past = falling(last=2_000_000)
    plot = made(qtbot, "loss", past)
    plot.set_pointed(2_000_000)
    assert flag(plot) == f"update {format_count(2_000_000)}, epoch {format_count(200_000)}"
