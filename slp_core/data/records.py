"""Difficult lines, one record at a time, with the standard ``csv`` module.

A record that does not end properly is given up at its first line and reading goes on with the
next line, so that one stray quote costs one row.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from slp_core.data.scan import CELL_MARK, RECORD_MARK, Leftover

LONGEST_RECORD = 200
_LONGEST_TEXT = 1 << 20
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Signs:
    """How a line is cut: the comment sign is "" for none, the quote "" for none."""

    delimiter: str
    quote: str
    comment: str

    def bare(self, text: str) -> str:
        """A line without the blanks around it; a tab that separates cells is none."""
        return text.strip(" " if self.delimiter == "\t" else " \t")

    def is_comment(self, text: str) -> bool:
        """Whether a line begins with the comment sign."""
        return bool(self.comment) and self.bare(text).startswith(self.comment)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, the number of its first line and how many lines it takes."""

    line: int
    cells: list[str]
    lines: int = 1


@dataclass(slots=True)
class Lines:
    """Lines of text with their numbers; ``more`` gives the lines that follow, or none."""

    texts: list[str]
    first: int
    more: Callable[[], list[str]] = field(default=lambda: [])

    def get(self, index: int) -> str | None:
        """The line at ``index``, reading on if need be; None behind the last."""
        while index >= len(self.texts):
            following = self.more()
            if not following:
                return None
            self.texts.extend(following)
        return self.texts[index]


def split(lines: Lines, signs: Signs, width: int = 0) -> Iterator[Record | Leftover]:
    """Cut lines into records; stop with the lines there were at the start.

    With ``width`` given, a record of several lines must have that many cells: glued lines by
    chance rarely do.
    """
    index, count = 0, len(lines.texts)
    while index < count:
        item = _next(lines, index, signs, width)
        index += item.lines if isinstance(item, Record) else 1
        yield item


def joined(records: list[Record]) -> str:
    """The records in the form that `scan.scan_joined` reads."""
    return "".join(CELL_MARK.join(record.cells) + RECORD_MARK for record in records)


def holds_marks(record: Record) -> bool:
    """Whether a cell holds the very signs used for joining (or a NUL)."""
    return any(mark in cell for cell in record.cells for mark in (CELL_MARK, RECORD_MARK, "\0"))


def _next(lines: Lines, index: int, signs: Signs, width: int) -> Record | Leftover:
    text, number = lines.texts[index], lines.first + index
    if not signs.bare(text) or signs.is_comment(text):
        return Leftover(number, 0, text[:_SHOWN])
    if not signs.quote or signs.quote not in text:
        return Record(number, _plain_cells(text, signs.delimiter))
    return _quoted(lines, index, signs, width)


def _plain_cells(text: str, delimiter: str) -> list[str]:
    if delimiter == " ":
        return text.split()
    return [cell.strip(" \t") for cell in text.split(delimiter)]


def _quoted(lines: Lines, index: int, signs: Signs, width: int) -> Record | Leftover:
    text, number = lines.texts[index], lines.first + index
    reader = csv.reader(
        _feed(lines, index),
        delimiter=signs.delimiter,
        quotechar=signs.quote,
        strict=True,
        skipinitialspace=True,
    )
    try:
        cells = next(reader)
    except (csv.Error, StopIteration) as error:
        return Leftover(number, 0, text[:_SHOWN], _reason(str(error), reader.line_num))
    if reader.line_num > 1 and width and len(cells) != width:
        return Leftover(number, 0, text[:_SHOWN], _reason("", reader.line_num))
    if signs.delimiter == " " and cells and not cells[-1]:
        cells.pop()  # a space before the end of the line
    return Record(number, [cell.strip(" \t") for cell in cells], reader.line_num)


def _feed(lines: Lines, index: int) -> Iterator[str]:
    size = 0
    for offset in range(LONGEST_RECORD):
        text = lines.get(index + offset)
        size += len(text or "")
        if text is None or size > _LONGEST_TEXT:
            return
        yield text + "\n"


def _reason(error: str, lines: int) -> str:
    if "field larger" in error:
        return f"a cell is longer than {csv.field_size_limit()} characters"
    if lines > 1 or "unexpected end" in error:
        return "a quote is opened here and not closed"
    return "text follows a closing quote"
