from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.panels.log_slider import LogSlider
from app.theme import THEMES, contrast
from tests.app.conftest import Ear


@pytest.fixture
def slider(qtbot: QtBot) -> LogSlider:
    made = LogSlider(1e-4, 1e2)
    qtbot.addWidget(made)
    made.resize(260, 24)
    made.set_number(0.1)
    return made


def test_the_number_is_kept_exactly_and_silently(slider: LogSlider, heard: Ear) -> None:
    values = heard(slider.edited)
    slider.set_number(0.123456)
    assert (slider.number(), values) == (0.123456, [])


def test_numbers_out_of_range_are_kept(slider: LogSlider) -> None:
    slider.set_number(1e-9)
    assert (slider.number(), slider.value()) == (1e-9, 0)
    slider.set_number(1e9)
    assert (slider.number(), slider.value()) == (1e9, slider.maximum())


def test_keys_move_by_a_little_by_ten_and_to_the_ends(slider: LogSlider, heard: Ear) -> None:
    values = heard(slider.edited)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert values[-1] == pytest.approx(0.1 * 10 ** (1 / 40), rel=0.01)
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert values[-1] == pytest.approx(1.06, rel=0.01)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert values[-1] == 100.0
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert values[-1] == 1e-4


def test_a_click_jumps_there(slider: LogSlider, heard: Ear) -> None:
    slider.set_number(5.0)
    values = heard(slider.edited)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(130, 12))
    assert values[-1] == pytest.approx(0.1, rel=0.1)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(259, 12))
    assert values[-1] == 100.0
    assert not slider.isSliderDown()


def test_beyond_the_mark(slider: LogSlider) -> None:
    slider.set_mark(0.1)
    assert not slider.is_beyond()
    slider.set_number(0.11)
    assert slider.is_beyond()
    slider.set_mark(None)
    assert not slider.is_beyond()


def test_the_zone_beyond_the_mark_is_hatched_in_another_colour(slider: LogSlider) -> None:
    def groove() -> list[QColor]:
        picture = slider.grab().toImage()
        return [picture.pixelColor(x, 10) for x in range(200, 240)]

    plain = groove()
    assert len({color.name() for color in plain}) == 1
    slider.set_mark(1.0)
    against = [contrast(color.name(), THEMES["light"].window) for color in groove()]
    assert max(against) > 3.0
    stripes = [value > 2.5 for value in against]
    turns = sum(first != second for first, second in itertools.pairwise(stripes))
    assert turns >= 10


def test_another_span_keeps_the_number(slider: LogSlider, heard: Ear) -> None:
    values = heard(slider.edited)
    slider.set_span(1e-2, 1e4)
    assert (slider.number(), values) == (0.1, [])
    assert slider.value() == pytest.approx(slider.maximum() / 6, abs=1)


def test_the_span_does_not_change_under_the_hand(slider: LogSlider) -> None:
    slider.setSliderDown(True)
    slider.set_span(1e-2, 1e4)
    slider.setValue(slider.maximum())
    assert slider.number() == 100.0


def test_it_is_a_slider_to_a_screen_reader(slider: LogSlider) -> None:
    interface = QAccessible.queryAccessibleInterface(slider)
    assert interface.role() == QAccessible.Role.Slider
