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


def find_marks(text: Text, raw: bytes, grammar: Grammar) -> Marks | None:
    """Cut ``raw`` (which ``text`` holds padded) into cells, or None if quotes are malformed."""
    data = text.data
    closes = data == grammar.closer[0]
    stops = np.flatnonzero(closes)
    closes |= data == grammar.delimiter[0]
    quotes = None
    if grammar.quote and grammar.quote in raw:
        quotes = _pair_quotes(data, closes, stops, grammar)
        if quotes is None:
            return None
        ends = quotes.ends
    else:
        ends = np.flatnonzero(closes)
    starts = np.empty_like(ends)
    starts[:1] = PAD
    np.add(ends[:-1], 1, out=starts[1:])
    marks = Marks(starts, ends, stops, _places_of(stops, ends))
    spaced = b" " in raw or b"\t" in raw
    if spaced:
        _trim(text, marks)
    if quotes is not None:
        if not _unquote(marks, quotes):
            return None
        if spaced:
            _trim(text, marks)
    return marks


def _places_of(stops: Ints, ends: Ints) -> Ints:
    """Index into ``ends`` of each of ``stops``; at once if all lines have as many cells."""
    lines = len(stops)
    width = len(ends) // lines if lines else 0
    if width and width * lines == len(ends) and np.array_equal(ends[width - 1 :: width], stops):
        return np.arange(width - 1, len(ends), width, dtype=np.int64)
    return np.searchsorted(ends, stops)


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
