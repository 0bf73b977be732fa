from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from app.window.speed import SPEEDS, SpeedSlider, speed_text


@pytest.fixture
def slider(qtbot: QtBot) -> SpeedSlider:
    made = SpeedSlider()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("rate", SPEEDS)
def test_every_speed_can_be_set(slider: SpeedSlider, rate: float | None):
    slider.set_value(rate)
    assert slider.value() == rate


def test_the_nearest_speed_is_taken(slider: SpeedSlider):
    slider.set_value(180.0)
    assert slider.value() == 200


def test_shifting_stops_at_the_ends(slider: SpeedSlider):
    slider.shift(-100)
    assert slider.value() == 1
    slider.shift(100)
    assert slider.value() is None
    assert speed_text(slider.value()) == "full speed"


def test_the_keyboard_moves_it_and_says_so(slider: SpeedSlider, qtbot: QtBot):
    told: list[object] = []
    slider.set_value(200.0)
    slider.value_changed.connect(told.append)
    inner = slider.findChild(QSlider)
    assert isinstance(inner, QSlider)
    QTest.keyClick(inner, Qt.Key.Key_Right)
    assert told == [500]
    assert inner.accessibleDescription() == "500 / s, updates a second"


def test_the_words_can_be_left_to_the_tooltip(slider: SpeedSlider):
    slider.set_value(50.0)
    slider.show_words(False)
    assert "50 / s" in slider.toolTip()
