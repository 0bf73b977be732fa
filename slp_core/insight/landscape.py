"""The objective over a plane of weights: the numbers of a loss landscape.

On a plane the scores are ``V = V0 + a V1 + b V2``: three matrix products at the start, then each
place costs additions and the loss alone. With very many samples a random part of them answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Float64s, Floats
from slp_core.data.dataset import Dataset
from slp_core.insight.landscape_plane import Plane
from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import objective_of, sample_weights

MOST_SCORES: Final = 20_000
"""Samples times outputs looked at: a picture of 61 x 61 places then takes about a second."""
_BLOCK: Final = 131_072
"""Scores computed at once: 1 MiB, which stays in the cache."""
_REACH: Final = 3.0
"""Typical scores at the edge of a first view: where a sigmoid is flat."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What losses are computed from: the objective and samples.

    ``total`` counts the training samples there are; X (n, d), Y (n, k) may be some of them only.
    """

    objective: Objective
    X: Floats
    Y: Floats
    weights: Floats | None
    total: int

    @property
    def is_part(self) -> bool:
        """Whether some of the samples stand for all."""
        return len(self.X) < self.total

    def value(self, parameters: Parameters) -> float:
        """The objective there; inf or NaN where it is not a finite number."""
        return self.objective.value(parameters, self.X, self.Y, self.weights)


def ground_of(dataset: Dataset, config: TrainingConfig, most: int = MOST_SCORES) -> Ground:
    """The training samples and the objective of a run; ``most`` samples times outputs.

    The same data give the same samples: drawn without replacement with a fixed seed.
    """
    objective = objective_of(config)
    classes = len(dataset.classes)
    outputs = coding.outputs(objective.pair, classes) if classes else 1
    count = max(1, min(dataset.samples, most // outputs))
    rows = np.arange(dataset.samples)
    if count < dataset.samples:
        rows = np.sort(np.random.default_rng(0).choice(dataset.samples, count, replace=False))
    X = np.asarray(dataset.X[rows], dtype=np.float64)
    if not classes:
        return Ground(objective, X, dataset.values[rows][:, None], None, dataset.samples)
    Y = coding.encode(dataset.labels[rows], classes, objective.pair)
    weights = sample_weights(dataset.labels, classes, config)
    part = None if weights is None else weights[rows] / weights[rows].mean()
    return Ground(objective, X, Y, part, dataset.samples)


def losses(
    ground: Ground,
    plane: Plane,
    a: Float64s,
    b: Float64s,
    cancelled: Callable[[], bool] = lambda: False,
) -> Float64s | None:
    """(B, A) the objective at the places (a, b); None if ``cancelled`` says so meanwhile.

    Not finite where the objective is not: overflow, or a loss that is infinite there.
    """
    V0, V1, V2 = scores(ground, plane)
    n, k = V0.shape
    step = max(1, _BLOCK // (n * k))
    targets = np.tile(ground.Y, (min(step, len(a)), 1))
    out = np.empty((len(b), len(a)))
    with np.errstate(all="ignore"):
        for row, height in enumerate(b.tolist()):
            base = V0 + height * V2
            for start in range(0, len(a), step):
                if cancelled():
                    return None
                part = a[start : start + step]
                V = (base + part[:, None, None] * V1).reshape(-1, k)
                each = ground.objective.sample_losses(V, targets[: len(V)])
                each += 0.0 * V.sum(axis=1)  # a score that is lost is no loss of 0
                means = _means(each.reshape(len(part), n), ground.weights)
                out[row, start : start + step] = means
            _add_penalties(out[row], ground.objective, plane, a, height)
    return out


def scores(ground: Ground, plane: Plane) -> tuple[Float64s, Float64s, Float64s]:
    """(n, k) scores at the origin, and what one step across and one step up add."""
    with np.errstate(all="ignore"):
        at, across, up = (ground.X @ part.W + part.b for part in plane.parts())
    return at, across, up


def reach(ground: Ground, plane: Plane) -> tuple[float, float]:
    """How far from its middle a first view goes each way.

    As far as makes scores of 3, or of three times the size of the targets where they are larger.
    """
    size = max(1.0, _typical(ground.Y))
    _, across, up = scores(ground, plane)
    return _reach(size, across), _reach(size, up)


def _reach(size: float, V: Float64s) -> float:
    typical = _typical(V)
    return _REACH * size / typical if np.isfinite(typical) and typical > 0 else 1.0


def _typical(V: Floats) -> float:
    """Root mean square over the samples of the length of their rows."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.sum(np.square(V)) / len(V)))


def _means(each: Floats, weights: Floats | None) -> Floats:
    return each.mean(axis=1) if weights is None else each @ weights / each.shape[1]


def _add_penalties(
    row: Float64s, objective: Objective, plane: Plane, a: Float64s, height: float
) -> None:
    if objective.l1 or objective.l2:
        row += [objective.penalty(plane.parameters(place, height)) for place in a.tolist()]
