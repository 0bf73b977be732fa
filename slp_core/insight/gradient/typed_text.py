"""A typed formula whose text can be changed piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.source import Formula
from slp_core.insight.formula.tree import Assignment, Binary, Node, Unary, enclosed, walk
from slp_core.network.pairs import Pair


@dataclass(frozen=True, slots=True)
class Setting:
    """What the changes need to know of the check."""

    pair: Pair
    convention: Convention
    l1: float
    l2: float

    @property
    def samples(self) -> int:
        """The axis of the samples."""
        return 0 if self.convention == "rows" else 1

    @property
    def penalty(self) -> str:
        """The slope of the penalties."""
        parts = ["l1 * sign(W)"] * (self.l1 > 0.0) + ["l2 * W"] * (self.l2 > 0.0)
        return " + ".join(parts)


class TypedText:
    """A formula with its text, to be changed."""

    def __init__(self, formula: Formula, setting: Setting) -> None:
        self.formula = formula
        self.setting = setting

    def text(self, node: Node | Assignment) -> str:
        """A node as typed."""
        return self.formula.source[node.span.start : node.span.end]

    def tight(self, node: Node) -> str:
        """A node as typed, in brackets where an operator beside it would tear it apart."""
        text = self.text(node)
        loose = isinstance(node, Binary | Unary) and not enclosed(text)
        return f"({text})" if loose else text

    def bare(self, node: Node) -> str:
        """A node as typed, without brackets around all of it."""
        text = self.text(node)
        return text[1:-1] if enclosed(text) else text

    def product(self, node: Node) -> str:
        """A node as a factor: sums get brackets, products stay as they are."""
        if isinstance(node, Binary) and node.operator in "*/@":
            return self.text(node)
        return self.tight(node)

    def put(self, node: Node, text: str) -> str:
        """The source with a node replaced."""
        source = self.formula.source
        return source[: node.span.start] + text + source[node.span.end :]

    def nodes(self) -> Iterator[Node]:
        """Every node of every line."""
        for line in self.formula.lines:
            yield from walk(line.expression)

    def terms(self) -> Iterator[Node]:
        """The terms that each line adds up, results first."""
        results = (self.formula.weights, self.formula.bias)
        for line in sorted(self.formula.lines, key=lambda line: line.name not in results):
            yield from added(line.expression)

    def results(self) -> Iterator[Assignment]:
        """The lines of the results."""
        for line in self.formula.lines:
            if line.name in (self.formula.weights, self.formula.bias):
                yield line


def added(node: Node) -> Iterator[Node]:
    """The terms that a sum is made of."""
    if isinstance(node, Binary) and node.operator in "+-":
        yield from added(node.left)
        yield from added(node.right)
        return
    yield node
