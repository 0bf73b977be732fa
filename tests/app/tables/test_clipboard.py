"""Copying rows and cells to the clipboard."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.tables.contents import Contents
from app.tables.copying import as_text
from app.tables.order import Quiet
from slp_core.data.table import Table

from .conftest import Hand

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_copy_takes_the_selected_rows_as_a_spreadsheet_wants_them(hand: Hand) -> None:
    hand.head("length")
    hand.head("length")
    hand.click(0)
    hand.click(1, modifiers=Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    labels = [field.label for field in hand.view.model.fields]
    assert lines[0].split("\t") == labels
    assert [line.split("\t")[labels.index("length")] for line in lines[1:]] == ["39", "38"]
    loss = float(lines[1].split("\t")[labels.index("Loss")])
    assert loss == pytest.approx(float(hand.texts("Loss")[0]), rel=1e-3)
    assert lines[1].split("\t")[labels.index("Mistake")] in ("right", "wrong")
    assert lines[1].split("\t")[0] == hand.texts("kind")[0]


def test_a_cell_can_be_copied_alone(hand: Hand) -> None:
    hand.view.grid.go_to(7, hand.column("note"))
    hand.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "plant 7"


def test_too_many_cells_are_refused_with_the_reason(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.tables.clipboard.MOST_CELLS", 30)
    hand.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "too many for the clipboard" in hand.view.grid.complaint.text()
    assert hand.view.grid.complaint.isVisible()


def test_texts_with_tabs_and_lines_are_quoted_as_spreadsheets_do() -> None:
    table = Table.from_columns("t", {"x": ["a\tb", 'say "hi"', "two\nlines"]})
    fields = Contents(table, None).fields
    text = as_text(Contents(table, None), None, np.arange(3), fields, Quiet())
    assert text == 'x\n"a\tb"\n"say ""hi"""\n"two\nlines"\n'
