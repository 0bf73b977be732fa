"""The switches in the views' headers, remembered between two sessions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from app.plots.toggles import Toggles
from app.settings import SWITCHES, Settings

if TYPE_CHECKING:
    from app.window.views import Views

_ELSEWHERE: Final = frozenset({"log_x", "log_y"})
"""Switches that follow a setting of all curves."""


class Switches(QObject):
    """Sets the switches of each view when it is built, and keeps what a person changes."""

    def __init__(self, views: Views, settings: Settings) -> None:
        super().__init__(views)
        self._views, self._settings = views, settings
        views.built.connect(self._connect)
        for key in views.there():
            self._connect(key)

    @Slot(str)
    def _connect(self, view: str) -> None:
        kept = dict(_read(self._settings.get(SWITCHES)))
        for toggles in self._toggles(view):
            for key in toggles.keys:
                on = kept.get(f"{view}/{key}")
                if on is not None and key not in _ELSEWHERE:
                    toggles.set(key, on)
            toggles.changed.connect(partial(self._keep, view))

    def _keep(self, view: str) -> None:
        kept = dict(_read(self._settings.get(SWITCHES)))
        for toggles in self._toggles(view):
            now = {f"{view}/{key}": toggles.is_on(key) for key in toggles.keys}
            kept |= {name: on for name, on in now.items() if name.split("/")[1] not in _ELSEWHERE}
        texts = [f"{'+' if on else '-'}{name}" for name, on in kept.items()]
        if texts != self._settings.get(SWITCHES):
            self._settings.set(SWITCHES, texts)

    def _toggles(self, view: str) -> list[Toggles]:
        header = self._views.header(view)
        if isinstance(header, Toggles):
            return [header]
        return [] if header is None else header.findChildren(Toggles)


def _read(texts: list[str]) -> Iterator[tuple[str, bool]]:
    """``+decision/ghosts`` is on, ``-decision/best`` is off; anything else is not read."""
    for text in texts:
        if text[:1] in ("+", "-") and "/" in text:
            yield text[1:], text[0] == "+"
