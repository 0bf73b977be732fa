"""Writing a file so that it is there completely or not at all.

The bytes go to a temporary file in the same folder (a rename is atomic only within one file
system), reach the disk, and then take the name over. Whatever fails on the way, a file that was
there before is untouched and nothing is left behind.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from slp_core.errors import DataError


def write_text(path: Path | str, text: str) -> None:
    """Write a text file in UTF-8, with line ends as they are in ``text``; see :func:`writing`.

    Characters that no file can hold (halves of a surrogate pair) are written as ``\\udc81``.
    """
    write_bytes(path, text.encode("utf-8", errors="backslashreplace"))


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write a file of bytes; see :func:`writing`."""
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path | str) -> Generator[BinaryIO]:
    """A file to write to that takes the name ``path`` when the block ends without an error.

    A link is followed; the permissions of a file that is replaced are kept. What is not a plain
    file, such as ``/dev/stdout``, is written to directly.

    Raises
    ------
    DataError
        The file cannot be written; the message says why.
    """
    path = Path(path)
    if "\0" in str(path):
        raise DataError(f"{str(path)!r} is no file name.", code="file.unwritable", path=path)
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            with target.open("wb") as file:
                yield file
        else:
            with _replacing(target, mode) as file:
                yield file
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def _replacing(target: Path, mode: int | None) -> Generator[BinaryIO]:
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if mode is not None and not os.access(target, os.W_OK):
        # A rename needs no permission on the file, but who made it read-only meant it.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    temporary = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut; not every system lets a folder be synced."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_REASONS = {
    errno.EACCES: ("permission is missing", "Choose another folder, or allow writing there."),
    errno.EPERM: ("permission is missing", "Choose another folder, or allow writing there."),
    errno.EROFS: ("the disk is read-only", "Choose a folder on another disk."),
    errno.ENOENT: ("the folder does not exist", "Make the folder first, or choose another one."),
    errno.ENOTDIR: ("a part of the path is a file", "Choose another folder."),
    errno.EISDIR: ("it is a folder", "Add a file name."),
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk."),
    errno.EDQUOT: ("the quota is used up", "Free some space, or choose another disk."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


def _unwritable(path: Path, error: OSError) -> DataError:
    reason, hint = _REASONS.get(
        error.errno or 0, (error.strerror or str(error), "Choose another place.")
    )
    return DataError(
        f"{path} cannot be written: {reason}.", code="file.unwritable", hint=hint, path=path
    )
