"""The one look of numbers: a loss says the same in the toolbar, beside a curve and under the mouse.

Four significant digits, no zeros behind them, a true minus sign, ``1.23e-10`` where plain digits
would not fit. Shares are percentages with one decimal.
"""

from __future__ import annotations

import re
from math import floor, isfinite, isinf, isnan, log10

NONE = "–"
"""There is no such number."""
_PERCENT = re.compile(r"(?<=\d)%")
_POWER = re.compile(r"(?<=\d)e(?:\+|(-))0*(?=\d)")
_MINUS = re.compile(r"(?<![\w.)\]])-(?=\d)")
_SMALLEST_PLAIN = 1e-3
_LARGEST_PLAIN = 999_999.5


def number_text(value: float, digits: int = 4) -> str:
    """A number in at most nine characters, with ``digits`` significant digits."""
    if isnan(value):
        return "NaN"
    sign, size = "−" if value < 0 else "", abs(value)
    if isinf(size):
        return f"{sign}∞"
    if size == 0:
        return "0"
    if not _SMALLEST_PLAIN <= size < _LARGEST_PLAIN:
        mantissa, exponent = f"{size:.2e}".split("e")
        return f"{sign}{mantissa}e{int(exponent)}"
    text = f"{size:.{digits}g}"
    return sign + (f"{size:.0f}" if "e" in text else text)


def decimals_for(scale: float) -> int:
    """Decimals that show four digits of numbers as large as ``scale``; −1 where powers do."""
    if not isfinite(scale) or scale == 0:
        return 3
    if not _SMALLEST_PLAIN <= scale < _LARGEST_PLAIN:
        return -1
    return max(3 - floor(log10(scale)), 0)


def fixed_text(value: float, decimals: int) -> str:
    """A number of a column: the same number of decimals in each, so that nothing jumps."""
    if isnan(value) or isinf(value):
        return number_text(value)
    sign = "−" if value < 0 else ""
    if decimals >= 0 and abs(value) < _LARGEST_PLAIN:
        text = f"{abs(value):.{decimals}f}"
        return f"{sign}{text}" if float(text) else text
    mantissa, exponent = f"{abs(value):.2e}".split("e")
    return f"{sign}{mantissa}e{int(exponent)}"


def share_text(share: float | None) -> str:
    """``89.5 %``; 100 % and 0 % only where it is exactly that, and a dash for None."""
    if share is None:
        return NONE
    if isnan(share):
        return "NaN"
    text = f"{100.0 * share:.1f} %"
    if text == "100.0 %" and share < 1:
        return "> 99.9 %"
    return "< 0.1 %" if text == "0.0 %" and share > 0 else text


def typeset(text: str) -> str:
    """A sentence of the core with its numbers as they look in the window.

    The core writes for terminals and files too: ``89.0%``, ``-1.00``, ``1.17e-07``. Lines are not
    broken between a number and its sign.
    """
    text = _POWER.sub(lambda found: f"e{found[1] or ''}", text)
    return _PERCENT.sub("\u00a0%", _MINUS.sub("−", text))
