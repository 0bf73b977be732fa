"""Large tables: work goes to the background, the newest wish wins, nothing is left running."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.tables.contents import Contents
from app.tables.finding import Quest, found
from app.tables.order import Quiet, Sort
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

from .conftest import Hand, flowers

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as large."""
    for module in ("arranger", "finder", "clipboard"):
        monkeypatch.setattr(f"app.tables.{module}.LARGE", 0)


@pytest.mark.usefixtures("far")
def test_sorting_in_the_background_says_so_and_arrives(hand: Hand, qtbot: QtBot) -> None:
    before = hand.rows()
    with qtbot.waitSignal(hand.view.rows_changed):
        hand.view.sort_by(Sort(hand.column("length"), descending=True))
        assert hand.rows() == before
        assert hand.view.bar.count.text().startswith("Sorting 40 rows")
    assert hand.rows() == before[::-1]
    assert hand.view.bar.count.text() == "40 rows"


@pytest.mark.usefixtures("far")
def test_the_newest_wish_wins(hand: Hand, qtbot: QtBot) -> None:
    hand.view.sort_by(Sort(hand.column("length"), descending=True))
    hand.choose("left_out")
    qtbot.waitUntil(lambda: hand.rows() == [9, 6, 4])
    hand.view.sort_by(None)
    hand.view.set_data(other := flowers(20), Dataset.from_table(other, "kind", ["length"]))
    qtbot.waitUntil(lambda: hand.rows() == [6])


@pytest.mark.usefixtures("far")
def test_finding_and_copying_in_the_background(hand: Hand, qtbot: QtBot) -> None:
    QTest.keyClicks(hand.view.bar.search, "plant 31")
    QTest.keyClick(hand.view.bar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hand.view.grid.currentIndex().row() == 31)
    QGuiApplication.clipboard().clear()
    hand.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(QGuiApplication.clipboard().text().splitlines()) == 41)


def test_a_search_whose_time_is_up_says_how_far_it_came_and_goes_on() -> None:
    rows = 10_000
    table = Table.from_columns("t", {"x": np.arange(rows) + 0.5})
    quest = Quest(Contents(table, None), None, "9000.5", 0)
    stopped = found(quest, Quiet(), seconds=-1)
    assert (stopped.row, stopped.finished) == (-1, False)
    assert 0 < stopped.seen < rows
    on = Quest(quest.contents, None, quest.text, stopped.seen)
    assert found(on, Quiet()).row == 9000
    back = Quest(quest.contents, None, quest.text, 100, back=True)
    assert found(back, Quiet()).row == 9000
    assert found(Quest(quest.contents, None, "none", 0), Quiet()).finished


def test_search_follows_the_order_of_the_view() -> None:
    table = flowers()
    order = np.array([30, 3, 31])
    quest = Quest(Contents(table, None), order, "plant 3", 1)
    answer = found(quest, Quiet())
    assert (answer.row, answer.column) == (1, 2)


def test_many_rows_make_only_the_pages_that_are_seen(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = 300_000
    random = np.random.default_rng(0)
    table = Table.from_columns("many", {"x": random.normal(size=rows), "y": np.arange(rows) % 2})
    data = Dataset.from_table(table, "y", ["x"])
    asked: list[int] = []
    from app.tables import pages

    original = pages.column_texts

    def counted(column: object, wanted: np.ndarray) -> list[str]:
        asked.append(wanted.size)
        return original(column, wanted)  # pyright: ignore[reportArgumentType] - passed on

    monkeypatch.setattr(pages, "column_texts", counted)
    hand.view.set_data(table, data)
    hand.view.grid.viewport().repaint()
    assert sum(asked) <= 4 * 64
    hand.view.grid.pick_all()
    assert hand.view.selection().size == rows
