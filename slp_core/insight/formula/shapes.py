"""Goes through a formula without computing it: shapes, axes, faults, and how much work it is.

Shapes never depend on values (ones and zeros take only known sizes), so that everything that could
be too large or not fit together is found before the first number is computed.
"""

from __future__ import annotations

from slp_core.errors import FormulaError
from slp_core.insight.formula import axes
from slp_core.insight.formula.axes import (
    FEATURES,
    OUTPUTS,
    SAMPLES,
    Axis,
    Notes,
    Shaped,
    ShapeFault,
)
from slp_core.insight.formula.calls import keywords
from slp_core.insight.formula.functions import FUNCTIONS
from slp_core.insight.formula.ledger import Ledger, LedgerRow, Sizes, State
from slp_core.insight.formula.limits import LIMITS, Limits
from slp_core.insight.formula.source import Formula
from slp_core.insight.formula.tree import (
    Assignment,
    Binary,
    Call,
    Flag,
    Name,
    Node,
    Number,
    Span,
    Transpose,
    Unary,
    enclosed,
)
from slp_core.insight.formula.tree import Sizes as SizesNode

_EARLY = "the samples are summed before everything that belongs to a sample is multiplied in"
_EARLY_HINT = "multiply element by element first; X.T @ ... sums over the samples last"
_SHOWN = 40


class _UnknownError(Exception):
    """A value rests on a line that has a fault."""


def ledger(formula: Formula, sizes: Sizes, limits: Limits = LIMITS) -> Ledger:
    """The shape ledger of a formula on data of these sizes; it never fails."""
    return _Walk(formula, sizes, limits).ledger()


class _Walk:
    def __init__(self, formula: Formula, sizes: Sizes, limits: Limits) -> None:
        self._formula = formula
        self._sizes = sizes
        self._limits = limits
        self._known: dict[str, Shaped | None] = dict(sizes.given())
        self._rows: list[LedgerRow] = []
        self._parts: list[LedgerRow] = []
        self._faults: list[FormulaError] = []
        self._work = 0.0
        self._memory = 0

    def ledger(self) -> Ledger:
        used = self._formula.used
        for name, value in self._sizes.given().items():
            if name in used and value.axes:
                self._rows.append(LedgerRow(name, 0, 0, 0, value.shape, value.labels))
        for line in self._formula.lines:
            self._line(line)
        return Ledger(tuple(self._rows), tuple(self._faults), self._known)

    def _line(self, line: Assignment) -> None:
        self._parts = []
        value: Shaped | None = None
        state: State = "ok"
        note = hint = ""
        try:
            value = self._shape(line.expression)
            note, hint = self._misfit(line.name, value)
            state = "error" if note else "ok"
        except _UnknownError:
            state, note = "unknown", "a line above has a fault"
        except FormulaError as error:
            self._faults.append(error)
            state, note, hint = "error", error.message, error.hint
        worst = [part for part in self._parts if part.state == "error"]
        if state == "ok" and worst:
            state, note, hint = worst[0].state, worst[0].note, worst[0].hint
        self._known[line.name] = value
        span = line.span
        shape, labels = (value.shape, value.labels) if value else (None, None)
        row = LedgerRow(line.name, span.line, span.column, 0, shape, labels, state, note, hint)
        self._rows += [row, *self._parts]

    def _misfit(self, name: str, value: Shaped) -> tuple[str, str]:
        """What is wrong with the shape of a result, and what would be right."""
        if name == self._formula.weights:
            return self._sizes.misfit(name, value)
        if name == self._formula.bias:
            return self._sizes.misfit_bias(name, value)
        return "", ""

    def _shape(self, node: Node) -> Shaped:
        """The shape of a node, counted against the limits."""
        match node:
            case Number():
                return Shaped((), frozenset(), False, node.value)
            case Flag():
                return Shaped((), frozenset(), False, float(node.value))
            case Name():
                return self._name(node)
            case Unary():
                value = self._shape(node.operand)
                return self._counted(node, Shaped(value.axes, value.summed, value.data), 1.0)
            case Transpose():
                value = self._shape(node.operand).turned
                return self._part(node, value, "ok")
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case SizesNode():
                raise self._fault(node.span, ShapeFault("a shape stands where a value is expected"))

    def _name(self, node: Name) -> Shaped:
        value = self._known[node.name]
        if value is None:
            raise _UnknownError
        return value

    def _binary(self, node: Binary) -> Shaped:
        left, right = self._shape(node.left), self._shape(node.right)
        if node.operator == "@":
            return self._product(node, left, right, (node.left, node.right), node.place)
        value = self._broadcast(node, (left, right), (node.left, node.right), node.place)
        if node.operator in "*/" and axes.too_early(left, right, divides=node.operator == "/"):
            return self._part(node, value, "error", _EARLY, _EARLY_HINT)
        return value

    def _broadcast(
        self, node: Node, values: tuple[Shaped, ...], parts: tuple[Node, ...], place: Span
    ) -> Shaped:
        notes = Notes()
        total = values[0]
        for value, part in zip(values[1:], parts[1:], strict=True):
            try:
                names = (self._text(parts[0]), self._text(part))
                total = axes.broadcast(total, value, names, notes)
            except ShapeFault as fault:
                raise self._fault(place, fault) from None
        work = FUNCTIONS[node.function].work if isinstance(node, Call) else 2.0
        if len(values) == 1:
            total = Shaped(total.axes, total.summed, total.data)
        self._remark(node, total, notes)
        return self._counted(node, total, work)

    def _product(
        self, node: Node, left: Shaped, right: Shaped, parts: tuple[Node, Node], place: Span
    ) -> Shaped:
        notes = Notes()
        try:
            value = axes.product(left, right, (self._text(parts[0]), self._text(parts[1])), notes)
        except ShapeFault as fault:
            raise self._fault(place, fault) from None
        self._counted(node, value, 2.0 * left.axes[-1].size)
        if axes.too_early(left, right, divides=False):
            return self._part(node, value, "error", _EARLY, _EARLY_HINT)
        if notes.texts:
            return self._part(node, value, "warning", *notes.texts[0])
        return self._part(node, value, "ok")

    def _remark(self, node: Node, value: Shaped, notes: Notes) -> None:
        if notes.texts:
            self._part(node, value, "warning", *notes.texts[0])

    def _call(self, node: Call) -> Shaped:
        row = FUNCTIONS[node.function]
        if row.kind == "make":
            return self._made(node)
        values = tuple(self._shape(argument) for argument in node.arguments)
        match row.kind:
            case "element":
                return self._broadcast(node, values, node.arguments, node.place)
            case "product":
                return self._product_call(node, *values)
            case "transpose":
                return self._part(node, values[0].turned, "ok")
            case "like":
                made = Shaped(values[0].axes, frozenset(), False)
                return self._counted(node, made, 1.0)
            case _:
                return self._along(node, values[0], adds=node.function in ("sum", "mean"))

    def _product_call(self, node: Call, left: Shaped, right: Shaped) -> Shaped:
        parts = (node.arguments[0], node.arguments[1])
        if node.function == "outer":
            return self._outer(node, left, right)
        if node.function == "dot" and not (left.axes and right.axes):
            return self._broadcast(node, (left, right), parts, node.place)
        return self._product(node, left, right, parts, node.place)

    def _outer(self, node: Call, left: Shaped, right: Shaped) -> Shaped:
        flat = [self._flat(value) for value in (left, right)]
        value = Shaped((flat[0], flat[1]), left.summed | right.summed, left.data or right.data)
        self._counted(node, value, 1.0)
        if axes.too_early(left, right, divides=False):
            return self._part(node, value, "error", _EARLY, _EARLY_HINT)
        return self._part(node, value, "ok")

    def _flat(self, value: Shaped) -> Axis:
        long = [axis.label for axis in value.axes if axis.size > 1]
        return Axis(value.elements, long[0] if len(long) == 1 else "")

    def _along(self, node: Call, value: Shaped, *, adds: bool) -> Shaped:
        axis, keepdims = keywords(node, self._sizes.convention)
        reduces = FUNCTIONS[node.function].kind == "reduce"
        try:
            if not reduces and not value.axes:
                raise ShapeFault("softmax needs an axis, and this is a number")
            found = axes.reduce(value, axis, keepdims, adds=adds)
        except ShapeFault as fault:
            raise self._fault(node.place, fault) from None
        if reduces:
            return self._part(node, self._counted(node, found, value.elements + 1.0), "ok")
        grouped = value.axes[axis or 0].label
        state: State = "error" if grouped == SAMPLES else "ok"
        note = "the probabilities of each sample must add up to 1, here those of each class do"
        plain = Shaped(value.axes, value.summed, value.data)
        hint = "leave axis out" if state == "error" else ""
        self._counted(node, plain, FUNCTIONS[node.function].work)
        return self._part(node, plain, state, note if hint else "", hint)

    def _made(self, node: Call) -> Shaped:
        items = node.arguments
        if isinstance(items[0], SizesNode):
            items = items[0].items
        sizes = tuple(self._size(item) for item in items)
        if node.function == "eye":
            sizes *= 2
        if len(sizes) > 2:
            fault = ShapeFault("an array has at most two axes")
            raise self._fault(node.place, fault)
        return self._counted(node, Shaped(sizes, frozenset(), False), 1.0)

    def _size(self, node: Node) -> Axis:
        value = None if isinstance(node, SizesNode) else self._shape(node).value
        if value is None or value != int(value) or not 1 <= value <= self._limits.elements:
            fault = ShapeFault("a size is N, M, K or a whole number from 1 on")
            raise self._fault(node.span, fault)
        labels = {"N": SAMPLES, "M": FEATURES, "K": OUTPUTS}
        label = labels.get(node.name, "") if isinstance(node, Name) else ""
        return Axis(int(value), label if value > 1 or label else "")

    def _counted(self, node: Node, value: Shaped, work: float) -> Shaped:
        """Count the work and the memory of a node; refuse what is too much."""
        self._work += work * max(value.elements, 1)
        self._memory += value.elements
        limits = self._limits
        if value.elements > limits.elements:
            message = f"This array would hold {value.elements} numbers."
        elif self._work > limits.work or self._memory > limits.memory:
            message = "The formula asks for more work or memory than one check may take."
        else:
            return value
        raise FormulaError(
            message,
            line=node.span.line,
            column=node.span.column,
            code="formula.limit",
            hint="Sum over the samples with X.T @ ..., or check on fewer rows.",
        )

    def _part(
        self, node: Node, value: Shaped, state: State, note: str = "", hint: str = ""
    ) -> Shaped:
        span = node.span
        text = self._text(node)
        self._parts.append(
            LedgerRow(text, span.line, span.column, 1, value.shape, value.labels, state, note, hint)
        )
        return value

    def _fault(self, span: Span, fault: ShapeFault) -> FormulaError:
        message = f"{fault.message[0].upper()}{fault.message[1:]}."
        hint = f"{fault.hint[0].upper()}{fault.hint[1:]}." if fault.hint else ""
        return FormulaError(
            message, line=span.line, column=span.column, hint=hint, code="formula.shape"
        )

    def _text(self, node: Node) -> str:
        """A node as typed, on one line, in brackets where .T would not bind to all of it."""
        text = " ".join(self._formula.source[node.span.start : node.span.end].split())
        loose = isinstance(node, Binary | Unary) and not enclosed(text)
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
        return f"({shown})" if loose else shown
