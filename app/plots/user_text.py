"""Names from the user's data inside sentences of ours."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Final
from unicodedata import bidirectional

_ISOLATE, _END = "\u2068", "\u2069"
_MOST = 24
"""Characters of a name in a line of numbers: the numbers are what the line is for."""

_LEADS_TO: Final = " → "
"""Between an input and the output it has a weight to."""
_LEAST: Final = 3
"""Characters that always stay: one, dots, and one."""


def isolated(name: str) -> str:
    """The name, fenced off where it is written from right to left: it must not turn our words."""
    turns = any(bidirectional(c) in ("R", "AL", "RLE", "RLO", "RLI", "LRO", "LRE") for c in name)
    return f"{_ISOLATE}{name}{_END}" if turns else name


def shortened(name: str, most: int = _MOST) -> str:
    """At most so many characters, cut in the middle (names often differ at their ends)."""
    if len(name) <= most:
        return name
    head = most // 2
    return f"{name[:head].rstrip()}…{name[-(most - 1 - head) :].lstrip()}"


def told_apart(name: str, other: str, fits: Callable[[str], bool]) -> str:
    """As much of a name as fits, and of two that stand side by side what tells them apart.

    Of ``petal_length → setosa`` beside ``petal_width → setosa`` that is ``petal_length``, then
    ``…length``; at last it is cut in the middle.
    """
    head, arrow, end = name.partition(_LEADS_TO)
    same_end = bool(arrow) and other.endswith(arrow + end) and other != name
    short = head if same_end else name
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(short, other, strict=False))
    start = len(list(alike)) if other != name else 0
    while start and short[start - 1].isalnum():
        start -= 1
    told = f"…{short[start:]}" if start > 1 else short
    cut = (shortened(told, most) for most in range(len(told), _LEAST, -1))
    return next((text for text in (name, short, *cut) if fits(text)), shortened(told, _LEAST))


def inline(name: str) -> str:
    """A name for a line of numbers: short, and fenced off."""
    return isolated(shortened(name))
