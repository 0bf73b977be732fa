"""Runs compared through the real window, with real events."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.panels.run_table import RunTable
from app.plots.curves import CurvesPlot
from app.plots.side_by_side import SideBySide
from app.window.main_window import MainWindow
from tests.app.workspace_examples import opened

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    opened(window.workspace, qtbot, "sample:saturated_start")
    window.resize(1366, 768)  # room for the whole names of runs
    return window


def live(window: MainWindow) -> tuple[RunMoment, ...]:
    return window.workspace.runs.live(window.workspace.player.frame)


def pick(field: QWidget, key: str) -> None:
    """Open the menu of a field with the menu key, and choose an entry."""
    place = QPoint(3, 3)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, place, field.mapToGlobal(place), Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(field, event)
    menu = next(menu for menu in field.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.data() == key).trigger()
    menu.close()
    field.window().activateWindow()


def click_entry(menu: QMenu, text: str) -> QAction:
    entry = next(action for action in menu.actions() if action.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    return entry


def view(window: MainWindow, key: str, kind: type[QWidget]) -> QWidget:
    assert window.views is not None
    found = window.views.view(key)
    assert isinstance(found, kind)
    return found


def test_the_quadratic_loss_is_stuck_where_cross_entropy_recovers(window: MainWindow, qtbot: QtBot):
    space = window.workspace
    assert window.views is not None
    window.views.place("second", "beside")
    window.views.place("third", "runs")
    assert space.current is not None
    assert (space.current.config.activation, space.current.config.loss) == ("sigmoid", "quadratic")
    start = live(window)[0].snapshot.parameters

    pick(window.panels.model.loss, "cross_entropy")
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    for run in live(window):
        np.testing.assert_array_equal(run.snapshot.parameters.W, start.W)
    window.speed.set_value(None)
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: live(window)[0].snapshot.update >= 400, timeout=20_000)
    if space.player.playing:
        QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: space.player.frame is not None and not space.player.frame.playing)

    stuck, recovered = live(window)
    assert stuck.snapshot.update == recovered.snapshot.update
    assert stuck.snapshot.accuracy is not None
    assert stuck.snapshot.accuracy < 0.2
    assert recovered.snapshot.accuracy is not None
    assert recovered.snapshot.accuracy > 0.85

    loss = view(window, "loss", CurvesPlot)
    assert isinstance(loss, CurvesPlot)
    qtbot.waitUntil(lambda: len(loss.legend.texts) >= 2)
    assert "Quadratic" in loss.legend.texts[0]
    assert loss.legend.texts[1].split("·")[1].startswith(" Cross-entropy")

    beside = view(window, "beside", SideBySide)
    assert isinstance(beside, SideBySide)
    assert [tile.run for tile in beside.tiles] == [stuck.run, recovered.run]
    table = view(window, "runs", RunTable)
    assert isinstance(table, RunTable)
    assert [table.model.state(run) for run in table.model.runs] == ["active", "live"]
    headings = [column.heading for column in table.model.columns]
    assert "Loss function" in headings
    assert "Optimizer" not in headings


def test_panels_follow_the_run_that_is_turned_to(window: MainWindow, qtbot: QtBot):
    pick(window.panels.model.loss, "cross_entropy")
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    QTest.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.panels.model.loss.value() == "cross_entropy")
    assert live(window)[0].config.loss == "cross_entropy"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(live(window)) == 1)
    qtbot.waitUntil(lambda: window.panels.model.loss.value() == "quadratic")


def test_the_menu_offers_partners_and_only_one_can_be_kept(window: MainWindow, qtbot: QtBot):
    menu = window.actions_.menu("run.compare")
    first = menu.actions()[0]
    assert first.text() == "Cross-entropy loss"
    assert not window.actions_["run.only"].isEnabled()
    first.trigger()
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    assert window.actions_["run.only"].isEnabled()
    window.actions_["run.only"].trigger()
    qtbot.waitUntil(lambda: len(live(window)) == 1)
    assert live(window)[0].config.loss == "quadratic"


def test_a_run_is_renamed_and_pinned_in_the_table(window: MainWindow, qtbot: QtBot):
    space = window.workspace
    assert window.views is not None
    window.views.place("third", "runs")
    table = view(window, "runs", RunTable)
    assert isinstance(table, RunTable)
    space.player.step(5)
    qtbot.waitUntil(lambda: live(window)[0].snapshot.update == 5)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(table.model.runs) == 2)
    table.ordered.emit("rename", space.runs.kept.runs[0].run, "before")
    table.ordered.emit("pin", space.runs.kept.runs[0].run, True)
    assert [table.model.state(run) for run in table.model.runs] == ["active", "pinned"]
    loss = view(window, "loss", CurvesPlot)
    assert isinstance(loss, CurvesPlot)
    assert any(text.startswith("before") for text in loss.legend.texts)


def test_a_run_in_the_table_is_duplicated_with_another_rate(window: MainWindow, qtbot: QtBot):
    assert window.views is not None
    window.views.place("main", "runs")
    table = view(window, "runs", RunTable)
    assert isinstance(table, RunTable)
    qtbot.waitUntil(lambda: len(table.model.runs) == 1)
    QTest.mouseClick(
        table.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.grid.visualRect(table.model.index(0, 0)).center(),
    )
    QTest.keyClick(table.grid, Qt.Key.Key_Insert)
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    inner = click_entry(menu, "Another learning rate").menu()
    assert isinstance(inner, QMenu)
    qtbot.waitUntil(inner.isVisible)
    click_entry(inner, "Ten times the rate: 5")
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    assert [run.config.learning_rate for run in live(window)] == [0.5, 5.0]
    headings = [column.heading for column in table.model.columns]
    assert "Rate" in headings
