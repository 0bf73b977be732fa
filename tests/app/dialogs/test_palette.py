from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs.palette import Entry, Palette, ranked

DONE: list[str] = []


def entry(text: str, menu: str = "View", *, enabled: bool = True) -> Entry:
    def do() -> None:
        DONE.append(text)

    return Entry(text, f"Does {text.lower()}.", menu, "", QIcon(), do, enabled)


ENTRIES = [
    entry("Larger text"),
    entry("Restart from new weights", "Run"),
    entry("Export weights", "File"),
    entry("Load weights", "File"),
    entry("Undo", "Edit", enabled=False),
]


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    DONE.clear()
    made = Palette(ENTRIES)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("weights", ["Restart from new weights", "Export weights", "Load weights"]),
        ("lo", ["Load weights"]),
        ("file", ["Export weights", "Load weights"]),
        ("weights new", ["Restart from new weights"]),
        ("nothing like it", []),
    ],
)
def test_words_narrow_the_list(text: str, names: list[str]) -> None:
    assert [found.text for found in ranked(ENTRIES, text)] == names


def test_what_begins_with_the_word_comes_first() -> None:
    assert ranked(ENTRIES, "ex")[0].text == "Export weights"


def test_keys_choose_and_do(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "weights")
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert DONE == ["Export weights"]
    assert not palette.isVisible()


def test_what_cannot_be_done_now_is_not_done(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "undo")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert DONE == []
    assert palette.isVisible()


def test_an_empty_list_says_so(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "xyz")
    assert palette.shown() == []
    assert "xyz" in palette.summary.text()
