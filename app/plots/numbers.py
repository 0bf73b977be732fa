"""Counts and powers of ten as people read them; all other numbers are `app.numbers`'."""

from __future__ import annotations

from math import floor, log10

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_count(count: int) -> str:
    """A whole number with commas between groups of three digits, as in tables and sentences."""
    return f"−{abs(count):,}" if count < 0 else f"{count:,}"


def power_of_ten(exponent: int, factor: int = 1) -> str:
    """A tick on a logarithmic axis: ``0.05``, ``200``, ``2·10⁻⁵``."""
    if -3 <= exponent <= 3 or (exponent == 4 and factor == 1):
        return f"{factor * 10.0**exponent:.{max(-exponent, 0)}f}"
    power = superscript(exponent)
    return power if factor == 1 else f"{factor}·{power}"


def superscript(exponent: int) -> str:
    """``10⁻⁵``, whatever the exponent."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def decade(value: float) -> int:
    """Exponent of the power of ten at or below a positive value, safe against rounding."""
    exponent = floor(log10(value))
    if 10.0 ** (exponent + 1) <= value:
        return exponent + 1
    return exponent
