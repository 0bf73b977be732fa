"""Commands of the Help menu."""

from __future__ import annotations

from app.command import Command

HELP_ROWS = (
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
