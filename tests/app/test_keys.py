"""Which keys a widget in focus keeps for itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QListWidget, QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.keys import needs
from app.panels.choice_box import ChoiceBox, Option

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
K = Qt.Key
TURNS = (K.Key_Up, K.Key_Down, K.Key_Home, K.Key_End, K.Key_PageUp, K.Key_PageDown)
PASSES = (K.Key_Space, K.Key_Right, K.Key_Left, K.Key_Period, K.Key_P, K.Key_F, K.Key_Return)


def keeps(widget: QWidget, key: Qt.Key) -> bool:
    return needs(widget, QKeyCombination(key))


@pytest.fixture
def combo(qtbot: QtBot) -> QComboBox:
    made = ChoiceBox("A fruit.")
    qtbot.addWidget(made)
    made.set_options([Option("a", "Apple"), Option("b", "Banana")])
    made.set_value("a")
    return made


def test_a_closed_combo_box_keeps_only_what_turns_it(combo: QComboBox) -> None:
    assert all(keeps(combo, key) for key in TURNS)
    assert not any(keeps(combo, key) for key in (*PASSES, K.Key_Escape))


def test_a_slider_keeps_all_keys_that_move_it(qtbot: QtBot) -> None:
    slider = QSlider()
    qtbot.addWidget(slider)
    assert all(keeps(slider, key) for key in (*TURNS, K.Key_Left, K.Key_Right))
    assert not any(keeps(slider, key) for key in (K.Key_Space, K.Key_E, K.Key_Comma))


def test_an_open_or_editable_combo_box_keeps_what_types(combo: QComboBox) -> None:
    combo.show()
    combo.showPopup()
    assert all(keeps(combo, key) for key in PASSES)
    combo.hidePopup()
    combo.setEditable(True)
    assert all(keeps(combo, key) for key in PASSES)


def test_enter_opens_the_list_and_letters_choose_nothing(combo: QComboBox) -> None:
    combo.show()
    QTest.keyClick(combo, K.Key_B)
    QTest.keyClick(combo, K.Key_Space)
    assert (combo.currentIndex(), combo.view().isVisible()) == (0, False)
    QTest.keyClick(combo, K.Key_Return)
    assert combo.view().isVisible()
    combo.hidePopup()


def test_escape_is_kept_only_by_an_edited_text(qtbot: QtBot) -> None:
    line, rows, spin = QLineEdit("text"), QListWidget(), QDoubleSpinBox()
    for widget in (line, rows, spin):
        qtbot.addWidget(widget)
    assert not keeps(line, K.Key_Escape)
    assert not keeps(rows, K.Key_Escape)
    assert keeps(spin, K.Key_Escape)
    QTest.keyClicks(line, "s")
    assert keeps(line, K.Key_Escape)
    assert keeps(line, K.Key_Space)


def test_letters_and_digits_are_not_for_lists(qtbot: QtBot) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    moved = (*TURNS, K.Key_Left, K.Key_Right, K.Key_Space, K.Key_Return, K.Key_Delete)
    assert all(keeps(rows, key) for key in moved)
    assert not any(keeps(rows, key) for key in (K.Key_T, K.Key_D, K.Key_1, K.Key_Comma))
