"""One cell's text as a number: decimal and thousands marks, percent, currency, missing tokens.

This is the careful reading, cell by cell; `digits` reads the plain cells of a block at once.
Python's ``float`` is never asked directly: it accepts ``1_000``, ``nan`` and Arabic digits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

DEFAULT_MISSING: frozenset[str] = frozenset(
    {"", "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "-nan", "<NA>", "#N/A", "#NA"}
    | {"NULL", "null", "Null", "None", "none", "missing", "?", "-", "--", ".", "..", "–", "—"}
)
# In a column of words these may be values: the classes "+" and "-", a type called "None".
WORDS_IN_TEXT: frozenset[str] = frozenset(
    ("-", "--", ".", "..", "–", "—", "None", "none", "na", "missing")
)

Removed: TypeAlias = Literal["percent", "currency", "thousands"]
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DIGIT = re.compile(r"[0-9]")
_INFINITE = re.compile(r"[+-]?(?:inf|infinity|1\.#inf|∞)", re.I)
_LONGEST = 400  # the longest number of float64 written without exponent has 327 characters
_UNIT = (
    r"[A-Z]{0,3}\$|[€£¥₹₽₺₩₪]|EUR|USD|GBP|CHF|JPY|CNY|INR|RUB|BRL|CAD|AUD|PLN|CZK|HUF|SEK|NOK|DKK"
    r"|Fr\.|Rs\.?|kr\.?|zł|Kč|Ft"
)
_MONEY = re.compile(_UNIT)
_DRESS = re.compile(rf"(?:{_UNIT}|%)[ \u00a0\u202f]?")
_MONEY_BEFORE = re.compile(rf"([+-]?)\s*(?:{_UNIT})\s*([+-]?)(?=[0-9.,])")
_MONEY_AFTER = re.compile(rf"\s*(?:{_UNIT})$")
# These never stand for a decimal mark, so a group after them is thousands without a doubt.
_SAFE_SEPARATORS = "'’\u00a0\u202f\u2009 "


@dataclass(slots=True)
class Numerals:
    """Reads cells under one decimal mark and one optional thousands mark.

    ``removed`` counts the signs taken off, so that it can be said.
    """

    decimal: str = "."
    thousands: str | None = None
    missing: frozenset[str] = DEFAULT_MISSING
    removed: dict[Removed, int] = field(default_factory=dict[Removed, int])

    def read(self, text: str) -> float | None:
        """The number, NaN for a missing token, None if it is neither."""
        cell = text.strip()
        if cell in self.missing:
            return math.nan
        if len(cell) > _LONGEST:
            return None
        value = self._plain(cell)
        return self._decorated(cell) if value is None else value

    def _plain(self, cell: str) -> float | None:
        if self.decimal == ",":
            if "." in cell:
                return None
            cell = cell.replace(",", ".")
        if not _PLAIN.fullmatch(cell):
            return None
        value = float(cell)
        return value if math.isfinite(value) else None

    def _decorated(self, cell: str) -> float | None:
        bare = cell.replace("\u2212", "-")
        if not _DIGIT.search(bare):
            return None
        used: list[Removed] = []
        if bare.endswith("%"):
            bare = bare[:-1].rstrip()
            used.append("percent")
        elif _MONEY.search(bare):
            bare = _MONEY_AFTER.sub("", _MONEY_BEFORE.sub(r"\1\2", bare, count=1), count=1)
            used.append("currency")
        ungrouped = self._ungrouped(bare)
        if ungrouped != bare:
            bare = ungrouped
            used.append("thousands")
        value = self._plain(bare)
        if value is not None:
            for sign in used:
                self.removed[sign] = self.removed.get(sign, 0) + 1
        return value

    def _ungrouped(self, cell: str) -> str:
        """``cell`` without thousands marks, or as it is unless they are well placed and clear."""
        told = self.thousands or ""
        for mark in told + _SAFE_SEPARATORS + (".," if not told else ""):
            if mark == self.decimal or mark not in cell:
                continue
            clear = mark in told + _SAFE_SEPARATORS
            pattern = _grouped(mark, self.decimal, clear)
            if pattern.fullmatch(cell):
                return cell.replace(mark, "")
        return cell


def undressed(cell: str) -> str:
    """The cell without percent and currency signs, for judging what it may be."""
    return _DRESS.sub("", cell).strip(" \u00a0\u202f")


def is_infinite(text: str) -> bool:
    """Whether the cell says infinity, or is a plain number beyond the range of float64."""
    cell = text.strip()
    if _INFINITE.fullmatch(cell):
        return True
    return bool(_PLAIN.fullmatch(cell)) and math.isinf(float(cell))


@cache
def _grouped(mark: str, decimal: str, clear: bool) -> re.Pattern[str]:
    """Groups of three; without a told mark only what cannot be a decimal: 1,234,567 or 1,234.5."""
    group, point = re.escape(mark) + "[0-9]{3}", re.escape(decimal)
    if clear:
        plain = rf"[0-9]{{1,3}}(?:{group})+(?:{point}[0-9]*)?"
    else:
        plain = rf"[0-9]{{1,3}}(?:(?:{group})+{point}[0-9]+|(?:{group}){{2,}})"
    # Lakhs and crores, 12,34,567.5: no other reading.
    indian = rf"[0-9]{{1,2}}(?:{re.escape(mark)}[0-9]{{2}})+{group}(?:{point}[0-9]*)?"
    return re.compile(rf"[+-]?(?:{plain}|{indian})")
