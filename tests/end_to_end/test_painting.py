"""Painting through the real window: strokes, undoing, classes and their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.window.main_window import MainWindow
from app.workspace import Workspace
from tests.app.plots.examples import drag
from tests.app.plots.painting_examples import click

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    made.doors.asks = False  # nobody answers
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.build_views()
    with qtbot.waitSignal(made.workspace.opened):
        made.open_path("sample:xor")
    qtbot.waitUntil(made.is_settled)
    made.actions_["edit.paint"].trigger()
    yield made
    made.close()


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

    def chosen(*_asked: object) -> Path:
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
