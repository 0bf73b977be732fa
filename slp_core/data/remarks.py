"""What is worth telling about a table as a whole: notes, and problems of whole columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from slp_core.arrays import Floats
from slp_core.data.encoding import Survey
from slp_core.data.ledger import LineClass
from slp_core.data.reading import Reading
from slp_core.data.table import Column, Problem

_MIXED_FROM = 0.1
_SPARSE = 0.02
_ENOUGH_ROWS = 20
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything known at the end of reading."""

    path: Path
    survey: Survey
    reading: Reading
    columns: tuple[Column, ...]
    number_shares: dict[str, float]
    grown: bool


def problems_of(findings: Findings) -> Iterator[Problem]:
    """Problems of the file or of whole columns, which have no row of their own."""
    survey, heading = findings.survey, findings.reading.plan.layout.heading
    if survey.encoding == "cp1252" and survey.first_bad_line:
        yield Problem(
            survey.first_bad_line,
            None,
            _accented(findings),
            "the file is not UTF-8 from this line on",
            "it is read as Windows-1252: check the accents",
            "encoding",
        )
    if heading.short:
        line = heading.header_lines[0]
        yield Problem(line, None, "", heading.notes[0], "all columns are kept", "short_header")
    for objection in findings.reading.plan.layout.objections:
        yield Problem(None, None, "", objection, "it is read as told", "told_sign")
    for name in findings.reading.plan.strangers:
        reason, outcome = "there is no such column to decide about", "the choice is passed over"
        yield Problem(None, name, "", reason, outcome, "no_such_column")
    for column in findings.columns:
        yield from _column_problems(findings, column)


def _column_problems(findings: Findings, column: Column) -> Iterator[Problem]:
    share = findings.number_shares.get(column.name, 0.0)
    if share >= _MIXED_FROM and column.kind == "text":
        reason = f"{_percent(1 - share)} of its cells are not numbers"
        outcome = "the column is used as text"
        yield Problem(None, column.name, "", reason, outcome, "mixed_column")
    filled = len(column) - column.missing
    if len(column) >= _ENOUGH_ROWS and 0 < filled <= max(1, _SPARSE * len(column)):
        row = _first_filled(column)
        yield Problem(
            int(findings.reading.lines[row]),
            column.name,
            str(column.values[row]),
            f"only {filled} of {len(column)} cells of the column are filled",
            "it is read as it stands; perhaps a row is shifted",
            "sparse_column",
        )


def _first_filled(column: Column) -> int:
    if column.numbers is not None:
        return int(np.argmin(np.isnan(column.numbers)))
    assert column.codes is not None  # noqa: S101 -- a column has numbers or codes
    empty = column.distinct.index("")
    return int(np.argmax(column.codes != empty))


def notes_of(findings: Findings) -> tuple[str, ...]:
    """Sentences for "what I understood", the most important first."""
    notes = [_sum_note(findings)]
    notes += _heading_notes(findings)
    notes += _line_notes(findings)
    notes += _number_notes(findings)
    notes += _column_notes(findings)
    return tuple(notes)


def _sum_note(findings: Findings) -> str:
    ledger, lines = findings.reading.ledger, findings.survey.lines
    told = [f"{count} {what}" for what, count in ledger.lines.items() if count]
    rows = findings.reading.rows
    read = "1 row was read" if rows == 1 else f"{rows} rows were read"
    text = f"{read}; the file's {lines} lines are accounted for: {', '.join(told)}"
    return text + "; what was appended meanwhile is not read" * findings.grown


def _heading_notes(findings: Findings) -> Iterator[str]:
    heading = findings.reading.plan.layout.heading
    yield from heading.notes
    if heading.names is None:
        yield "there is no line of names: the columns are called column 1, column 2, ..."
    elif heading.header_lines:
        yield f"line {heading.header_lines[0]} gives the names"


def _line_notes(findings: Findings) -> Iterator[str]:
    ledger = findings.reading.ledger
    told: tuple[tuple[LineClass, str, str], ...] = (
        ("blank", "blank line was skipped: line", "blank lines were skipped, the first is line"),
        ("comment", "line is a comment: line", "lines are comments, the first is line"),
    )
    for what, one, many in told:
        count = ledger.lines[what]
        if count:
            yield f"{count} {one if count == 1 else many} {ledger.first_lines[what]}"


def _number_notes(findings: Findings) -> Iterator[str]:
    reading = findings.reading
    if reading.plan.layout.decimal == ",":
        yield "numbers have a decimal comma"
    for sign, count in reading.numerals.removed.items():
        yield f"{sign} signs were removed from {count} number{'' if count == 1 else 's'}"
    if reading.plan.kind is np.float32:
        widened = reading.numbers.widened
        kept = f", except {len(widened)} that it would not hold exactly" if widened else ""
        yield f"to save memory, numbers are kept with seven digits (float32){kept}"


def _column_notes(findings: Findings) -> Iterator[str]:
    columns = findings.columns
    yield from _listed("missing cells", [_missing_text(c) for c in columns if _partly_missing(c)])
    yield from _listed("no values at all", [c.name for c in columns if c.kind == "empty"])
    yield from _listed("dates, kept as text", [c.name for c in columns if c.kind == "date"])
    yield from _listed("the same value in every row", [c.name for c in columns if _constant(c)])
    yield from _listed("looks like a row number", [c.name for c in columns if _counts_rows(c)])
    zeros = findings.reading.plan.layout.leading_zeros
    numbered = [c.name for c, has in zip(columns, zeros, strict=True) if has and c.kind == "number"]
    yield from _listed("leading zeros, read as numbers without them", numbered)


def _listed(what: str, names: list[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{what}: {', '.join(names[:_NAMED])}{more}"


def _partly_missing(column: Column) -> bool:
    return column.missing > 0 and column.kind != "empty"


def _missing_text(column: Column) -> str:
    return f"{column.name} ({column.missing})"


def _constant(column: Column) -> bool:
    if len(column) < 2 or column.kind == "empty":
        return False
    if column.numbers is None:
        return len(set(column.distinct) - {""}) == 1
    return bool(np.nanmin(column.numbers) == np.nanmax(column.numbers))


def _counts_rows(column: Column) -> bool:
    """1, 2, 3, ... (or from any other whole number)."""
    values: Floats | None = column.numbers
    if values is None or len(values) < 5 or column.missing:
        return False
    first = values[0]
    if first != np.rint(first) or values[1] - first != 1 or values[-1] - first != len(values) - 1:
        return False
    return bool((np.diff(values) == 1).all())


def _accented(findings: Findings) -> str:
    """A text of the file with a letter beyond ASCII, so that the reader can check it."""
    texts = [column.name for column in findings.columns]
    texts += [text for column in findings.columns for text in column.distinct[:1000]]
    return next((text[:80] for text in texts if not text.isascii()), "")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
