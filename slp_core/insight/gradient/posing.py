"""Makes the case of a check: from a data set, from arrays, or from random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s
from slp_core.errors import ConfigError, DataError
from slp_core.insight.gradient.case import Case
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.resolution import partners

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

MOST_ROWS: Final = 2000
_MOST_NUMBERS: Final = 4_000_000
Rows = int | Sequence[int] | NDArray[Any]
"""A number of samples, or which ones."""


def case_of_dataset(
    dataset: Dataset,
    activation: str | None,
    loss: str | None,
    *,
    l1: float = 0.0,
    l2: float = 0.0,
    bias: bool = True,
) -> Case:
    """The training samples of a data set; what is not named of the pair is chosen to fit."""
    config = TrainingConfig(activation=activation, loss=loss)
    judged = pair(*partners(config, dataset.task))
    if dataset.classes:
        targets = coding.encode(dataset.labels, len(dataset.classes), judged)
    else:
        targets = coding.encode_values(dataset.values, judged)
    return _case(judged, dataset.X, targets, l1, l2, bias, bool(dataset.classes))


def case_of_arrays(
    X: Any, Y: Any, activation: str, loss: str, *, l1: float, l2: float, bias: bool
) -> Case:
    """Arrays as given; a Y with one axis is one output or, for softmax, the numbers of classes."""
    judged = pair(activation, loss)
    targets = np.asarray(Y)
    if targets.ndim == 1 and not ACTIVATIONS[activation].elementwise:
        labels = targets.astype(np.int64)
        targets = coding.encode(labels, max(2, int(labels.max(initial=0)) + 1), judged)
    elif targets.ndim == 1:
        targets = targets[:, None]
    coded = bool(np.isin(targets, judged.target_values).all())
    return _case(judged, np.asarray(X), targets, l1, l2, bias, coded)


def random_case(
    judged: Pair,
    *,
    n: int = 40,
    d: int = 3,
    k: int | None = None,
    l1: float = 0.0,
    l2: float = 0.0,
    bias: bool = True,
    seed: int = 0,
) -> Case:
    """Random inputs, and random targets as the pair codes them (numbers where any will do)."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    elementwise = ACTIVATIONS[judged.activation].elementwise
    k = k or (1 if elementwise else 3)
    if judged.targets == "real":
        return _case(judged, X, rng.normal(size=(n, k)), l1, l2, bias, False)
    labels = rng.integers(0, max(k, 2), n)
    hit = np.eye(k)[labels] > 0.5 if k > 1 else labels[:, None] == 1
    low, high = judged.target_values
    return _case(judged, X, np.where(hit, high, low), l1, l2, bias, True)


def _case(
    judged: Pair,
    X: NDArray[Any],
    Y: NDArray[Any],
    l1: float,
    l2: float,
    bias: bool,
    classification: bool,
) -> Case:
    penalised = Objective(activation=judged.activation, loss=judged.loss, l1=l1, l2=l2)
    plain = Objective(activation=judged.activation, loss=judged.loss)
    inputs, targets = _numbers("X", X), _numbers("Y", Y)
    if inputs.ndim != 2 or targets.ndim != 2 or len(inputs) != len(targets) or not inputs.size:
        raise DataError(
            f"X and Y must hold the same samples in rows; got {inputs.shape} and {targets.shape}.",
            code="shape",
        )
    # Refuses targets the loss is not made for, and numbers that are not finite.
    plain.value(Parameters.zeros(inputs.shape[1], targets.shape[1]), inputs, targets)
    if not np.isfinite(inputs).all():
        raise DataError("X holds numbers that are not finite.", code="not_finite")
    return Case(
        objective=plain,
        X=inputs,
        Y=targets,
        l1=penalised.l1,
        l2=penalised.l2,
        bias=bias,
        classification=classification,
    )


def _numbers(name: str, values: NDArray[Any]) -> Float64s:
    try:
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataError(f"{name} must hold numbers.", code="not_a_number") from None


def chosen_rows(case: Case, rows: Rows | None, seed: int) -> tuple[Case, str]:
    """The samples to check on, and a remark where they are not all."""
    n, (d, k) = len(case.X), case.shape
    if rows is not None and not isinstance(rows, int | np.integer):
        chosen = np.asarray(rows, dtype=np.int64)
        if chosen.ndim != 1 or not chosen.size or chosen.min() < -n or chosen.max() >= n:
            raise ConfigError(
                f"rows must be numbers of samples below {n}.", field="rows", value=len(chosen)
            )
        return case.rows(chosen), f"on {len(chosen)} chosen samples of {n}"
    most = int(rows) if rows is not None else max(20, min(MOST_ROWS, _MOST_NUMBERS // (d * k)))
    if most < 1:
        raise ConfigError("rows must be at least 1.", field="rows", value=most)
    if n <= most:
        return case, ""
    chosen = np.sort(np.random.default_rng(seed).choice(n, most, replace=False))
    return case.rows(chosen), f"on {most} of {n} samples, drawn at random"
