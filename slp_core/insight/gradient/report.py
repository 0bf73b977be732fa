"""What a check found, as values: for a table, a plot, JSON and print."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from slp_core.errors import FormulaError
from slp_core.insight.formula.facts import Fact
from slp_core.insight.formula.ledger import LedgerRow
from slp_core.insight.gradient.printing import as_text
from slp_core.network.parameters import Parameters

Verdict = Literal["right", "suspicious", "wrong", "refused"]


@dataclass(frozen=True, slots=True)
class Component:
    """One number of the gradient at one point.

    ``row`` and ``column`` count from 0 in W as the formula sees it; for b, ``row`` is the output
    and ``column`` 0. ``numeric`` is None where it was not computed (large data) or a kink is near.
    """

    parameter: Literal["W", "b"]
    row: int
    column: int
    yours: float | None
    analytic: float
    numeric: float | None
    relative_error: float | None
    point: int = 0

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        names = ("parameter", "row", "column", "yours", "analytic", "numeric", "relative_error")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the gradient judged alone: "W", "b", "W, data term" or "W, penalty".

    ``ratio`` is the median of yours / true and ``spread`` the width of the middle half of the
    ratios; None where there is nothing to divide by.
    """

    name: str
    verdict: Verdict
    max_relative_error: float | None
    cosine: float | None
    ratio: float | None
    spread: float | None


@dataclass(frozen=True, slots=True)
class Fix:
    """How a formula becomes right.

    ``source`` is the whole formula; ``lines`` the numbers of its changed lines. ``own`` says
    whether it is the user's formula changed, and not the pair's own written out.
    """

    source: str
    lines: tuple[int, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class NamedMistake:
    """A mistake that was found.

    ``where`` lists the gradients concerned ("dW", "db"), ``formula`` the right way in general;
    ``alternatives`` are ids that give the same numbers here.
    """

    id: str
    title: str
    sentence: str
    formula: str
    where: tuple[str, ...]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PointChecked:
    """One point of the check: its parameters and how many samples took part."""

    label: str
    parameters: Parameters
    samples: int
    max_relative_error: float | None


@dataclass(frozen=True, slots=True)
class Sweep:
    """The error of the centred difference against its step, where the table's first point is."""

    steps: tuple[float, ...]
    yours: tuple[float, ...]
    program: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GradientReport:
    """The verdict on a gradient, with everything it rests on.

    Attributes
    ----------
    verdict
        right: below 1e-7 in every component. suspicious: above that, and no mistake is known.
        wrong: above 1e-2, or a known mistake. refused: it could not be read.
    components
        The worst first; ``shapes`` the ledger (empty for a function).
    parts
        W and b apart, and data term and penalty apart where there is a penalty.
    facts
        Where numbers left the finite range.
    remarks
        What was left out and why; what a mistaken gradient has in common with the true one.
    foreign_loss
        The name of a loss typed beside the gradient, where the gradient is not its slope.
    far
        What leaves the finite numbers at large scores, where a right gradient does.
    """

    verdict: Verdict
    message: str
    max_relative_error: float | None = None
    cosine: float | None = None
    mistakes: tuple[NamedMistake, ...] = ()
    components: tuple[Component, ...] = ()
    shapes: tuple[LedgerRow, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()
    points: tuple[PointChecked, ...] = ()
    sweep: Sweep | None = None
    fix: Fix | None = None
    remarks: tuple[str, ...] = ()
    foreign_loss: str = ""
    far: Fact | None = None
    error: FormulaError | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the mistakes."""
        return tuple(mistake.id for mistake in self.mistakes)

    @classmethod
    def refused(cls, error: FormulaError) -> GradientReport:
        """The report on a formula that could not be read."""
        where = f"Line {error.line}, column {error.column}"
        message = f"{where}: {error.message} {error.hint}".rstrip()
        return cls(verdict="refused", message=message, error=error)

    def as_dict(self) -> dict[str, object]:
        """What ``perceptron-lab check --json`` prints; numbers that are not finite are None."""
        return {
            "verdict": self.verdict,
            "max_relative_error": _finite(self.max_relative_error),
            "cosine": _finite(self.cosine),
            "mistakes": list(self.ids),
            "message": self.message,
            "components": [
                {key: _finite(value) for key, value in component.as_dict().items()}
                for component in self.components
            ],
            "shapes": [row.as_dict() for row in self.shapes if row.depth == 0],
        }

    def __str__(self) -> str:
        """The verdict, the mistakes, the worst components and the shapes, as text."""
        return as_text(self)


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value
