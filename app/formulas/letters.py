"""Formulas of the current pair with numbers in place of their letters.

The rows of activations, losses and optimizers write their formulas in letters of Unicode and in
LaTeX: v is the score, a the output, y the target. A letter is a variable where no other letter
touches it, so that the a of ``max`` stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.numbers import number_text

_TEXT_LETTER = re.compile(r"(?<![A-Za-zᵢⱼ&;])([avyr])(?![A-Za-zᵢⱼ])")
_LATEX_LETTER = re.compile(r"(?<![\\A-Za-z])([avyr])(?![A-Za-z_])")
_FENCED_TWICE = re.compile(r"(?<=[(\[|,])(\s*)\((-[^()]*)\)")
_POWER = re.compile(r"e\^\{(-?)v\}")
_DOT = r" \\cdot "
_PRODUCTS = (
    (re.compile(r"(?<=[\dayv)\]])\\,(?=[^/\s])"), _DOT),
    (re.compile(r"(?<=\d)(?=[ayv](?![A-Za-z]))"), _DOT),
    (
        re.compile(r"(?<![A-Za-z\\])([ayv])(?: (?=[ayv](?![A-Za-z])|\\max|\\ln)|(?=\(|\\frac))"),
        r"\1" + _DOT,
    ),
)
"""Letters side by side are multiplied; numbers side by side would be another number."""
_RAISED = str.maketrans("⁻ᵛ²⁰¹³⁴⁵⁶⁷⁸⁹", "−v2013456789")
_RAISED_RUN = re.compile(r"([⁻ᵛ²]+)")


def rich(formula: str, numbers: Mapping[str, float] | None = None, digits: int = 4) -> str:
    """A formula as rich text; the letters in ``numbers`` give way to them."""
    escaped = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parts = _RAISED_RUN.split(escaped)
    known = numbers or {}
    plain = [_TEXT_LETTER.sub(lambda m: _put(m[1], known, digits), part) for part in parts[::2]]
    raised = [_exponent(part.translate(_RAISED), known, digits) for part in parts[1::2]]
    pairs = zip(plain, [*raised, ""], strict=True)
    return "".join(first + second for first, second in pairs)


def latex(formula: str, numbers: Mapping[str, float], digits: int = 4) -> str:
    """A formula in LaTeX with numbers for its letters."""

    def put(found: re.Match[str]) -> str:
        letter = found[1]
        return latex_number(numbers[letter], digits, fenced=True) if letter in numbers else letter

    written = formula
    for pattern, factors in _PRODUCTS:
        written = pattern.sub(factors, written)
    written = _POWER.sub(lambda m: _latex_power(m[1], numbers, digits), written)
    return _FENCED_TWICE.sub(r"\1\2", _LATEX_LETTER.sub(put, written))


def latex_number(value: float, digits: int = 4, *, fenced: bool = False) -> str:
    """A number as LaTeX; with a sign or a power it may be fenced, for within a formula."""
    text = number_text(value, digits).replace("−", "-").replace("∞", r"\infty")
    text = re.sub(r"e(-?\d+)$", r"\\cdot 10^{\1}", text).replace("NaN", r"\text{NaN}")
    return f"({text})" if fenced and (text.startswith("-") or "^" in text) else text


def fenced(value: float, digits: int = 4) -> str:
    """A number for within a formula: a negative one in parentheses."""
    text = number_text(value, digits)
    return f"({text})" if text.startswith("−") else text


def _put(letter: str, numbers: Mapping[str, float], digits: int) -> str:
    return fenced(numbers[letter], digits) if letter in numbers else letter


def _exponent(raised: str, numbers: Mapping[str, float], digits: int) -> str:
    if raised == "−v" and "v" in numbers:
        raised = number_text(-numbers["v"], digits)
    elif raised == "v" and "v" in numbers:
        raised = number_text(numbers["v"], digits)
    return f"<sup>{raised}</sup>"


def _latex_power(sign: str, numbers: Mapping[str, float], digits: int) -> str:
    if "v" not in numbers:
        return rf"e^{{{sign}v}}"
    value = -numbers["v"] if sign else numbers["v"]
    return rf"e^{{{latex_number(value, digits)}}}"
