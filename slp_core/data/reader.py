"""Read a table from a text file of unknown dialect: nothing dropped without a word.

The road: `opening` (may it be read) > `encoding` (one pass: characters, number of lines) >
`layout` (the dialect, judged from the first lines) > `reading` (all rows, block by block) >
`verdicts` (what the columns are, names, remarks) > `Table`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from slp_core.data.blocks import Blocks
from slp_core.data.columns import SINGLE_FROM, FloatType
from slp_core.data.encoding import Survey, survey
from slp_core.data.layout import SAMPLE, Layout, Options, understand
from slp_core.data.ledger import Ledger
from slp_core.data.memory import refuse_too_large
from slp_core.data.naming import named
from slp_core.data.numerals import DEFAULT_MISSING
from slp_core.data.opening import Source, change_since, examine, open_stream
from slp_core.data.options import checked
from slp_core.data.pace import Pace
from slp_core.data.preface import account_for_preface
from slp_core.data.reading import Plan, Reading
from slp_core.data.table import Table
from slp_core.data.verdicts import built, regrouped
from slp_core.errors import DataError

_KEPT = 16 << 20


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
    missing: Iterable[str] = DEFAULT_MISSING,
    dtype: FloatType | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
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
        Cells that count as missing; the empty cell always does.
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
    """
    options = checked(
        Options(
            encoding, delimiter, decimal, thousands, quote, comment, header, skip,
            frozenset(missing) | {""},
        ),
        dtype,
    )  # fmt: skip
    source = examine(path)
    pace = Pace(source.path, progress, cancelled)
    try:
        return _read(source, options, dtype, pace)
    except MemoryError as error:
        raise _out_of_memory(source) from error
    except DataError as error:
        error.path = error.path or source.path
        raise


def _keep_heap() -> None:
    """Let the allocator keep the memory of one block for the next.

    glibc gives freed memory back above a threshold that starts at 128 KiB and rises to the
    largest mapped piece ever freed. Without this, reading 300 000 rows took 137 000 page faults,
    a third of its time; with it 3 000. The array is never touched, so it costs nothing.
    """
    np.empty(_KEPT, np.uint8)


def _read(source: Source, options: Options, dtype: FloatType | None, pace: Pace) -> Table:
    _keep_heap()
    pace.stage(0.0, 0.1)
    found = survey(source, options.encoding, pace)
    layout = understand(_sample(source, found), options, source.path)
    reading = _settled(source, found, _plan(layout, layout.numeric, options, found, dtype), pace)
    change = _check(source, found, reading)
    table = built(source, found, reading, change)
    pace.step(1.0)
    return table


def _settled(source: Source, found: Survey, plan: Plan, pace: Pace) -> Reading:
    """Read; once more if columns turned out to be text (or numbers) further down."""
    pace.stage(0.1, 1.0)
    reading = _pass_over(source, found, plan, pace)
    numeric = regrouped(reading)
    if numeric == plan.numeric:
        return reading
    pace.stage(0.5, 1.0)
    return _pass_over(source, found, replace(plan, numeric=numeric), pace)


def _sample(source: Source, found: Survey) -> str:
    """The first whole lines of the file as text."""
    blank: list[bytes] = []
    with open_stream(source) as stream:
        blocks = Blocks(stream, found.encoding)
        block = blocks.next()
        while block is not None and not block.text.strip():
            blank.append(block.text)
            block = blocks.next()
    text = b"" if block is None else block.text
    if len(text) > SAMPLE:
        text = text[: text.rfind(b"\n", 0, SAMPLE) + 1] or text
    return b"".join((*blank, text)).decode()


def _plan(
    layout: Layout,
    numeric: tuple[bool, ...],
    options: Options,
    found: Survey,
    dtype: FloatType | None,
) -> Plan:
    """Sizes and kinds: a row takes at least one character per cell and one line."""
    capacity = min(found.lines, found.characters // max(1, layout.width) + 1)
    cells = capacity * sum(numeric)
    kind = dtype or (np.float32 if cells > SINGLE_FROM else np.float64)
    refuse_too_large(capacity, layout.width, kind)
    names = named(layout, found.lines)
    return Plan(layout, names.names, numeric, options.missing, capacity, kind)


def _pass_over(source: Source, found: Survey, plan: Plan, pace: Pace) -> Reading:
    reading = Reading(plan, Ledger())
    account_for_preface(reading.ledger, plan.layout)
    with open_stream(source) as stream:
        blocks = Blocks(stream, found.encoding)
        blocks.skip_lines(plan.layout.heading.data_line - 1)
        while (block := blocks.next()) is not None:
            reading.take(block, blocks)
            pace.step(stream.share)
    return reading


def _check(source: Source, found: Survey, reading: Reading) -> str:
    """The sum check; a file that changed meanwhile is named as the reason."""
    change = change_since(source)
    if change == "changed":
        raise DataError(
            f"{source.path.name} was changed while it was read",
            code="csv.changed",
            hint="Wait until the other program has finished with it, then open it again.",
            path=source.path,
        )
    reading.ledger.check(found.lines, source.path)
    if not reading.rows:
        raise _no_rows(source, reading)
    return change


def _no_rows(source: Source, reading: Reading) -> DataError:
    heading = reading.plan.layout.heading
    what = "a line of names but no rows" if heading.names else "no rows that fit together"
    return DataError(
        f"{source.path.name} has {what}",
        code="csv.no_rows",
        hint="Check that the file was saved completely, and that the separator is right.",
        path=source.path,
    )


def _out_of_memory(source: Source) -> DataError:
    return DataError(
        f"{source.path.name} is too large for this computer's memory",
        code="csv.too_large",
        hint="Close other programs, or read a part of the rows or columns.",
        path=source.path,
    )
