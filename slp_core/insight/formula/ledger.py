"""The rows of the shape ledger, and the shapes of what a formula finds already there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from slp_core.errors import FormulaError
from slp_core.insight.formula.axes import (
    FEATURES,
    OUTPUTS,
    SAMPLES,
    Axis,
    Convention,
    Shaped,
    in_words,
)

State = Literal["ok", "warning", "error", "unknown"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One value of a formula.

    Attributes
    ----------
    name
        The name assigned, or the text of a part of a line.
    line, column
        Where it stands, from 1; 0 for what was given.
    depth
        0 for a given value and a line, 1 for a part of the line above it.
    shape, axes
        Sizes and names of the axes; both None where a fault leaves them unknown.
    state
        error: shapes do not meet, or an axis was summed too early. warning: it fits by chance.
    note, hint
        What is wrong, and the transpose or the change that would be right.
    """

    name: str
    line: int
    column: int
    depth: int
    shape: tuple[int, ...] | None
    axes: tuple[str, ...] | None
    state: State = "ok"
    note: str = ""
    hint: str = ""

    def as_dict(self) -> dict[str, object]:
        """Name, shape and axes, for JSON."""
        return {
            "name": self.name,
            "shape": None if self.shape is None else list(self.shape),
            "axes": None if self.axes is None else list(self.axes),
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every value of a formula with its shape.

    ``faults`` are the places where it cannot be computed. ``shapes`` holds what is known of each
    name at the end; None where a fault stands in the way.
    """

    rows: tuple[LedgerRow, ...]
    faults: tuple[FormulaError, ...]
    shapes: Mapping[str, Shaped | None]

    @property
    def lines(self) -> tuple[LedgerRow, ...]:
        """The rows of given names and of whole lines."""
        return tuple(row for row in self.rows if row.depth == 0)

    @property
    def summed_too_early(self) -> bool:
        """Whether the samples are summed before everything is multiplied in."""
        return any(row.state == "error" and row.shape is not None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Numbers of samples, features and outputs, and where samples are."""

    samples: int
    features: int
    outputs: int
    convention: Convention = "rows"

    @property
    def weights(self) -> tuple[int, int]:
        """Shape of W as the formula sees it."""
        m, k = self.features, self.outputs
        return (m, k) if self.convention == "rows" else (k, m)

    @property
    def bias(self) -> tuple[int, ...]:
        """Shape of b as the formula sees it: (K,), with samples as columns (K, 1)."""
        return (self.outputs,) if self.convention == "rows" else (self.outputs, 1)

    def misfit(self, name: str, value: Shaped) -> tuple[str, str]:
        """Why a result is not the gradient in W, by its shape, and what would be right.

        With one output or one feature a single axis will do.
        """
        shape, wanted = value.shape, self.weights
        short = tuple(size for size in wanted if size != 1)
        turned = (FEATURES, OUTPUTS) if self.convention == "columns" else (OUTPUTS, FEATURES)
        if value.labels == turned and len(set(turned)) > 1 and shape != (1, 1):
            return (
                f"{name} is {in_words(value)}, W has the shape {wanted}",
                f"{name} = (...).T would fit",
            )
        if shape == wanted or (len(shape) < len(wanted) and shape == short):
            return "", ""
        hint = f"{name} = (...).T would fit" if shape == wanted[::-1] else ""
        return f"{name} is {in_words(value)}, W has the shape {wanted}", hint

    def misfit_bias(self, name: str, value: Shaped) -> tuple[str, str]:
        """Why a result is not the gradient in b; axes of size 1 do not matter."""
        short = tuple(size for size in value.shape if size != 1)
        if short == ((self.outputs,) if self.outputs > 1 else ()):
            return "", ""
        hint = "sum over the samples: one number for each output"
        return f"{name} is {in_words(value)}, b has the shape {self.bias}", hint

    def given(self) -> dict[str, Shaped]:
        """What is known of every given name."""
        n, m, k = (
            Axis(self.samples, SAMPLES),
            Axis(self.features, FEATURES),
            Axis(self.outputs, OUTPUTS),
        )
        rows = self.convention == "rows"
        plain = frozenset[str]()
        matrices = {"X": (n, m), "Y": (n, k), "W": (m, k), "V": (n, k), "Z": (n, k)}
        found = {
            name: Shaped(axes if rows else axes[::-1], plain) for name, axes in matrices.items()
        }
        found["b"] = Shaped((k,) if rows else (k, Axis(1)))
        for name, size in (("N", n.size), ("M", m.size), ("K", k.size)):
            found[name] = Shaped((), plain, False, float(size))
        for name in ("l1", "l2"):
            found[name] = Shaped((), plain, False)
        return found
