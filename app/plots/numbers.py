"""Numbers as people read them: few digits, a width that does not jump, a true minus sign."""

from __future__ import annotations

from math import floor, isfinite, isnan, log10

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLEST_PLAIN = 1e-3
_LARGEST_PLAIN = 1e6


def format_number(value: float, digits: int = 4) -> str:
    """``value`` with ``digits`` significant digits; trailing zeros stay, so that the width does.

    Below 0.001 and from a million on the form is ``1.234e-5``.
    """
    if isnan(value):
        return "NaN"
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    mantissa, exponent = f"{abs(value):.{digits - 1}e}".split("e")
    power = int(exponent)
    sign = "−" if value < 0 else ""
    if not _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN or power >= 6:
        return f"{sign}{mantissa}e{power}"
    return f"{sign}{abs(value):.{max(digits - 1 - power, 0)}f}"


def format_count(count: int) -> str:
    """A whole number with thin spaces between groups of three digits (from 10 000 on)."""
    text = f"{abs(count):,}".replace(",", "\u2009") if abs(count) >= 10_000 else str(abs(count))
    return f"−{text}" if count < 0 else text


def format_share(share: float) -> str:
    """A share as a percentage: ``72 %``, ``3.1 %``, ``<0.1 %``, never ``100 %`` when it is less."""
    percent = 100 * share
    if isnan(percent):
        return "NaN"
    if percent in (0.0, 100.0):
        return f"{percent:.0f} %"
    if percent < 0.1:
        return "<0.1 %"
    if percent > 99.9:
        return ">99.9 %"
    return f"{percent:.1f} %" if percent < 9.95 or percent > 99 else f"{percent:.0f} %"


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
