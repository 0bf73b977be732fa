"""Computes a formula with NumPy in float64, after its shapes have been found to fit.

Nothing is refused for its numbers: infinity and NaN go through, and where they first arise is
written down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.formula.calls import keywords
from slp_core.insight.formula.facts import Fact, fact
from slp_core.insight.formula.functions import FUNCTIONS
from slp_core.insight.formula.ledger import Ledger, Sizes
from slp_core.insight.formula.limits import LIMITS, Limits, Watch
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import Formula
from slp_core.insight.formula.tree import (
    Binary,
    Call,
    Flag,
    Name,
    Node,
    Number,
    Transpose,
    Unary,
)
from slp_core.insight.formula.tree import Sizes as SizesNode

Operation = Callable[[Float64s, Float64s], Float64s]


def _compared(compare: Callable[[Float64s, Float64s], object]) -> Operation:
    def numbers(A: Float64s, B: Float64s) -> Float64s:
        return np.asarray(compare(A, B), dtype=np.float64)

    return numbers


_OPERATORS: Mapping[str, Operation] = MappingProxyType(
    {
        "+": np.add,
        "-": np.subtract,
        "*": np.multiply,
        "/": np.divide,
        "**": np.power,
        "@": np.matmul,
        "<": _compared(np.less),
        ">": _compared(np.greater),
        "<=": _compared(np.less_equal),
        ">=": _compared(np.greater_equal),
        "==": _compared(np.equal),
        "!=": _compared(np.not_equal),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What came of a formula: every name's value, and where numbers left the finite range."""

    values: Mapping[str, Float64s]
    facts: tuple[Fact, ...]


def evaluate(
    formula: Formula,
    given: Mapping[str, Float64s],
    sizes: Sizes,
    *,
    watch: Watch | None = None,
    limits: Limits = LIMITS,
    checked: Ledger | None = None,
    facts: bool = True,
) -> Evaluation:
    """Compute every line.

    Parameters
    ----------
    given
        The given names that the formula uses, in its own convention.
    sizes
        What the shapes of ``given`` are.
    watch
        Asked between two operations.
    checked
        The ledger of the formula at these sizes, where it is known to have no fault.
    facts
        False: do not look where numbers leave the finite range, which costs a pass over each.

    Raises
    ------
    FormulaError
        Where shapes do not meet, the formula asks for too much, or the watch says stop.
    """
    found = ledger(formula, sizes, limits) if checked is None else checked
    if found.faults:
        raise found.faults[0]
    run = _Run(dict(given), sizes, watch or Watch(limits), facts)
    with np.errstate(all="ignore"):
        for line in formula.lines:
            run.values[line.name] = np.asarray(run.compute(line.expression))
    return Evaluation(MappingProxyType(run.values), tuple(run.facts))


class _Run:
    """The values of one evaluation while it goes on."""

    def __init__(
        self, values: dict[str, Float64s], sizes: Sizes, watch: Watch, facts: bool
    ) -> None:
        self.values = values
        self.facts: list[Fact] = []
        self._sizes = sizes
        self._watch = watch
        self._look = facts

    def compute(self, node: Node) -> Float64s:
        """The value of a node."""
        match node:
            case Name():
                return self.values[node.name]
            case Number() | Flag():
                return np.float64(node.value)  # pyright: ignore[reportReturnType]  # no axes
            case Transpose():
                return self.compute(node.operand).T
            case Unary():
                value = self.compute(node.operand)
                return np.negative(value) if node.sign == "-" else value
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case SizesNode():
                raise AssertionError("the ledger has refused this")

    def _binary(self, node: Binary) -> Float64s:
        left, right = self.compute(node.left), self.compute(node.right)
        self._watch.check(node.place.line, node.place.column)
        result = _OPERATORS[node.operator](left, right)
        if self._look:
            self._note(fact(node, node.place, np.asarray(result), (left, right)))
        return result

    def _call(self, node: Call) -> Float64s:
        row = FUNCTIONS[node.function]
        self._watch.check(node.place.line, node.place.column)
        if row.kind == "make":
            return row.apply(*self._made(node))
        values = [np.asarray(self.compute(argument)) for argument in node.arguments]
        axis, keepdims = keywords(node, self._sizes.convention)
        if row.kind == "reduce":
            result = row.apply(values[0], axis, keepdims)
        elif row.kind == "softmax":
            result = row.apply(values[0], axis)
        else:
            result = row.apply(*values)
        if self._look:
            self._note(fact(node, node.place, result, values))
        return result

    def _made(self, node: Call) -> list[int]:
        items = node.arguments
        if isinstance(items[0], SizesNode):
            items = items[0].items
        return [int(self.compute(item)) for item in items]

    def _note(self, found: Fact | None) -> None:
        if found is not None:
            self.facts.append(self._named(found))

    def _named(self, found: Fact) -> Fact:
        """The fact with names for its axes, as far as their sizes tell."""
        if len(found.where) != 2:
            return found
        sizes = self._sizes
        outputs = "output" if sizes.outputs > 1 else ""
        axes = ("sample", outputs) if sizes.convention == "rows" else (outputs, "sample")
        return replace(found, axes=axes)
