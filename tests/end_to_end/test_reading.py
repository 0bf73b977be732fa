"""How a file is read is asked, settled and remembered through the real window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.dialogs.import_dialog import ImportDialog
from app.window.main_window import MainWindow
from slp_core.data.reading_options import ReadingOptions
from tests.app.dialogs.import_examples import example, settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")


@pytest.fixture
def asks() -> bool:
    return True


@pytest.fixture
def window(bare: MainWindow) -> MainWindow:
    return bare


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.csv"
    shutil.copy(example("single_quotes.csv"), path)
    return path


def dialogs(window: MainWindow) -> list[ImportDialog]:
    found = window.findChildren(ImportDialog)
    return [each for each in found if isValid(each) and each.isVisible()]


def open_file(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.workspace.opened):
        window.open_path(str(path))
    qtbot.wait(50)


def the_dialog(window: MainWindow, qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialog = dialogs(window)[0]
    settle(qtbot, dialog)
    return dialog


def test_a_doubtful_file_asks_once(window: MainWindow, qtbot: QtBot, doubtful: Path) -> None:
    open_file(window, qtbot, doubtful)
    dialog = the_dialog(window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialogs(window) == []
    open_file(window, qtbot, doubtful)
    assert dialogs(window) == []


def test_a_clear_file_opens_at_once_and_can_be_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    open_file(window, qtbot, Path(example("03_excel_de_cp1252.csv")))
    assert dialogs(window) == []
    strip = window.panels.data.understood
    assert "Semicolons" in strip.text()
    before = window.workspace.current
    strip.edit_requested.emit()
    dialog = the_dialog(window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.wait(100)
    assert window.workspace.current is before


def test_what_is_settled_is_open_and_remembered(
    window: MainWindow, qtbot: QtBot, doubtful: Path
) -> None:
    open_file(window, qtbot, doubtful)
    dialog = the_dialog(window, qtbot)
    dialog.session.read_by(ReadingOptions(header=False))
    settle(qtbot, dialog)
    with qtbot.waitSignal(window.workspace.opened):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    current = window.workspace.current
    assert current is not None
    assert not current.table.dialect.header
    open_file(window, qtbot, doubtful)
    assert dialogs(window) == []
    current = window.workspace.current
    assert current is not None
    assert not current.table.dialect.header


def test_reset_to_automatic_is_an_answer_too(
    window: MainWindow, qtbot: QtBot, doubtful: Path
) -> None:
    open_file(window, qtbot, doubtful)
    dialog = the_dialog(window, qtbot)
    dialog.session.read_by(ReadingOptions(header=False))
    settle(qtbot, dialog)
    with qtbot.waitSignal(window.workspace.opened):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    window.panels.data.understood.edit_requested.emit()
    dialog = the_dialog(window, qtbot)
    dialog.choices.reset.click()
    settle(qtbot, dialog)
    with qtbot.waitSignal(window.workspace.opened):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.wait(50)
    assert dialogs(window) == []
    current = window.workspace.current
    assert current is not None
    assert current.table.dialect.header


def open_sample(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.workspace.opened):
        window.open_path("sample:xor")
    qtbot.waitUntil(lambda: window.workspace.player.snapshot is not None)


def test_cancel_leaves_what_was_open(window: MainWindow, qtbot: QtBot, doubtful: Path) -> None:
    open_sample(window, qtbot)
    before = window.workspace.current
    window.open_path(str(doubtful))
    dialog = the_dialog(window, qtbot)
    assert window.workspace.current is before
    assert window.status.progress.isHidden()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.wait(50)
    assert window.workspace.current is before
    assert doubtful not in window.settings.recent_files()


def test_open_takes_what_was_asked_about(window: MainWindow, qtbot: QtBot, doubtful: Path) -> None:
    open_sample(window, qtbot)
    window.open_path(str(doubtful))
    dialog = the_dialog(window, qtbot)
    with qtbot.waitSignal(window.workspace.opened):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    current = window.workspace.current
    assert current is not None
    assert current.table.name == doubtful.name
    assert dialogs(window) == []


def test_a_refused_file_at_the_start_can_still_be_looked_at(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    path.write_text("a,b\n", encoding="utf-8")
    with qtbot.waitSignal(window.workspace.refused):
        window.open_path(str(path))
    window.actions_["file.reading"].trigger()
    dialog = the_dialog(window, qtbot)
    assert "cannot be read" in dialog.head.text()
    dialog.reject()
