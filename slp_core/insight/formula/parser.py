"""From tokens to the tree, by precedence climbing; whatever else is typed is refused.

The grammar is written out here instead of borrowed from Python's own parser: only what this file
names can come out of it, errors are our words at the true column, and no nesting, however deep,
reaches the interpreter's stack.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from slp_core.insight.formula import refusals
from slp_core.insight.formula.functions import FUNCTIONS, GIVEN
from slp_core.insight.formula.limits import LIMITS, Limits
from slp_core.insight.formula.tokens import Token, tokens
from slp_core.insight.formula.tree import (
    Assignment,
    Binary,
    Call,
    Flag,
    Name,
    Node,
    Number,
    Sizes,
    Transpose,
    Unary,
    children,
)

_STRENGTH: Mapping[str, int] = MappingProxyType(
    {"<": 1, ">": 1, "<=": 1, ">=": 1, "==": 1, "!=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "@": 3}
)
_COMPARISON: Final = 1
_ASSIGN: Final = frozenset({"=", "+=", "-=", "*=", "/="})


class Parser:
    """Reads assignments one after the other; every name assigned is known from then on."""

    def __init__(self, source: str, limits: Limits = LIMITS) -> None:
        self._tokens = tokens(source)
        self._place = 0
        self._limits = limits
        self._known = set(GIVEN)
        self._brackets = 0
        self._level = 0
        self._depths: dict[int, int] = {}
        self._kept: list[Node] = []  # keeps the nodes alive whose identities are keys of _depths

    def next_line(self) -> Assignment | None:
        """The next assignment, or None at the end of the source."""
        while self._tokens[self._place].kind == "newline":
            self._place += 1
        if self._tokens[self._place].kind == "end":
            return None
        name, sign = self._take(), self._take()
        refusals.check_beginning(name, sign, sign.text in _ASSIGN)
        refusals.check_target(name, augmented=sign.text != "=", known=self._known)
        expression = self._expression(0)
        if self._ahead.kind != "newline":
            raise refusals.unexpected(self._ahead, self._brackets)
        span = name.span.until(expression.span)
        if sign.text != "=":
            left = self._keep(Name(name.span, name.text))
            expression = self._keep(Binary(span, sign.text[0], left, expression, sign.span))
        self._known.add(name.text)
        return Assignment(span, name.text, expression)

    def skip_line(self) -> None:
        """Go to the next line after an error, so that the lines below can be read as well."""
        self._brackets = self._level = 0
        while self._tokens[self._place].kind not in ("newline", "end"):
            self._place += 1

    @property
    def _ahead(self) -> Token:
        """The next token; within brackets a line goes on below."""
        while self._brackets and self._tokens[self._place].text == "\n":
            self._place += 1
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._ahead
        self._place += token.kind != "end"
        return token

    def _accept(self, *signs: str) -> Token | None:
        token = self._ahead
        return self._take() if token.kind == "sign" and token.text in signs else None

    def _keep(self, node: Node) -> Node:
        """Count a node and its depth; raise where there are too many or too deep ones."""
        depth = 1 + max((self._depths[id(child)] for child in children(node)), default=0)
        self._depths[id(node)] = depth
        self._kept.append(node)
        if depth > self._limits.depth:
            raise refusals.too_deep(node.span)
        if len(self._kept) > self._limits.nodes:
            raise refusals.too_many(node.span, self._limits.nodes)
        return node

    def _expression(self, weakest: int) -> Node:
        left = self._operand()
        while (strength := self._strength()) > weakest:
            sign = self._take()
            right = self._expression(strength)
            if strength == _COMPARISON == self._strength():
                raise refusals.chained(self._ahead)
            span = left.span.until(right.span)
            left = self._keep(Binary(span, sign.text, left, right, sign.span))
        return left

    def _strength(self) -> int:
        token = self._ahead
        return _STRENGTH.get(token.text, 0) if token.kind == "sign" else 0

    def _operand(self) -> Node:
        """Signs, then a power: -A ** 2 is -(A ** 2). Every way down passes here and is counted."""
        self._level += 1
        if self._level > self._limits.depth:
            raise refusals.too_deep(self._ahead.span)
        sign = self._accept("+", "-")
        if sign is not None:
            operand = self._operand()
            node = self._keep(Unary(sign.span.until(operand.span), sign.text, operand))
        else:
            node = self._power()
        self._level -= 1
        return node

    def _power(self) -> Node:
        base = self._postfix()
        sign = self._accept("**")
        if sign is None:
            return base
        exponent = self._operand()
        return self._keep(Binary(base.span.until(exponent.span), "**", base, exponent, sign.span))

    def _postfix(self) -> Node:
        node = self._atom()
        while self._accept("."):
            name = self._take()
            if name.kind != "name" or name.text != "T":
                raise refusals.attribute(name, node)
            node = self._keep(Transpose(node.span.until(name.span), node))
        return node

    def _atom(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return self._keep(Number(token.span, float(token.text)))
        if token.text == "(":
            return self._bracket(token)
        if token.kind != "name":
            raise refusals.no_operand(token)
        if self._ahead.text == "(":
            return self._call(token)
        if token.text in ("True", "False"):
            return self._keep(Flag(token.span, token.text == "True"))
        if token.text not in self._known:
            raise refusals.unknown_name(token, self._known)
        return self._keep(Name(token.span, token.text))

    def _bracket(self, opened: Token) -> Node:
        """``(expression)``, spanning its brackets."""
        self._brackets += 1
        inner = self._expression(0)
        closed = self._close(opened)
        span = opened.span.until(closed.span)
        return self._keep(refusals.respanned(inner, span))

    def _close(self, opened: Token) -> Token:
        closed = self._accept(")")
        if closed is None:
            raise refusals.not_closed(self._ahead, opened)
        self._brackets -= 1
        return closed

    def _call(self, name: Token) -> Node:
        row = FUNCTIONS.get(name.text)
        if row is None:
            raise refusals.unknown_function(name, self._known)
        opened = self._take()
        self._brackets += 1
        arguments: list[Node] = []
        keywords: list[tuple[str, Node]] = []
        while self._ahead.text != ")":
            self._argument(arguments, keywords, row.keywords, row.kind == "make")
            if self._accept(",") is None:
                break
        closed = self._close(opened)
        if row.kind in ("reduce", "softmax") and len(arguments) == 2 and not keywords:
            keywords.append(("axis", arguments.pop()))
        span = name.span.until(closed.span)
        call = Call(span, name.text, tuple(arguments), tuple(keywords), name.span)
        refusals.check_call(call, row)
        return self._keep(call)

    def _argument(
        self,
        arguments: list[Node],
        keywords: list[tuple[str, Node]],
        allowed: tuple[str, ...],
        sizes: bool,
    ) -> None:
        token = self._ahead
        following = self._tokens[min(self._place + 1, len(self._tokens) - 1)]
        if token.kind == "name" and following.text == "=":
            refusals.check_keyword(token, allowed, [name for name, _ in keywords])
            self._take()
            self._take()
            keywords.append((token.text, self._expression(0)))
        elif keywords:
            raise refusals.late_argument(token)
        elif sizes and token.text == "(":
            arguments.append(self._sizes())
        else:
            arguments.append(self._expression(0))

    def _sizes(self) -> Node:
        """``(N, 1)`` as the shape of ones and zeros; one in brackets is a plain expression."""
        opened = self._take()
        self._brackets += 1
        items = [self._expression(0)]
        while self._accept(",") and self._ahead.text != ")":
            items.append(self._expression(0))
        closed = self._close(opened)
        return self._keep(Sizes(opened.span.until(closed.span), tuple(items)))
