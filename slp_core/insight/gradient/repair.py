"""Puts transposes in or takes them out where shapes do not meet, to see what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slp_core.errors import FormulaError
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import Formula, read_formula
from slp_core.insight.formula.tree import Binary, Call, Node, Transpose, Unary, enclosed, walk

_MOST_TURNS: Final = 3
_MOST_TRIED: Final = 60


def repaired(formula: Formula, sizes: Sizes) -> Iterator[Formula]:
    """Formulas whose shapes fit, with as few transposes changed as possible."""
    waiting, tried = [formula.source], {formula.source}
    for _ in range(_MOST_TURNS):
        following: list[str] = []
        for source in waiting:
            for text in _turned_once(source, sizes):
                if text in tried or len(tried) > _MOST_TRIED:
                    continue
                tried.add(text)
                candidate = _read(text)
                if candidate is None:
                    continue
                if _fits(candidate, sizes):
                    yield candidate
                else:
                    following.append(text)
        waiting = following


def _read(source: str) -> Formula | None:
    try:
        return read_formula(source)
    except FormulaError:
        return None


def _fits(formula: Formula, sizes: Sizes) -> bool:
    found = ledger(formula, sizes)
    results = (formula.weights, formula.bias)
    misfits = [row for row in found.lines if row.name in results and _misfit(row.note)]
    return not found.faults and not misfits


def _misfit(note: str) -> bool:
    return "has the shape" in note


def _turned_once(source: str, sizes: Sizes) -> Iterator[str]:
    """The source with one transpose more or less where its first fault is."""
    formula = read_formula(source)
    found = ledger(formula, sizes)
    if found.faults:
        fault = found.faults[0]
        for node in _at(formula, fault.line, fault.column):
            for operand in _operands(node):
                yield turned(source, operand)
        return
    for line in formula.lines:
        if line.name == formula.weights:
            yield turned(source, line.expression)


def _at(formula: Formula, line: int, column: int) -> Iterator[Node]:
    for assignment in formula.lines:
        for node in walk(assignment.expression):
            operates = isinstance(node, Binary | Call)
            if operates and (node.place.line, node.place.column) == (line, column):
                yield node


def _operands(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Binary):
        return (node.right, node.left)
    return node.arguments if isinstance(node, Call) else ()


def turned(source: str, node: Node) -> str:
    """The source with one node transposed: .T added, or taken away where it stands."""
    text = source[node.span.start : node.span.end]
    if isinstance(node, Transpose):
        inner = node.operand.span
        changed = source[inner.start : inner.end]
    elif isinstance(node, Binary | Unary) and not enclosed(text):
        changed = f"({text}).T"
    else:
        changed = f"{text}.T"
    return source[: node.span.start] + changed + source[node.span.end :]
