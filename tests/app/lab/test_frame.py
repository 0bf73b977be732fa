"""Editor, shapes and result behind tabs: what is seen has the keyboard, and nothing is cut."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.header import RIGHT
from app.lab.view import GradientLab
from tests.app.lab.conftest import press_check

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_nobody_types_into_an_editor_behind_another_tab(lab: GradientLab, qtbot: QtBot) -> None:
    lab.resize(440, 190)
    lab.begin_with(RIGHT)
    press_check(lab, qtbot)
    assert lab.tabs.currentIndex() == 2
    before = lab.editor.toPlainText()
    lab.setFocus()
    focused = lab.window().focusWidget()
    assert focused is not None
    assert focused.isVisible()
    QTest.keyClicks(focused, "dW")
    assert lab.editor.toPlainText() == before
    lab.show_page(0)
    lab.setFocus()
    assert lab.editor.hasFocus()


def test_no_shape_in_the_ledger_is_cut(lab: GradientLab, qtbot: QtBot) -> None:
    lab.begin_with("q1_as_asked")
    qtbot.waitUntil(lambda: any(row.state == "error" for row in lab.ledger.value()))
    for column in (1, 2):
        needed = lab.ledger.sizeHintForColumn(column)
        assert lab.ledger.columnWidth(column) >= needed > 30


def test_rows_of_the_ledger_forget_the_height_of_a_note_that_has_gone(
    lab: GradientLab, qtbot: QtBot
) -> None:
    lab.begin_with("q1_as_asked")
    qtbot.waitUntil(lambda: any(row.state == "error" for row in lab.ledger.value()))
    lab.begin_with(RIGHT)
    qtbot.waitUntil(lambda: {row.state for row in lab.ledger.value()} <= {"ok", ""})
    heights = {lab.ledger.rowHeight(row) for row in range(lab.ledger.rows.rowCount())}
    assert heights == {lab.ledger.verticalHeader().defaultSectionSize()}
