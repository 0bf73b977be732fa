"""What a person prefers, as one value: how the program looks, and how new data begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from app.settings import (
    CLASS_COLORS,
    FRAME_RATE,
    NEW_LOG,
    NEW_SPEED,
    NEW_TABLE,
    NEW_VIEWS,
    TEXT_SCALE,
    THEME,
    Setting,
    Settings,
)

FIELDS: Mapping[str, Setting[Any]] = MappingProxyType(
    {
        "theme": THEME,
        "class_colors": CLASS_COLORS,
        "text_scale": TEXT_SCALE,
        "frame_rate": FRAME_RATE,
        "speed": NEW_SPEED,
        "log": NEW_LOG,
        "table": NEW_TABLE,
        "views": NEW_VIEWS,
    }
)
"""The setting behind each field."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """One field for each row of `FIELDS`; the last four are about newly opened data."""

    theme: str = THEME.default
    class_colors: str = CLASS_COLORS.default
    text_scale: float = TEXT_SCALE.default
    frame_rate: str = FRAME_RATE.default
    speed: str = NEW_SPEED.default
    log: str = NEW_LOG.default
    table: str = NEW_TABLE.default
    views: str = NEW_VIEWS.default

    @classmethod
    def of(cls, settings: Settings) -> Preferences:
        """What is stored."""
        return cls(**{name: settings.get(setting) for name, setting in FIELDS.items()})

    def store(self, settings: Settings) -> None:
        """Remember all of it."""
        for name, value in asdict(self).items():
            settings.set(FIELDS[name], value)
