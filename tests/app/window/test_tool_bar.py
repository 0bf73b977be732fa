from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from app.actions import Actions
from app.commands import COMMANDS
from app.theme import THEMES, apply
from app.window.readout import Readout
from app.window.speed import SpeedSlider
from app.window.tool_bar import RunToolBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_a_narrow_bar_spares_words_before_numbers_and_play_keeps_its_word(
    window: QMainWindow, qtbot: QtBot
):
    actions = Actions(window)
    bar = RunToolBar(actions, SpeedSlider(), Readout())
    window.addToolBar(bar)
    window.resize(3000, 300)
    window.show()
    open_, play = (bar.widgetForAction(actions[key]) for key in ("file.open", "run.play"))
    assert isinstance(open_, QToolButton)
    assert isinstance(play, QToolButton)
    qtbot.waitUntil(lambda: open_.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    window.resize(bar.sizeHint().width() - 40, 300)
    qtbot.waitUntil(lambda: open_.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly)
    assert play.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert bar.sizeHint().width() <= bar.width()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1366, 1024, 760])
def test_nothing_is_cut_and_what_has_no_room_is_in_the_menu_at_the_end(
    window: QMainWindow, qapp: QApplication, qtbot: QtBot, theme: str, width: int
):
    apply(qapp, THEMES[theme])
    actions, readout = Actions(window), Readout()
    bar = RunToolBar(actions, SpeedSlider(), readout)
    readout.show_validation(True)
    window.addToolBar(bar)
    window.resize(width, 300)
    window.show()
    readout.fit()
    bar.fit()
    assert bar.sizeHint().width() <= bar.width() == width
    extension = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert isinstance(extension, QToolButton)
    qtbot.waitUntil(lambda: not extension.isVisible())  # Qt's own, which would cut
    out = bar.left_out()
    assert [action.objectName() for action in bar.more.menu().actions()] == list(out)
    assert bar.more.isVisible() == bool(out)
    for key in ("file.open", "run.play", "run.back_update", "run.step_update", "run.restart_same"):
        button = bar.widgetForAction(actions[key])
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width()
    for key in out:
        assert actions[key].isVisible()  # its shortcut and its menu entry work
    apply(qapp, THEMES["light"])


def test_the_bar_holds_exactly_the_commands_whose_rows_say_so(window: QMainWindow):
    actions = Actions(window)
    bar = RunToolBar(actions, SpeedSlider(), Readout())
    held = {key for key in COMMANDS if isinstance(bar.widgetForAction(actions[key]), QToolButton)}
    assert held == {key for key, row in COMMANDS.items() if row.toolbar}


def test_a_step_back_stands_before_a_step_on(window: QMainWindow):
    actions = Actions(window)
    bar = RunToolBar(actions, SpeedSlider(), Readout())
    window.addToolBar(bar)
    window.resize(1400, 300)
    window.show()
    keys = ("run.play", "run.back_update", "run.step_update", "run.step_epoch")
    places = [bar.widgetForAction(actions[key]).x() for key in keys]
    assert places == sorted(places)
    asked: list[None] = []
    actions.on("run.back_update", lambda: asked.append(None))
    QTest.mouseClick(bar.widgetForAction(actions["run.back_update"]), Qt.MouseButton.LeftButton)
    assert asked == [None]


def test_play_is_as_wide_as_pause_again_when_its_word_comes_back(window: QMainWindow):
    actions = Actions(window)
    bar = RunToolBar(actions, SpeedSlider(), Readout())
    window.addToolBar(bar)
    window.resize(1400, 300)
    window.show()
    play = bar.widgetForAction(actions["run.play"])
    wide = play.minimumWidth()
    window.resize(600, 300)
    bar.fit()
    assert play.minimumWidth() < wide
    window.resize(1400, 300)
    bar.fit()
    assert play.minimumWidth() == wide


def test_a_command_that_is_grey_is_grey_in_the_bar_whatever_gives_way(
    window: QMainWindow, qtbot: QtBot
):
    actions = Actions(window)
    bar = RunToolBar(actions, SpeedSlider(), Readout())
    window.addToolBar(bar)
    undo = actions["edit.undo"]
    button = bar.widgetForAction(undo)
    undo.setEnabled(False)
    window.resize(1366, 300)
    window.show()
    bar.fit()
    assert not button.isEnabled()
    undo.setEnabled(True)
    assert button.isEnabled()
    undo.setEnabled(False)
    window.resize(900, 300)
    bar.fit()
    window.resize(1400, 300)
    bar.fit()
    assert not button.isEnabled()
