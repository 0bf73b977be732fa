"""After all rows were read: what kind each column is, and what is remarkable about it."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isnan
from typing import TypeVar

import numpy as np

from slp_core.arrays import frozen
from slp_core.data.columns import recoded
from slp_core.data.encoding import Survey
from slp_core.data.header import MOSTLY
from slp_core.data.naming import named
from slp_core.data.numerals import WORDS_IN_TEXT, Numerals
from slp_core.data.opening import Source
from slp_core.data.reading import Reading
from slp_core.data.remarks import Findings, notes_of, problems_of
from slp_core.data.table import Column, Dialect, Kind, Table

_TRUTHS = (
    {"true", "false"}, {"yes", "no"}, {"on", "off"}, {"wahr", "falsch"}, {"ja", "nein"},
    {"vrai", "faux"}, {"oui", "non"}, {"verdadero", "falso"}, {"sí", "no"}, {"si", "no"},
)  # fmt: skip
_Item = TypeVar("_Item")
_CLOCK = r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?:\s?[AaPp][Mm])?"
_ZONE = r"(?:\s?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
_MONTH = r"[A-Za-zéûäç]{3,9}\.?"
_DAY = (
    r"(?:[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
    rf"|[0-9]{{1,2}}[-. ]{_MONTH}[-. ][0-9]{{2,4}}|{_MONTH} [0-9]{{1,2}},? [0-9]{{4}})"
)
_DATE = re.compile(rf"{_DAY}(?:[T ]\s?{_CLOCK}{_ZONE})?|{_CLOCK}")
_JUDGED = 100_000  # of more distinct texts, every other (third, ...) is judged


def regrouped(reading: Reading) -> tuple[bool, ...]:
    """Which columns hold numbers, now that all their cells are known; what was told stays."""
    numeric = list(reading.plan.numeric)
    texts = reading.labels.texts()
    number_index = text_index = 0
    for j, was_number in enumerate(reading.plan.numeric):
        if was_number:
            numeric[j] = _stays_number(reading, number_index, reading.not_numbers[j])
            number_index += 1
        else:
            numeric[j] = _becomes_number(reading, text_index, texts)
            text_index += 1
    told = reading.plan.told
    return tuple(kind if said is None else said for kind, said in zip(numeric, told, strict=True))


def _stays_number(reading: Reading, index: int, words: int) -> bool:
    if not words:
        return True
    good = int(np.count_nonzero(~np.isnan(reading.numbers.finish(index))))
    return good >= MOSTLY * (good + words)


def _becomes_number(reading: Reading, index: int, texts: list[str]) -> bool:
    """Whether a column taken for text is mostly numbers further down."""
    counts = np.bincount(reading.codes.finish(index), minlength=len(texts))
    numerals = Numerals(reading.numerals.decimal, reading.numerals.thousands, reading.plan.missing)
    good = words = 0
    used: list[int] = _some(np.flatnonzero(counts).tolist())
    for code in used:
        value = numerals.read(texts[code])
        if value is None:
            words += int(counts[code])
        elif not isnan(value):
            good += int(counts[code])
    return good > 0 and good >= MOSTLY * (good + words)


def built(source: Source, found: Survey, reading: Reading, change: str) -> Table:
    """The table of a finished pass."""
    columns, number_shares = _columns(reading)
    layout = reading.plan.layout
    findings = Findings(source.path, found, reading, columns, number_shares, change == "grown")
    for problem in (*named(layout, found.lines).problems, *problems_of(findings)):
        reading.ledger.add(problem)
    dialect = Dialect(
        found.encoding,
        layout.signs.delimiter,
        layout.signs.quote or None,
        layout.decimal,
        layout.thousands,
        layout.signs.comment or None,
        layout.heading.names is not None,
        layout.skip,
        not layout.doubts,
        layout.doubts,
        layout.heading.header_lines,
        layout.heading.data_line,
    )
    lines = frozen(reading.lines[: reading.rows])
    problems, notes = reading.ledger.problems(), notes_of(findings)
    return Table(
        source.path.name, source.file, dialect, columns, reading.rows, problems, notes, lines
    )


def _columns(reading: Reading) -> tuple[tuple[Column, ...], dict[str, float]]:
    """All columns left to right; per text column the share of its cells that are numbers."""
    texts = reading.labels.texts()
    columns: list[Column] = []
    shares: dict[str, float] = {}
    number_index = text_index = 0
    plan = reading.plan
    for name, numeric, told in zip(plan.names, plan.numeric, plan.told, strict=True):
        if numeric:
            columns.append(_number_column(name, reading, number_index))
            number_index += 1
        else:
            column, shares[name] = _text_column(name, reading, text_index, texts)
            if told is False:  # neither remarked on nor called a date: the user wants its texts
                column, shares[name] = _as_told(column), 0.0
            columns.append(column)
            text_index += 1
    return tuple(columns), shares


def _number_column(name: str, reading: Reading, index: int) -> Column:
    values = reading.numbers.finish(index)
    missing = int(np.isnan(values).sum())
    if missing < len(values):
        return Column(name, "number", missing, numbers=values)
    codes = frozen(np.zeros(len(values), np.uint8))
    return Column(name, "empty", missing, codes=codes, distinct=("",))


def _text_column(name: str, reading: Reading, index: int, texts: list[str]) -> tuple[Column, float]:
    as_missing = reading.plan.missing - WORDS_IN_TEXT
    codes, distinct, counts = recoded(reading.codes.finish(index), texts, as_missing)
    missing = sum(int(counts[k]) for k, text in enumerate(distinct) if not text)
    kind, share = _kind_of(distinct, counts.tolist(), reading)
    return Column(name, kind, missing, codes=codes, distinct=distinct), share


def _as_told(column: Column) -> Column:
    return column if column.kind == "empty" else replace(column, kind="text")


def _kind_of(distinct: tuple[str, ...], counts: list[int], reading: Reading) -> tuple[Kind, float]:
    """The kind of a text column, and which share of its filled cells are numbers."""
    filled = [(text, count) for text, count in zip(distinct, counts, strict=True) if text]
    if not filled:
        return "empty", 0.0
    words = {text.casefold() for text, _ in filled[: 2 * len(_TRUTHS)]}
    if any(words <= truths for truths in _TRUTHS):
        return "bool", 0.0
    if all(_DATE.fullmatch(text) for text, _ in filled):
        return "date", 0.0
    return "text", _number_share(_some(filled), reading)


def _some(items: list[_Item]) -> list[_Item]:
    return items[:: 1 + len(items) // _JUDGED]


def _number_share(filled: list[tuple[str, int]], reading: Reading) -> float:
    numerals = Numerals(reading.numerals.decimal, reading.numerals.thousands)
    numbers = total = 0
    for text, count in filled:
        value = numerals.read(text)
        total += count
        numbers += count * (value is not None and not isnan(value))
    return numbers / total
