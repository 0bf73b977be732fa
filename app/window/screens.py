"""Which screen a presenter uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from app.commands import Choice

AUTO = "auto"
T = TypeVar("T")


def stage(names: Sequence[str], primary: str, here: str, wanted: str) -> str:
    """The name of the screen to present on.

    The one that was ``wanted``, if it is there; of several the first that is not the ``primary``
    one, which has the notes and the mail; of one that one. ``here`` is where the window is.
    """
    if wanted in names:
        return wanted
    others = [name for name in names if name != primary]
    return here if not others or here in others else others[0]


def screen_named(name: str) -> QScreen | None:
    """The screen of that name, if it is there."""
    return next((screen for screen in QGuiApplication.screens() if screen.name() == name), None)


def screen_for(window: QWidget, wanted: str) -> QScreen:
    """Where this window is to be presented."""
    names = [screen.name() for screen in QGuiApplication.screens()]
    primary = QGuiApplication.primaryScreen().name()
    return screen_named(stage(names, primary, window.screen().name(), wanted)) or window.screen()


def screen_choices() -> list[Choice]:
    """The choices of a menu: automatic, then every screen with its size."""
    primary = QGuiApplication.primaryScreen()
    auto = Choice(AUTO, "&Automatic", "The screen that is not the main one, where there is one.")
    return [
        auto,
        *(
            Choice(
                screen.name(),
                f"&{number} {screen.name()}{' (main)' if screen is primary else ''}",
                f"Present on this screen of {_size(screen.geometry())}.",
            )
            for number, screen in enumerate(QGuiApplication.screens(), start=1)
        ),
    ]


def type_size(screen: QScreen) -> float:
    """Points of type that can be read from the last row: a 48th of the height, within reason."""
    size = screen.geometry().size()
    pixels = min(size.width() / 48, size.height() / 36)
    return max(13.0, min(pixels * 72 / screen.logicalDotsPerInchY(), 26.0))


def _size(area: QRect) -> str:
    return f"{area.width()} x {area.height()}"
