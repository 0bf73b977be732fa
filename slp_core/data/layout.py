"""What the first lines of a file say about all of it: the plan that the reader follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from slp_core.data.decimals import settle
from slp_core.data.dialect import Candidate, Choice, choose
from slp_core.data.header import Heading, find_heading, number_columns
from slp_core.data.numerals import Numerals
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.records import Record, Signs
from slp_core.errors import DataError

SAMPLE = 256 << 10
WIDEST = 100_000
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|:^~ ])"?', re.I)


@dataclass(frozen=True, slots=True)
class Layout:
    """The plan: how lines are cut, how numbers are written, where the table begins."""

    signs: Signs
    width: int
    decimal: str
    thousands: str | None
    heading: Heading
    skip: int
    numeric: tuple[bool, ...]
    leading_zeros: tuple[bool, ...]
    doubts: tuple[str, ...]
    skipped: int
    preface: tuple[str, ...]
    objections: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()
    """Columns that would be numbers under the other decimal mark than the one that was told."""


def understand(text: str, options: ReadingOptions, path: Path) -> Layout:
    """Judge the sample ``text`` (whole lines from the beginning of the file)."""
    texts = text.split("\n")
    if texts and not texts[-1]:
        texts.pop()
    skipped, told = _lines_to_skip(texts, options)
    rest, first = texts[skipped:], skipped + 1
    blank = next((k for k, line in enumerate(rest) if line.strip()), 0)
    rest, first = rest[blank:], first + blank
    _refuse_blank(rest, options, path)
    choice = choose(rest, first, options.delimiter or told, options.quote, options.comment)
    if choice is None:
        raise _no_table(path)
    layout = _layout(choice, rest, first, options, path)
    skip = _skip(texts, skipped, layout)
    preface = tuple(texts[: layout.heading.data_line - 1])
    return replace(layout, skip=skip, skipped=skipped, preface=preface)


def _lines_to_skip(texts: list[str], options: ReadingOptions) -> tuple[int, str | None]:
    """How many lines to pass over, and the separator that a line "sep=;" names."""
    found = _SEPARATOR_LINE.fullmatch(texts[0]) if texts else None
    told = found[1] if found else None
    if options.skip is not None:
        return min(options.skip, len(texts)), told
    return (1 if told else 0), told


def _layout(
    choice: Choice, texts: list[str], first: int, options: ReadingOptions, path: Path
) -> Layout:
    best = choice.best
    _refuse_width(best, path)
    cells = [cell for record in best.records for cell in record.cells]
    marks = settle(cells, best.signs.delimiter, options.decimal, options.thousands)
    numerals = Numerals(marks.decimal, marks.thousands, options.missing_cells)
    heading = find_heading(best, texts, first, numerals, options.header)
    if heading is None:
        raise _no_table(path)
    rows = _body(best, heading)
    numeric = number_columns(rows, best.width, numerals)
    return Layout(
        best.signs,
        best.width,
        marks.decimal,
        marks.thousands,
        heading,
        0,
        tuple(kind is not False for kind in numeric),
        tuple(_has_leading_zeros(rows, j) for j in range(best.width)),
        choice.doubts + marks.doubts + heading.doubts,
        0,
        (),
        choice.objections + marks.objections,
        _lost(rows, numeric, numerals) if marks.objections else (),
    )


def _lost(rows: list[Record], numeric: list[bool | None], told: Numerals) -> tuple[int, ...]:
    other = Numerals("," if told.decimal == "." else ".", None, told.missing)
    kinds = number_columns(rows, len(numeric), other)
    pairs = enumerate(zip(numeric, kinds, strict=True))
    return tuple(j for j, (now, then) in pairs if now is False and then)


def _body(best: Candidate, heading: Heading) -> list[Record]:
    return [
        record
        for record in best.records
        if record.line >= heading.data_line and len(record.cells) == best.width
    ]


def _has_leading_zeros(rows: list[Record], j: int) -> bool:
    return any(
        len(row.cells[j]) > 1 and row.cells[j][0] == "0" and row.cells[j].isdecimal()
        for row in rows
    )


def _skip(texts: list[str], skipped: int, layout: Layout) -> int:
    """Lines before the header that are no part of the table; comments alone do not count."""
    heading, comment = layout.heading, layout.signs.comment
    begin = min(heading.header_lines, default=heading.data_line)
    skip = skipped
    for line in range(skipped + 1, begin):
        text = texts[line - 1].strip()
        if text and not (comment and text.startswith(comment)):
            skip = line
    return skip


def _refuse_width(best: Candidate, path: Path) -> None:
    if best.width > WIDEST:
        raise DataError(
            f"{path.name} has {best.width} columns; up to {WIDEST} can be read",
            code="csv.too_many_columns",
            hint="If the rows of the file are features, exchange its rows and columns first.",
            path=path,
        )


def _refuse_blank(rest: list[str], options: ReadingOptions, path: Path) -> None:
    """Raise if no line is left that could be a row."""
    filled = [line for line in rest if line.strip(options.delimiter or " \t,;|").strip()]
    comment = options.comment
    if filled and not (comment and all(line.lstrip().startswith(comment) for line in filled)):
        return
    what, hint = "nothing but blank lines", "Choose a file with a table in it."
    if filled:
        what, hint = "nothing but comments", f"Choose a comment sign other than {comment!r}."
    elif options.skip:
        what, hint = f"no table behind the first {options.skip} lines", "Skip fewer lines."
    raise DataError(f"{path.name} has {what}", code="csv.blank", hint=hint, path=path)


def _no_table(path: Path) -> DataError:
    return DataError(
        f"no table was found in {path.name}: its lines differ in their number of cells",
        code="csv.no_table",
        hint="Say which separator and how many lines to skip, or check the file in an editor; "
        "perhaps a quote is opened and never closed.",
        path=path,
    )
