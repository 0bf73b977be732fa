"""What the keywords of a call say."""

from __future__ import annotations

from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.functions import FUNCTIONS
from slp_core.insight.formula.tree import Call, Flag, Node, Number, Unary


def axis_of(value: Node) -> int | None:
    """The axis typed, or None where it is none."""
    sign = 1
    if isinstance(value, Unary) and value.sign == "-":
        value, sign = value.operand, -1
    if isinstance(value, Number) and value.value in (0.0, 1.0, 2.0):
        return sign * int(value.value)
    return None


def keywords(node: Call, convention: Convention) -> tuple[int | None, bool]:
    """Axis and keepdims of a call; softmax without an axis takes that of the outputs."""
    axis: int | None = None
    keepdims = False
    if FUNCTIONS[node.function].kind == "softmax":
        axis = -1 if convention == "rows" else 0
    for name, value in node.keywords:
        if name == "axis":
            axis = axis_of(value)
        elif isinstance(value, Flag):
            keepdims = value.value
    return axis, keepdims
