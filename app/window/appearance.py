"""Colours and size of type of the whole window, remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app import theme
from app.settings import TEXT_SCALE, THEME, Settings
from app.theme import THEMES, Theme

SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Factors on the theme's size of type."""


class Appearance(QObject):
    """The theme in use; tells when it changes."""

    changed = Signal(object)
    """The new `Theme`, already applied to the application."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def choice(self) -> str:
        """Key of a theme, or ``"system"``."""
        return self._settings.get(THEME)

    @property
    def current(self) -> Theme:
        """The theme that the choice and the size of type amount to."""
        chosen = THEMES.get(self.choice) or theme.system_theme()
        return chosen.sized(self._settings.get(TEXT_SCALE))

    def apply(self) -> None:
        """Give the application its look."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, self.current)
        self.changed.emit(self.current)

    def choose(self, key: str) -> None:
        """Switch to a theme, or to what the system prefers."""
        self._settings.set(THEME, key)
        self.apply()

    def next(self) -> None:
        """Switch to the next theme of light, dark and projector."""
        keys = list(THEMES)
        now = self.current.key
        self.choose(keys[(keys.index(now) + 1) % len(keys)])

    def resize_text(self, steps: int) -> None:
        """Make all text larger or, with a negative number, smaller."""
        now = self._settings.get(TEXT_SCALE)
        index = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - now)) + steps
        self._settings.set(TEXT_SCALE, SIZES[max(0, min(index, len(SIZES) - 1))])
        self.apply()
