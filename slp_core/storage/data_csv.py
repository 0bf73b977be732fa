"""A table as a CSV file that every spreadsheet opens and that reads back the same.

UTF-8, commas, decimal points, a line of names. Numbers have the fewest digits that give the same
number again. Texts that could be taken for anything else stand in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from slp_core.data.table import Column, Table
from slp_core.storage.atomic import writing

_BLOCK = 20_000
"""Rows made into text at a time: enough to be quick, few enough to need little memory."""
_PLAIN = re.compile(r"[^\W\d_](?:[\w .-]*[\w.-])?")
"""Texts that need no quotes: they begin with a letter and have nothing that separates."""


def table_csv(
    table: Table,
    path: Path | str,
    *,
    target: str | None = None,
    renames: Mapping[str, str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Save a table as a CSV file; what was there before stays if it cannot be written.

    Parameters
    ----------
    target, renames
        The column of classes, and the names to write in place of those it has.
    progress
        Hears the share that is written (0..1).

    Raises
    ------
    DataError
        The file cannot be written; the message says why.
    """
    with writing(path) as file:
        file.write(_line(_quoted(name) for name in table.names))
        for first in range(0, table.rows, _BLOCK):
            last = min(first + _BLOCK, table.rows)
            cells = [
                _cells(column, first, last, renames or {} if column.name == target else {})
                for column in table.columns
            ]
            file.write(b"".join(_line(row) for row in zip(*cells, strict=True)))
            if progress is not None:
                progress(last / table.rows)


def _cells(column: Column, first: int, last: int, renames: Mapping[str, str]) -> list[str]:
    """Some cells of a column as they stand in the file."""
    if column.codes is not None:
        written = [_quoted(renames.get(text, text)) for text in column.distinct]
        return [written[code] for code in column.codes[first:last].tolist()]
    texts = [str(text) for text in _slice(column, first, last).texts()]
    if not renames:
        return texts
    return [_quoted(renames[text]) if text in renames else text for text in texts]


def _slice(column: Column, first: int, last: int) -> Column:
    assert column.numbers is not None  # noqa: S101 - a column has numbers or codes
    return Column(column.name, column.kind, 0, numbers=column.numbers[first:last])


def _quoted(text: str) -> str:
    if not text or _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _line(cells: Iterable[str]) -> bytes:
    """A line; one of a single empty cell would be taken for no row at all."""
    text = ",".join(cells)
    return ((text or '""') + "\n").encode("utf-8", errors="backslashreplace")
