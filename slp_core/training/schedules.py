"""Schedules: how the learning rate changes over a run.

A schedule is a pure function of (rate, epoch, epochs). It knows no past, so that a rate changed
in mid-run, or a run taken up again, gives the same numbers as one that had it from the start.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

STEPS = 5
"""`step` halves the rate so often that a run has this many stairs."""
EXPONENTIAL_END = 0.01
"""Share of the rate that `exponential` leaves at the end of the run."""
COSINE_FLOOR = 0.001
"""Share of the rate that `cosine` never goes below: a rate of zero would only burn time."""
INVERSE_DECAY = 9.0
"""`inverse` ends at rate / (1 + 9), a tenth."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule: ``rate(rate, epoch, epochs)`` is the rate in force during that epoch."""

    key: str
    label: str
    formula: str
    latex: str
    summary: str
    rate: Callable[[float, int, int], float]


def _share(epoch: int, epochs: int) -> float:
    """How much of the run lies behind, within [0, 1]."""
    return min(epoch / max(epochs, 1), 1.0)


def _constant(rate: float, epoch: int, epochs: int) -> float:
    del epoch, epochs
    return rate


def _step(rate: float, epoch: int, epochs: int) -> float:
    stair = min(STEPS * epoch // max(epochs, 1), STEPS - 1)
    return rate * 0.5**stair


def _exponential(rate: float, epoch: int, epochs: int) -> float:
    return rate * EXPONENTIAL_END ** _share(epoch, epochs)


def _cosine(rate: float, epoch: int, epochs: int) -> float:
    wave = 0.5 * (1.0 + math.cos(math.pi * _share(epoch, epochs)))
    return rate * (COSINE_FLOOR + (1.0 - COSINE_FLOOR) * wave)


def _inverse(rate: float, epoch: int, epochs: int) -> float:
    return rate / (1.0 + INVERSE_DECAY * _share(epoch, epochs))


_ROWS = (
    Schedule(
        "constant",
        "Constant",
        "η(e) = η",
        r"\eta(e) = \eta",
        "The rate stays as it is.",
        _constant,
    ),
    Schedule(
        "step",
        "Stairs",
        "η(e) = η · ½^⌊5e/E⌋",
        r"\eta(e) = \eta \cdot 2^{-\lfloor 5e/E \rfloor}",
        "The rate is halved after each fifth of the run.",
        _step,
    ),
    Schedule(
        "exponential",
        "Exponential",
        "η(e) = η · 0.01^(e/E)",
        r"\eta(e) = \eta \cdot 0.01^{e/E}",
        "The rate falls by the same share each epoch, to a hundredth at the end.",
        _exponential,
    ),
    Schedule(
        "cosine",
        "Cosine",
        "η(e) = η · ½(1 + cos(πe/E))",
        r"\eta(e) = \tfrac{\eta}{2} (1 + \cos(\pi e / E))",
        "The rate falls slowly at first and at the end, to a thousandth.",
        _cosine,
    ),
    Schedule(
        "inverse",
        "Inverse",
        "η(e) = η / (1 + 9e/E)",
        r"\eta(e) = \frac{\eta}{1 + 9e/E}",
        "The rate falls like one over time, to a tenth at the end.",
        _inverse,
    ),
)

SCHEDULES: Mapping[str, Schedule] = MappingProxyType({row.key: row for row in _ROWS})
"""Every schedule by its key."""
