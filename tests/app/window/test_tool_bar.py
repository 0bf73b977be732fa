from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from app.actions import Actions
from app.window.readout import Readout
from app.window.speed import SpeedSlider
from app.window.tool_bar import RunToolBar


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
