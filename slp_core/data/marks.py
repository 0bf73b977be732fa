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
    if quoted:
        kept = _outside_quotes(signs, is_mark, grammar)
        if kept is None:
            return None
        keep, is_mark = kept
        places, is_mark, signs = places[keep], is_mark[keep], signs[keep]
    index = np.flatnonzero(~is_mark)
    ends = places[index]
    starts, tails = _starts_and_tails(places, is_mark, index)
    last = np.flatnonzero(signs[index] == grammar.closer[0])
    stops = ends[last]
    if b" " in raw or b"\t" in raw:
        _trim(text, starts, ends, tails)
    if quoted:
        if not _unquote(text.data, (starts, ends, tails), grammar.quote[0]):
            return None
        if b" " in raw or b"\t" in raw:
            _trim(text, starts, ends, tails)
    return Marks(starts, ends, tails, stops, last)


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


def _outside_quotes(
    signs: NDArray[np.uint8], is_mark: Bools, grammar: Grammar
) -> tuple[Bools, Bools] | None:
    """Which signs count, and which of them are decimal marks; None if a record would glue."""
    is_quote = signs == grammar.quote[0]
    inside = (np.cumsum(is_quote) & 1).astype(np.bool_)
    if len(inside) and inside[-1]:
        return None
    if (inside & (signs == grammar.closer[0])).any():
        return None
    hidden = inside & (signs == grammar.delimiter[0])
    if grammar.mark == grammar.delimiter:
        return ~is_quote, hidden  # "1,5" between commas: what is hidden is a decimal mark
    return ~(is_quote | hidden), is_mark


def _unquote(data: NDArray[np.uint8], cells: tuple[Ints, Ints, Ints], quote: int) -> bool:
    """Take the quotes off in place; False unless every quote begins or ends a cell."""
    starts, ends, tails = cells
    quoted = (data[starts] == quote) & (starts < ends)
    closed = (data[ends - 1] == quote) & (ends - starts >= 2)
    total = int((data == quote).sum())
    if (quoted & ~closed).any() or total != 2 * int(quoted.sum()):
        return False
    starts += quoted
    ends -= quoted
    tails -= quoted & (tails > 0)
    return True


def _trim(text: Text, starts: Ints, ends: Ints, tails: Ints) -> None:
    """Move the bounds past spaces and tabs, in place."""
    data = text.data
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
