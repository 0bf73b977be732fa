"""Shapes whose axes have names: what meets, what does not, and what was summed too early.

An axis is a size and a label (samples, features, outputs; "" where nothing is known). Sizes decide
whether an operation is possible; labels find the faults that sizes hide, as when there are as many
features as outputs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

SAMPLES: Final = "samples"
FEATURES: Final = "features"
OUTPUTS: Final = "outputs"

SUMMED_ALREADY: Final = "the samples are summed already in"
"""How the hint begins where a product misses the samples that were summed before."""

Convention = Literal["rows", "columns"]
"""Whether samples are the rows of X (N, M) or its columns (M, N)."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis."""

    size: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shaped:
    """What is known of a value before it is computed.

    Attributes
    ----------
    axes
        At most two.
    summed
        Labels of axes that were summed away in it.
    data
        Whether it depends on the data at all; ones and numbers do not.
    value
        The number itself where it is known: 3, N.
    """

    axes: tuple[Axis, ...] = ()
    summed: frozenset[str] = frozenset()
    data: bool = True
    value: float | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes."""
        return tuple(axis.size for axis in self.axes)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the axes."""
        return tuple(axis.label for axis in self.axes)

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        count = 1
        for axis in self.axes:
            count *= axis.size
        return count

    @property
    def turned(self) -> Shaped:
        """Its transpose."""
        return replace(self, axes=self.axes[::-1], value=None)


class ShapeFault(Exception):
    """Shapes do not meet; ``hint`` names the transpose that would."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(slots=True)
class Notes:
    """What is odd although it can be computed, collected while one operation is judged."""

    texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def add(self, text: str, hint: str = "") -> None:
        """One remark: what is odd, and what would be right."""
        self.texts.append((text, hint))


def _axis_in_words(axis: Axis) -> str:
    label = axis.label or "elements"
    return f"{axis.size} {label[:-1] if axis.size == 1 else label}"


def in_words(value: Shaped) -> str:
    """For example "(40 samples, 3 features)"."""
    if not value.axes:
        return "a number"
    parts = [_axis_in_words(axis) if axis.label else str(axis.size) for axis in value.axes]
    alone = len(parts) == 1 and not value.axes[0].label
    return f"({parts[0]},)" if alone else f"({', '.join(parts)})"


def broadcast(left: Shaped, right: Shaped, names: tuple[str, str], notes: Notes) -> Shaped:
    """Element by element, the last axes meeting first; an axis of size 1 is repeated."""
    count = max(len(left.axes), len(right.axes))
    padded = [(Axis(1),) * (count - len(value.axes)) + value.axes for value in (left, right)]
    axes = tuple(_meet(a, b, left, right, names, notes) for a, b in zip(*padded, strict=True))
    return Shaped(axes, left.summed | right.summed, left.data or right.data)


def _meet(
    a: Axis, b: Axis, left: Shaped, right: Shaped, names: tuple[str, str], notes: Notes
) -> Axis:
    if a.size == 1 and b.size != 1:
        return b
    if b.size == 1 and a.size != 1:
        return a
    if a.size != b.size:
        raise ShapeFault(
            f"{in_words(left)} does not meet {in_words(right)} element by element",
            _broadcast_hint(left, right, names),
        )
    if a.label and b.label and a.label != b.label and a.size > 1:
        notes.add(
            f"{a.label} meet {b.label}, and fit only as there are {a.size} of both",
            _broadcast_hint(left, right, names),
        )
    return Axis(a.size, a.label or b.label)


def _fits(left: Shaped, right: Shaped) -> bool:
    pairs = zip(left.axes[::-1], right.axes[::-1], strict=False)
    return all(
        1 in (a.size, b.size) or (a.size == b.size and (not a.label or a.label == b.label))
        for a, b in pairs
    )


def _broadcast_hint(left: Shaped, right: Shaped, names: tuple[str, str]) -> str:
    for value, other in ((left, right), (right, left)):
        flat = len(value.axes) == 1 and len(other.axes) == 2
        if flat and value.axes[0].size == other.axes[0].size:
            return "keep the axis that was summed: keepdims=True"
    if len(right.axes) == 2 and _fits(left, right.turned):
        return f"{_turned(names[1])} would meet it"
    if len(left.axes) == 2 and _fits(left.turned, right):
        return f"{_turned(names[0])} would meet it"
    return ""


def _turned(name: str) -> str:
    return name[:-2] if name.endswith(".T") else f"{name}.T"


def product(left: Shaped, right: Shaped, names: tuple[str, str], notes: Notes) -> Shaped:
    """The matrix product: the last axis of the left meets the first (but one) of the right."""
    if not left.axes or not right.axes:
        raise ShapeFault("@ needs two matrices, and one of these is a number", "write * instead")
    inner, other = left.axes[-1], right.axes[0]
    if inner.size != other.size:
        raise ShapeFault(
            f"{in_words(left)} @ {in_words(right)}: {_axis_in_words(inner)} do not meet "
            f"{_axis_in_words(other)}",
            _product_hint(left, right, names),
        )
    if inner.label and other.label and inner.label != other.label and inner.size > 1:
        notes.add(
            f"{inner.label} meet {other.label}, and fit only as there are {inner.size} of both",
            _product_hint(left, right, names),
        )
    summed = {inner.label or other.label} - {""}
    axes = left.axes[:-1] + right.axes[1:]
    return Shaped(axes, left.summed | right.summed | summed, left.data or right.data)


def _product_hint(left: Shaped, right: Shaped, names: tuple[str, str]) -> str:
    """The transposes with which the inner axes meet, by label first, then by size."""
    a, b = names
    ways = (
        (left.turned, right, f"{_turned(a)} on the left would meet it"),
        (left, right.turned, f"{_turned(b)} on the right would meet it"),
        (left.turned, right.turned, f"{_turned(a)} @ {_turned(b)} would meet"),
    )
    fitting = [
        (x.axes[-1].label == y.axes[0].label, text)
        for x, y, text in ways
        if x.axes[-1].size == y.axes[0].size
    ]
    fitting.sort(key=lambda way: not way[0])
    if fitting and fitting[0][0]:
        return fitting[0][1]
    for still, value, name in ((left.axes[-1], right, b), (right.axes[0], left, a)):
        if still.label == SAMPLES and _lost(value):
            return f"{SUMMED_ALREADY} {name}: sum them last, as X.T @ ... does"
    return fitting[0][1] if fitting else ""


def _lost(value: Shaped) -> bool:
    return value.data and SAMPLES in value.summed and SAMPLES not in value.labels


def reduce(value: Shaped, axis: int | None, keepdims: bool, *, adds: bool) -> Shaped:
    """A sum or the like along an axis, or over all; ``adds``: the axis counts as summed."""
    if axis is not None and not -len(value.axes) <= axis < len(value.axes):
        raise ShapeFault(
            f"there is no axis {axis} in {in_words(value)}", "leave axis out to take all elements"
        )
    gone = range(len(value.axes)) if axis is None else (axis % len(value.axes),)
    labels = {value.axes[place].label for place in gone if value.axes[place].size > 1} - {""}
    axes = tuple(
        Axis(1) if place in gone else kept
        for place, kept in enumerate(value.axes)
        if keepdims or place not in gone
    )
    summed = value.summed | labels if adds else value.summed
    return Shaped(axes, frozenset(summed), value.data)


def too_early(left: Shaped, right: Shaped, *, divides: bool) -> bool:
    """Whether a product joins what was summed over the samples with what still has them.

    A product of two sums over samples counts too: the sum of products was wanted. Division by one
    number does not: N may well be written as a sum.
    """
    if not (left.data and right.data) or (divides and not right.axes):
        return False
    done = [SAMPLES in value.summed and SAMPLES not in value.labels for value in (left, right)]
    open_ = [SAMPLES in value.labels for value in (left, right)]
    both = all(done) and not divides
    return both or (done[0] and open_[1]) or (done[1] and open_[0])
