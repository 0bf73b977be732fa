"""How much a formula may ask for, and whether somebody still waits for the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from slp_core.errors import FormulaError

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one formula.

    Attributes
    ----------
    characters, lines, nodes, depth
        Of the source: its length, its assignments, the nodes of its tree and how deep they nest.
    elements, memory
        Numbers in one array, and in all arrays that are alive at once.
    work
        Additions and multiplications of one evaluation, counted before it starts.
    seconds
        Time of one evaluation, asked between two operations.
    """

    characters: int = 10_000
    lines: int = 200
    nodes: int = 2_000
    depth: int = 60
    elements: int = 20_000_000
    memory: int = 100_000_000
    work: float = 2e10
    seconds: float = 20.0


LIMITS: Final = Limits()


def check_cancelled(cancelled: Cancelled | None, line: int = 1, column: int = 1) -> None:
    """Raise FormulaError ("formula.cancelled") if nobody waits any more."""
    if cancelled is not None and cancelled():
        raise FormulaError(
            "The check was cancelled.", line=line, column=column, code="formula.cancelled"
        )


class Watch:
    """Stops an evaluation that takes too long or that nobody wants any more."""

    def __init__(self, limits: Limits = LIMITS, cancelled: Cancelled | None = None) -> None:
        self._seconds = limits.seconds
        self._end = monotonic() + limits.seconds
        self._cancelled = cancelled

    def check(self, line: int, column: int) -> None:
        """Raise FormulaError ("formula.cancelled" or "formula.limit") if it is time to stop."""
        check_cancelled(self._cancelled, line, column)
        if monotonic() > self._end:
            raise FormulaError(
                f"The formula takes longer than {self._seconds:g} seconds.",
                line=line,
                column=column,
                code="formula.limit",
                hint="Check it on fewer rows.",
            )
