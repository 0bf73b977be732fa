"""Ends of the cells of a block, found for all its characters at once.

Only well-formed quotes are taken: one that opens must begin a cell and close at its end on the
same line, with none between. Anything else gives None and is left to `records`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Ints
from slp_core.data.digits import PAD, Text

_SPACE, _TAB = 32, 9
_TRIM_ROUNDS = 32


@dataclass(frozen=True, slots=True)
class Grammar:
    """The signs that cut a block, as bytes: one each, ``quote`` one or none."""

    delimiter: bytes
    quote: bytes
    closer: bytes = b"\n"


@dataclass(frozen=True, slots=True)
class Marks:
    """All cells of a block in order: ``starts``, ``ends`` (m,) positions into its padded bytes.

    ``stops`` (lines,) are the positions of the record closers, ``last`` (lines,) the index of the
    cell that each of them ends.
    """

    starts: Ints
    ends: Ints
    stops: Ints
    last: Ints


def find_marks(text: Text, raw: bytes, grammar: Grammar, lines: int) -> Marks | None:
    """Cut ``raw`` (which ``text`` holds padded) into cells, or None if quotes are malformed.

    ``lines`` is how many record closers there are.
    """
    data = text.data
    closes = data == grammar.closer[0]
    quotes = stops = None
    if grammar.quote and grammar.quote in raw:
        stops = np.flatnonzero(closes)
        closes |= data == grammar.delimiter[0]
        quotes = _pair_quotes(data, closes, stops, grammar)
        if quotes is None:
            return None
        ends = quotes.ends
    else:
        cuts = closes | (data == grammar.delimiter[0])
        ends = np.flatnonzero(cuts)
    last = _if_all_alike(data, ends, lines, grammar)
    if last is None:
        stops = np.flatnonzero(closes) if stops is None else stops
        last = np.searchsorted(ends, stops)
    starts = np.empty_like(ends)
    starts[:1] = PAD
    np.add(ends[:-1], 1, out=starts[1:])
    marks = Marks(starts, ends, ends[last] if stops is None else stops, last)
    spaced = b" " in raw or b"\t" in raw
    if spaced:
        _trim(text, marks)
    if quotes is not None:
        if not _unquote(marks, quotes):
            return None
        if spaced:
            _trim(text, marks)
    return marks


def _if_all_alike(data: NDArray[np.uint8], ends: Ints, lines: int, grammar: Grammar) -> Ints | None:
    """Index of the last cell of each line, if all lines have as many cells; else None."""
    width = len(ends) // max(1, lines)
    if not width or width * lines != len(ends):
        return None
    if not (data[ends[width - 1 :: width]] == grammar.closer[0]).all():
        return None
    return np.arange(width - 1, len(ends), width, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Quotes:
    """Ends of all cells, and per pair of quotes its cell and the places of both."""

    ends: Ints
    cells: Ints
    opens: Ints
    closes: Ints


def _pair_quotes(
    data: NDArray[np.uint8], cuts: Bools, stops: Ints, grammar: Grammar
) -> _Quotes | None:
    """Delimiters inside quotes do not cut; None if a quote stays open at the end of a line."""
    is_quote = data == grammar.quote[0]
    at = np.flatnonzero(is_quote)
    if len(at) % 2:
        return None
    if (np.searchsorted(at, stops) & 1).any():
        return None
    cuts |= is_quote
    places = np.flatnonzero(cuts)
    quoting = is_quote[places]
    keep = (np.cumsum(quoting) & 1) == 0
    keep &= ~quoting
    cells = np.cumsum(keep)[quoting]
    return _Quotes(places[keep], cells[0::2], at[0::2], at[1::2])


def _unquote(marks: Marks, quotes: _Quotes) -> bool:
    """Take the quotes off in place; False unless every pair surrounds a whole cell."""
    cells = quotes.cells
    around = (marks.starts[cells] == quotes.opens) & (marks.ends[cells] - 1 == quotes.closes)
    if not around.all():
        return False
    marks.starts[cells] += 1
    marks.ends[cells] -= 1
    return True


def _trim(text: Text, marks: Marks) -> None:
    """Move the bounds past spaces and tabs, in place."""
    data, starts, ends = text.data, marks.starts, marks.ends
    which = np.flatnonzero(_blank(data[starts]) & (starts < ends))
    for _ in range(_TRIM_ROUNDS):
        if not len(which):
            break
        starts[which] += 1
        which = which[_blank(data[starts[which]]) & (starts[which] < ends[which])]
    for cell in which.tolist():
        content = text.cell(int(starts[cell]), int(ends[cell]))
        starts[cell] += len(content) - len(content.lstrip(b" \t"))
    which = np.flatnonzero(_blank(data[ends - 1]) & (starts < ends))
    for _ in range(_TRIM_ROUNDS):
        if not len(which):
            break
        ends[which] -= 1
        which = which[_blank(data[ends[which] - 1]) & (starts[which] < ends[which])]
    for cell in which.tolist():
        content = text.cell(int(starts[cell]), int(ends[cell]))
        ends[cell] -= len(content) - len(content.rstrip(b" \t"))


def _blank(signs: NDArray[np.uint8]) -> Bools:
    return (signs == _SPACE) | (signs == _TAB)
