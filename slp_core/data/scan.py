"""The regular rows of a block, and the lines that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Bools, Ints
from slp_core.data.blocks import Block
from slp_core.data.digits import PAD, Text
from slp_core.data.marks import Grammar, Marks, find_marks

# Cells and records of a block that was read line by line are joined with these.
CELL_MARK, RECORD_MARK = "\x1f", "\x1e"
_SPACES = re.compile(rb"[ \t]+")
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of regular rows: (rows, width) positions into ``text``; (rows,) file lines."""

    text: Text
    starts: Ints
    ends: Ints
    lines: Ints


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line that is no row: its number, how many cells it has, and the beginning of its text.

    ``cells`` is 0 where it could not be cut into cells; ``why`` then says the reason.
    """

    line: int
    cells: int
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """Rows and leftovers of a block; ``extra_lines`` belong to rows that span several lines.

    ``empty`` are the lines of rows without any value.
    """

    cells: Cells
    leftovers: list[Leftover]
    empty: list[int]
    extra_lines: int = 0


def scan(block: Block, grammar: Grammar, width: int, comment: str) -> Scanned | None:
    """The cells of ``block``, or None if its quotes need reading line by line."""
    raw = block.text
    if grammar.delimiter == b" ":
        if grammar.quote and grammar.quote in raw:
            return None
        raw = _single_spaced(raw)
    text = Text.of(raw)
    marks = find_marks(text, raw, grammar, block.lines)
    if marks is None:
        return None
    regular, counts = _line_widths(marks, width)
    empty = _empty_lines(marks, regular, width)
    if width == 1:
        regular[empty] = False  # nothing tells a blank line from a missing cell
    _leave_out_comments(raw, text, marks, regular, comment)
    if b"\0" in raw:
        nuls = np.flatnonzero(text.data[PAD:-PAD] == 0) + PAD
        regular[np.searchsorted(marks.stops, nuls)] = False
    cells = _rows(text, marks, regular, width, block.line)
    without = [block.line + line for line in empty if regular[line]]
    return Scanned(cells, _leftovers(text, marks, regular, counts, block.line), without)


def scan_joined(joined: str, lines: list[int], width: int) -> Cells:
    """The cells of records joined with `CELL_MARK` and ended with `RECORD_MARK`."""
    raw = joined.encode()
    text = Text.of(raw)
    grammar = Grammar(CELL_MARK.encode(), b"", RECORD_MARK.encode())
    marks = find_marks(text, raw, grammar, len(lines))
    if marks is None:
        message = "records without quotes cannot be malformed"
        raise AssertionError(message)
    shape = (len(lines), width)
    starts, ends = marks.starts.reshape(shape), marks.ends.reshape(shape)
    return Cells(text, starts, ends, np.array(lines, dtype=np.int64))


def _single_spaced(raw: bytes) -> bytes:
    """Aligned columns with one space between cells and none at the ends of lines."""
    spaced = _SPACES.sub(b" ", raw)
    return spaced.replace(b" \n", b"\n").replace(b"\n ", b"\n").removeprefix(b" ")


def _line_widths(marks: Marks, width: int) -> tuple[Bools, Ints]:
    """(lines,) whether a line has ``width`` cells, and how many it has."""
    counts = np.diff(marks.last, prepend=-1)
    return counts == width, counts


def _first_cells(marks: Marks) -> Ints:
    """Index of the first cell of each line."""
    first = np.empty_like(marks.last)
    first[:1] = 0
    first[1:] = marks.last[:-1] + 1
    return first


def _empty_lines(marks: Marks, regular: Bools, width: int) -> list[int]:
    """Lines of the right width with no value in any cell."""
    first = _first_cells(marks)
    without_first = marks.starts[first] == marks.ends[first]
    empty: list[int] = []
    for line in np.flatnonzero(without_first & regular).tolist():
        row = slice(int(first[line]), int(first[line]) + width)
        if not (marks.starts[row] < marks.ends[row]).any():
            empty.append(line)
    return empty


def _leave_out_comments(raw: bytes, text: Text, marks: Marks, regular: Bools, comment: str) -> None:
    sign = comment.encode()
    if not sign or sign not in raw:
        return
    first = marks.starts[_first_cells(marks)]
    for line in np.flatnonzero(text.data[first] == sign[0]).tolist():
        if text.cell(int(first[line]), int(first[line]) + len(sign)) == sign:
            regular[line] = False


def _rows(text: Text, marks: Marks, regular: Bools, width: int, first_line: int) -> Cells:
    if regular.all():
        shape = (len(regular), width)
        starts, ends = marks.starts.reshape(shape), marks.ends.reshape(shape)
    else:
        index = marks.last[regular][:, None] + np.arange(1 - width, 1)
        starts, ends = marks.starts[index], marks.ends[index]
    lines = np.flatnonzero(regular) + first_line
    return Cells(text, starts, ends, lines)


def _leftovers(
    text: Text, marks: Marks, regular: Bools, counts: Ints, first_line: int
) -> list[Leftover]:
    found: list[Leftover] = []
    for line in np.flatnonzero(~regular).tolist():
        start = int(marks.stops[line - 1]) + 1 if line else PAD
        stop = min(int(marks.stops[line]), start + _SHOWN)
        shown = text.cell(start, stop).decode(errors="ignore")
        found.append(Leftover(first_line + line, int(counts[line]), shown))
    return found
