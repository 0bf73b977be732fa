"""Numbers as people write them, and as the panels show them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

Number = float | int
Ladder = Literal["one", "share", "decade", "double"]

_FORM = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": "", "\u202f": "", " ": ""})
SHORT = 7
"""Longest text shown in full; longer numbers are rounded to four digits, never changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a number field accepts.

    ``empty`` is the word for "no number" ("off", "full"); an empty field means the same. It is
    "" where a number is needed. ``ladder`` says how the arrow keys move: by one, by 0.05, along
    1, 2, 5, 10, or by doubling.
    """

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    whole: bool = False
    empty: str = ""
    ladder: Ladder = "decade"

    def read(self, text: str) -> Number | None:
        """The number a text means; None for "no number".

        Raises
        ------
        ValueError
            With one sentence on what is wrong, ready to be shown.
        """
        if self.empty and text.strip().lower() in ("", self.empty):
            return None
        value = parse_number(text, whole=self.whole)
        if self.whole and value != int(value):
            raise ValueError("This must be a whole number.")
        return self._inside(int(value) if self.whole else value)

    def _inside(self, value: Number) -> Number:
        if value < self.low or (self.open_low and value == self.low):
            raise ValueError(
                f"This must be {'above' if self.open_low else 'at least'} {self.low:g}."
            )
        if value > self.high or (self.open_high and value == self.high):
            word = "below" if self.open_high else "at most"
            raise ValueError(f"This must be {word} {format_number(self.high)}.")
        return value

    def stepped(self, value: Number | None, steps: int) -> Number | None:
        """The value some steps of the ladder further, within the limits."""
        if value is None:
            return self.high if math.isfinite(self.high) else None
        moved = _LADDERS[self.ladder](value, steps)
        moved = min(max(moved, self.low), self.high)
        refused = (self.open_low and moved <= self.low) or (self.open_high and moved >= self.high)
        if refused:
            return value
        return int(moved) if self.whole else moved


def parse_number(text: str, *, whole: bool = False) -> float:
    """Read ``0.05``, ``5e-2``, ``0,05`` (decimal comma), ``1 000``, with any kind of minus.

    Raises
    ------
    ValueError
        With a sentence, whose examples are whole numbers if ``whole`` is set; both a comma and a
        point, or several commas, could mean two things.
    """
    plain = text.translate(_MINUS)
    if not plain:
        raise ValueError("A number is missing here.")
    if plain.count(",") > 1 or ("," in plain and "." in plain):
        example = "1000" if whole else "1000.5"
        raise ValueError(f"Write large numbers without separators, such as {example}.")
    plain = plain.replace(",", ".")
    if not _FORM.fullmatch(plain):
        examples = "50 and 1e3" if whole else "0.05 and 5e-2"
        raise ValueError(f"“{text.strip()}” is not a number; {examples} are.")
    value = float(plain)
    if not math.isfinite(value):
        raise ValueError("This number is too large.")
    return value


def format_number(value: Number | None, empty: str = "") -> str:
    """Short text of a number: in full if that is short, else four digits; 1e-05 as 1e-5."""
    if value is None:
        return empty
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e7):
        return str(int(value))
    full = repr(float(value))
    text = full if len(full) <= SHORT else f"{value:.4g}"
    return re.sub(r"e([+-])0*(\d)", lambda m: f"e{m[1].replace('+', '')}{m[2]}", text)


def _by_one(value: Number, steps: int) -> Number:
    return value + steps


def _by_share(value: Number, steps: int) -> Number:
    return round(value + 0.05 * steps, 10)


def _by_decade(value: Number, steps: int) -> Number:
    """Along 1, 2, 5, 10, …; from 0 upwards it starts at 0.001, below 1e-6 it falls to 0."""
    if value <= 0:
        return 0.001 if steps > 0 else value
    rungs = [m * 10.0**e for e in range(-7, 13) for m in (1, 2, 5)]
    near = min(range(len(rungs)), key=lambda i: abs(math.log(rungs[i] / value)))
    off = math.log(rungs[near] / value)
    # Between two rungs the first step only goes to the next one.
    if (off > 1e-9 and steps > 0) or (off < -1e-9 and steps < 0):
        steps -= 1 if steps > 0 else -1
    index = near + steps
    if steps < 0 and index < 3:
        return 0.0
    return float(f"{rungs[min(max(index, 0), len(rungs) - 1)]:.6g}")


def _by_double(value: Number, steps: int) -> Number:
    exponent = math.log2(max(value, 1))
    up = math.floor(exponent + 1e-9) + steps
    down = math.ceil(exponent - 1e-9) + steps
    return 2 ** max(up if steps > 0 else down, 0)


_LADDERS = {"one": _by_one, "share": _by_share, "decade": _by_decade, "double": _by_double}
