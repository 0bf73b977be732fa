"""Commands of the Help menu."""

from __future__ import annotations

from app.command import Command

HELP_ROWS = (
    Command(
        key="help.palette",
        text="&Find a command…",
        summary="Type a few letters of what you want to do, and press Enter.",
        menu="help",
        icon="search",
        shortcuts=("Ctrl+K", "Ctrl+Shift+F"),
    ),
    Command(
        key="help.shortcuts",
        text="&Keyboard shortcuts",
        summary="Show every command with its keys.",
        menu="help",
        icon="keyboard",
        shortcuts=("F1", "?"),
    ),
    Command(
        key="help.about",
        text="&About Perceptron Lab",
        summary="Show the version, the licence and what this program stands on.",
        menu="help",
        icon="info",
    ),
)
