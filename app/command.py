"""What a command is: the shape of the rows of ``app.commands``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Menu = Literal["file", "edit", "run", "view", "show", "question", "help"]
Toolbar = Literal["", "file", "run", "out"]

MENUS: Mapping[Menu, str] = MappingProxyType(
    {
        "file": "&File",
        "edit": "&Edit",
        "run": "&Run",
        "view": "&View",
        "show": "&Show",
        "question": "&Questions",
        "help": "&Help",
    }
)
"""Menus in their order, with the mnemonic."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a command that is a submenu of choices."""

    value: str
    label: str
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    ``text`` is the menu's (with its mnemonic), ``short`` the toolbar's; ``summary`` is one
    sentence for the tooltip and the screen reader. ``shortcuts`` are in Qt's portable text, the
    first one is shown. ``active_*`` are shown while the command is in its other state (Play is
    Pause while training). A ``submenu`` command has no effect of its own; its entries are
    ``choices`` or are given by the window. ``section`` puts a separator above it in the menu.
    """

    key: str
    text: str
    summary: str
    menu: Menu
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    short: str = ""
    checkable: bool = False
    submenu: bool = False
    choices: tuple[Choice, ...] = ()
    toolbar: Toolbar = ""
    toolbar_text: bool = False
    section: bool = False
    active_text: str = ""
    active_icon: str = ""
