from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.window.bare import NEEDS_DATA, REASON
from app.window.main_window import MainWindow
from app.window.status import EMPTY
from app.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def test_without_data_nothing_looks_alive(window: MainWindow, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "broken.csv"
    path.write_text("a,b\n", encoding="utf-8")
    with qtbot.waitSignal(window.workspace.refused):
        window.open_path(str(path))
    actions, data = window.actions_, window.panels.data
    for key in NEEDS_DATA:
        assert not actions[key].isEnabled(), key
        assert REASON in actions[key].toolTip()
    assert not data.card.isEnabled()
    assert not data.points.header.isVisible()
    assert not data.points.isVisible()
    assert window.status.message.text() == EMPTY
    assert not window.status.light.isVisible()


def test_the_first_data_brings_everything_to_life(window: MainWindow, qtbot: QtBot):
    with qtbot.waitSignal(window.workspace.opened):
        window.open_path("sample:xor")
    actions, data = window.actions_, window.panels.data
    for key in ("run.play", "run.restart_same", "view.data_card"):
        assert actions[key].isEnabled(), key
        assert REASON not in actions[key].toolTip()
    assert data.card.isEnabled()
    assert data.points.header.isVisible()


def test_a_note_ends_when_the_run_moves(window: MainWindow, qtbot: QtBot):
    with qtbot.waitSignal(window.workspace.opened):
        window.open_path("sample:xor")
    window.actions_["file.reading"].trigger()
    assert "not read from a file" in window.status.message.text()
    window.actions_["run.step_update"].trigger()
    assert "not read from a file" not in window.status.message.text()
