"""Editing a cell: what is taken, what is refused and how it is said."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.tables.editor import CellEditor
from slp_core.data.dataset import Dataset
from slp_core.data.edits import Edit, apply_edit
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.network.parameters import Parameters
from tests.app.conftest import Ear

from .conftest import SOFTMAX, Hand, weights

pytestmark = pytest.mark.qt_log_ignore("does not support")


def editor(hand: Hand) -> CellEditor:
    found = hand.view.grid.viewport().findChild(CellEditor)
    assert isinstance(found, CellEditor)
    return found


def write(hand: Hand, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field = editor(hand)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)
    QApplication.processEvents()  # Qt commits an editor from its event loop


def test_a_number_is_written(hand: Hand, heard: Ear, table: Table) -> None:
    edits = heard(hand.view.edit_requested)
    hand.double_click(3, hand.column("width"))
    write(hand, "1,5")
    edit, text = edits[0]
    assert text == "Change width in row 4"
    assert apply_edit(table, edit).table.column("width").cell(3) == 1.5
    assert len(edits) == 1


def test_a_word_in_a_column_of_numbers_keeps_the_editor_open(hand: Hand, heard: Ear) -> None:
    edits = heard(hand.view.edit_requested)
    hand.click(3, hand.column("width"))
    hand.key(Qt.Key.Key_F2)
    write(hand, "wide")
    field = editor(hand)
    assert field.isVisible()
    assert hand.view.grid.is_editing()
    complaint = hand.view.grid.complaint
    assert complaint.isVisible()
    assert "is not a number" in complaint.text()
    assert "Type a number" in complaint.text()
    assert field.property("invalid") is True
    assert edits == []
    write(hand, "2")
    assert not complaint.isVisible()
    assert len(edits) == 1


def test_a_wrong_number_is_not_kept_when_one_leaves_and_that_is_said(
    hand: Hand, heard: Ear, qtbot: QtBot
) -> None:
    edits = heard(hand.view.edit_requested)
    hand.double_click(3, hand.column("width"))
    QTest.keyClicks(editor(hand), "wide")
    hand.click(8)
    assert edits == []
    assert not hand.view.grid.is_editing()
    qtbot.waitUntil(hand.view.grid.complaint.isVisible)
    QTest.keyClick(hand.view.grid, Qt.Key.Key_Escape)
    assert not hand.view.grid.complaint.isVisible(), "Escape takes it away"


@pytest.mark.parametrize("row", [0, 8])
def test_the_complaint_leaves_the_cell_in_sight_and_goes_with_escape(hand: Hand, row: int) -> None:
    hand.double_click(row, hand.column("width"))
    write(hand, "wide")
    field, complaint = editor(hand), hand.view.grid.complaint
    assert complaint.isVisible()
    window = hand.view.window()
    cell = QRect(field.mapTo(window, QPoint(0, 0)), field.size())
    assert not complaint.geometry().intersects(cell)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not complaint.isVisible()
    assert not hand.view.grid.is_editing()


def test_escape_and_the_same_text_change_nothing(hand: Hand, heard: Ear) -> None:
    edits = heard(hand.view.edit_requested)
    hand.double_click(3, hand.column("length"))
    write(hand, "77", Qt.Key.Key_Escape)
    hand.double_click(3, hand.column("length"))
    write(hand, "3.0")
    hand.double_click(3, hand.column("note"))
    write(hand, "plant 3")
    assert edits == []


def test_nothing_is_a_missing_value(hand: Hand, heard: Ear, table: Table, qtbot: QtBot) -> None:
    edits = heard(hand.view.edit_requested)
    hand.double_click(3, hand.column("width"))
    field = editor(hand)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(edits) == 1)
    assert np.isnan(float(apply_edit(table, edits[0][0]).table.column("width").cell(3)))


def test_computed_cells_cannot_be_edited(hand: Hand) -> None:
    hand.double_click(3, hand.column("Loss"))
    assert hand.view.grid.viewport().findChild(CellEditor) is None


def test_the_classes_are_offered_and_a_choice_is_the_edit(
    hand: Hand, heard: Ear, qtbot: QtBot
) -> None:
    edits = heard(hand.view.edit_requested)
    hand.double_click(0, hand.column("kind"))
    field = editor(hand)
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    model = popup.model()
    offered = [model.data(model.index(k, 0)) for k in range(model.rowCount())]
    assert offered == ["class a", "class b", "class c"]
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(edits) == 1)
    assert [change.value for change in edits[0][0].changed] == ["class b"]
    assert not hand.view.grid.is_editing()


def test_enter_in_the_open_list_takes_what_was_typed(hand: Hand, heard: Ear, qtbot: QtBot) -> None:
    edits = heard(hand.view.edit_requested)
    hand.double_click(0, hand.column("kind"))
    field = editor(hand)
    field.selectAll()
    QTest.keyClicks(field, "class c")
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(edits) == 1)
    assert [change.value for change in edits[0][0].changed] == ["class c"]


def test_training_does_not_disturb_an_edit(hand: Hand, dataset: Dataset, qtbot: QtBot) -> None:
    hand.head("Loss")
    hand.double_click(3, hand.column("width"))
    QTest.keyClicks(editor(hand), "12")
    before, told = hand.rows(), [weights(dataset, SOFTMAX, seed) for seed in range(1, 4)]
    for parameters in told:
        hand.view.set_model(SOFTMAX, parameters)
    qtbot.waitUntil(lambda: last_told(hand) is told[-1])
    assert editor(hand).text() == "12"
    assert hand.view.grid.is_editing()
    assert hand.rows() == before
    QTest.keyClick(editor(hand), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: hand.rows() != before)


def last_told(hand: Hand) -> Parameters | None:
    """The weights whose answers are shown."""
    judge = hand.view.model.judge
    return None if judge is None else judge.parameters


@pytest.mark.parametrize("leave", ["enter", "tab", "click"])
def test_an_edit_that_is_done_at_once_keeps_the_place(
    hand: Hand, table: Table, dataset: Dataset, qtbot: QtBot, leave: str
) -> None:
    def do(edit: Edit, _text: str) -> None:
        applied = apply_edit(table, edit)
        hand.view.set_data(applied.table, revised(dataset, applied.table, applied.kept))

    hand.view.edit_requested.connect(do)
    hand.head("length")
    hand.double_click(3, hand.column("length"))
    field = editor(hand)
    field.selectAll()
    QTest.keyClicks(field, "100")
    if leave == "click":
        hand.click(8)
    else:
        QTest.keyClick(field, Qt.Key.Key_Return if leave == "enter" else Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: hand.texts("length")[-1] == "100")
    assert hand.rows()[-1] == 3
    assert "–" not in hand.texts("Loss")[:3]
    assert hand.view.grid.currentIndex().isValid()
    at = hand.view.focusWidget()
    assert isinstance(at, CellEditor) if leave == "tab" else at is hand.view.grid


def test_renamed_classes_are_shown_and_written_by_their_own_name(
    hand: Hand, heard: Ear, table: Table, dataset: Dataset
) -> None:
    edits = heard(hand.view.edit_requested)
    before = hand.texts("Prediction")
    hand.view.set_data(table, dataset.renamed({"class a": "Daisy"}))
    assert hand.texts("kind")[0] == "Daisy"
    assert hand.texts("Prediction") == [t.replace("class a", "Daisy") for t in before]
    hand.double_click(1, hand.column("kind"))
    write(hand, "Daisy")
    assert [change.value for change in edits[0][0].changed] == ["class a"]
    hand.double_click(0, hand.column("kind"))
    write(hand, "Daisy")
    assert len(edits) == 1
