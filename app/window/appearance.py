"""Colours and size of type of the whole window, remembered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app import theme
from app.settings import CLASS_COLORS, PRESENTER_SCALE, TEXT_SCALE, THEME, Setting, Settings
from app.theme import THEMES, Theme

SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Factors on the theme's size of type."""
NO_LARGER = "Text is as large as this screen has room for."
PRESENTED, PRESENTED_LINE = "projector", 4.0
"""The colours a presentation begins with, and the pixels of its lines."""


class Appearance(QObject):
    """The theme in use; tells when it changes."""

    changed = Signal(object)
    """The new `Theme`, already applied to the application."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._points: float | None = None
        """Size of type while presenting."""
        self._presented = PRESENTED

    @property
    def choice(self) -> str:
        """Key of a theme, or ``"system"``."""
        return self._settings.get(THEME) if self._points is None else self._presented

    @property
    def current(self) -> Theme:
        """The theme that the choice and the size of type amount to."""
        chosen = THEMES.get(self.choice) or theme.system_theme()
        if self._points is not None:
            chosen = replace(chosen, font_size=self._points, line_width=PRESENTED_LINE)
        colored = chosen.colored(self._settings.get(CLASS_COLORS))
        return colored.sized(self._settings.get(self._scale))

    @property
    def _scale(self) -> Setting[float]:
        return TEXT_SCALE if self._points is None else PRESENTER_SCALE

    def present(self, points: float | None) -> None:
        """Take the projector's colours, thick lines and type of that size; None ends it.

        What is chosen meanwhile is for the presentation alone.
        """
        if self._points is None:
            self._presented = PRESENTED
        self._points = points
        self.apply()

    def apply(self) -> None:
        """Give the application its look."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, self.current)
        self.changed.emit(self.current)

    def choose(self, key: str) -> None:
        """Switch to a theme, or to what the system prefers."""
        if self._points is None:
            self._settings.set(THEME, key)
        else:
            self._presented = key
        self.apply()

    def next(self) -> None:
        """Switch to the next theme of light, dark and projector."""
        keys = list(THEMES)
        now = self.current.key
        self.choose(keys[(keys.index(now) + 1) % len(keys)])

    def resize_text(self, steps: int) -> None:
        """Make all text larger or, with a negative number, smaller."""
        now = self._settings.get(self._scale)
        index = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - now)) + steps
        self._settings.set(self._scale, SIZES[max(0, min(index, len(SIZES) - 1))])
        self.apply()
