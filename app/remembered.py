"""Choices remembered for each file: how it is read, and what is learned from it.

A small JSON file beside the settings, newest first. Whatever cannot be used in it counts as never
kept: a broken or foreign store must not keep a file from opening.

A file is known again by its path and a digest of its first bytes, so that another file of the
same name is not read by old choices, and rows that are appended do not lose them. The time of the
last change was rejected: saving from an editor would forget everything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from PySide6.QtCore import QSettings

from app.settings import NAME
from app.sources import DataOptions
from slp_core.data.missing import MISSING
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.scaling import SCALINGS
from slp_core.data.target import TASKS
from slp_core.errors import ConfigError, DataError
from slp_core.storage.atomic import write_text

VERSION = 1
MOST_FILES = 200
HEAD = 1024
"""Bytes at the head of a file that have to be the same: the names and the first rows."""
LARGEST_STORE = 8_000_000
LARGEST_ENTRY = 500_000
"""Letters; tens of thousands of columns by name would crowd out everything else."""

_Entry = dict[str, Any]


class Remembered:
    """The store of the user, or the file given (tests do that)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = store_path() if path is None else path
        self.note = ""
        """One sentence on why something in the store could not be used or kept; empty if all is
        well."""

    def recall(self, path: str | Path) -> tuple[ReadingOptions, DataOptions] | None:
        """The choices for a file; None if there are none, or if it is another file by now."""
        place = Path(path).absolute()
        entry = next((e for e in self._entries() if e.get("path") == str(place)), None)
        if entry is None or entry.get("head") != _digest(place, entry.get("bytes")):
            return None
        try:
            return ReadingOptions.from_dict(entry["reading"]), _options(entry["options"])
        except (ConfigError, KeyError, TypeError, ValueError, AttributeError) as error:
            self.note = f"The choices kept for {place.name} cannot be used: {error}."
            return None

    def keep(self, path: str | Path, reading: ReadingOptions, options: DataOptions) -> None:
        """Remember the choices for a file that is there; a failure is a `note`, no error."""
        place = Path(path).absolute()
        others = [entry for entry in self._entries() if entry.get("path") != str(place)]
        size = _head_size(place)
        entry: _Entry = {"path": str(place), "bytes": size, "head": _digest(place, size)}
        entry |= {"reading": reading.as_dict(), "options": asdict(options)}
        if entry["head"] is None or len(json.dumps(entry)) > LARGEST_ENTRY:
            self._write(others)
        else:
            self._write([entry, *others])

    def forget(self, path: str | Path) -> None:
        """Remember nothing for a file any more."""
        place = str(Path(path).absolute())
        self._write([entry for entry in self._entries() if entry.get("path") != place])

    def _entries(self) -> list[_Entry]:
        """All entries, newest first; none where the store cannot be read."""
        try:
            if self._path.stat().st_size > 2 * LARGEST_STORE:
                raise ValueError("it is too large")
            return _entries_of(json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, RecursionError) as error:
            self.note = f"The remembered choices for files cannot be read: {error}."
            return []

    def _write(self, entries: Sequence[_Entry]) -> None:
        kept: list[_Entry] = []
        room = LARGEST_STORE
        for entry in entries[:MOST_FILES]:
            room -= len(json.dumps(entry))
            if room > 0:
                kept.append(entry)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps({"version": VERSION, "files": kept}, indent=1)
            write_text(self._path, text + "\n")
        except (DataError, OSError) as error:
            self.note = f"The choices for this file cannot be kept: {error}"


def store_path() -> Path:
    """Beside the file of settings; on Windows, where settings are in the registry, where that
    file would be."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, NAME)
    return Path(settings.fileName()).with_name("files.json")


def _entries_of(document: Any) -> list[_Entry]:
    if not isinstance(document, Mapping):
        raise ValueError("it holds no choices")
    found = cast(Mapping[str, Any], document)
    if found.get("version") != VERSION:
        raise ValueError(f"it is of version {found.get('version')!r}, not {VERSION}")
    entries: object = found.get("files")
    if not isinstance(entries, list):
        raise ValueError("it holds no list of files")
    return [cast(_Entry, entry) for entry in cast(list[Any], entries) if isinstance(entry, dict)]


def _head_size(path: Path) -> int:
    try:
        return min(path.stat().st_size, HEAD)
    except OSError:
        return 0


def _digest(path: Path, size: object) -> str | None:
    """Digest of the first ``size`` bytes; None if the file has not as many."""
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= HEAD:
        return None
    try:
        if not path.is_file():  # a pipe would wait for ever
            return None
        with path.open("rb") as file:
            head = file.read(size)
    except OSError:
        return None
    return hashlib.sha256(head).hexdigest() if len(head) == size else None


def _options(mapping: Any) -> DataOptions:
    """Data options of what `asdict` gave; a field that is not there keeps its default."""
    hints = get_type_hints(DataOptions)
    known = {field.name for field in fields(DataOptions)}
    found: dict[str, Any] = {}
    for name, value in mapping.items():
        if name not in known:
            raise ValueError(f"{name!r} is no choice about data")
        found[name] = _typed(value, hints[name], name)
    options = DataOptions(**found)
    _check(options)
    return options


def _check(options: DataOptions) -> None:
    wrong = [
        options.scaling not in SCALINGS,
        options.missing not in MISSING,
        options.task is not None and options.task not in TASKS,
        not 0 <= options.validation < 1,
        options.degree < 1,
    ]
    if any(wrong):
        raise ValueError("one of them does not exist")


def _typed(value: Any, hint: Any, name: str) -> Any:
    """``value`` as its type hint wants it: lists become tuples, nothing else is bent."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (UnionType, Union):
        if value is None and NoneType in parts:
            return None
        return _typed(value, next(part for part in parts if part is not NoneType), name)
    if origin is tuple:
        return _typed_items(value, parts, name)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise ValueError(f"{name} cannot be {value!r}")
    return value


def _typed_items(value: Any, parts: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name} cannot be {value!r}")
    items = cast(Sequence[Any], value)
    if parts[-1] is Ellipsis:
        return tuple(_typed(item, parts[0], name) for item in items)
    if len(items) != len(parts):
        raise ValueError(f"{name} cannot be {value!r}")
    return tuple(_typed(item, part, name) for item, part in zip(items, parts, strict=True))
