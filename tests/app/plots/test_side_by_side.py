"""Decision views side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.moment import Moment, RunMoment
from app.plots.canvas import Canvas
from app.plots.side_by_side import MOST, SideBySide, best_columns
from app.theme import THEMES, Theme
from tests.app.plots.examples import under
from tests.app.plots.run_examples import sample, trained, with_nan

pytestmark = pytest.mark.qt_log_ignore("does not support")
DATA = sample("two_gaussians")


@pytest.fixture(scope="module")
def runs() -> tuple[RunMoment, ...]:
    rates = (0.1, 0.2, 0.4, 0.8, 1.6)
    return tuple(
        trained(DATA, run=n, learning_rate=rate, epochs=9) for n, rate in enumerate(rates, 1)
    )


@pytest.fixture
def view(qtbot: QtBot) -> SideBySide:
    made = SideBySide()
    made.resize(700, 420)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_each_run_has_a_view_with_its_name(
    view: SideBySide, runs: tuple[RunMoment, ...], count: int
):
    view.show_moment(Moment(runs[:count], False))
    assert len(view.tiles) == min(count, MOST)
    for tile, run in zip(view.tiles, runs, strict=False):
        assert run.name in tile.title.text()
        assert tile.plot.view is not None
    assert view.hint.isVisible() == (count == 1)
    assert view.legend.texts[:2] == ("A", "B")
    assert not any(tile.plot.legend.isVisible() for tile in view.tiles)
    assert view.names.text() == "x1 →   ↑ x2"


def test_places_stay_when_another_run_is_active(view: SideBySide, runs: tuple[RunMoment, ...]):
    view.show_moment(Moment(runs[:2], False))
    view.show_moment(Moment((runs[1], runs[0]), False))
    assert [tile.run for tile in view.tiles] == [1, 2]
    assert "600" in view.tiles[1].title.styleSheet()
    assert "600" not in view.tiles[0].title.styleSheet()


def test_zoom_is_one_for_all(view: SideBySide, runs: tuple[RunMoment, ...], qtbot: QtBot):
    view.show_moment(Moment(runs[:3], False))
    whole = view.tiles[2].shown_range
    view.tiles[0].plot.canvas.zoom(0.5)
    near = view.tiles[0].shown_range
    assert near != whole
    assert all(tile.shown_range == near for tile in view.tiles)
    view.show_moment(Moment(runs[:4], False))
    np.testing.assert_allclose(view.tiles[3].shown_range, near)
    view.tiles[1].plot.canvas.fit_asked.emit()
    np.testing.assert_allclose(view.tiles[0].shown_range, whole, rtol=0.3)
    assert not view.tiles[0].plot.canvas.held


def test_the_wheel_zooms_all_of_them(view: SideBySide, runs: tuple[RunMoment, ...], qtbot: QtBot):
    view.show_moment(Moment(runs[:4], False))
    qtbot.waitUntil(lambda: view.tiles[3].plot.canvas.area[0] > 40)
    before = view.tiles[0].shown_range
    turn_wheel(view.tiles[3].plot.canvas)
    assert view.tiles[3].shown_range != before
    assert len({tile.shown_range for tile in view.tiles}) == 1
    view.fit()
    assert not any(tile.plot.canvas.held for tile in view.tiles)


@pytest.mark.parametrize(
    ("count", "width", "height", "columns"),
    [
        (1, 600, 500, 1),
        (2, 600, 500, 2),
        (2, 300, 500, 1),
        (3, 600, 500, 2),
        (4, 600, 500, 2),
        (4, 440, 140, 4),
        (4, 200, 700, 1),
    ],
)
def test_pictures_are_as_large_as_they_can_be(count: int, width: int, height: int, columns: int):
    assert best_columns(count, width, height) == columns


def test_in_a_low_pane_the_pictures_have_the_room(
    view: SideBySide, runs: tuple[RunMoment, ...], qtbot: QtBot
):
    view.resize(440, 150)
    view.show_moment(Moment(runs[:4], False))
    qtbot.waitUntil(lambda: view.tiles[3].plot.canvas.area[1] > 60)
    assert len({tile.y() for tile in view.tiles}) == 1
    assert not view.legend.isVisible()
    view.resize(700, 500)
    qtbot.waitUntil(lambda: len({tile.y() for tile in view.tiles}) == 2)
    assert view.legend.isVisible()
    tile = view.tiles[0]
    assert tile.plot.canvas.area[0] < tile.plot.canvas.width() - 40  # the axes are back


def turn_wheel(canvas: Canvas) -> None:
    place = canvas.rect_of_area().center()
    target = under(canvas, place.toPoint())
    inner = QPointF(target.mapFrom(canvas, place.toPoint()))
    turn = QWheelEvent(
        inner,
        QPointF(target.mapToGlobal(inner.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, turn)


def test_a_selection_is_one_for_all(view: SideBySide, runs: tuple[RunMoment, ...]):
    heard: list[Any] = []
    view.selection_changed.connect(heard.append)
    view.show_moment(Moment(runs[:2], False))
    view.set_selection(np.array([1, 2]))
    assert heard == []
    view.tiles[0].plot.selection_changed.emit(np.array([5]))
    assert [rows.tolist() for rows in heard] == [[5]]


def test_a_click_on_a_name_turns_to_the_run(view: SideBySide, runs: tuple[RunMoment, ...]):
    heard: list[tuple[str, int, object]] = []

    def hear(order: str, run: int, value: object) -> None:
        heard.append((order, run, value))

    view.ordered.connect(hear)
    view.show_moment(Moment(runs[:2], False))
    QTest.mouseClick(view.tiles[1].title, Qt.MouseButton.LeftButton)
    assert heard == [("activate", 2, None)]


def test_while_training_one_is_drawn_at_a_time(view: SideBySide, runs: tuple[RunMoment, ...]):
    view.show_moment(Moment(runs[:4], False))
    now = Moment(tuple(with_loss(run, 7.25) for run in runs[:4]), True)
    for drawn in range(1, 5):
        view.show_moment(now)
        assert sum("7.25" in tile.title.text() for tile in view.tiles) == drawn


def test_fewer_runs_leave_fewer_views(view: SideBySide, runs: tuple[RunMoment, ...]):
    view.show_moment(Moment(runs[:4], False))
    view.show_moment(Moment(runs[2:4], True))
    assert [tile.run for tile in view.tiles] == [3, 4]
    view.show_moment(None)
    assert view.tiles == []


def test_runs_of_other_features_and_kinds_are_drawn_as_they_are(
    view: SideBySide, runs: tuple[RunMoment, ...]
):
    one = replace(trained(sample("iris"), run=7), live=False, pinned=True, line=3)
    view.set_axes(0, 1)
    view.show_moment(Moment((with_nan(runs[0]), one), False))
    view.set_axes(1, None)
    assert len(view.tiles) == 2


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)
def test_every_theme_and_a_narrow_place(
    view: SideBySide, runs: tuple[RunMoment, ...], theme: Theme
):
    view.show_moment(Moment(runs[:2], False))
    view.set_theme(theme)
    view.resize(300, 500)
    assert view.tiles[0].title.icon().isNull() is False
    QTest.qWait(20)
    assert view.tiles[1].y() > view.tiles[0].y()


def with_loss(run: RunMoment, loss: float) -> RunMoment:
    return replace(run, snapshot=replace(run.snapshot, loss=loss))


def test_a_narrow_title_keeps_what_sets_the_run_apart(
    view: SideBySide, runs: tuple[RunMoment, ...], qtbot: QtBot
):
    view.resize(900, 420)
    view.show_moment(Moment(runs[:2], False))
    qtbot.waitUntil(lambda: "Run 2" in view.tiles[1].title.text())
    assert "%" in view.tiles[1].title.text()
    view.resize(300, 140)
    qtbot.waitUntil(lambda: view.tiles[1].title.width() < 180)
    assert view.tiles[1].title.text().strip().startswith("rate 0.2")
