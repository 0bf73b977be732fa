from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from app.commands import COMMANDS, MENUS, Command

every_command = pytest.mark.parametrize("row", COMMANDS.values(), ids=list(COMMANDS))
pytestmark = pytest.mark.usefixtures("qapp")


def test_no_key_means_two_things() -> None:
    keys = Counter(
        QKeySequence(text).toString() for row in COMMANDS.values() for text in row.shortcuts
    )
    assert [key for key, count in keys.items() if count > 1] == []


@every_command
def test_shortcuts_are_keys_qt_knows(row: Command) -> None:
    for text in row.shortcuts:
        sequence = QKeySequence(text)
        assert sequence.count() == 1, text
        assert sequence.toString() == text


@every_command
def test_summary_is_one_sentence(row: Command) -> None:
    assert row.summary.endswith(".")
    assert row.summary[0].isupper()
    assert ". " not in row.summary


@every_command
def test_row_is_whole(row: Command) -> None:
    assert COMMANDS[row.key] is row
    assert row.key.split(".")[0] == row.menu
    assert row.menu in MENUS
    assert not row.toolbar or row.icon
    assert not row.toolbar_text or row.short
    assert bool(row.active_text) == bool(row.active_icon)
    assert not row.choices or row.submenu


@pytest.mark.parametrize("menu", MENUS)
def test_mnemonics_of_a_menu_differ(menu: str) -> None:
    texts = [row.text for row in COMMANDS.values() if row.menu == menu]
    letters = [text[text.index("&") + 1].lower() for text in texts]
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []


@every_command
def test_mnemonics_of_choices_differ(row: Command) -> None:
    letters = [c.label[c.label.index("&") + 1].lower() for c in row.choices]
    assert len(set(letters)) == len(letters)


def test_submenus_aside_every_command_can_be_reached_by_keys() -> None:
    """Views beyond the ninth have their letter in the menu alone: there are nine digits."""
    without = {
        k
        for k, row in COMMANDS.items()
        if not row.shortcuts and not row.submenu and row.menu != "show"
    }
    assert without == {"help.about"}
