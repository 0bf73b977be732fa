"""Open a file for reading, or say why it cannot be: missing, a directory, a device, not a table.

The path is taken literally (no wildcards). Gzip is unpacked on the fly, within bounds. A text that
is no file, such as a paste, is read the same way from memory.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from slp_core.data.magic import refuse_foreign
from slp_core.errors import DataError

HEAD = 4096
GZIP_MAGIC = b"\x1f\x8b"
# Real tables unpack to at most some 100 times their size; a bomb reaches 1000.
UNPACKED_LIMIT = 4 << 30
UNPACKED_FREE = 64 << 20
UNPACKED_RATIO = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file as it was when reading began; or ``content``, and a path of its name only."""

    path: Path
    size: int
    modified: int
    gzipped: bool
    content: bytes | None = None

    @property
    def file(self) -> Path | None:
        """Where it is on disk; None for a text in memory."""
        return self.path if self.content is None else None


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class ByteStream:
    """Sequential bytes of a source; every failure is a `DataError` that names the file."""

    def __init__(self, source: Source, raw: IO[bytes], unpacked: _Readable | None) -> None:
        self._source = source
        self._raw = raw
        self._file: _Readable = unpacked or raw
        self._limit = UNPACKED_LIMIT if unpacked else source.size
        self._count = 0

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(1.0, self._raw.tell() / max(1, self._source.size))

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; empty at the end. What was appended after opening is not read."""
        wanted = size if self._source.gzipped else min(size, self._limit - self._count)
        try:
            data = self._file.read(wanted)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise _damaged_gzip(self._source.path, error) from error
        except OSError as error:
            raise os_error(self._source.path, error) from error
        self._count += len(data)
        if self._source.gzipped:
            self._refuse_bomb()
        return data

    def _refuse_bomb(self) -> None:
        ratio_broken = self._count > max(UNPACKED_FREE, UNPACKED_RATIO * self._source.size)
        if ratio_broken or self._count > self._limit:
            raise DataError(
                f"{self._source.path.name} unpacks to more than "
                f"{self._count >> 20} MB and is not read further",
                code="csv.unpacks_too_large",
                hint="Unpack it first and open the CSV file inside.",
                path=self._source.path,
            )


def examine(path: str | os.PathLike[str]) -> Source:
    """Check that ``path`` is a readable regular file that may hold a table."""
    place = Path(path)
    try:
        state = place.stat()
    except OSError as error:
        raise os_error(place, error) from error
    except ValueError as error:
        raise _unusable_name(place) from error
    _refuse_irregular(place, state.st_mode)
    head = _head(place)
    if not head:
        raise DataError(
            f"{place.name} is empty",
            code="csv.empty",
            hint="Choose a file with a table in it; perhaps saving it was interrupted.",
            path=place,
        )
    source = Source(place, state.st_size, state.st_mtime_ns, head.startswith(GZIP_MAGIC))
    if source.gzipped:
        with open_stream(source) as stream:
            head = stream.read(HEAD)
    refuse_foreign(place, head)
    return source


def examine_text(text: str, name: str) -> Source:
    """The text as a source of UTF-8 bytes; half a surrogate pair becomes U+FFFD."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    content = whole.encode()
    if not content:
        raise DataError(
            f"the {name} is empty", code="csv.empty", hint="Copy the cells of a table, then paste."
        )
    place = Path(name)
    refuse_foreign(place, content[:HEAD])
    return Source(place, len(content), 0, gzipped=False, content=content)


@contextmanager
def open_stream(source: Source) -> Generator[ByteStream]:
    """The bytes of ``source`` from the beginning, unpacked if it is gzipped."""
    if source.content is not None:
        yield ByteStream(source, io.BytesIO(source.content), None)
        return
    try:
        raw = source.path.open("rb")
    except OSError as error:
        raise os_error(source.path, error) from error
    with raw:
        if not source.gzipped:
            yield ByteStream(source, raw, None)
            return
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield ByteStream(source, raw, unpacked)


def change_since(source: Source) -> str:
    """How the file changed since `examine`: "" (not at all), "grown" or "changed"."""
    if source.content is not None:
        return ""
    try:
        state = source.path.stat()
    except OSError:
        return "changed"
    if state.st_size == source.size and state.st_mtime_ns == source.modified:
        return ""
    return "grown" if state.st_size > source.size and not source.gzipped else "changed"


def os_error(path: Path, error: OSError) -> DataError:
    """The operating system's refusal in plain words."""
    if isinstance(error, FileNotFoundError):
        what, code = "does not exist (any more)", "csv.missing"
        hint = "Check the name and the folder; it may have been moved or renamed."
    elif isinstance(error, PermissionError):
        what, code = "may not be read", "csv.permission"
        hint = "Ask for permission, or close the program that has it open, then try again."
    elif isinstance(error, NotADirectoryError):
        what, code = "does not exist: part of its path is not a folder", "csv.missing"
        hint = "Check the path."
    else:
        what, code = f"cannot be read ({error.strerror or error})", "csv.unreadable"
        hint = "Check that the disk or network drive is there, then try again."
    return DataError(f"{path} {what}", code=code, hint=hint, path=path)


def _refuse_irregular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise DataError(
            f"{path} is a folder, not a file",
            code="csv.directory",
            hint="Choose one file inside it.",
            path=path,
        )
    if not stat.S_ISREG(mode):
        raise DataError(
            f"{path} is a device or a pipe, not a file",
            code="csv.not_a_file",
            hint="Save the data to a file first and open that.",
            path=path,
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise os_error(path, error) from error


def _unusable_name(path: Path) -> DataError:
    message = f"{str(path)!r} cannot be the name of a file"
    return DataError(message, code="csv.missing", hint="Check the path.", path=path)


def _damaged_gzip(path: Path, error: Exception) -> DataError:
    return DataError(
        f"{path.name} is a damaged or incomplete gzip file ({error})",
        code="csv.damaged_gzip",
        hint="Download or copy it again, or unpack it with another program.",
        path=path,
    )
