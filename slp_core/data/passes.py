"""The whole way of one file: survey, layout, all rows, once more if kinds change, checks.

`survey` proves the encoding and counts the lines, `understand` judges the first of them, `Reading`
takes all blocks; the ledger must then account for every line that the survey counted.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from slp_core.data.blocks import Blocks
from slp_core.data.columns import SINGLE_FROM, FloatType
from slp_core.data.encoding import Survey, survey
from slp_core.data.layout import SAMPLE, Layout, understand
from slp_core.data.ledger import Ledger
from slp_core.data.memory import refuse_too_large
from slp_core.data.naming import named
from slp_core.data.opening import Source, change_since, open_stream
from slp_core.data.pace import Pace
from slp_core.data.preface import account_for_preface
from slp_core.data.reading import Plan, Reading
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Table
from slp_core.data.verdicts import built, regrouped
from slp_core.errors import DataError

_KEPT = 16 << 20
MANY_LOST = 500_000
"""Numbers that would become texts by a wrong decimal mark. Each is a text of its own: two million
take 16 s and a gigabyte, and nothing can be learned from them."""


def read_whole(
    source: Source, options: ReadingOptions, dtype: FloatType | None, pace: Pace
) -> Table:
    """Read ``source``; `DataError` if it is no table, changes meanwhile, or is too large."""
    try:
        return _read(source, options, dtype, pace)
    except MemoryError as error:
        raise _out_of_memory(source) from error


def _keep_heap() -> None:
    """Let the allocator keep the memory of one block for the next.

    glibc gives freed memory back above a threshold that starts at 128 KiB and rises to the
    largest mapped piece ever freed. Without this, reading 300 000 rows took 137 000 page faults,
    a third of its time; with it 3 000. The array is never touched, so it costs nothing.
    """
    np.empty(_KEPT, np.uint8)


def _read(source: Source, options: ReadingOptions, dtype: FloatType | None, pace: Pace) -> Table:
    _keep_heap()
    pace.stage(0.0, 0.1)
    found = survey(source, options.encoding, pace)
    layout = understand(_sample(source, found), options, source.path)
    reading = _settled(source, found, _plan(layout, options, found, dtype), pace)
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


def _plan(layout: Layout, options: ReadingOptions, found: Survey, dtype: FloatType | None) -> Plan:
    """Sizes and kinds: a row takes at least one character per cell and one line."""
    capacity = min(found.lines, found.characters // max(1, layout.width) + 1)
    names = named(layout, found.lines).names
    wanted = dict(options.kinds)
    told = tuple(wanted[name] == "number" if name in wanted else None for name in names)
    numeric = _followed(layout.numeric, told)
    cells = capacity * sum(numeric)
    kind = dtype or (np.float32 if cells > SINGLE_FROM else np.float64)
    refuse_too_large(capacity, layout.width, kind)
    _refuse_wrong_mark(layout, told, capacity, found)
    strangers = tuple(name for name in wanted if name not in names)
    return Plan(layout, names, numeric, options.missing_cells, capacity, kind, told, strangers)


def _refuse_wrong_mark(
    layout: Layout, told: tuple[bool | None, ...], capacity: int, found: Survey
) -> None:
    """Raise if a told decimal mark makes texts of very many numbers; small files are read so."""
    lost = [j for j in layout.lost if told[j] is None]
    if len(lost) * capacity <= MANY_LOST:
        return
    other = "," if layout.decimal == "." else "."
    names = named(layout, found.lines).names
    which = f"the column {names[lost[0]]!r}" if len(lost) == 1 else f"{len(lost)} columns"
    raise DataError(
        f"with the decimal mark {layout.decimal!r}, as was told, {which} would hold no numbers; "
        f"with {other!r} they are numbers",
        code="csv.told_decimal",
        hint=f"Say the decimal mark {other!r}, or leave it to the reader; columns that are to be "
        "texts can be told so.",
    )


def _followed(numeric: tuple[bool, ...], told: tuple[bool | None, ...]) -> tuple[bool, ...]:
    return tuple(kind if said is None else said for kind, said in zip(numeric, told, strict=True))


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
