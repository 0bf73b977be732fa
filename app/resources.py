"""Access to the files shipped in the ``resources`` package, wherever it is installed."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path


def read_text(name: str) -> str:
    """Text of one shipped file; ``name`` is relative to ``resources``, with forward slashes."""
    return files("resources").joinpath(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """Bytes of one shipped file; ``name`` is relative to ``resources``."""
    return files("resources").joinpath(name).read_bytes()


@cache
def folder() -> Path:
    """The folder of the shipped files, for the few readers that take only a path (Qt's ``url()``).

    The package is never run from a zip file: Qt could not read its pictures there.
    """
    with as_file(files("resources")) as path:
        return Path(path)
