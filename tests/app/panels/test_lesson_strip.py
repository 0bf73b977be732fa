from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.panels.lesson_strip import LessonStrip, LessonValue
from app.theme import THEMES, apply

TEXTS = ("Short.", "A much longer text " * 20, "Last.")
VALUE = LessonValue("A title", "Why?", TEXTS, 0, "example.org")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[LessonStrip]:
    """In a window of the width the strip has on a small screen."""
    room = QWidget()
    qtbot.addWidget(room)
    column = QVBoxLayout(room)
    made = LessonStrip()
    column.addWidget(made)
    column.addStretch(1)
    room.resize(1046, 600)
    room.show()
    made.set_value(VALUE)
    yield made
    room.close()


def at(step: int) -> LessonValue:
    return LessonValue(VALUE.title, VALUE.question, TEXTS, step, VALUE.source)


def test_nothing_is_shown_without_a_lesson(qtbot: QtBot) -> None:
    strip = LessonStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.set_value(VALUE)
    assert not strip.isHidden()
    strip.set_value(None)
    assert strip.isHidden()


@pytest.mark.parametrize(
    ("step", "count", "back", "on"),
    [(0, "1 of 3", False, True), (1, "2 of 3", True, True), (2, "3 of 3", True, False)],
)
def test_a_step_is_shown_with_its_ways(
    strip: LessonStrip, step: int, count: str, back: bool, on: bool
) -> None:
    strip.set_value(at(step))
    assert strip.value() == at(step)
    assert (strip.text.text(), strip.count.text()) == (TEXTS[step], count)
    assert (strip.back.isEnabled(), strip.next.isEnabled()) == (back, on)
    assert TEXTS[step] in strip.accessibleDescription()
    assert "example.org" in strip.title.toolTip()


def test_clicks_ask_for_steps(strip: LessonStrip) -> None:
    asked: list[int] = []
    strip.step_asked.connect(asked.append)
    strip.set_value(at(1))
    for button in (strip.back, strip.again, strip.next):
        QTest.mouseClick(button, LEFT)
    assert asked == [0, 1, 2]
    assert strip.value() == at(1)


def test_it_can_be_closed(strip: LessonStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.close_asked):
        QTest.mouseClick(strip.close_, LEFT)


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_it_keeps_its_height_and_shows_all_of_the_longest_text(
    strip: LessonStrip, qapp: QApplication, theme: str, request: pytest.FixtureRequest
) -> None:
    apply(qapp, THEMES[theme])
    request.addfinalizer(lambda: apply(qapp, THEMES["light"]))
    heights: set[int] = set()
    for step in range(len(TEXTS)):
        strip.set_value(at(step))
        QTest.qWait(20)
        heights.add(strip.height())
    assert len(heights) == 1
    flags = Qt.TextFlag.TextWordWrap
    room = strip.text.fontMetrics().boundingRect(strip.text.rect(), flags, TEXTS[1])
    assert strip.text.height() >= room.height()


def test_everything_has_a_name_and_a_tip(strip: LessonStrip) -> None:
    for button in strip.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()
        assert button.toolTip().endswith(".")
