"""How a class looks in the plots: its mark, and the mark in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon

from app.theme import current_theme

Symbol = Callable[[int], QIcon]
"""The marker of class number n as an icon in today's theme."""

SHAPE_WORDS = {
    "o": "circle",
    "s": "square",
    "t": "triangle",
    "d": "diamond",
    "+": "plus",
    "x": "cross",
    "p": "pentagon",
    "h": "hexagon",
    "star": "star",
    "t1": "upright triangle",
}


def look_words(index: int) -> str:
    """The mark of class number ``index`` in words: ``blue circle``."""
    theme = current_theme()
    word = theme.class_words[index % len(theme.class_words)]
    return f"{word} {SHAPE_WORDS[theme.class_symbol(index)]}"


def steady(icon: QIcon, size: int) -> QIcon:
    """The same icon for selected lines and titles: Qt would tint it, and colour is what it says."""
    picture = icon.pixmap(size, size)
    result = QIcon(picture)
    for mode in (QIcon.Mode.Selected, QIcon.Mode.Disabled):
        result.addPixmap(picture, mode)
    return result
