"""From text to tokens, each with its place; what cannot begin a token is refused with advice."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from slp_core.errors import FormulaError
from slp_core.insight.formula.tree import Span

Kind = Literal["number", "name", "sign", "newline", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source."""

    kind: Kind
    text: str
    span: Span


_TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t\r\f]+|\#[^\n]*)
      | (?P<newline>\n)
      | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<name>[A-Za-z][A-Za-z0-9_]*)
      | (?P<sign>\*\*|<=|>=|==|!=|\+=|-=|\*=|/=|[-+*/@<>=(),.])""",
    re.VERBOSE,
)
_LONGEST_WORD: Final = 60

_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "^": "A power is written **, a transpose .T.",
        "'": "There is no text in a formula; a transpose is written .T.",
        '"': "There is no text in a formula.",
        "[": "There is no indexing; use sum(A, axis=0), where(...) or a product with a mask.",
        "]": "There is no indexing; use sum(A, axis=0), where(...) or a product with a mask.",
        ";": "Write one assignment on each line.",
        ":": "There are no blocks and no slices; write one assignment on each line.",
        "%": "There is no remainder; the operators are + - * / ** @.",
        "{": "Use round brackets.",
        "}": "Use round brackets.",
        "\\": "A line goes on where a bracket is open; no backslash is needed.",
        "−": "Write the minus of the keyboard: -.",
        "–": "Write the minus of the keyboard: -.",
        "·": "Write * for each element, @ for the matrix product.",
        "×": "Write * for each element, @ for the matrix product.",
        "σ": "Write sigmoid(V).",
        "Σ": "Write sum(A, axis=0).",
        "∑": "Write sum(A, axis=0).",
        "∂": "Name the results dW and db.",
        "ᵀ": "A transpose is written .T.",
        "_": "Names begin with a letter.",
        "!": "Compare with != or ==.",
        "&": "Multiply two comparisons: (A > 0) * (B > 0).",
        "|": "Use maximum(A > 0, B > 0).",
    }
)
_ALLOWED: Final = "Allowed: names, numbers, + - * / ** @, comparisons, brackets, .T and functions."


def tokens(source: str) -> list[Token]:
    """Every token, the last one being the end.

    Raises
    ------
    FormulaError
        At the first character that cannot begin a token.
    """
    found: list[Token] = []
    line, begun, place = 1, 0, 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        span = Span(line, place - begun + 1, place, match.end() if match else place + 1)
        if match is None:
            raise _unknown(source[place], span)
        kind, place = match.lastgroup, match.end()
        if kind == "newline":
            found.append(Token("newline", "\n", span))
            line, begun = line + 1, place
        elif kind == "number":
            found.append(_number(match.group(), span, source[place : place + 1]))
        elif kind == "name":
            found.append(_name(match.group(), span))
        elif kind == "sign":
            found.append(Token("sign", match.group(), span))
    end = Span(line, place - begun + 1, place, place)
    return [*found, Token("newline", "", end), Token("end", "", end)]


def _unknown(character: str, span: Span) -> FormulaError:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return FormulaError(
        f"The character {shown} has no meaning here.",
        line=span.line,
        column=span.column,
        hint=_ADVICE.get(character, _ALLOWED),
    )


def _number(text: str, span: Span, following: str) -> Token:
    if len(text) > _LONGEST_WORD or not math.isfinite(float(text)):
        raise FormulaError(
            "This number is too large or too long.", line=span.line, column=span.column
        )
    if following.isalnum() or following in ("_", "("):
        raise FormulaError(
            f"A sign is missing after {text}.",
            line=span.line,
            column=span.column,
            hint=f"Write {text} * ... for a product.",
        )
    return Token("number", text, span)


def _name(text: str, span: Span) -> Token:
    if len(text) > _LONGEST_WORD:
        raise FormulaError(
            f"Names have at most {_LONGEST_WORD} letters.", line=span.line, column=span.column
        )
    return Token("name", text, span)
