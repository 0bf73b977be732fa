"""Lines of a file as they stand there, each with the part it plays in the table read from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from slp_core.data.blocks import Blocks
from slp_core.data.ledger import LineClass
from slp_core.data.opening import Source, examine, examine_text, open_stream
from slp_core.data.records import LONGEST_RECORD, Lines, Record, Signs, split
from slp_core.data.table import Dialect, Table

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line by its number from 1; ``text`` without its line end, cut after 500 characters."""

    number: int
    text: str
    role: LineClass


def raw_lines(
    path_or_text: Path | str, table: Table, first: int, count: int
) -> tuple[RawLine, ...]:
    """Up to ``count`` lines from line ``first`` on.

    Parameters
    ----------
    path_or_text
        The `Path` that ``table`` was read from, or the very text (a str).
    table
        What was read: its dialect cuts the lines, its rows say which lines are data.

    Raises
    ------
    DataError
        The file cannot be opened any more.
    """
    first = max(1, first)
    begin = _record_before(table, first)
    dialect = table.dialect
    signs = Signs(dialect.delimiter, dialect.quote or "", dialect.comment or "")
    texts = _texts(_source(path_or_text), dialect.encoding, begin, first + count + LONGEST_RECORD)
    wanted = slice(first - begin, first - begin + count)
    roles = _roles(Lines(texts, begin), signs, table)
    numbered = enumerate(zip(texts, roles, strict=True), begin)
    told = [RawLine(number, text[:_SHOWN], role) for number, (text, role) in numbered]
    return tuple(told[wanted])


def _source(path_or_text: Path | str) -> Source:
    if isinstance(path_or_text, str):
        return examine_text(path_or_text, "text")
    return examine(path_or_text)


def _record_before(table: Table, line: int) -> int:
    """The line on which to start cutting, so that records of several lines are met whole."""
    row = int(np.searchsorted(table.lines, line, "right")) - 1
    begin = int(table.lines[row]) if row >= 0 else 1
    return begin if line - begin < LONGEST_RECORD else line


def _texts(source: Source, encoding: str, begin: int, end: int) -> list[str]:
    """The lines from ``begin`` up to, not including, ``end``."""
    texts: list[str] = []
    with open_stream(source) as stream:
        blocks = Blocks(stream, encoding)
        blocks.skip_lines(begin - 1)
        while len(texts) < end - begin and (block := blocks.next()) is not None:
            texts += block.text.decode(errors="replace").split("\n")[:-1]
    return texts[: end - begin]


def _roles(lines: Lines, signs: Signs, table: Table) -> list[LineClass]:
    """One role per line of ``lines``."""
    begin = lines.first
    data = set(_between(table, begin, begin + len(lines.texts)))
    above = _upto(table.dialect.data_line - begin, lines)
    roles: list[LineClass] = [_above(lines.texts[k], begin + k, table.dialect) for k in above]
    rest = Lines(lines.texts[len(roles) :], begin + len(roles))
    for item in split(rest, signs, len(table.columns)):
        if isinstance(item, Record) and item.line in data:
            more: list[LineClass] = ["continuation" for _ in range(item.lines - 1)]
            roles.append("data")
            roles += more
            continue
        taken = item.lines if isinstance(item, Record) else 1
        index = item.line - begin
        roles.extend(_without_row(text, signs) for text in lines.texts[index : index + taken])
    return roles


def _upto(count: int, lines: Lines) -> range:
    return range(max(0, min(count, len(lines.texts))))


def _between(table: Table, begin: int, end: int) -> Iterator[int]:
    start, stop = np.searchsorted(table.lines, [begin, end])
    yield from table.lines[start:stop].tolist()


def _above(text: str, number: int, dialect: Dialect) -> LineClass:
    if number in dialect.header_lines:
        return "header"
    bare = text.strip()
    if not bare:
        return "blank"
    return "comment" if dialect.comment and bare.startswith(dialect.comment) else "title"


def _without_row(text: str, signs: Signs) -> LineClass:
    bare = text.strip()
    if signs.is_comment(text):
        return "comment"
    return "bad" if bare.strip(f"{signs.quote} ") else "blank"
