"""Closing and opening something else asks only where there are edits that no file has."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.origins import MadeOrigin, TextOrigin
from app.window.main_window import MainWindow
from slp_core.data.blank import blank_table
from slp_core.data.edits import CellChange, Edit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")
PASTED = "x\ty\tkind\n1\t2\ta\n2\t1\tb\n3\t3\ta\n4\t1\tb\n5\t2\ta\n"


@pytest.fixture
def asks() -> bool:
    return True


@pytest.fixture
def window(bare: MainWindow) -> MainWindow:
    return bare


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every question whether to save; each is cancelled."""
    found: list[object] = []

    def ask(window: object) -> str:
        found.append(window)
        return "cancel"

    monkeypatch.setattr("app.window.files.ask_to_save", ask)
    return found


@pytest.mark.parametrize("origin", [TextOrigin(PASTED), MadeOrigin(blank_table("binary"))])
def test_only_edits_are_asked_about(
    window: MainWindow, qtbot: QtBot, asked: list[object], origin: TextOrigin | MadeOrigin
) -> None:
    space = window.workspace
    with qtbot.waitSignal(space.opened):
        space.open(origin)
    assert window.doors.may_leave()
    assert not asked
    table = space.editing.table
    assert table is not None
    column = next(column.name for column in table.columns if column.kind == "number")
    with qtbot.waitSignal(space.prepared):
        space.edit(Edit((CellChange(0, column, 7.5),)), "Change a cell")
    assert window.isWindowModified()
    assert not window.close()
    assert len(asked) == 1
