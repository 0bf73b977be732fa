"""Can a linear layer tell the classes apart without an error? The weights, or the proof that not.

Two classes: a linear programme for the widest margin,

    max m   so that   yᵢ (w·xᵢ + b) ≥ m,   |wⱼ| ≤ 1.

A margin above 0 comes with the weights. With none, the programme's dual says which rows of the two
classes mix to one and the same point: no line passes between them. Many rows are taken in step by
step, those on the wrong side first, as a line past a few rows only has to be checked on the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.insight.optimum_budget import Budget
from slp_core.insight.optimum_descent import descend
from slp_core.insight.optimum_linear import optimizer
from slp_core.insight.optimum_problem import posed, separates, zeros
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

FIRST_ROWS: Final = 600
MORE_ROWS: Final = 300
LARGEST_PROGRAMME: Final = 400_000
"""Numbers in the matrix of a programme up to which one is solved."""
_BLOCK: Final = 20_000
_TOUCHING: Final = 1e-9
"""A margin below this, in units of the features' spread, counts as none."""


@dataclass(frozen=True, slots=True, eq=False)
class Separability:
    """Whether the training samples can be separated, and how that is known.

    Attributes
    ----------
    separable
        None: not settled in the time there was.
    weights
        Weights and bias under which every sample is strictly on its side; else None. k = 1 for two
        classes, else one output per class, of which the true one's is the largest.
    rows
        Places among the training samples of rows that prove the contrary: rows of two classes that
        mix to the same point. Empty otherwise.
    classes
        The two classes that overlap, by number; None where there is no such proof.
    proof
        One sentence.
    """

    separable: bool | None
    weights: Parameters | None
    rows: tuple[int, ...]
    classes: tuple[int, int] | None
    proof: str


def separability(
    dataset: Dataset,
    *,
    bias: bool = True,
    seconds: float | None = 1.0,
    cancelled: Callable[[], bool] | None = None,
) -> Separability:
    """Settle whether one layer can separate the classes of the training samples.

    Parameters
    ----------
    bias
        Whether the boundary may leave the origin.
    seconds
        Time it may take, more or less; None for no limit.
    cancelled
        Asked often; True ends the work unsettled.

    Notes
    -----
    More than two classes: the largest of K scores. Two classes that cannot be told apart settle it
    (each pair is tried, the most confused first); a layer that gets all right settles it as well.
    """
    if dataset.task == "regression":
        return Separability(None, None, (), None, "A numeric target has no classes to separate.")
    budget = Budget(seconds, cancelled)
    classes = len(dataset.classes)
    if classes == 2:
        return _two(dataset, (0, 1), bias, budget)
    proved = _by_training(dataset, bias, budget.share(0.4))
    if proved is not None:
        return proved
    for pair in _confused_first(dataset):
        if budget.over():
            break
        found = _two(dataset, pair, bias, budget)
        if found.separable is False:
            return found
    return Separability(None, None, (), None, _UNSETTLED)


_UNSETTLED = "Whether the classes can be separated was not settled in the time there was."


def _by_training(dataset: Dataset, bias: bool, budget: Budget) -> Separability | None:
    """A softmax layer that gets everything right is proof enough."""
    config = TrainingConfig(
        activation="softmax", loss="cross_entropy", bias=bias, learning_rate=1.0
    )
    problem = posed(dataset, config)
    ended = descend(problem, zeros(problem), budget, separates)
    if not ended.proved:
        return None
    text = f"One layer gets all {dataset.samples} training samples right."
    return Separability(True, ended.parameters, (), None, text)


def _confused_first(dataset: Dataset) -> list[tuple[int, int]]:
    """Pairs of classes, those whose means lie closest first."""
    K = len(dataset.classes)
    counts = np.maximum(np.bincount(dataset.labels, minlength=K), 1)
    means = np.zeros((K, dataset.X.shape[1]))
    np.add.at(means, dataset.labels, dataset.X.astype(np.float64))
    means /= counts[:, None]
    pairs = list(combinations(range(K), 2))
    return sorted(pairs, key=lambda pair: float(np.linalg.norm(means[pair[0]] - means[pair[1]])))


def _two(dataset: Dataset, pair: tuple[int, int], bias: bool, budget: Budget) -> Separability:
    places = np.arange(dataset.samples)
    if len(dataset.classes) > 2:
        places = np.flatnonzero(np.isin(dataset.labels, pair))
    found = _Growing(dataset, places, pair[1], bias).settle(budget)
    names = dataset.classes[pair[0]], dataset.classes[pair[1]]
    if found is None:
        return Separability(None, None, (), None, _UNSETTLED)
    if isinstance(found, Parameters):
        text = f"A line separates {names[0]} from {names[1]}: all {len(places)} samples are right."
        return Separability(True, found.frozen(), (), None, text)
    first = int((dataset.labels[found] == pair[0]).sum())
    text = _no_line(names, first, len(found) - first)
    return Separability(False, None, tuple(found.tolist()), pair, text)


def _no_line(names: tuple[str, str], first: int, second: int) -> str:
    return (
        f"No line separates {names[0]} from {names[1]}: some mix of {_rows(first)} of {names[0]} "
        f"and some mix of {_rows(second)} of {names[1]} are the same point."
    )


def _rows(count: int) -> str:
    return f"{count} row" + ("" if count == 1 else "s")


class _Growing:
    """The programme on some rows, more of them each time, until the answer holds for all.

    Within it features have the spread 1 and are centred where a bias can make up for it, so that
    1e-9 means the same for all data.
    """

    def __init__(self, dataset: Dataset, places: Ints, second: int, bias: bool) -> None:
        self._X, self._labels, self._places = dataset.X, dataset.labels, places
        self._second, self._bias = second, bias
        step = max(len(places) // FIRST_ROWS, 1)
        self._rows: Ints = places[::step]
        some = self._X[self._rows].astype(np.float64)
        self._centre = some.mean(axis=0) if bias else np.zeros(some.shape[1])
        self._spread = np.sqrt(np.square(some - self._centre).mean(axis=0))
        self._spread[self._spread == 0.0] = 1.0

    def settle(self, budget: Budget) -> Parameters | Ints | None:
        """Weights, or the places of the rows of the proof, or None."""
        size = self._X.shape[1] + 2
        while not budget.over() and self._rows.size * size <= LARGEST_PROGRAMME:
            solved = _widest(self._matrix(self._rows), budget)
            if solved is None:
                return None
            margin, theta, mix = solved
            if not margin > _TOUCHING:
                return self._rows[mix]
            weights = self._weights(theta)
            wrong = self._wrong(weights)
            if not wrong.size:
                return weights
            self._rows = np.union1d(self._rows, wrong)
        return None

    def _matrix(self, rows: Ints) -> Float64s:
        """yᵢ (xᵢ, 1) of some rows."""
        X = (self._X[rows].astype(np.float64) - self._centre) / self._spread
        ones = np.full((len(X), 1), float(self._bias))
        return self._signs(rows)[:, None] * np.hstack([X, ones])

    def _signs(self, rows: Ints) -> Float64s:
        return np.where(self._labels[rows] == self._second, 1.0, -1.0)

    def _weights(self, theta: Float64s) -> Parameters:
        w = theta[:-1] / self._spread
        b = theta[-1] - self._centre @ w if self._bias else 0.0
        return Parameters(w[:, None], np.array([b]))

    def _wrong(self, weights: Parameters) -> Ints:
        """Places of the rows furthest on the wrong side, or on the line; block by block."""
        found: list[Ints] = []
        sizes: list[Float64s] = []
        for start in range(0, len(self._places), _BLOCK):
            rows = self._places[start : start + _BLOCK]
            margins = self._signs(rows) * (self._X[rows] @ weights.W[:, 0] + weights.b[0])
            bad = np.flatnonzero(margins <= 0.0)
            found.append(rows[bad])
            sizes.append(margins[bad])
        margins, places = np.concatenate(sizes), np.concatenate(found)
        return places[np.argsort(margins, kind="stable")[:MORE_ROWS]]


def _widest(A: Float64s, budget: Budget) -> tuple[float, Float64s, Ints] | None:
    """The widest margin past rows A, its weights, and the rows of the mix if there is none."""
    n, size = A.shape
    price = np.zeros(size + 1)
    price[-1] = -1.0
    limits = [(-1.0, 1.0)] * (size - 1) + [(None, None), (None, None)]
    matrix: Floats = np.hstack([-A, np.ones((n, 1))])
    solution: Any = optimizer().linprog(
        price,
        A_ub=matrix,
        b_ub=np.zeros(n),
        bounds=limits,
        method="highs",
        options={"time_limit": float(max(min(budget.left, 1e6), 0.01))},
    )
    if solution.status != 0:
        return None
    x = np.asarray(solution.x, np.float64)
    mix = np.abs(np.asarray(solution.ineqlin.marginals, np.float64))
    return float(x[-1]), x[:-1], np.flatnonzero(mix > 1e-12).astype(np.int64)
