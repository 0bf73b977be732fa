"""What can be known without training: the best constant answer, and errors no model can avoid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.training.problem import Problem

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset
    from slp_core.training.config import TrainingConfig

_GRID: Final = 401
_ROUNDS: Final = 12
_MOST_TARGETS: Final = 400
_BLOCK: Final = 1 << 16
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The best answer that looks at no feature.

    Attributes
    ----------
    accuracy
        Share of the largest class; None in regression.
    answer
        Name of that class, or the mean of the target.
    loss
        The smallest data loss of constant scores under the pair.
    text
        One sentence.
    """

    accuracy: float | None
    answer: str
    loss: float
    text: str


def baseline(dataset: Dataset, config: TrainingConfig) -> Baseline:
    """Majority class or mean, and the loss that answering it always costs."""
    from slp_core.insight.optimum_problem import posed

    loss = constant_loss(posed(dataset, config))
    if dataset.task == "regression":
        mean = float(dataset.values.mean())
        text = f"Always answering the mean, {mean:.4g}, costs {loss:.4g}: R² 0."
        return Baseline(None, f"{mean:.6g}", loss, text)
    counts = np.bincount(dataset.labels, minlength=len(dataset.classes))
    share = float(counts.max() / max(counts.sum(), 1))
    name = dataset.classes[int(counts.argmax())]
    text = f"Always answering {name} is right for {share:.1%} and costs {loss:.4g} at best."
    return Baseline(share, name, loss, text)


def constant_loss(problem: Problem) -> float:
    """The smallest mean loss, without penalties, that constant scores can have.

    Outputs that are independent are searched one by one; softmax answers the shares of the
    classes, or all for the largest one, whichever is cheaper.
    """
    pair = problem.pair
    objective = Objective(activation=pair.activation, loss=pair.loss)
    targets, shares = _distinct_targets(problem)
    with np.errstate(all="ignore"):
        if pair.activation == "softmax":
            return _softmax_constant(objective, targets, shares)
        columns = range(targets.shape[1])
        return sum(_constant(objective, targets[:, j : j + 1], shares) for j in columns)


def _distinct_targets(problem: Problem) -> tuple[Floats, Float64s]:
    """Targets (m, k) and their weights: a row for each class, or each value of a regression."""
    part = problem.training
    n = len(part.X)
    weights = np.ones(n) if part.weights is None else part.weights.astype(np.float64)
    if problem.classes:
        shares = np.bincount(part.labels, weights, problem.classes) / n
        rows = np.arange(problem.classes)
        return coding.encode(rows, problem.classes, problem.pair), shares
    ordered = np.sort(part.Y[:, 0].astype(np.float64))
    if n > _MOST_TARGETS:
        places = (np.arange(_MOST_TARGETS) + 0.5) / _MOST_TARGETS
        ordered = np.quantile(ordered, places)
    return ordered[:, None], np.full(len(ordered), 1.0 / len(ordered))


def _softmax_constant(objective: Objective, targets: Floats, shares: Float64s) -> float:
    known = np.log(np.maximum(shares, 1e-300))
    largest = np.where(np.arange(len(shares)) == shares.argmax(), 0.0, -1e3)
    losses = [
        float(shares @ objective.sample_losses(np.tile(scores, (len(targets), 1)), targets))
        for scores in (known, largest)
    ]
    return min(loss for loss in losses if math.isfinite(loss))


def _constant(objective: Objective, y: Floats, shares: Float64s) -> float:
    """The least of Σ shares · loss(v, y) over one score v: finer and finer grids."""
    low, high = min(-40.0, float(y.min())), max(40.0, float(y.max()))
    least = math.inf
    for _ in range(_ROUNDS):
        scores = np.linspace(low, high, _GRID)
        V = np.repeat(scores, len(y))[:, None]
        losses = objective.sample_losses(V, np.tile(y, (_GRID, 1))).reshape(_GRID, len(y)) @ shares
        place = int(np.nanargmin(losses))
        least = min(least, float(losses[place]))
        step = scores[1] - scores[0]
        low, high = float(scores[place] - 2 * step), float(scores[place] + 2 * step)
    return least


@dataclass(frozen=True, slots=True, eq=False)
class ErrorFloor:
    """What rows with the same inputs and different targets cost any model of these features.

    Attributes
    ----------
    rows
        Places among the training samples of the rows that contradict another one.
    groups
        Number of different inputs that they share.
    errors
        Least number of rows that any model must get wrong (0 in regression).
    accuracy
        The highest accuracy that is left; None in regression.
    variance
        Mean squared distance from the mean of their group that no model can remove; None in
        classification.
    text
        One sentence.
    """

    rows: Ints
    groups: int
    errors: int
    accuracy: float | None
    variance: float | None
    text: str


def error_floor(dataset: Dataset, groups: Ints | None = None) -> ErrorFloor:
    """Find the training rows that contradict each other, by the inputs as the network sees them.

    ``groups`` (n,) is what `same_rows` says of them, if it is at hand.
    """
    if groups is None:
        groups = same_rows(dataset.X)
    if dataset.task == "regression":
        return _variance_floor(dataset.values, groups)
    return _class_floor(dataset, groups)


def same_rows(X: Floats) -> Ints:
    """(n,) a number for each row, the same for equal rows and, but for 1 in 10⁷, for no others."""
    n, d = X.shape
    hashed = np.empty(n, np.uint64)
    places = _mixed(np.arange(1, d + 1, dtype=np.uint64) * _ODD)
    step = max(_BLOCK // max(d, 1), 1)  # blocks that stay in cache: six times as fast
    with np.errstate(over="ignore"):
        for start in range(0, n, step):
            block = X[start : start + step].astype(np.float64) + 0.0  # -0 is 0
            mixed = _mixed(block.view(np.uint64) + places)
            np.bitwise_xor.reduce(mixed, axis=1, out=hashed[start : start + step])
    return np.unique(hashed, return_inverse=True)[1].astype(np.int64)


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of the input in many of the output (the end of the splitmix64 generator)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _class_floor(dataset: Dataset, groups: Ints) -> ErrorFloor:
    labels, K = dataset.labels, len(dataset.classes)
    pairs, counts = np.unique(groups * K + labels, return_counts=True)
    owner = pairs // K
    of_group = np.bincount(groups)
    most = np.zeros(len(of_group), np.int64)
    np.maximum.at(most, owner, counts)
    errors = int((of_group - most).sum())
    bad = most < of_group
    rows = np.flatnonzero(bad[groups])
    n = len(labels)
    accuracy = 1.0 - errors / n
    text = "No two rows with the same inputs have different classes."
    if errors:
        text = (
            f"{len(rows)} rows share their inputs with a row of another class: no model gets more "
            f"than {accuracy:.1%} right ({errors} errors at least)."
        )
    return ErrorFloor(rows, int(bad.sum()), errors, accuracy, None, text)


def _variance_floor(values: Float64s, groups: Ints) -> ErrorFloor:
    counts = np.bincount(groups)
    means = np.bincount(groups, values) / counts
    misses = np.square(values - means[groups])
    bad = np.bincount(groups, misses) > 1e-20 * max(float(np.square(values).sum()), 1e-300)
    rows = np.flatnonzero(bad[groups])
    variance = float(misses.mean()) if len(rows) else 0.0
    text = "No two rows with the same inputs have different targets."
    if len(rows):
        text = (
            f"{len(rows)} rows share their inputs with a row of another target: a mean squared "
            f"error of {variance:.4g} cannot be removed."
        )
    return ErrorFloor(rows, int(bad.sum()), 0, None, variance, text)
