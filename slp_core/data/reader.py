"""Read a table from a text file of unknown dialect: nothing dropped without a word.

The road: `opening` (may it be read) > `encoding` (one pass: characters, number of lines) >
`layout` (the dialect, judged from the first lines) > `reading` (all rows, block by block) >
`verdicts` (what the columns are, names, remarks) > `Table`. `passes` walks it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from slp_core.data.columns import FloatType
from slp_core.data.opening import examine, examine_text
from slp_core.data.options import checked
from slp_core.data.pace import Pace
from slp_core.data.passes import read_whole
from slp_core.data.reading_options import ColumnKind, ReadingOptions
from slp_core.data.table import Table
from slp_core.errors import DataError

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


def read_csv(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    thousands: str | None = None,
    quote: str | None = None,
    comment: str | None = None,
    header: bool | None = None,
    skip: int | None = None,
    missing: Iterable[str] | None = None,
    kinds: Mapping[str, ColumnKind] | None = None,
    dtype: FloatType | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Table:
    """Read a table from a text file, finding out how it is written.

    Parameters
    ----------
    path
        A ``.csv``, ``.tsv``, ``.txt``, ``.data`` or ``.csv.gz`` file; taken literally.
    encoding, delimiter, decimal, thousands, quote, comment, header, skip
        Decisions taken by the user; None means: judge by the file. An empty text for
        ``thousands``, ``quote`` or ``comment`` means that there is none. A ``delimiter`` of one
        space means any run of spaces and tabs. ``skip`` counts lines from the top of the file.
    missing
        Cells that count as missing; the empty cell always does. None takes the usual ones.
    kinds
        "number" or "text" for columns by name. A cell of such a column of numbers that is no
        number is a problem and missing; such a column of text keeps its cells as written.
    dtype
        ``numpy.float64`` or ``numpy.float32``; None takes float32 for more than 5e6 number cells,
        except for columns of whole numbers that it would not hold exactly.
    progress
        Called with the share done, 0 to 1, between blocks.
    cancelled
        Asked between blocks; once it answers True, reading stops with `DataError` "cancelled".

    Returns
    -------
    Table
        Rows in file order, the file line of each, every problem with its line, and notes.

    Raises
    ------
    DataError
        The file cannot be opened, is no table, or holds no rows; the message says which, the
        hint what to do.
    ConfigError
        A decision cannot be followed; ``field`` names it.
    """
    options = ReadingOptions(
        encoding, delimiter, decimal, thousands, quote, comment, header, skip,
        None if missing is None else tuple(missing), tuple((kinds or {}).items()),
    )  # fmt: skip
    return _file_read(path, options, dtype, progress, cancelled)


def read_table(
    path: str | os.PathLike[str],
    options: ReadingOptions | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Table:
    """`read_csv` with its decisions as one value."""
    return _file_read(path, options or ReadingOptions(), None, progress, cancelled)


def read_text(
    text: str,
    *,
    name: str = "clipboard",
    options: ReadingOptions | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Table:
    """A table from a text that is no file, such as cells copied from a spreadsheet.

    Everything is judged, checked and raised as in `read_csv`. The table is called ``name`` and
    has no path; an encoding in ``options`` is passed over, as characters need none.
    """
    settled = checked(replace(options or ReadingOptions(), encoding="utf-8"), None)
    try:
        source = examine_text(text, name)
        return read_whole(source, settled, None, Pace(source.path, progress, cancelled))
    except DataError as error:
        error.path = None
        raise


def _file_read(
    path: str | os.PathLike[str],
    options: ReadingOptions,
    dtype: FloatType | None,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Table:
    settled = checked(options, dtype)
    source = examine(path)
    try:
        return read_whole(source, settled, dtype, Pace(source.path, progress, cancelled))
    except DataError as error:
        error.path = error.path or source.path
        raise
