"""The one look of numbers: a loss says the same in the toolbar, beside a curve and under the mouse.

Four significant digits, no zeros behind them, a true minus sign, ``1.23e-10`` where plain digits
would not fit. Shares are percentages with one decimal.
"""

from __future__ import annotations

from math import isinf, isnan

NONE = "–"
"""There is no such number."""
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
