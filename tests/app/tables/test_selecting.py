"""Selecting rows: with the mouse, the keys, from outside; any order, any filter."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.app.conftest import Ear

from .conftest import Hand

pytestmark = pytest.mark.qt_log_ignore("does not support")
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def selected(hand: Hand) -> list[int]:
    return hand.view.selection().tolist()


def test_clicks_select_as_in_any_list(hand: Hand, heard: Ear) -> None:
    told = heard(hand.view.selection_changed)
    hand.click(3)
    assert selected(hand) == [3]
    hand.click(6, modifiers=SHIFT)
    assert selected(hand) == [3, 4, 5, 6]
    hand.click(4, modifiers=CTRL)
    assert selected(hand) == [3, 5, 6]
    hand.click(8, modifiers=CTRL | SHIFT)
    assert selected(hand) == [3, 4, 5, 6, 7, 8]
    assert [rows.tolist() for rows in told][-1] == selected(hand)
    assert told[-1].dtype == np.int64
    hand.click(3)
    hand.click(3)
    assert len(told) == 5


def test_a_drag_selects_all_rows_on_its_way(hand: Hand) -> None:
    hand.drag(2, 7)
    assert selected(hand) == [2, 3, 4, 5, 6, 7]


def test_keys_move_and_select(hand: Hand) -> None:
    hand.click(3)
    hand.key(Qt.Key.Key_Down)
    assert selected(hand) == [4]
    hand.key(Qt.Key.Key_Down, SHIFT)
    hand.key(Qt.Key.Key_Down, SHIFT)
    assert selected(hand) == [4, 5, 6]
    hand.key(Qt.Key.Key_Up, SHIFT)
    assert selected(hand) == [4, 5]
    hand.key(Qt.Key.Key_End, CTRL)
    assert selected(hand) == [39]
    hand.key(Qt.Key.Key_Home, CTRL)
    assert selected(hand) == [0]
    hand.key(Qt.Key.Key_PageDown)
    assert hand.view.grid.currentIndex().row() > 5
    hand.key(Qt.Key.Key_Space)
    assert selected(hand) == []
    hand.key(Qt.Key.Key_A, CTRL)
    assert selected(hand) == list(range(40))


def test_a_range_follows_the_order_of_the_view(hand: Hand) -> None:
    hand.head("length")
    hand.head("length")
    hand.click(0)
    hand.click(2, modifiers=SHIFT)
    assert selected(hand) == [37, 38, 39]


def test_all_means_all_that_the_filter_shows(hand: Hand) -> None:
    hand.choose("left_out")
    hand.key(Qt.Key.Key_A, CTRL)
    assert selected(hand) == [4, 6, 9]
    assert hand.view.bar.count.text() == "3 of 40 rows, 3 selected"


def test_a_click_on_a_line_number_and_below_all_rows(hand: Hand) -> None:
    header = hand.view.grid.verticalHeader()
    place = header.sectionViewportPosition(2) + 4
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest

    port = header.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(8, place))
    assert selected(hand) == [2]
    hand.choose("left_out")
    port = hand.view.grid.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(20, port.height() - 10))
    assert selected(hand) == []


def test_a_selection_from_outside_is_silent_and_comes_into_sight(hand: Hand, heard: Ear) -> None:
    told = heard(hand.view.selection_changed)
    hand.view.resize(600, 200)
    hand.view.set_selection(np.array([33, 35]))
    assert told == []
    assert hand.view.grid.picks.rows().tolist() == [33, 35]
    grid = hand.view.grid
    assert grid.rowAt(0) <= 33 <= grid.rowAt(grid.viewport().height() - 2)
    assert hand.view.bar.count.text() == "40 rows, 2 selected"


def test_its_own_selection_coming_back_moves_nothing(hand: Hand) -> None:
    hand.view.resize(600, 200)
    hand.view.selection_changed.connect(hand.view.set_selection)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.view.grid.verticalScrollBar().setValue(20)
    hand.click(21)
    assert hand.view.grid.verticalScrollBar().value() == 20


def test_the_filter_of_selected_rows_follows_the_plots_and_not_its_own_clicks(hand: Hand) -> None:
    hand.choose("selected")
    assert "No row is selected" in hand.view.nothing.text()
    hand.view.set_selection(np.array([5, 8, 30]))
    assert hand.rows() == [5, 8, 30]
    hand.click(1)
    assert selected(hand) == [8]
    assert hand.rows() == [5, 8, 30]


def test_a_selection_survives_sorting(hand: Hand) -> None:
    hand.click(0)
    hand.head("Loss")
    assert selected(hand) == [0]
    assert hand.view.grid.picks.has(0)


def test_the_grid_claims_its_own_keys_and_no_letters(hand: Hand, qapp: QApplication) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for key, modifiers, claimed in (
        (Qt.Key.Key_Right, none, True),
        (Qt.Key.Key_Delete, none, True),
        (Qt.Key.Key_C, CTRL, True),
        (Qt.Key.Key_L, none, False),
    ):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(hand.view.grid, event)
        assert event.isAccepted() is claimed
    hand.click(0)
    hand.key(Qt.Key.Key_P)
    assert hand.view.grid.currentIndex().row() == 0


def test_delete_asks_for_the_rows_in_sight_to_go(hand: Hand, heard: Ear) -> None:
    edits = heard(hand.view.edit_requested)
    hand.view.set_selection(np.array([4, 5, 9]))
    hand.choose("left_out")
    hand.key(Qt.Key.Key_Delete)
    edit, text = edits[0]
    assert (edit.removed.tolist(), text) == ([4, 9], "Remove 2 rows")
    hand.view.set_selection(np.array([1]))
    hand.key(Qt.Key.Key_Delete)
    assert len(edits) == 1
