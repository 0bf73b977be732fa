"""What the program remembers between two starts, each thing declared once.

Values are stored as JSON text (sizes of windows as bytes), so that every platform and format of
QSettings gives back the type that was put in. A value that cannot be read counts as never set:
a broken or foreign file of settings must not keep the window from opening.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from app.class_palettes import PALETTES, USUAL

T = TypeVar("T")

NAME = "perceptron-lab"
RECENT_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing to remember. ``valid`` says whether a stored value may be used."""

    key: str
    default: T
    valid: Callable[[Any], bool]


def _one_of(key: str, *allowed: str) -> Setting[str]:
    return Setting(key, allowed[0], lambda value: value in allowed)


def _number(key: str, default: float, low: float, high: float) -> Setting[float]:
    return Setting(key, default, lambda value: _is_number(value) and low <= value <= high)


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _flag(key: str, default: bool) -> Setting[bool]:
    return Setting(key, default, lambda value: isinstance(value, bool))


def _text(key: str, default: str) -> Setting[str]:
    return Setting(key, default, lambda value: isinstance(value, str))


def _is_speed(value: Any) -> bool:
    known = isinstance(value, str) and len(value) < 10
    return known and (value in (KEEP, "full") or value.isdecimal())


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in _items(value))


def _items(value: Any) -> list[Any]:
    return list(value)


THEME = _one_of("view/theme", "system", "light", "dark", "projector")
CLASS_COLORS = _one_of("view/class_colors", USUAL.key, *PALETTES)
"""Which colours classes have."""
TEXT_SCALE = _number("view/text_scale", 1.0, 0.5, 3.0)
FRAME_RATE = _one_of("view/frame_rate", "30", "60", "turbo")
LOG_VALUES = _flag("view/log_values", True)
LOG_TIME = _flag("view/log_time", False)
LOG_TIME_LINE = _flag("view/log_time_line", False)
SPEED = _number("run/updates_per_second", 200.0, 0.0, 1e9)
"""Updates a second; 0 is as fast as the machine can. The default shows 1,000 updates in 5 s: at
full speed a first run would be over before it is seen."""
SHOW_TABLE = _flag("view/table", False)
VIEWS: Setting[list[str]] = Setting("view/panes", [], _texts)
"""Which view is in which pane, as texts ``pane=view``."""
SWITCHES: Setting[list[str]] = Setting("view/switches", [], _texts)
"""Which switches in the views' headers are on, as texts ``+view/switch`` or ``-view/switch``."""
KEEP = "keep"
"""Newly opened data changes nothing of how the window is."""
NEW_SPEED: Setting[str] = Setting("new_data/speed", KEEP, lambda value: _is_speed(value))
"""Updates a second, ``full``, or ``keep``."""
NEW_LOG = _one_of("new_data/values", KEEP, "log", "linear")
NEW_TABLE = _one_of("new_data/table", KEEP, "show", "hide")
NEW_VIEWS = _one_of("new_data/views", KEEP, "usual", "own")
OWN_VIEWS: Setting[list[str]] = Setting("new_data/own_views", [], _texts)
"""The views of new data where a person has chosen their own, as `VIEWS`."""
LAST_FOLDER = _text("files/last_folder", "")
RECENT: Setting[list[str]] = Setting("files/recent", [], _texts)
POINTER = _flag("presenter/pointer", True)
PRESENTER_SCALE = _number("presenter/text_scale", 1.0, 0.5, 3.0)
PRESENTER_SCREEN = _text("presenter/screen", "auto")
"""Name of the screen to present on, or ``auto``."""
FORMULAS: Setting[list[str]] = Setting("lab/formulas", [], _texts)
"""Gradients that were typed, one JSON text for each pair; see ``app.lab.memory``."""
MORE_OPEN: Setting[list[str]] = Setting("panels/more_open", [], _texts)
"""Names of the panels whose advanced settings are unfolded."""

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    CLASS_COLORS,
    TEXT_SCALE,
    FRAME_RATE,
    LOG_VALUES,
    LOG_TIME,
    LOG_TIME_LINE,
    SPEED,
    SHOW_TABLE,
    VIEWS,
    SWITCHES,
    NEW_SPEED,
    NEW_LOG,
    NEW_TABLE,
    NEW_VIEWS,
    OWN_VIEWS,
    LAST_FOLDER,
    RECENT,
    FORMULAS,
    POINTER,
    PRESENTER_SCALE,
    PRESENTER_SCREEN,
    MORE_OPEN,
)
LAYOUTS = (
    "window/geometry",
    "window/state",
    "window/panels_splitter",
    "window/views_splitter",
    "window/side_splitter",
    "window/center_splitter",
    "import/geometry",
)
"""Keys of what Qt's own ``saveGeometry`` and ``saveState`` return."""


class Settings:
    """Typed access to the store of the user, or to the file given (tests do that)."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = (
            QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, NAME, NAME)
            if path is None
            else QSettings(str(path), QSettings.Format.IniFormat)
        )

    def get(self, setting: Setting[T]) -> T:
        """The stored value, or the default where there is none that can be used."""
        raw: object = self._store.value(setting.key)
        try:
            value: Any = json.loads(raw) if isinstance(raw, str) else None
        except (ValueError, RecursionError):  # no JSON, too many digits, nested too deeply
            value = None
        return value if value is not None and setting.valid(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember ``value``; what ``valid`` refuses is a mistake of the caller.

        Raises
        ------
        ValueError
            The value would not be accepted when read back.
        """
        if not setting.valid(value):
            raise ValueError(f"{value!r} is not a value of {setting.key}")
        self._store.setValue(setting.key, json.dumps(value))

    def layout(self, key: str) -> QByteArray:
        """A stored state of the window or of a splitter; empty if there is none."""
        assert key in LAYOUTS, key  # noqa: S101 - a typing mistake, not input
        raw: object = self._store.value(key)
        return raw if isinstance(raw, QByteArray) else QByteArray()

    def set_layout(self, key: str, state: QByteArray) -> None:
        """Remember a state of the window or of a splitter."""
        assert key in LAYOUTS, key  # noqa: S101 - a typing mistake, not input
        self._store.setValue(key, state)

    def recent_files(self) -> tuple[Path, ...]:
        """Files used before, the newest first, but those that are gone last."""
        paths = [Path(text) for text in self.get(RECENT)[:RECENT_LIMIT]]
        return tuple(sorted(paths, key=lambda path: not _exists(path)))

    def panes(self, setting: Setting[list[str]] = VIEWS) -> dict[str, str]:
        """Which view is in which pane."""
        return dict(item.split("=", 1) for item in self.get(setting) if "=" in item)

    def set_panes(self, panes: Mapping[str, str], setting: Setting[list[str]] = VIEWS) -> None:
        """Remember which view is in which pane."""
        self.set(setting, [f"{pane}={view}" for pane, view in panes.items()])

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the list, once, and remember its folder."""
        path = path.absolute()
        others = [text for text in self.get(RECENT) if Path(text) != path]
        self.set(RECENT, [str(path), *others][:RECENT_LIMIT])
        self.set(LAST_FOLDER, str(path.parent))

    def last_folder(self) -> Path:
        """Where to start a file dialog: the folder used last if it is there, else home."""
        text = self.get(LAST_FOLDER)
        return Path(text) if text and _exists(Path(text)) else Path.home()

    def more_open(self, name: str) -> bool:
        """Whether a panel's advanced settings were left unfolded."""
        return name in self.get(MORE_OPEN)

    def set_more_open(self, name: str, is_open: bool) -> None:
        """Remember whether a panel's advanced settings are unfolded."""
        names: Iterable[str] = (n for n in self.get(MORE_OPEN) if n != name)
        self.set(MORE_OPEN, [*names, *([name] if is_open else [])])

    def save(self) -> None:
        """Write to disk now; Qt does it by itself later."""
        self._store.sync()


def _exists(path: Path) -> bool:
    """Whether a path leads somewhere; a drive that is gone or a forbidden folder does not."""
    try:
        return path.exists()
    except OSError:
        return False
