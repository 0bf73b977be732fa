"""How a class looks in the plots: its mark, and the mark in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon

from app.theme import CLASS_COLORS, CLASS_SYMBOLS

Symbol = Callable[[int], QIcon]
"""The marker of class number n as an icon in today's theme."""

COLOR_WORDS = (
    "blue", "orange", "green", "pink", "amber", "sky blue", "yellow", "grey", "wine red", "olive",
)  # fmt: skip
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
    count = len(CLASS_COLORS)
    symbol = CLASS_SYMBOLS[(index + index // count) % len(CLASS_SYMBOLS)]
    return f"{COLOR_WORDS[index % count]} {SHAPE_WORDS[symbol]}"


def steady(icon: QIcon, size: int) -> QIcon:
    """The same icon for selected lines and titles: Qt would tint it, and colour is what it says."""
    picture = icon.pixmap(size, size)
    result = QIcon(picture)
    for mode in (QIcon.Mode.Selected, QIcon.Mode.Disabled):
        result.addPixmap(picture, mode)
    return result
