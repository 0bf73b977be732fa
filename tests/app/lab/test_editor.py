"""The editor by keyboard: completion, indenting, leaving, undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.lab.editor import FormulaEditor
from app.lab.highlighting import kind_of
from app.theme import THEMES

pytestmark = pytest.mark.qt_log_ignore("does not support")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[FormulaEditor]:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    made = FormulaEditor()
    made.set_theme(THEMES["light"])
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    holder.resize(500, 300)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
    made.setFocus()
    yield made
    made.completion.close()


def test_names_are_completed_with_tab(editor: FormulaEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(editor, "Z = sigm")
    assert editor.completion.is_open
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.value() == "Z = sigmoid("
    assert not editor.completion.is_open


def test_own_names_are_completed_too(editor: FormulaEditor, qtbot: QtBot) -> None:
    editor.completion.set_names(("delta",))
    QTest.keyClicks(editor, "dW = del")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.value() == "dW = delta"


def test_control_space_offers_everything(editor: FormulaEditor, qtbot: QtBot) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Space, CONTROL)
    assert editor.completion.is_open
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.completion.is_open


def test_nothing_is_offered_in_a_remark(editor: FormulaEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(editor, "# sigm")
    assert not editor.completion.is_open


def test_tab_indents_and_shift_tab_takes_it_back(editor: FormulaEditor, qtbot: QtBot) -> None:
    editor.set_value("a = 1\nb = 2")
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.value() == "    a = 1\n    b = 2"
    QTest.keyClick(editor, Qt.Key.Key_Backtab, SHIFT)
    assert editor.value() == "a = 1\nb = 2"


def test_control_tab_leaves(editor: FormulaEditor, qtbot: QtBot) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Tab, CONTROL)
    assert not editor.hasFocus()
    assert editor.value() == ""


def test_escape_and_control_enter_are_told(editor: FormulaEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.left):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    with qtbot.waitSignal(editor.check_asked):
        QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert editor.value() == ""


def test_a_text_put_in_is_one_step_of_undo(editor: FormulaEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(editor, "x = 1")
    editor.set_value("dW = X\n")
    editor.undo()
    assert editor.value() == "x = 1"


def test_numbers_of_lines_take_the_room_they_need(editor: FormulaEditor) -> None:
    narrow = editor.viewportMargins().left()
    editor.set_value("\n" * 120)
    assert editor.viewportMargins().left() > narrow > 0


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("X", "given"),
        ("sigmoid", "function"),
        ("axis", "keyword"),
        ("dL_dW", "result"),
        ("q", "own"),
    ],
)
def test_words_are_told_apart(word: str, kind: str) -> None:
    assert kind_of(word) == kind
