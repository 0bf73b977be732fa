"""What NumPy would only warn about, as facts with a place: "log of zero in line 2, 3 entries"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Bools, Float64s
from slp_core.insight.formula.tree import Binary, Call, Node, Span


@dataclass(frozen=True, slots=True)
class Fact:
    """Where numbers leave the finite range for the first time.

    Attributes
    ----------
    what
        The cause: "log of zero", "division by zero", "exp overflows".
    count
        Entries concerned.
    where
        Indices of the first one, from 0.
    axes
        The names of its axes, as far as they are known.
    """

    what: str
    line: int
    column: int
    count: int
    where: tuple[int, ...]
    axes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One sentence; samples count from 1."""
        entries = "1 entry" if self.count == 1 else f"{self.count} entries"
        text = f"{self.what} in line {self.line}, {entries}"
        spots = [
            f"{axis} {place + 1}"
            for axis, place in zip(self.axes, self.where, strict=False)
            if axis
        ]
        return f"{text}, first at {', '.join(spots)}" if spots else text


def fact(node: Node, place: Span, result: Float64s, inputs: Sequence[Float64s]) -> Fact | None:
    """The fact of one operation: its result is not finite where its inputs are; else None."""
    bad = ~np.isfinite(result)
    if not bad.any():
        return None
    fresh = bad & _finite_inputs(result, inputs)
    if not fresh.any():
        return None
    what = _cause(node, fresh, result, inputs)
    first = tuple(int(i) for i in np.argwhere(fresh)[0]) if result.ndim else ()
    return Fact(what, place.line, place.column, int(fresh.sum()), first)


def _finite_inputs(result: Float64s, inputs: Sequence[Float64s]) -> Bools:
    """Where, in the shape of the result, all inputs are finite (all of them, if shapes change)."""
    finite = np.ones(result.shape, dtype=np.bool_)
    for values in inputs:
        good = np.isfinite(values)
        try:
            finite = finite & np.broadcast_to(good, result.shape)
        except ValueError:
            finite = finite & bool(good.all())
    return finite


def _cause(node: Node, fresh: Bools, result: Float64s, inputs: Sequence[Float64s]) -> str:
    if isinstance(node, Call):
        return _cause_of_call(node.function, fresh, inputs[0])
    if isinstance(node, Binary) and node.operator == "/":
        zero = bool((np.broadcast_to(inputs[1], result.shape)[fresh] == 0.0).any())
        return "division by zero" if zero else "a quotient overflows"
    if isinstance(node, Binary) and node.operator == "**":
        return "root of a negative number" if np.isnan(result[fresh]).any() else "a power overflows"
    return "a number overflows"


def _cause_of_call(function: str, fresh: Bools, values: Float64s) -> str:
    if function in ("log", "log1p", "sqrt") and values.shape == fresh.shape:
        edge = -1.0 if function == "log1p" else 0.0
        below = bool((values[fresh] < edge).any())
        if function == "sqrt" or below:
            return f"{function} of a negative number" if function != "log1p" else "log1p below -1"
        return f"{function} of zero" if function == "log" else "log1p of -1"
    return f"{function} overflows"
