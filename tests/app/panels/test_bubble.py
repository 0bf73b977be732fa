"""A sentence beside a field: where it lies, and how it goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.panels.bubble import Bubble

TEXT = "“wide” is not a number. Type a number, or nothing for a missing value."
pytestmark = pytest.mark.qt_log_ignore("does not support")


def field_at(qtbot: QtBot, place: QRect, *, wide: int = 700) -> tuple[QWidget, QLineEdit]:
    """A window with a panel that scrolls at its left, and a field in it."""
    window = QWidget()
    window.resize(wide, 400)
    panel = QScrollArea(window)
    panel.resize(300, 400)
    inside = QWidget()
    inside.resize(280, 390)
    field, other = QLineEdit(inside), QLineEdit(inside)
    field.setGeometry(place)
    other.setGeometry(0, 380, 10, 10)
    panel.setWidget(inside)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    return window, field


def spot(window: QWidget, field: QWidget) -> QRect:
    return QRect(field.mapTo(window, QPoint(0, 0)), field.size())


def test_it_lies_beside_the_panel_at_the_height_of_the_field(qtbot: QtBot) -> None:
    window, field = field_at(qtbot, QRect(20, 200, 100, 24))
    bubble = Bubble(field)
    bubble.say(TEXT)
    assert bubble.x() > 300
    assert abs(bubble.geometry().center().y() - spot(window, field).center().y()) <= 1


@pytest.mark.parametrize("top", [0, 100, 350])
@pytest.mark.parametrize("below", [False, True])
def test_it_never_covers_its_field(qtbot: QtBot, top: int, below: bool) -> None:
    window, field = field_at(qtbot, QRect(20, top, 100, 24), wide=310)
    bubble = Bubble(field, below=below)
    bubble.say(TEXT)
    assert window.rect().contains(bubble.geometry())
    assert not bubble.geometry().intersects(spot(window, field))


def test_escape_takes_it_away_also_after_the_focus_has_gone_on(qtbot: QtBot) -> None:
    window, field = field_at(qtbot, QRect(20, 100, 100, 24))
    bubble = Bubble(field)
    bubble.say(TEXT)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert bubble.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    other = window.focusWidget()
    assert other is not field
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert not bubble.isVisible()
    QTest.keyClick(other, Qt.Key.Key_Escape)


def test_it_goes_with_its_field(qtbot: QtBot) -> None:
    window, field = field_at(qtbot, QRect(20, 100, 100, 24))
    Bubble(field).say(TEXT)
    assert window.findChild(Bubble) is not None
    field.deleteLater()
    qtbot.waitUntil(lambda: window.findChild(Bubble) is None)
