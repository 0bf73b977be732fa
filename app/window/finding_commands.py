"""The command palette, filled with every command of the window and every choice in a submenu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from app.commands import COMMANDS, MENUS, Command
from app.dialogs.palette import Entry, Palette

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


def show_palette(window: MainWindow) -> None:
    """Let a person search for a command."""
    Palette(entries(window), window).show()


def entries(window: MainWindow) -> list[Entry]:
    """Every command, and every entry of those that are submenus."""
    found: list[Entry] = []
    for row in COMMANDS.values():
        action = window.actions_[row.key]
        if not row.submenu:
            if row.key != "help.palette":
                found.append(_entry(row, action, _plain(action.text())))
            continue
        found += [
            _entry(row, choice, f"{_plain(row.text)}: {_plain(choice.text())}")
            for choice in window.actions_.choices(row.key)
        ]
    return found


def _entry(row: Command, action: QAction, text: str) -> Entry:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    summary = row.summary if not row.submenu else action.toolTip() or row.summary
    return Entry(
        text=text,
        summary=summary,
        menu=MENUS[row.menu].replace("&", ""),
        keys=keys,
        icon=action.icon(),
        do=action.trigger,
        enabled=action.isEnabled(),
    )


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
