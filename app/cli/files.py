"""Refuses files that could not, or should not, be written, before any work is done for them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from slp_core.errors import SlpError


def check_writable(path: Path, suffix: str) -> None:
    """Raise unless ``path`` ends in ``suffix`` and can be written where it is.

    Raises
    ------
    SlpError
        The name ends otherwise.
    OSError
        The folder is missing or read-only, or a folder is in the way.
    """
    if path.suffix.lower() != suffix:
        raise SlpError(f"{path}: the name must end in {suffix}", code="output.suffix")
    if path.is_dir():
        raise _refusal(errno.EISDIR, path)
    folder = path.parent
    if not folder.exists():
        raise _refusal(errno.ENOENT, folder)
    if not folder.is_dir():
        raise _refusal(errno.ENOTDIR, path)
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _refusal(errno.EACCES, path)


def check_distinct(read: Iterable[str | Path], written: Iterable[Path]) -> None:
    """Raise SlpError if a file would be written over one that is read, or written twice."""
    taken = {os.path.realpath(path) for path in read}
    for path in written:
        place = os.path.realpath(path)
        if place in taken:
            raise SlpError(
                f"{path}: this file is read or written already",
                code="output.taken",
                hint="Choose another name.",
            )
        taken.add(place)


def _refusal(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
