"""What the objective's arguments must look like, checked where they come in and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from slp_core.arrays import Bools, Float64s, Floats
from slp_core.errors import ConfigError, DataError
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

_FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def matrix(name: str, values: Floats) -> Floats:
    """As a matrix of float32 or float64; lists and whole numbers are converted.

    Raises
    ------
    DataError
        When there are not two axes, or the values are not numbers.
    """
    array = np.asarray(values)
    if array.ndim != 2:
        raise DataError(
            f"{name} must have two axes, samples by columns; got the shape {array.shape}.",
            code="shape",
        )
    return array if array.dtype in _FLOATS else _as_float64(name, array)


def _as_float64(name: str, array: Floats) -> Float64s:
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise DataError(f"{name} must hold numbers.", code="not_a_number") from None


def check_inputs(parameters: Parameters, X: Floats) -> None:
    """X (n, d) with at least one sample and as many columns as W has rows."""
    d = parameters.W.shape[0]
    if X.shape[1] != d or len(X) == 0:
        raise DataError(
            f"X must have the shape (samples, {d}) with at least one sample; got {X.shape}.",
            code="shape",
        )


def check_outputs(pair: Pair, k: int) -> None:
    """Softmax with a single output is refused: it would answer 1 to everything."""
    if pair.activation == "softmax" and k < 2:
        raise ConfigError(
            "Softmax needs two outputs or more: with a single one the output is always 1.",
            field="activation",
            value="softmax",
            hint="Use the sigmoid for one output.",
        )


def check_targets(pair: Pair, shape: tuple[int, ...], Y: Floats) -> None:
    """Y has the shape of the scores, (n, k), and is coded as the loss needs it.

    The margin losses need -1 and 1; cross-entropy shares between 0 and 1, with softmax adding up to
    1 for every sample, else a - y is not its slope.
    """
    if Y.shape != shape:
        raise DataError(
            f"Y must have the shape (samples, outputs) = {shape}; got {Y.shape}.", code="shape"
        )
    check_finite("Y", Y)
    if pair.loss in ("hinge", "squared_hinge", "perceptron"):
        _refuse(np.abs(Y) != 1.0, Y, f"{pair.label} needs targets of -1 and 1")
    elif pair.loss == "cross_entropy":
        _refuse((Y < 0.0) | (Y > 1.0), Y, f"{pair.label} needs targets from 0 to 1")
        if pair.activation == "softmax":
            sums = Y.sum(axis=1)
            _refuse(np.abs(sums - 1.0) > 1e-5, sums, f"{pair.label} needs targets that add up to 1")


def _refuse(bad: Bools, values: Floats, need: str) -> None:
    """Raise a DataError with the first bad value, if there is one."""
    if bad.any():
        row = int(np.argwhere(bad)[0, 0])
        raise DataError(
            f"{need}; sample {row} has {float(values[bad][0]):g}.",
            code="targets",
            hint="Code the classes as the pair's targets say.",
        )


def check_finite(name: str, array: Floats) -> None:
    """Raise a DataError that says where the first number is that is not finite."""
    bad = ~np.isfinite(array)
    if bad.any():
        where = tuple(int(i) for i in np.unravel_index(int(np.argmax(bad)), bad.shape))
        raise DataError(
            f"{name} holds {int(bad.sum())} numbers that are not finite, the first at {where}.",
            code="not_finite",
        )


def sample_weights(weights: Floats, n: int) -> Float64s:
    """Weights as (n,) float64, finite and 0 or more."""
    array = np.asarray(weights, dtype=np.float64)
    if array.shape != (n,) or not (np.isfinite(array).all() and (array >= 0.0).all()):
        raise DataError(
            f"Weights must be {n} finite numbers of 0 or more, one per sample;"
            f" got the shape {array.shape}.",
            code="shape",
        )
    return array


def penalty_factor(field: str, value: float) -> float:
    """l1 or l2: a finite number of 0 or more."""
    if not (math.isfinite(value) and value >= 0.0):
        raise ConfigError(
            f"{field} must be a number of 0 or more; got {value!r}.", field=field, value=value
        )
    return float(value)


def class_weights(weights: Sequence[float] | Floats | None) -> Float64s | None:
    """Class weights as (classes,) float64, finite and 0 or more; None stays None."""
    if weights is None:
        return None
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 1 or not (np.isfinite(array).all() and (array >= 0.0).all()):
        raise ConfigError(
            "Class weights must be one number of 0 or more per class.", field="class_weights"
        )
    return array
