"""Whether a window can be opened at all, found out before Qt would abort the process.

Qt ends the process with a message that always blames xcb-cursor when its platform plugin cannot
load. On Linux the plugin is therefore loaded here first, by the dynamic loader that Qt uses, and
the X server is asked whether it answers. Loading costs nothing extra: Qt needs the same files.
"""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from app.system_libraries import install_hint, missing_library
from slp_core.errors import SlpError

_WITHOUT = (
    "Train without a window: perceptron-lab train sample:iris; "
    "or draw into memory (for --screenshot): QT_QPA_PLATFORM=offscreen"
)
_ALIASES = {"wayland-egl": "wayland", "wayland-brcm": "wayland"}


def check_display(environment: Mapping[str, str], system: str = sys.platform) -> None:
    """Raise SlpError if Qt could not open a window here; silent where that cannot be known."""
    if not system.startswith("linux"):
        return
    platforms = platforms_tried(environment)
    if not platforms:
        raise SlpError(
            "there is no display to open a window on", code="display.none", hint=_WITHOUT
        )
    reasons = [_obstacle(platform, environment) for platform in platforms]
    if all(reasons):
        text, hint = next(reason for reason in reasons if reason)
        raise SlpError(
            text, code="display.unusable", hint=f"{hint}. {_WITHOUT}" if hint else _WITHOUT
        )


def platforms_tried(environment: Mapping[str, str]) -> list[str]:
    """The platforms Qt will try, in its order, as far as ``environment`` decides."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [part.partition(":")[0] for part in chosen.split(";") if part]
    tried = ["wayland"] if environment.get("WAYLAND_DISPLAY") else []
    return [*tried, "xcb"] if environment.get("DISPLAY") else tried


def _obstacle(platform: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Why ``platform`` cannot be used, and what to do; None if nothing speaks against it."""
    plugins = plugin_files()
    if not plugins:
        return None
    plugin = plugins.get(_ALIASES.get(platform, platform))
    if plugin is None:
        return f'Qt has no platform called "{platform}"', f"Possible: {', '.join(sorted(plugins))}"
    missing = missing_libraries(plugin)
    if missing:
        return f"Qt needs system libraries that are missing: {', '.join(missing)}", install_hint(
            missing
        )
    if platform == "xcb" and not _server_answers():
        return f"no X server answers at DISPLAY={environment.get('DISPLAY', '')}", ""
    if plugin.stem == "libqwayland" and not _compositor_answers(environment):
        return f"no compositor answers at WAYLAND_DISPLAY={_wayland_name(environment)}", ""
    return None


def plugin_files() -> dict[str, Path]:
    """Qt's platforms and the files of their plugins, found without importing Qt.

    Empty where PySide6 does not bring its own Qt (a distribution's package).
    """
    package = importlib.util.find_spec("PySide6")
    folders = package.submodule_search_locations if package else None
    folder = Path(folders[0], "Qt", "plugins", "platforms") if folders else None
    found = sorted(folder.glob("libq*.so")) if folder else []
    return {file.stem.removeprefix("libq"): file for file in found}


def missing_libraries(plugin: Path) -> list[str]:
    """The system libraries without which ``plugin`` cannot be loaded."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        first = missing_library(str(error))
        return _all_missing(plugin) or ([first] if first else [])
    return []


def _all_missing(plugin: Path) -> list[str]:
    """Every missing library by ``ldd``; the loader itself names only the first."""
    ldd = shutil.which("ldd")
    if ldd is None:
        return []
    listing = subprocess.run(  # noqa: S603  # our own file, no shell
        [ldd, str(plugin)], capture_output=True, text=True, check=False
    )
    lines = [line.split() for line in listing.stdout.splitlines() if "not found" in line]
    return sorted({words[0] for words in lines})


def _server_answers() -> bool:
    """Whether an X server accepts a connection at the DISPLAY of this process."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not ours to judge: the plugin loaded
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_name(environment: Mapping[str, str]) -> str:
    return environment.get("WAYLAND_DISPLAY") or "wayland-0"


def _compositor_answers(environment: Mapping[str, str]) -> bool:
    """Whether a Wayland compositor listens where the environment says."""
    if environment.get("WAYLAND_SOCKET"):
        return True  # a connection that was handed over
    path = Path(environment.get("XDG_RUNTIME_DIR", "/"), _wayland_name(environment))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        return connection.connect_ex(str(path)) == 0
