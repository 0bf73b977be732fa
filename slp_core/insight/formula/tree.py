"""The syntax tree of a formula: the only nodes there are, each knowing where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Where a piece of text stands: line and column from 1, and offsets into the source."""

    line: int
    column: int
    start: int
    end: int

    def until(self, other: Span) -> Span:
        """From the start of this one to the end of the other."""
        return Span(self.line, self.column, self.start, other.end)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed."""

    span: Span
    value: float


@dataclass(frozen=True, slots=True)
class Flag:
    """True or False, the value of keepdims."""

    span: Span
    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A given name or one assigned in a line above."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """``-A`` or ``+A``."""

    span: Span
    sign: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """``A + B`` and the like; ``place`` is where the operator stands."""

    span: Span
    operator: str
    left: Node
    right: Node
    place: Span


@dataclass(frozen=True, slots=True)
class Transpose:
    """``A.T``."""

    span: Span
    operand: Node


@dataclass(frozen=True, slots=True)
class Sizes:
    """``(N, 1)``, the shape that ones and zeros take."""

    span: Span
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """``sum(A, axis=0)``; ``place`` is where the function's name stands."""

    span: Span
    function: str
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...]
    place: Span


Node = Number | Flag | Name | Unary | Binary | Transpose | Sizes | Call


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line: ``name = expression`` (``dW += A`` has become ``dW = dW + A``)."""

    span: Span
    name: str
    expression: Node


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below one."""
    match node:
        case Unary() | Transpose():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Sizes():
            return node.items
        case Call():
            return (*node.arguments, *(value for _, value in node.keywords))
        case Number() | Flag() | Name():
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def enclosed(text: str) -> bool:
    """Whether one pair of brackets encloses all of a text: (A + B), not (A) + (B)."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    level = 0
    for place, letter in enumerate(text):
        level += (letter == "(") - (letter == ")")
        if level == 0:
            return place == len(text) - 1
    return False
