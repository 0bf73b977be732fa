"""Why a piece of a formula is refused, where, and what is allowed there instead."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from slp_core.errors import FormulaError
from slp_core.insight.formula.calls import axis_of
from slp_core.insight.formula.functions import FUNCTIONS, GIVEN, Function
from slp_core.insight.formula.tokens import Token
from slp_core.insight.formula.tree import Call, Flag, Name, Node, Sizes, Span

_LINE: Final = "Each line is an assignment such as dW = X.T @ (Z - Y) / N."
_FUNCTIONS: Final = "Functions: " + ", ".join(FUNCTIONS) + "."
_METHODS: Mapping[str, str] = MappingProxyType(
    {
        "sum": "Write sum(A, axis=0).",
        "mean": "Write mean(A, axis=0).",
        "max": "Write max(A, axis=0).",
        "min": "Write min(A, axis=0).",
        "dot": "Write A @ B.",
        "transpose": "Write A.T.",
        "shape": "N, M and K are the numbers of samples, features and outputs.",
        "reshape": "Keep the axis instead: sum(A, axis=1, keepdims=True).",
    }
)
_PYTHON: Final = frozenset(
    {"import", "from", "def", "class", "lambda", "for", "while", "if", "else", "with", "return"}
    | {"print", "del", "global", "not", "and", "or", "in", "is", "None", "yield", "assert"}
    | {"raise", "try", "pass", "True", "False"}
)
_MODULES: Final = frozenset({"np", "numpy", "math", "torch", "jnp"})


def _error(span: Span, message: str, hint: str = "", code: str = "formula") -> FormulaError:
    return FormulaError(message, line=span.line, column=span.column, hint=hint, code=code)


def _shown(token: Token) -> str:
    return "The end of the line" if token.kind in ("newline", "end") else token.text


def respanned(node: Node, span: Span) -> Node:
    """The same node, standing where its brackets stand too."""
    return replace(node, span=span)


def check_beginning(name: Token, sign: Token, assigns: bool) -> None:
    """A line is ``name = ...``."""
    if name.kind != "name":
        raise _error(name.span, f"{_shown(name)} stands where a line begins with a name.", _LINE)
    if name.text in _PYTHON:
        raise _error(name.span, f"{name.text} is not part of a formula.", _LINE)
    if name.text in _MODULES and sign.text == ".":
        raise attribute(sign, Name(name.span, name.text))
    if not assigns:
        raise _error(sign.span, f"{_shown(sign)} stands where = is expected.", _LINE)


def check_target(name: Token, *, augmented: bool, known: Collection[str]) -> None:
    """Functions keep their meaning, and += needs a value to add to."""
    if name.text in FUNCTIONS:
        raise _error(name.span, f"{name.text} is a function and cannot be assigned.")
    if augmented and name.text not in known:
        raise _error(name.span, f"{name.text} has no value yet.", f"Begin with {name.text} = ...")


def unexpected(token: Token, brackets: int) -> FormulaError:
    """Something follows a complete expression."""
    if token.text == ")" and not brackets:
        return _error(token.span, "This bracket was never opened.")
    if token.text == "=":
        return _error(token.span, "A second = stands here.", "Compare with ==.")
    if token.text == ",":
        return _error(token.span, "A comma stands outside a call.", _LINE)
    return _error(
        token.span, f"{token.text} follows without a sign.", "A product is written with * or @."
    )


def too_deep(span: Span) -> FormulaError:
    return _error(span, "The line nests too deeply.", "Split it in several lines.", "formula.limit")


def too_many(span: Span, most: int) -> FormulaError:
    return _error(span, f"The formula has more than {most} parts.", code="formula.limit")


def chained(token: Token) -> FormulaError:
    hint = "Multiply two of them: (0 < A) * (A < 1)."
    return _error(token.span, "Comparisons cannot be chained.", hint)


def attribute(token: Token, owner: Node) -> FormulaError:
    """A dot is only ever .T."""
    if isinstance(owner, Name) and owner.name in _MODULES:
        return _error(
            owner.span, f"{owner.name} is not needed.", "Write exp(A), without a module in front."
        )
    hint = _METHODS.get(token.text, "The only thing that follows a dot is T, the transpose.")
    return _error(token.span, f".{token.text.strip()} is not part of a formula.", hint)


def no_operand(token: Token) -> FormulaError:
    """A value is missing."""
    hint = "A value is a name, a number, a function of something, or brackets."
    if token.text == ".":
        hint = "A number begins with a digit."
    return _error(token.span, f"{_shown(token)} stands where a value is expected.", hint)


def unknown_name(token: Token, known: Collection[str]) -> FormulaError:
    """A name that nobody has assigned."""
    name = token.text
    if name in _MODULES:
        return attribute(token, Name(token.span, name))
    if name in _PYTHON:
        return _error(token.span, f"{name} is not part of a formula.", _LINE)
    if name in FUNCTIONS:
        signature = FUNCTIONS[name].signature
        return _error(token.span, f"{name} is a function.", f"Call it: {signature}.")
    hint = f"Known here: {', '.join([*GIVEN, *sorted(set(known) - set(GIVEN))][:40])}."
    return _error(token.span, f"{name} has no value here.", _meant(name, known) + hint)


def _meant(name: str, known: Collection[str]) -> str:
    folded = [word for word in known if word.lower() == name.lower()]
    close = folded or difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}? " if close else ""


def unknown_function(token: Token, known: Collection[str]) -> FormulaError:
    name = token.text
    if name in known:
        hint = "A product is written with * or @."
        return _error(token.span, f"{name} is a value, not a function.", hint)
    hint = _meant(name, FUNCTIONS) + _FUNCTIONS
    return _error(token.span, f"There is no function {name}.", hint)


def not_closed(token: Token, opened: Token) -> FormulaError:
    if token.kind in ("newline", "end"):
        return _error(opened.span, "This bracket is never closed.")
    if token.text == ",":
        hint = "Only ones and zeros take a shape in brackets: ones((N, 1))."
        return _error(token.span, "A comma stands in brackets.", hint)
    hint = "A product is written with * or @."
    return _error(token.span, f"{token.text} follows without a sign.", hint)


def check_keyword(token: Token, allowed: tuple[str, ...], given: list[str]) -> None:
    """Only axis and keepdims, each once, where the function takes them."""
    if token.text not in allowed:
        hint = f"Allowed here: {', '.join(allowed)}." if allowed else "It takes none."
        raise _error(token.span, f"{token.text} is not a keyword of this function.", hint)
    if token.text in given:
        raise _error(token.span, f"{token.text} is given twice.")


def late_argument(token: Token) -> FormulaError:
    return _error(token.span, "An array cannot follow a keyword.", "Put axis and keepdims last.")


def check_call(call: Call, row: Function) -> None:
    """The number of arguments, and keywords that are plain numbers."""
    count = len(call.arguments)
    in_brackets = any(isinstance(item, Sizes) for item in call.arguments)
    if not row.least <= count <= row.most or (in_brackets and count > 1):
        wanted = str(row.least) if row.least == row.most else f"{row.least} or {row.most}"
        raise _error(
            call.place,
            f"{call.function} takes {wanted}, not {count}.",
            f"Write {row.signature}.",
        )
    for name, value in call.keywords:
        _check_value(name, value)


def _check_value(name: str, value: Node) -> None:
    if name == "keepdims":
        if not isinstance(value, Flag):
            raise _error(value.span, "keepdims is True or False.")
        return
    if axis_of(value) is None:
        raise _error(value.span, "axis is 0, 1 or -1.")
