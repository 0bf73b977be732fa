"""System libraries Qt needs and pip does not install, and the Debian packages that hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

DEBIAN_PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "libGL.so": "libgl1",
        "libEGL.so": "libegl1",
        "libglib-2.0.so": "libglib2.0-0",
        "libgthread-2.0.so": "libglib2.0-0",
        "libdbus-1.so": "libdbus-1-3",
        "libfontconfig.so": "libfontconfig1",
        "libfreetype.so": "libfreetype6",
        "libxkbcommon.so": "libxkbcommon0",
        "libxkbcommon-x11.so": "libxkbcommon-x11-0",
        "libxcb.so": "libxcb1",
        "libxcb-cursor.so": "libxcb-cursor0",
        "libxcb-icccm.so": "libxcb-icccm4",
        "libxcb-image.so": "libxcb-image0",
        "libxcb-keysyms.so": "libxcb-keysyms1",
        "libxcb-randr.so": "libxcb-randr0",
        "libxcb-render.so": "libxcb-render0",
        "libxcb-render-util.so": "libxcb-render-util0",
        "libxcb-shape.so": "libxcb-shape0",
        "libxcb-shm.so": "libxcb-shm0",
        "libxcb-sync.so": "libxcb-sync1",
        "libxcb-util.so": "libxcb-util1",
        "libxcb-xfixes.so": "libxcb-xfixes0",
        "libxcb-xkb.so": "libxcb-xkb1",
        "libX11.so": "libx11-6",
        "libX11-xcb.so": "libx11-xcb1",
        "libwayland-client.so": "libwayland-client0",
        "libwayland-cursor.so": "libwayland-cursor0",
        "libwayland-egl.so": "libwayland-egl1",
    }
)
"""The Debian package of each system library Qt wants, by the library's name without its version."""


def install_hint(libraries: Sequence[str]) -> str:
    """The command that installs ``libraries`` (``libGL.so.1`` ...) on Debian and Ubuntu."""
    stems = [re.sub(r"\.so[.\d]*$", ".so", library) for library in libraries]
    known = sorted({DEBIAN_PACKAGES[stem] for stem in stems if stem in DEBIAN_PACKAGES})
    unknown = [
        name for name, stem in zip(libraries, stems, strict=True) if stem not in DEBIAN_PACKAGES
    ]
    parts = [f"On Debian or Ubuntu: apt-get install {' '.join(known)}"] if known else []
    parts += [f"Install the package that holds {', '.join(unknown)}"] if unknown else []
    return "; ".join(parts)


_LOADER_SAYS = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file")


def missing_library(message: str) -> str | None:
    """The library the dynamic loader misses, from its ``message``; None if it says otherwise."""
    found = _LOADER_SAYS.search(message)
    return found[1] if found else None
