"""What the tests of the network share: pairs that can be computed, and data for them."""

from __future__ import annotations

import numpy as np

from slp_core.arrays import Float64s
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair

ALL_PAIRS = [pair(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
DEFINED_PAIRS = [judged for judged in ALL_PAIRS if judged.status != "undefined"]
# A step that is wrong costs -ln 0.
FINITE_PAIRS = [p for p in DEFINED_PAIRS if (p.activation, p.loss) != ("step", "cross_entropy")]


def name(judged: Pair) -> str:
    """For the ids of parametrised tests."""
    return f"{judged.activation}-{judged.loss}"


def widths(judged: Pair) -> tuple[int, ...]:
    """Numbers of outputs worth a test: one and many; two and many for softmax."""
    return (2, 3) if judged.activation == "softmax" else (1, 3)


def targets(judged: Pair, n: int, k: int, rng: np.random.Generator) -> Float64s:
    """Random targets (n, k) as the pair codes them."""
    low, high = judged.target_values
    if judged.targets == "one_hot":
        return np.eye(k)[rng.integers(0, k, n)]
    return np.where(rng.random((n, k)) < 0.5, low, high)


def at_a_kink(judged: Pair, V: Float64s, Y: Float64s, distance: float = 1e-3) -> bool:
    """Whether an error signal jumps within ``distance`` of one of the scores."""
    objective = Objective(activation=judged.activation, loss=judged.loss)
    above, below = objective.error_signal(V + distance, Y), objective.error_signal(V - distance, Y)
    return bool(np.abs(above - below).max() > 0.02)
