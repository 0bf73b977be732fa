"""Errors in words.

The core raises typed errors that carry facts; everything else raises what it likes. This module
alone turns an exception into what a person reads, in the window and on the command line: a title,
what is wrong and where, what to do about it, and the details to copy into a report.
"""

from __future__ import annotations

import errno
import platform
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.system_libraries import install_hint, missing_library
from slp_core.errors import ConfigError, DataError, Diverged, FormulaError, SlpError

UNEXPECTED = "Something unexpected happened"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a person reads it.

    ``title`` says what failed, ``text`` what is wrong and where, ``hint`` what to do (may be
    empty), ``details`` is the traceback and the versions, for a report. ``expected`` is False
    for a fault of the program.
    """

    title: str
    text: str
    hint: str
    details: str
    expected: bool = True


def problem_from(error: BaseException) -> Problem:
    """What to tell a person about ``error``, whatever it is."""
    for kind, worded in _WORDINGS:
        if isinstance(error, kind):
            title, text, hint = worded(error)
            return Problem(title, text, hint, details(error))
    return _unexpected(error)


def details(error: BaseException) -> str:
    """The traceback of ``error`` and the versions in use, as plain text to copy."""
    return "".join(traceback.format_exception(error)) + "\n" + versions()


def versions() -> str:
    """One line naming the versions of everything a fault may depend on."""
    parts = [f"Python {platform.python_version()}", platform.platform()]
    for name in ("perceptron-lab", "numpy", "PySide6_Essentials", "pyqtgraph"):
        try:
            parts.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            parts.append(f"{name} not installed")
    return ", ".join(parts)


def place(error: DataError) -> str:
    """Where in a file: ``data.csv, line 3, column "width"``, as far as it is known.

    What the message says already is not said twice.
    """
    parts: list[str] = []
    if error.path is not None and error.path.name not in error.message:
        parts.append(str(error.path))
    if error.line is not None and not re.search(rf"\bline {error.line}\b", error.message):
        parts.append(f"line {error.line}")
    if error.column is not None and str(error.column) not in error.message:
        name = error.column
        parts.append(f"column {name}" if isinstance(name, int) else f'column "{name}"')
    return ", ".join(parts)


_Words = tuple[str, str, str]

_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "csv": "This file cannot be read",
        "file": "This file cannot be read",
        "paste": "There is no table to paste",
        "weights": "These weights cannot be loaded",
        "model": "These weights cannot be loaded",
        "session": "This session cannot be opened",
        "lesson": "This lesson cannot be used",
        "display": "No window can be opened",
    }
)


def _data(error: DataError) -> _Words:
    title = _TITLES.get(error.code.partition(".")[0], "This data cannot be used")
    where = place(error)
    return title, f"{where}: {error.message}" if where else error.message, error.hint


def _config(error: ConfigError) -> _Words:
    unsaid = [word for word in error.allowed if word not in f"{error.message} {error.hint}"]
    choices = f"Possible: {', '.join(error.allowed)}." if unsaid else ""
    hint = " ".join(part for part in (error.hint, choices) if part)
    return "This setting cannot be used", error.message, hint


def _diverged(error: Diverged) -> _Words:
    hint = error.hint or "Lower the learning rate, or scale the features."
    return "Training left the finite numbers", error.message, hint


def _formula(error: FormulaError) -> _Words:
    text = f"line {error.line}, column {error.column}: {error.message}"
    return "This formula cannot be used", text, error.hint


def _slp(error: SlpError) -> _Words:
    title = _TITLES.get(error.code.partition(".")[0], "This cannot be done")
    return title, error.message, error.hint


_SYSTEM: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        errno.ENOENT: ("there is no such file or folder", "Check the spelling and the folder."),
        errno.EISDIR: ("this is a folder, not a file", "Name a file in it."),
        errno.ENOTDIR: ("a part of this path is a file, not a folder", "Check the path."),
        errno.EACCES: ("permission denied", "Check who may read or write it."),
        errno.EPERM: ("permission denied", "Check who may read or write it."),
        errno.EROFS: ("this place is read-only", "Choose another folder."),
        errno.ENOSPC: ("the disk is full", "Free some space, or choose another folder."),
        errno.ENAMETOOLONG: ("this name is too long", "Choose a shorter one."),
        errno.EEXIST: ("this exists already", "Choose another name."),
    }
)


def _system(error: OSError) -> _Words:
    """An error of the operating system; the path it carries comes first."""
    reason, hint = _SYSTEM.get(error.errno or 0, (error.strerror or str(error), ""))
    name: Any = error.filename
    shown = Path(name).name if isinstance(name, str) else ""
    title = f"{shown} cannot be used" if shown else "The system refused"
    return title, f"{name}: {reason}" if name else reason, hint


def _memory(_: MemoryError) -> _Words:
    hint = "Use fewer rows or features, a lower degree, or a smaller batch."
    return "Out of memory", "there is not enough memory for this", hint


def _encoding(error: UnicodeError) -> _Words:
    hint = "Save the file as UTF-8 and try again."
    return "This file cannot be read", f"some bytes are not text ({error})", hint


def _import(error: ImportError) -> _Words:
    library = missing_library(str(error))
    if library:
        text = f"the system library {library} is missing"
        return "A system library is missing", text, install_hint((library,))
    name = (error.name or "").partition(".")[0]
    text = f"the Python package {name} cannot be loaded ({error})" if name else str(error)
    return "A part is missing", text, "Install again: pip install --force-reinstall perceptron-lab"


_WORDINGS: tuple[tuple[type[BaseException], Callable[[Any], _Words]], ...] = (
    (DataError, _data),
    (ConfigError, _config),
    (Diverged, _diverged),
    (FormulaError, _formula),
    (SlpError, _slp),
    (UnicodeError, _encoding),
    (MemoryError, _memory),
    (ImportError, _import),
    (OSError, _system),
)


def _unexpected(error: BaseException) -> Problem:
    said = " ".join(str(error).split())
    name = type(error).__name__
    return Problem(
        UNEXPECTED,
        f"{name}: {said}" if said else name,
        "This is a fault of the program; please report it with the details.",
        details(error),
        expected=False,
    )
