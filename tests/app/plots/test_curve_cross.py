"""Reading values off a curve at a moment: by mouse, by keys, and as another curve does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.numbers import number_text
from app.plots.curve_cross import next_moment
from app.plots.curves import CurvesPlot
from app.plots.numbers import format_count
from tests.app.plots.curve_examples import flag
from tests.app.plots.examples import Calls, falling, history, settle, show, snapshot, under
from tests.app.plots.run_examples import sample, trained

K = Qt.Key


@pytest.fixture
def plot(qtbot: QtBot) -> CurvesPlot:
    made = show(qtbot, CurvesPlot("loss"), 480, 240)
    made.show_history(falling(), snapshot(falling()))
    settle(qtbot)
    return made


def point(plot: CurvesPlot, update: float) -> None:
    """Move the mouse there."""
    place = plot.canvas.place_of(update, 0.4).toPoint()
    target = under(plot.canvas, place)
    place = target.mapFrom(plot.canvas, place)
    QTest.mouseMove(target, place - QPoint(0, 9))  # it may have been there since another test
    QTest.mouseMove(target, place)


def focus(plot: CurvesPlot) -> None:
    plot.canvas.setFocus(Qt.FocusReason.TabFocusReason)


def test_the_mouse_tells_others_the_nearest_update_once(qtbot: QtBot, plot: CurvesPlot) -> None:
    told = Calls()
    plot.pointed_changed.connect(told)
    point(plot, 1000)
    qtbot.waitUntil(lambda: bool(told.seen))
    update = plot.cross.update
    assert update in falling().update
    assert abs(float(update or 0) - 1000) < 20
    plot.set_pointed(update)
    assert len(told.seen) == 1
    target = under(plot.canvas, QPoint(5, 5))
    QTest.mouseMove(target, QPoint(1, 1))
    qtbot.waitUntil(lambda: plot.cross.update is None)
    assert (len(told.seen), flag(plot)) == (2, "")


def test_another_curve_reads_the_same_moment_in_its_own_time(qtbot: QtBot, plot: CurvesPlot):
    other = show(qtbot, CurvesPlot("gradient"), 400, 220)
    past = falling()
    other.show_history(past, snapshot(past))
    other.set_log(x=True)
    other.set_epochs(True)
    told = Calls()
    other.pointed_changed.connect(told)
    update = int(past.update[30])
    other.set_pointed(update)
    settle(qtbot)
    assert flag(other) == f"update {format_count(update)}, epoch {number_text(update / 10)}"
    assert other.legend.texts[0].endswith(number_text(float(past.gradient_norm[30])))
    across = other.canvas.place_of(float(np.log10(1 + update / 10)), -1).x()
    middle = other.cross.flag.geometry().center().x()
    assert abs(across - middle) <= 1.5
    assert told.seen == [], "it only follows"
    other.set_pointed(None)
    assert flag(other) == ""


def test_arrow_keys_go_from_moment_to_moment(plot: CurvesPlot) -> None:
    focus(plot)
    canvas, before = plot.canvas, plot.canvas.x_range
    QTest.keyClick(canvas, K.Key_Left)
    assert plot.cross.update == 2000
    QTest.keyClick(canvas, K.Key_Left)
    earlier = plot.cross.update or 0
    assert 2000 - 30 < earlier < 2000
    QTest.keyClick(canvas, K.Key_Right)
    assert plot.cross.update == 2000
    QTest.keyClick(canvas, K.Key_Right)
    assert plot.cross.update == 2000
    assert canvas.x_range == before, "the view stays"
    assert flag(plot) == f"update {format_count(2000)}, epoch 200"
    QTest.keyClick(canvas, K.Key_Escape)
    assert plot.cross.update is None


def test_leaving_the_plot_by_tab_ends_reading(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    plot, other = CurvesPlot("loss"), QLineEdit()
    layout.addWidget(plot)
    layout.addWidget(other)
    with qtbot.waitActive(host):
        host.show()
    plot.show_history(falling(), snapshot(falling()))
    focus(plot)
    QTest.keyClick(plot.canvas, K.Key_Left)
    assert plot.cross.update is not None
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert plot.cross.update is None


def test_keys_do_nothing_without_a_run(qtbot: QtBot) -> None:
    plot = show(qtbot, CurvesPlot("loss"), 300, 200)
    focus(plot)
    QTest.keyClick(plot.canvas, K.Key_Left)
    plot.show_history(history([]))
    QTest.keyClick(plot.canvas, K.Key_Right)
    assert plot.cross.update is None


def test_the_moment_stays_while_training_goes_on(plot: CurvesPlot) -> None:
    plot.set_pointed(int(falling().update[20]))
    before = plot.legend.texts[0]
    longer = falling(points=300, last=3000)
    plot.show_history(longer, snapshot(longer))
    assert flag(plot).startswith("update ")
    plot.show_history(falling(), snapshot(falling(), loss=0.19))
    assert plot.legend.texts[0] == before


def test_beyond_the_view_there_is_no_flag(plot: CurvesPlot) -> None:
    plot.set_pointed(2000)
    assert flag(plot)
    plot.canvas.set_range((0.0, 100.0))
    assert flag(plot) == ""


def test_hidden_it_only_remembers(qtbot: QtBot, plot: CurvesPlot, monkeypatch: pytest.MonkeyPatch):
    plot.hide()
    calls = Calls()
    monkeypatch.setattr("app.plots.curves.entries", calls)
    plot.set_pointed(100)
    assert calls.seen == []
    monkeypatch.undo()
    plot.show()
    settle(qtbot)
    plot.set_pointed(None)
    assert flag(plot) == ""


def test_a_run_without_that_update_says_where_its_nearest_point_is(qtbot: QtBot) -> None:
    runs: list[RunMoment] = [
        trained(sample("saturated_start"), run=1, epochs=300),
        trained(sample("saturated_start"), run=2, epochs=100, loss="quadratic"),
    ]
    plot = show(qtbot, CurvesPlot("loss"), 900, 300)
    plot.show_runs(runs)
    plot.set_pointed(50)
    assert plot.legend.texts[1].endswith(number_text(float(runs[1].snapshot.history.loss[50])))
    plot.set_pointed(250)
    assert plot.legend.texts[1].endswith(f"{number_text(runs[1].snapshot.loss)} at 100")


@given(st.lists(st.integers(0, 500), min_size=1, unique=True), st.data())
def test_a_step_passes_what_is_too_near_and_ends_at_the_ends(
    numbers: list[int], data: st.DataObject
) -> None:
    places = np.array(sorted(numbers), float)
    at = data.draw(st.integers(0, len(places) - 1))
    way = data.draw(st.sampled_from([-1, 1]))
    found = next_moment(places, at, way, 10.0)
    between = places[min(at, found) : max(at, found) + 1]
    if abs(places[found] - places[at]) >= 10:
        assert np.all(np.abs(np.delete(between, [0, -1]) - places[at]) < 10)
    else:
        assert found == (0 if way < 0 else len(places) - 1)
