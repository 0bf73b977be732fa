"""Names from the user's data inside sentences of ours."""

from __future__ import annotations

from unicodedata import bidirectional

_ISOLATE, _END = "\u2068", "\u2069"
_MOST = 24
"""Characters of a name in a line of numbers: the numbers are what the line is for."""


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


def inline(name: str) -> str:
    """A name for a line of numbers: short, and fenced off."""
    return isolated(shortened(name))
