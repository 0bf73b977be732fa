"""Cells from a spreadsheet, pasted over those of the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.tables.pasting import MOST_CELLS
from slp_core.data.edits import Edit, apply_edit
from slp_core.data.table import Table
from tests.app.conftest import Ear

from .conftest import Hand

pytestmark = pytest.mark.qt_log_ignore("does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier


def paste(hand: Hand, row: int, column: str, text: str) -> None:
    """Put a text on the clipboard, click on a cell, and press Ctrl+V."""
    QGuiApplication.clipboard().setText(text)
    hand.click(row, hand.column(column))
    hand.key(Qt.Key.Key_V, CONTROL)


def written(table: Table, edits: list[tuple[Edit, str]]) -> Table:
    assert len(edits) == 1
    return apply_edit(table, edits[0][0]).table


def test_a_block_is_written_from_the_current_cell_on(hand: Hand, heard: Ear, table: Table) -> None:
    edits = heard(hand.view.edit_requested)
    paste(hand, 2, "length", "7,5\t1.25\r\n8\t\r\n")
    after = written(table, edits)
    assert edits[0][1] == "Paste 4 cells"
    assert [after.column("length").cell(row) for row in (1, 2, 3, 4)] == [1.0, 7.5, 8.0, 4.0]
    assert after.column("width").cell(2) == 1.25
    assert after.column("width").texts()[3] == ""
    assert not hand.view.grid.complaint.isVisible()


def test_what_was_copied_here_is_pasted_with_its_names(
    hand: Hand, heard: Ear, table: Table
) -> None:
    edits = heard(hand.view.edit_requested)
    hand.click(0)
    hand.key(Qt.Key.Key_C, CONTROL)
    hand.click(3, hand.column("kind"))
    hand.key(Qt.Key.Key_V, CONTROL)
    after = written(table, edits)
    for name in ("length", "width", "kind", "note"):
        assert after.column(name).cell(3) == table.column(name).cell(0)
    assert after.rows == table.rows


def test_one_bad_cell_and_nothing_is_written(hand: Hand, heard: Ear) -> None:
    edits = heard(hand.view.edit_requested)
    paste(hand, 0, "width", "1\n2\nwide\n")
    assert edits == []
    assert hand.view.grid.complaint.isVisible()
    assert "“wide” is not a number" in hand.view.grid.complaint.text()


@pytest.mark.parametrize(
    ("row", "column", "text", "told"),
    [
        (38, "width", "1\n2\n3", "3 × 1 cells"),
        (0, "note", "a\tb\tc\td\te", "1 × 5 cells"),
        (0, "Prediction", "a", "Prediction is computed"),
        (0, "width", "", "no text"),
        (0, "width", "1\n" * (MOST_CELLS + 1), "too many"),
    ],
)
def test_what_cannot_be_pasted_is_told(
    hand: Hand, heard: Ear, row: int, column: str, text: str, told: str
) -> None:
    edits = heard(hand.view.edit_requested)
    hand.view.grid.go_to(row, hand.column(column))
    QGuiApplication.clipboard().setText(text)
    hand.key(Qt.Key.Key_V, CONTROL)
    assert edits == []
    assert told in hand.view.grid.complaint.text()


def test_rows_are_those_that_are_shown(hand: Hand, heard: Ear, table: Table) -> None:
    edits = heard(hand.view.edit_requested)
    hand.head("length")
    hand.head("length")
    first, second = hand.rows()[:2]
    paste(hand, 0, "width", "11\n12")
    after = written(table, edits)
    assert [after.column("width").cell(row) for row in (first, second)] == [11.0, 12.0]


def test_the_same_again_is_no_edit(hand: Hand, heard: Ear, qtbot: QtBot) -> None:
    edits = heard(hand.view.edit_requested)
    paste(hand, 2, "length", "2")
    QTest.qWait(10)
    assert edits == []
