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
    """The signs that matter to a scan, as bytes; ``mark`` is the decimal mark.

    ``delimiter``, ``closer`` (ends a record) and ``mark`` are one byte, ``quote`` one or none.
    """

    delimiter: bytes
    quote: bytes
    mark: bytes
    closer: bytes = b"\n"


@dataclass(frozen=True, slots=True)
class Marks:
    """All cells of a block in order: (m,) positions into its padded bytes.

    ``tails`` is the distance from the last decimal mark in a cell to its end, 0 without one.
    ``stops`` (lines,) are the positions of the record closers, ``last`` (lines,) the index of the
    cell that each of them ends.
    """

    starts: Ints
    ends: Ints
    tails: Ints
    stops: Ints
    last: Ints


def find_marks(text: Text, raw: bytes, grammar: Grammar) -> Marks | None:
    """Cut ``raw`` (which ``text`` holds padded) into cells, or None if quotes are malformed."""
    quoted = bool(grammar.quote) and grammar.quote in raw
    places, is_mark, signs = _signs(text.data, grammar, quoted)
    quotes = None
    if quoted:
        quotes = _pair_quotes(places, signs, is_mark, grammar)
        if quotes is None:
            return None
        keep, is_mark = quotes.keep, quotes.is_mark[quotes.keep]
        places, signs = places[keep], signs[keep]
    index = np.flatnonzero(~is_mark)
    ends = places[index]
    starts, tails = _starts_and_tails(places, is_mark, index)
    last = np.flatnonzero(signs[index] == grammar.closer[0])
    marks = Marks(starts, ends, tails, ends[last], last)
    spaced = b" " in raw or b"\t" in raw
    if spaced:
        _trim(text, marks)
    if quotes is not None:
        if not _unquote(marks, quotes):
            return None
        if spaced:
            _trim(text, marks)
    return marks


def _signs(
    data: NDArray[np.uint8], grammar: Grammar, quoted: bool
) -> tuple[Ints, Bools, NDArray[np.uint8]]:
    """Places of all signs, whether each is a decimal mark, and the signs."""
    delimiter, mark = grammar.delimiter[0], grammar.mark[0]
    found = data == delimiter
    found |= data == grammar.closer[0]
    if mark != delimiter:
        found |= data == mark
    if quoted:
        found |= data == grammar.quote[0]
    places = np.flatnonzero(found)
    signs = data[places]
    is_mark = signs == mark if mark != delimiter else np.zeros(len(signs), np.bool_)
    return places, is_mark, signs


def _starts_and_tails(places: Ints, is_mark: Bools, index: Ints) -> tuple[Ints, Ints]:
    ends = places[index]
    starts = np.empty_like(ends)
    starts[:1] = PAD
    starts[1:] = ends[:-1]
    starts[1:] += 1
    before = index - 1
    has_mark = is_mark[before]
    if len(index) and index[0] == 0:
        has_mark[0] = False  # before[0] is -1 and looked at the last sign
    return starts, (ends - places[before]) * has_mark


@dataclass(frozen=True, slots=True)
class _Quotes:
    """Which signs count, which are decimal marks, and per pair of quotes its cell and bounds."""

    keep: Bools
    is_mark: Bools
    cells: Ints
    opens: Ints
    closes: Ints


def _pair_quotes(
    places: Ints, signs: NDArray[np.uint8], is_mark: Bools, grammar: Grammar
) -> _Quotes | None:
    """Signs inside quotes do not cut; None if a quote stays open at the end of a line."""
    is_quote = signs == grammar.quote[0]
    inside = (np.cumsum(is_quote) & 1).astype(np.bool_)
    if len(inside) and inside[-1]:
        return None
    if (inside & (signs == grammar.closer[0])).any():
        return None
    hidden = inside & (signs == grammar.delimiter[0])
    keep = ~(is_quote | hidden)
    if grammar.mark == grammar.delimiter:
        keep, is_mark = ~is_quote, hidden  # "1,5" between commas: the hidden one is a mark
    cells = np.cumsum(keep & ~is_mark)[is_quote]
    at = places[is_quote]
    return _Quotes(keep, is_mark, cells[0::2], at[0::2], at[1::2])


def _unquote(marks: Marks, quotes: _Quotes) -> bool:
    """Take the quotes off in place; False unless every pair surrounds a whole cell."""
    cells = quotes.cells
    around = (marks.starts[cells] == quotes.opens) & (marks.ends[cells] - 1 == quotes.closes)
    if not around.all():
        return False
    marks.starts[cells] += 1
    marks.ends[cells] -= 1
    marks.tails[cells] -= marks.tails[cells] > 0
    return True


def _trim(text: Text, marks: Marks) -> None:
    """Move the bounds past spaces and tabs, in place."""
    data, starts, ends, tails = text.data, marks.starts, marks.ends, marks.tails
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
        _shorten(ends, tails, which, 1)
        which = which[_blank(data[ends[which] - 1]) & (starts[which] < ends[which])]
    for cell in which.tolist():
        content = text.cell(int(starts[cell]), int(ends[cell]))
        _shorten(ends, tails, np.array([cell]), len(content) - len(content.rstrip(b" \t")))


def _shorten(ends: Ints, tails: Ints, which: Ints, count: int) -> None:
    ends[which] -= count
    marked = which[tails[which] > 0]
    tails[marked] = np.maximum(tails[marked] - count, 0)


def _blank(signs: NDArray[np.uint8]) -> Bools:
    return (signs == _SPACE) | (signs == _TAB)
