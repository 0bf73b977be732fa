"""How good the outputs are, besides the loss that training follows.

Samples are walked in blocks that stay in cache, so that a million of them need no second copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.network import coding
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import Part, Problem, pose

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

BLOCK_BYTES: Final = 1 << 18
_FEWEST_ROWS: Final = 256


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """Figures of one set of samples; what does not apply to the task is None.

    Attributes
    ----------
    loss
        The full objective, penalty included.
    accuracy
        Share of samples classified rightly.
    confusion
        (K, K) counts, row = true class, column = decided class.
    recall
        (K,) share of each class that was found; NaN for a class without samples.
    r2
        1 − Σ(y−z)² / Σ(y−ȳ)²; NaN if all targets are equal.
    mae, rmse
        Mean absolute error, and root of the mean squared error.
    """

    loss: float
    accuracy: float | None = None
    confusion: Ints | None = None
    recall: Float64s | None = None
    r2: float | None = None
    mae: float | None = None
    rmse: float | None = None


def evaluate(
    dataset: Dataset,
    config: TrainingConfig,
    parameters: Parameters,
    part: Literal["training", "validation"] = "training",
) -> Metrics:
    """Every figure of a part of a data set.

    Parameters
    ----------
    config
        A resolved configuration: its pair and penalties define the loss.

    Raises
    ------
    ValueError
        If there is no validation part, or the configuration is not resolved.
    """
    problem = pose(dataset, config)
    samples = problem.training if part == "training" else problem.validation
    if samples is None:
        raise ValueError("the data set has no validation part")
    with np.errstate(all="ignore"):
        return measure(problem, samples, parameters)


def measure(problem: Problem, part: Part, parameters: Parameters) -> Metrics:
    """Every figure of the samples of ``part``."""
    loss = problem.objective.value(parameters, part.X, part.Y, part.weights)
    if problem.classes:
        table = confusion(problem, part, parameters)
        return Metrics(
            loss=loss,
            accuracy=float(np.trace(table) / max(table.sum(), 1)),
            confusion=table,
            recall=recall(table),
        )
    squares, absolutes = errors(problem, part, parameters)
    n = max(len(part.X), 1)
    return Metrics(
        loss=loss,
        r2=r2_of(squares, part),
        mae=absolutes / n,
        rmse=(squares / n) ** 0.5,
    )


def quality(problem: Problem, part: Part, parameters: Parameters) -> float:
    """Accuracy, or R² in regression: the one figure a curve shows."""
    if not problem.classes:
        return r2_of(errors(problem, part, parameters)[0], part)
    right = 0
    for rows, decided in _decisions(problem, part, parameters):
        right += int(np.count_nonzero(decided == part.labels[rows]))
    return right / max(len(part.X), 1)


def confusion(problem: Problem, part: Part, parameters: Parameters) -> Ints:
    """(K, K) counts of true class (row) and decided class (column)."""
    K = problem.classes
    counts = np.zeros(K * K, np.int64)
    for rows, decided in _decisions(problem, part, parameters):
        counts += np.bincount(part.labels[rows] * K + decided, minlength=K * K)
    return counts.reshape(K, K)


def recall(table: Ints) -> Float64s:
    """(K,) diagonal of a confusion table over its row sums; NaN where a class has no samples."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.diagonal(table) / table.sum(axis=1)


def errors(problem: Problem, part: Part, parameters: Parameters) -> tuple[float, float]:
    """Σ(y−z)² and Σ|y−z| over the samples, in regression."""
    squares = absolutes = 0.0
    for rows, V in score_blocks(part, parameters):
        residual = (problem.objective.outputs(V) - part.Y[rows])[:, 0].astype(np.float64)
        squares += float(residual @ residual)
        absolutes += float(np.abs(residual).sum())
    return squares, absolutes


def r2_of(squares: float, part: Part) -> float:
    """1 − Σ(y−z)² / Σ(y−ȳ)²; NaN if all targets are equal."""
    return 1.0 - squares / part.target_spread if part.target_spread > 0.0 else float("nan")


def _decisions(
    problem: Problem, part: Part, parameters: Parameters
) -> Iterator[tuple[slice, Ints]]:
    for rows, V in score_blocks(part, parameters):
        Z = problem.objective.outputs(V)
        yield rows, coding.decide(Z, V, problem.pair, problem.classes)


def score_blocks(part: Part, parameters: Parameters) -> Iterator[tuple[slice, Floats]]:
    """Slices of rows and their scores V (rows, k), block by block."""
    n, d = part.X.shape
    W = parameters.W.astype(part.X.dtype, copy=False)
    b = parameters.b.astype(part.X.dtype, copy=False)
    block = max(BLOCK_BYTES // (part.X.itemsize * max(d, 1)), _FEWEST_ROWS)
    for start in range(0, n, block):
        rows = slice(start, min(start + block, n))
        yield rows, part.X[rows] @ W + b
