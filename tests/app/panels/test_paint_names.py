"""Names of classes in the paint bar: typed over the chip, refused, and the menu of a class."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.panels.bubble import Bubble
from app.panels.judged_field import JudgedField
from app.panels.paint_bar import PaintBar
from slp_core.data.table import Table
from tests.app.conftest import Ear
from tests.app.panels.test_paint_bar import numbered, opened_bar

pytestmark = pytest.mark.qt_log_ignore("does not support")


def name_field(bar: PaintBar) -> JudgedField:
    found = bar.chips.findChild(JudgedField)
    assert isinstance(found, JudgedField)
    return found


def type_name(bar: PaintBar, index: int, text: str, last: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(bar.chips.chip(index), Qt.Key.Key_F2)
    field = name_field(bar)
    assert field.isVisible()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, last)


def bubbles(bar: PaintBar) -> list[str]:
    """What is said now."""
    return [bubble.text() for bubble in bar.findChildren(Bubble) if bubble.isVisible()]


def test_names_are_typed_over_the_chip(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    told = heard(bar.class_renamed)
    type_name(bar, 1, "bee")
    assert told == [("b", "bee")]
    assert not name_field(bar).isVisible()
    type_name(bar, 1, "never", Qt.Key.Key_Escape)
    assert len(told) == 1
    assert not name_field(bar).isVisible()
    bar.add_class()
    type_name(bar, 3, "new one")
    assert bar.classes[-1] == "new one"
    assert bar.value().label == "new one"
    assert len(told) == 1, "the data knows nothing of it"


def test_a_name_that_is_taken_stays_to_be_mended(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    told = heard(bar.class_renamed)
    type_name(bar, 1, "a")
    field = name_field(bar)
    assert field.isVisible()
    assert field.text() == "a"
    assert told == []
    assert bubbles(bar) == ["There is a class “a” already. Choose another name."]
    QTest.keyClicks(field, "nt")
    assert bubbles(bar) == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [("b", "ant")]
    type_name(bar, 2, "a")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert bubbles(bar) == []
    assert not field.isVisible()
    type_name(bar, 2, "a")
    bar.more.setFocus()
    assert not field.isVisible()
    qtbot.waitUntil(lambda: bool(bubbles(bar)))
    assert told == [("b", "ant")], "what cannot be is not taken by leaving either"


def test_a_new_class_may_be_named_at_once(qtbot: QtBot, table: Table) -> None:
    bar = opened_bar(qtbot, table, "species")
    QTest.mouseClick(bar.chips.add, Qt.MouseButton.LeftButton)
    field = name_field(bar)
    assert field.isVisible()
    assert field.hasFocus()
    assert field.selectedText() == "d"
    qtbot.wait(30)
    chip = bar.chips.chip(3).geometry()
    assert field.geometry().topLeft() == chip.topLeft()
    assert field.geometry().right() <= bar.chips.width()
    QTest.keyClicks(field, "dove")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bar.classes[-1] == bar.value().label == "dove"


def menu_of(bar: PaintBar, index: int) -> dict[str, QAction]:
    """The entries of a chip's menu, opened with the right button."""
    chip = bar.chips.chip(index)
    place = chip.rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(chip, QContextMenuEvent(reason, place, chip.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = {action.text().replace("&", ""): action for action in menu.actions()}
    menu.close()
    return entries


def test_the_menu_of_a_class_says_how_it_looks_and_does_what_the_keys_do(
    qtbot: QtBot, table: Table, heard: Ear
) -> None:
    bar = opened_bar(qtbot, table, "species")
    removed = heard(bar.class_removed)
    entries = menu_of(bar, 1)
    assert "b: 3 points, orange square" in entries
    assert not entries["b: 3 points, orange square"].isEnabled()
    assert not entries["Paint this class"].isChecked()
    entries["Paint this class"].trigger()
    assert bar.value().label == "b"
    menu_of(bar, 2)["Rename…"].trigger()
    assert name_field(bar).text() == "c"
    QTest.keyClick(name_field(bar), Qt.Key.Key_Escape)
    menu_of(bar, 2)["Remove it and its points"].trigger()
    assert removed == ["c"]
    assert bar.value().label == "b", "another class than the brush's was meant"
    bar.add_class()
    menu_of(bar, 3)["Remove it"].trigger()
    assert bar.classes == ("a", "b", "c")
    assert menu_of(bar, 1)["Paint this class"].isChecked() is False
    assert menu_of(bar, bar.value().index)["Paint this class"].isChecked()


def test_of_two_classes_none_can_be_removed_and_the_menu_says_why(qtbot: QtBot) -> None:
    bar = opened_bar(qtbot, numbered(2), "class")
    remove = menu_of(bar, 0)["Remove it and its points"]
    assert not remove.isEnabled()
    assert "two classes" in remove.toolTip()


def test_a_word_is_refused_where_classes_are_numbers(qtbot: QtBot) -> None:
    bar = opened_bar(qtbot, numbered(3), "class")
    bar.add_class()
    assert bar.classes == ("0", "1", "2", "3")
    type_name(bar, 3, "cat")
    assert bar.classes[-1] == "3"
    assert "no whole number" in bubbles(bar)[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_after_renaming_the_focus_is_back_on_the_class(
    qtbot: QtBot, table: Table, key: Qt.Key
) -> None:
    bar = opened_bar(qtbot, table, "species")
    bar.chips.rename(1)
    field = bar.chips.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "plus")
    QTest.keyClick(field, key)
    assert not field.isVisible()
    assert bar.chips.chip(1).hasFocus()
