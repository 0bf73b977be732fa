"""Why a run ended: a value for programs, a sentence with the numbers for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StopKind = Literal[
    "epochs", "loss", "gradient", "seconds", "patience", "not_finite", "user", "converged"
]


@dataclass(frozen=True, slots=True)
class NotFinite:
    """The first quantity that left the finite numbers.

    ``where`` is the index of its first bad element: (sample, output) of a score or a loss,
    (term, output) of a weight or its gradient, (output,) of a bias or its gradient, () of a sum.
    ``count`` of ``size`` elements were bad, ``update`` updates were made before.
    """

    quantity: Literal["score", "loss", "gradient", "weights"]
    where: tuple[int, ...]
    count: int
    size: int
    update: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended; ``not_finite`` carries the details of that kind, else None."""

    kind: StopKind
    text: str
    not_finite: NotFinite | None = None


STOPPED_BY_USER = Stop("user", "Stopped by hand.")
