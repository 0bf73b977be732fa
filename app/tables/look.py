"""The colours and sizes a table is painted with."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.theme import Theme, mix

PADDING = 8
"""Pixels left and right of a text."""
DOT = 8
"""Diameter of the dot in a class's colour."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours made once for each theme: a repaint asks for them hundreds of times."""

    text: QColor
    muted: QColor
    danger: QColor
    accent: QColor
    grid: QColor
    border: QColor
    window: QColor
    surface: QColor
    computed: QColor
    picked: QColor
    picked_computed: QColor
    rim: QColor
    classes: tuple[QColor, ...]

    @classmethod
    def of(cls, theme: Theme) -> Look:
        """The look of a theme."""
        computed = mix(theme.surface, theme.raised, 0.45)
        strength = 0.26 if theme.dark else 0.2
        return cls(
            text=QColor(theme.text),
            muted=QColor(theme.muted),
            danger=QColor(theme.danger),
            accent=QColor(theme.accent),
            grid=QColor(theme.grid),
            border=QColor(theme.border),
            window=QColor(theme.window),
            surface=QColor(theme.surface),
            computed=QColor(computed),
            picked=QColor(mix(theme.surface, theme.accent, strength)),
            picked_computed=QColor(mix(computed, theme.accent, strength)),
            rim=QColor(mix(theme.surface, theme.text, 0.45)),
            classes=tuple(QColor(color) for color in theme.class_colors),
        )
