"""Painting through the real window: strokes, undoing, classes and their names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.tables.editor import CellEditor
from app.tables.view import TableView
from app.window.main_window import MainWindow
from tests.app.plots.examples import drag
from tests.app.plots.painting_examples import click

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.doors.asks = False  # what is painted is not saved when the window is closed
    with qtbot.waitSignal(window.workspace.opened):
        window.open_path("sample:xor")
    qtbot.waitUntil(window.is_settled)
    window.actions_["edit.paint"].trigger()
    return window


def rows(window: MainWindow) -> int:
    table = window.workspace.editing.table
    assert table is not None
    return table.rows


def at_rest(window: MainWindow, qtbot: QtBot) -> None:
    """Until nothing of what was painted is on its way, and a while longer."""
    qtbot.wait(400)
    qtbot.waitUntil(lambda: not window.workspace.editing.running)


def tool(window: MainWindow, key: str) -> None:
    assert window.easel is not None
    window.easel.bar.buttons[key].click()


def stroke(window: MainWindow, qtbot: QtBot) -> None:
    assert window.views is not None
    canvas = window.views.decision.canvas
    (left, right), (bottom, top) = canvas.x_range, canvas.y_range
    way = [(left + (right - left) * s / 20, (bottom + top) / 2) for s in range(4, 17)]
    drag(canvas, way)


@pytest.mark.parametrize("playing", [True, False])
def test_undoing_at_once_takes_back_the_whole_stroke(
    window: MainWindow, qtbot: QtBot, playing: bool
) -> None:
    before = rows(window)
    if playing:
        window.actions_["run.play"].trigger()
    tool(window, "brush")
    stroke(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert rows(window) == before
    assert window.workspace.history.stack.canRedo()
    at_rest(window, qtbot)
    assert rows(window) == before
    decision = window.views.decision if window.views else None
    assert decision is not None
    assert len(decision._stage.wet.places) == 0  # pyright: ignore[reportPrivateUsage]  # what is drawn
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    at_rest(window, qtbot)
    assert rows(window) > before + 20, "all of it comes back"


def test_each_of_several_gestures_is_undone_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    assert window.views is not None
    before, stack = rows(window), window.workspace.history.stack
    tool(window, "put")
    click(window.views.decision, 0.1, 0.2)
    click(window.views.decision, 0.2, 0.1)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert rows(window) == before + 1
    tool(window, "brush")
    stroke(window, qtbot)
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert rows(window) == before
    at_rest(window, qtbot)
    assert rows(window) == before
    assert stack.canRedo()
    assert stack.count() == 2


def test_what_would_do_nothing_is_grey(window: MainWindow, qtbot: QtBot) -> None:
    assert window.views is not None
    delete, back = (window.actions_[key] for key in ("edit.delete", "edit.back_to_file"))
    assert not delete.isEnabled()
    assert not back.isEnabled()
    window.actions_["edit.select_all"].trigger()
    assert delete.isEnabled()
    window.actions_["edit.select_none"].trigger()
    assert not delete.isEnabled()
    tool(window, "put")
    click(window.views.decision, 0.1, 0.2)
    qtbot.waitUntil(back.isEnabled)
    back.trigger()
    qtbot.waitUntil(lambda: not back.isEnabled())


def test_undone_to_what_is_saved_there_is_no_star(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.views is not None
    back, undo, redo = (window.actions_[k] for k in ("edit.back_to_file", "edit.undo", "edit.redo"))
    place = tmp_path / "painted.csv"

    proposed: list[Path] = []

    def chosen(_parent: object, proposal: Path) -> Path:
        proposed.append(proposal)
        return place

    monkeypatch.setattr("app.window.files.ask_save_table", chosen)
    tool(window, "put")
    click(window.views.decision, 0.1, 0.2)
    qtbot.waitUntil(lambda: window.isWindowModified() and back.isEnabled())
    undo.trigger()
    qtbot.waitUntil(lambda: not window.isWindowModified())
    assert not back.isEnabled(), "there is nothing to go back from"
    redo.trigger()
    qtbot.waitUntil(lambda: window.isWindowModified() and back.isEnabled())
    window.doors.save_data()
    qtbot.waitUntil(place.exists)
    qtbot.waitUntil(lambda: not window.isWindowModified())
    assert back.isEnabled(), "the origin still has less"
    undo.trigger()
    qtbot.waitUntil(lambda: window.isWindowModified() and not back.isEnabled())
    redo.trigger()
    qtbot.waitUntil(lambda: not window.isWindowModified())
    current = window.workspace.current
    assert current is not None
    name = current.dataset.written[0]
    window.workspace.choose_data(replace(current.choice, renames=((name, "other"),)))
    qtbot.waitUntil(window.isWindowModified)  # the file has the old name
    undo.trigger()
    qtbot.waitUntil(lambda: not window.isWindowModified())
    window.doors.save_data()
    assert proposed[0].name == "XOR.csv"
    assert proposed[1] == place, "the same place is proposed again"


@pytest.mark.qt_log_ignore("raise|grabbing the keyboard")
def test_letters_steer_the_window_while_the_table_has_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.easel is not None
    assert window.views is not None
    paint, table = window.actions_["edit.paint"], window.actions_["view.table"]
    table.trigger()
    view = window.views.view("table")
    assert isinstance(view, TableView)
    qtbot.waitUntil(view.grid.isVisible)
    grid, brush = view.grid, window.easel.bar
    with qtbot.waitActive(window):
        window.activateWindow()
    grid.setFocus()
    assert grid.hasFocus()
    paint.trigger()
    QTest.keyClick(grid, Qt.Key.Key_D, CONTROL)
    assert paint.isChecked()
    QTest.keyClick(grid, Qt.Key.Key_D)
    assert brush.value().tool == "put"
    QTest.keyClick(grid, Qt.Key.Key_2)
    assert brush.value().index == 1
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    field = grid.viewport().findChild(CellEditor)
    assert isinstance(field, CellEditor)
    QTest.keyClicks(field, "td")
    assert field.text() == "td", "letters are typed where there is a field"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert table.isChecked()
    QTest.keyClick(grid, Qt.Key.Key_T)
    assert not table.isChecked()
    assert not grid.isVisible()
    left = window.focusWidget()
    assert left is not None
    QTest.keyClick(left, Qt.Key.Key_T)
    assert table.isChecked(), "the focus has gone where letters still steer"
