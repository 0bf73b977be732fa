from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.panels.seldom import SECOND, Seldom


def test_the_first_text_passes_at_once_and_of_the_others_the_newest(qtbot: QtBot) -> None:
    parent = QObject()
    seldom, heard = Seldom(parent, every=60), list[str]()
    seldom.passed.connect(heard.append)
    for number in range(30):
        seldom.offer(f"{number}")
    assert heard == ["0"]
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["0", "29"]
    seldom.offer("29")
    seldom.offer("30")
    seldom.offer("29")
    qtbot.wait(150)
    assert heard == ["0", "29"]  # what is the same again is not told


def test_it_is_a_second_where_nothing_else_is_said() -> None:
    assert SECOND == 1000
