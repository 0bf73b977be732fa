"""What a gradient is checked on: a pair, samples and penalties; and the truth at a point."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from slp_core.arrays import Bools, Float64s, Floats, Ints, frozen
from slp_core.insight.formula.axes import Convention
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters


def double(values: Floats) -> Float64s:
    """As float64."""
    return values.astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case:
    """A pair, samples (rows, float64) and penalties.

    ``objective`` is the data term alone. ``bias`` False: there is no b to learn.
    ``classification`` says whether the targets are classes.
    """

    objective: Objective
    X: Float64s
    Y: Float64s
    l1: float = 0.0
    l2: float = 0.0
    bias: bool = True
    classification: bool = True

    @property
    def pair(self) -> Pair:
        """The judgement on activation and loss."""
        return self.objective.pair

    @property
    def shape(self) -> tuple[int, int]:
        """(d, k) of the weights."""
        return self.X.shape[1], self.Y.shape[1]

    def rows(self, kept: Bools | Ints) -> Case:
        """The same on some of the samples."""
        return replace(self, X=self.X[kept], Y=self.Y[kept])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Point:
    """Everything there is to know of a case at one set of parameters.

    Attributes
    ----------
    E
        dL/dV of every sample, (n, k).
    data_w, data_b
        Gradient of the data term: the mean over samples.
    penalty_w
        Gradient of the penalties in W.
    natural_w, natural_b
        The size each component would have if nothing cancelled: what rounding is measured against.
    """

    label: str
    case: Case
    W: Float64s
    b: Float64s
    V: Float64s
    Z: Float64s
    E: Float64s
    data_w: Float64s
    data_b: Float64s
    penalty_w: Float64s
    natural_w: Float64s
    natural_b: Float64s

    @property
    def dW(self) -> Float64s:
        """The whole gradient in W."""
        return self.data_w + self.penalty_w


def point_at(case: Case, parameters: Parameters, label: str) -> Point:
    """The truth at ``parameters``, by the program's own gradient."""
    W = parameters.W.astype(np.float64)
    b = parameters.b.astype(np.float64) if case.bias else np.zeros(W.shape[1])
    V = case.X @ W + b
    E = double(case.objective.error_signal(V, case.Y))
    Z = double(ACTIVATIONS[case.pair.activation].value(V))
    n = len(case.X)
    penalty_w = case.l1 * np.sign(W) + case.l2 * W
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.abs(E) + np.abs(case.Y).mean(axis=0) + np.abs(Z).mean(axis=0)
        natural = np.abs(case.X).T @ size / n + np.abs(penalty_w)
    return Point(
        label=label,
        case=case,
        W=frozen(W),
        b=frozen(b),
        V=frozen(V),
        Z=frozen(Z),
        E=frozen(E),
        data_w=case.X.T @ E / n,
        data_b=E.mean(axis=0),
        penalty_w=penalty_w,
        natural_w=natural,
        natural_b=size.mean(axis=0),
    )


def random_parameters(case: Case, spread: float, rng: np.random.Generator) -> Parameters:
    """Weights at which the scores have about the spread given, whatever the scale of X."""
    d, k = case.shape
    sizes = np.sqrt(np.mean(np.square(case.X), axis=0))
    sizes[sizes == 0.0] = 1.0
    W = rng.normal(size=(d, k)) * spread / (np.sqrt(d) * sizes[:, None])
    b = rng.normal(scale=0.5 * spread, size=k)
    if case.bias:
        b -= (case.X @ W).mean(axis=0)
    return Parameters(W, b)


def off_kinks(case: Case, parameters: Parameters, distance: float) -> Bools:
    """Which samples stay on their side of every kink when each weight is moved.

    Weights are moved so that scores move by about ``distance``, whatever the unit of the feature.
    """
    sizes = np.sqrt(np.mean(np.square(case.X), axis=0))
    moved = np.abs(case.X) / np.where(sizes > 0.0, sizes, 1.0)
    reach = distance * np.maximum(1.0, moved.max(axis=1, initial=0.0))[:, None]
    b = parameters.b if case.bias else np.zeros_like(parameters.b)
    V = case.X @ parameters.W + b
    low, high = _switches(case, V - reach), _switches(case, V + reach)
    kept = np.ones(len(V), dtype=np.bool_)
    for below, above in zip(low, high, strict=True):
        kept &= ((below > 0.0) == (above > 0.0)).all(axis=1)
    return kept


def _switches(case: Case, V: Float64s) -> list[Float64s]:
    """Quantities (n, k) whose change of sign is a kink of the objective."""
    f, loss = ACTIVATIONS[case.pair.activation], LOSSES[case.pair.loss]
    found = [] if loss.space == "score" else [V - kink for kink in f.kinks]
    A = V if loss.space == "score" else double(f.value(V))
    kinks = [loss.kinks(float(y)) for y in case.Y.ravel()]
    for place in range(max(len(row) for row in kinks) if kinks else 0):
        at = [row[place] if place < len(row) else np.inf for row in kinks]
        found.append(A - np.reshape(at, V.shape))
    return found


def given_values(point: Point, convention: Convention, l1: float, l2: float) -> dict[str, Float64s]:
    """What a formula finds already there, in its own convention."""
    case = point.case
    n, (d, k) = len(case.X), case.shape
    numbers = {"N": n, "M": d, "K": k, "l1": l1, "l2": l2}
    found = {name: np.asarray(float(value)) for name, value in numbers.items()}
    matrices = {"X": case.X, "Y": case.Y, "W": point.W, "V": point.V, "Z": point.Z}
    if convention == "rows":
        return found | matrices | {"b": point.b}
    return found | {name: value.T for name, value in matrices.items()} | {"b": point.b[:, None]}
