"""Where data comes from: a file, a built-in set, a pasted table. Values that can be kept.

An origin and the choices about it are all that is needed to have the same data again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Table

SAMPLE_PREFIX = "sample:"


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """A file, and what a person has settled about how it is read."""

    path: str
    reading: ReadingOptions = field(default_factory=ReadingOptions)

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return Path(self.path).name or self.path


@dataclass(frozen=True, slots=True)
class SampleOrigin:
    """A built-in set. None means the usual number; measured sets leave all at None.

    ``balance`` is the share of the first class.
    """

    key: str
    points: int | None = None
    noise: float | None = None
    balance: float | None = None
    seed: int = 0

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.key.replace("_", " ")


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """A table that was pasted."""

    text: str
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    name: str = "Pasted table"


@dataclass(frozen=True, slots=True, eq=False)
class MadeOrigin:
    """A table that was begun by hand, and stays in memory until it is saved."""

    table: Table

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.table.name


Origin: TypeAlias = FileOrigin | SampleOrigin | TextOrigin | MadeOrigin


def origin_from(name: str) -> Origin:
    """The origin that ``name`` stands for on the command line: ``sample:NAME`` or a path."""
    if name.startswith(SAMPLE_PREFIX):
        return SampleOrigin(name.removeprefix(SAMPLE_PREFIX))
    return FileOrigin(name)


def generated_alike(before: Origin, after: Origin) -> tuple[str, ...] | None:
    """What a slider has changed between two generated sets: one gesture while it is dragged.

    None where it was no slider: another seed is a step of its own.
    """
    if not isinstance(before, SampleOrigin) or not isinstance(after, SampleOrigin):
        return None
    names = ("points", "noise", "balance", "seed")
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    return ("generate", changed[0]) if len(changed) == 1 and changed[0] != "seed" else None
