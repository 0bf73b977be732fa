"""Finding out, after the fact, what left the finite numbers first and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Floats
from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters
from slp_core.training.stopping import NotFinite, Quantity


def find(
    objective: Objective,
    batch: tuple[Floats, Floats],
    before: Parameters,
    slopes: Parameters,
    after: Parameters,
    update: int,
    sample: Callable[[int], int] = int,
) -> NotFinite:
    """The first of score, loss, gradient and weights that is not finite, in the order of a step.

    Parameters
    ----------
    batch
        X and Y of the update that failed.
    before, slopes, after
        The weights it began with, which are finite, the gradient it followed, and where that led.
    sample
        Turns a row of the batch into the number of a training sample.
    """
    X, Y = batch
    V = X @ before.W.astype(X.dtype) + before.b.astype(X.dtype)
    if not np.isfinite(V).all():
        return _found("score", V, update, sample)
    losses = objective.sample_losses(V, Y)
    if not np.isfinite(losses).all():
        return _found("loss", losses, update, sample)
    steps: tuple[tuple[Quantity, Parameters], ...] = (("gradient", slopes), ("weights", after))
    for quantity, parameters in steps:
        for part in (parameters.W, parameters.b):
            if not np.isfinite(part).all():
                return _found(quantity, part, update, int)
    # Every term is finite, so it is their sum that is not.
    return NotFinite("loss", (), 1, 1, update)


def _found(
    quantity: Quantity, values: NDArray[Any], update: int, sample: Callable[[int], int]
) -> NotFinite:
    bad = ~np.isfinite(values)
    first = tuple(int(i) for i in np.argwhere(bad)[0])
    where = (sample(first[0]), *first[1:])
    return NotFinite(quantity, where, int(np.count_nonzero(bad)), values.size, update)
