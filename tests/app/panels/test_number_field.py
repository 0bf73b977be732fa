from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.panels.bubble import Bubble
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from tests.app.conftest import Ear

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def field(qtbot: QtBot) -> NumberField:
    made = NumberField(Limits(low=0.0, open_low=True), "The rate.")
    qtbot.addWidget(made)
    made.set_value(0.5)
    return made


def write(field: NumberField, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def test_setting_says_nothing(field: NumberField, heard: Ear) -> None:
    values = heard(field.value_changed)
    field.set_value(0.25)
    assert (field.value(), field.text(), values) == (0.25, "0.25", [])


def test_a_number_counts_on_enter_and_not_before(field: NumberField, heard: Ear) -> None:
    values = heard(field.value_changed)
    write(field, "1e-3")
    assert (field.value(), values) == (0.5, [])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.value(), values) == (0.001, [0.001])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert values == [0.001]


def test_a_number_counts_when_the_field_is_left(qtbot: QtBot, heard: Ear) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = (NumberField(Limits(), "A number.") for _ in range(2))
    column = QVBoxLayout(window)
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    values = heard(first.value_changed)
    QTest.keyClicks(first, "0,5")
    second.setFocus()
    assert values == [0.5]


def test_a_mistake_is_marked_and_the_value_stays(field: NumberField, heard: Ear) -> None:
    values = heard(field.value_changed)
    write(field, "-1")
    assert field.property("invalid")
    assert "above 0" in field.toolTip()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.value(), field.text(), values) == (0.5, "-1", [])
    assert "Still in force: 0.5" in field.toolTip()
    assert field.accessibleDescription() == field.problem
    write(field, "2")
    assert not field.property("invalid")
    assert field.toolTip() == "The rate."


def test_the_complaint_never_takes_a_click(qtbot: QtBot, heard: Ear) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = (NumberField(Limits(whole=True), "A number.") for _ in range(2))
    column = QVBoxLayout(window)
    column.addWidget(first)
    column.addWidget(second)
    window.resize(320, 120)
    with qtbot.waitExposed(window):
        window.show()
    write(first, "abc")
    QTest.keyClick(first, Qt.Key.Key_Return)
    bubble = window.findChild(Bubble)
    assert bubble is not None
    assert bubble.isVisible()
    assert "50 and 1e3 are" in bubble.text()
    assert window.rect().contains(bubble.geometry())
    for field in (first, second):
        middle = field.mapTo(window, field.rect().center())
        assert window.childAt(middle) is field
    write(first, "12")
    assert not bubble.isVisible()


def test_the_complaint_stands_beside_the_panel(qtbot: QtBot) -> None:
    window, area = QWidget(), QScrollArea()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    area.setFixedWidth(200)
    row.addWidget(area)
    row.addStretch(1)
    field = NumberField(Limits(), "A number.")
    area.setWidget(field)
    window.resize(900, 200)
    with qtbot.waitExposed(window):
        window.show()
    write(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    bubble = window.findChild(Bubble)
    assert bubble is not None
    assert bubble.x() >= area.geometry().right()


def test_escape_brings_the_last_good_text_back(field: NumberField) -> None:
    write(field, "nonsense")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.5"
    assert field.problem == ""


def test_arrows_step_and_tell(field: NumberField, heard: Ear) -> None:
    values = heard(field.value_changed)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_PageUp)
    assert values == [1.0, 0.5, 5.0]


def test_an_arrow_takes_the_typed_number_first(field: NumberField, heard: Ear) -> None:
    values = heard(field.value_changed)
    write(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert values == [2.0, 5.0]


def test_a_long_number_is_shown_short_but_kept_whole(field: NumberField, heard: Ear) -> None:
    values = heard(field.value_changed)
    field.set_value(1.987654321)
    assert field.text() == "1.988"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 1.987654321
    assert values == []


def test_a_text_being_written_survives_the_same_value(field: NumberField) -> None:
    write(field, "0.12")
    field.set_value(0.5)
    assert field.text() == "0.12"
    field.set_value(0.7)
    assert field.text() == "0.7"


def test_no_number(qtbot: QtBot, heard: Ear) -> None:
    field = NumberField(Limits(empty="off"), "A limit.")
    qtbot.addWidget(field)
    field.set_value(3)
    values = heard(field.value_changed)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.value(), values, field.placeholderText()) == (None, [None], "off")


def test_switching_off_clears_a_mistake(field: NumberField) -> None:
    write(field, "x")
    field.setEnabled(False)
    assert (field.text(), field.problem) == ("0.5", "")


def test_new_limits_judge_what_is_typed(field: NumberField) -> None:
    write(field, "50")
    assert field.problem == ""
    field.set_limits(Limits(high=10))
    assert "at most 10" in field.problem
