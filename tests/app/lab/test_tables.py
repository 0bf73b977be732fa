from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.lab.tables import FigureTable
from app.theme import THEMES

HEADS = (("Part", "What."), ("Verdict", "How."), ("Error", "How far."))


def test_a_whole_table_that_is_too_narrow_scrolls_sideways_and_hides_no_row(qtbot: QtBot) -> None:
    table = FigureTable("Parts", HEADS, whole=True)
    qtbot.addWidget(table)
    table.set_theme(THEMES["projector"])
    table.set_rows([("W", "Right", "3.79e-14"), ("b", "Right", "2.20e-15")])
    table.resize(600, table.height())
    table.show()
    qtbot.waitExposed(table)
    wide = table.height()
    assert not table.horizontalScrollBar().isVisible()
    table.resize(120, table.height())
    qtbot.waitUntil(table.horizontalScrollBar().isVisible)
    assert table.height() > wide
    assert table.verticalScrollBar().maximum() == 0
    table.resize(600, table.height())
    qtbot.waitUntil(lambda: table.height() == wide)
