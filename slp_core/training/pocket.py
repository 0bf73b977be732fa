"""The best weights of a run so far, kept exactly: what early stopping would hand over.

With a validation part the best are those with the smallest validation loss, looked at wherever the
record has a point (and at the end of every epoch while patience watches them); else those with the
smallest training loss of all states that were evaluated: in full batches of every state, with
mini-batches of those at the points of the record. Source: Gallant 1990 (the pocket algorithm);
Prechelt 1998 (early stopping).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Float64s
from slp_core.network.parameters import Parameters
from slp_core.training.vectors import Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best weights so far.

    Attributes
    ----------
    update
        After how many updates they were reached.
    loss
        Their loss: the full objective over the validation samples if ``by_validation``, else over
        the training samples.
    parameters
        The weights, bit for bit as they were.
    """

    update: int
    loss: float
    by_validation: bool
    parameters: Parameters


class Pocket:
    """Holds the best weights seen; a copy into memory it has already, where they are better.

    A copy costs less than half a microsecond for a small model, so that descent, where every state
    is the best yet, does not get slower.
    """

    __slots__ = ("_best", "_shape", "_theta", "by_validation", "loss", "update")

    def __init__(self, by_validation: bool = False) -> None:
        self.by_validation = by_validation
        """Which loss counts."""
        self.loss, self.update = math.inf, -1
        self._shape = (0, 0)
        self._theta: Float64s = np.empty(0)
        self._best: Best | None = None

    def offer(self, update: int, loss: float, vectors: Vectors) -> None:
        """Keep the present weights if their loss is smaller than any before."""
        if not loss < self.loss:
            return
        if self._theta.shape != vectors.theta.shape:
            self._theta = np.empty_like(vectors.theta)
        np.copyto(self._theta, vectors.theta)
        self._shape = vectors.parameters.W.shape
        self.loss, self.update, self._best = loss, update, None

    def best(self) -> Best | None:
        """The best weights so far, immutable; None before any loss has counted."""
        if self._best is None and self.update >= 0:
            weights = Parameters.from_flat(self._theta.copy(), *self._shape).frozen()
            self._best = Best(self.update, self.loss, self.by_validation, weights)
        return self._best

    def restore(self, best: Best | None, by_validation: bool) -> None:
        """Hold what it held at another moment."""
        self.__init__(by_validation)
        if best is not None:
            self.loss, self.update, self._best = best.loss, best.update, best
            self._theta = best.parameters.flat().astype(np.float64)
            self._shape = best.parameters.W.shape
