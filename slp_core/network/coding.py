"""From classes to targets, and from outputs back to classes.

With one output (two classes) an output above the threshold means the second class. The threshold
is the midpoint of the two targets, each first moved into the activation's range: a sigmoid trained
with a hinge is asked for -1 and 1, can reach 0 and 1, and so decides at 0.5. The perceptron loss
looks at the score only, so there the score decides, at 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.errors import ConfigError, DataError
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair


def outputs(pair: Pair | str, classes: int) -> int:
    """Number of outputs k: one for two classes (softmax: two), else one per class.

    ``pair`` may be the key of an activation.
    """
    activation = pair if isinstance(pair, str) else pair.activation
    if classes < 2:
        raise ConfigError(
            f"Classes must be two or more; got {classes}.", field="target", value=classes
        )
    return 1 if classes == 2 and ACTIVATIONS[activation].elementwise else classes


def encode(
    labels: Ints, classes: int, pair: Pair, dtype: np.dtype[Any] | type = np.float64
) -> Floats:
    """Targets Y (n, k) for labels 0 .. classes - 1, coded as ``pair.targets`` says."""
    labels = np.asarray(labels)
    whole = labels.ndim == 1 and labels.dtype.kind in "iu"
    if not whole or (labels.size and not 0 <= labels.min() <= labels.max() < classes):
        raise DataError(
            f"Labels must be whole numbers from 0 to {classes - 1}, one per sample.", code="labels"
        )
    low, high = pair.target_values
    if outputs(pair, classes) == 1:
        return np.where(labels == 1, high, low).astype(dtype)[:, None]
    Y = np.full((len(labels), classes), low, dtype)
    Y[np.arange(len(labels)), labels] = high
    return Y


def encode_values(values: Floats, pair: Pair, dtype: np.dtype[Any] | type = np.float64) -> Floats:
    """Targets Y (n, 1) of a regression: the numbers themselves.

    Raises
    ------
    ConfigError
        When `regression_problem` has something to say.
    """
    values = np.asarray(values)
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    problem = regression_problem(pair, low, high)
    if problem is not None:
        raise ConfigError(
            problem, field="activation", value=pair.activation, code="config.regression"
        )
    return np.ascontiguousarray(values, dtype)[:, None]


def regression_problem(pair: Pair, low: float, high: float) -> str | None:
    """Why a numeric target between ``low`` and ``high`` cannot be learnt with the pair, or None."""
    f, loss = ACTIVATIONS[pair.activation], LOSSES[pair.loss]
    if pair.status == "undefined":
        return f"{pair.label} is undefined. {pair.reason}"
    if not f.elementwise:
        return "Softmax makes probabilities of classes; a numeric target needs another activation."
    if pair.loss in ("hinge", "squared_hinge", "perceptron"):
        return f"The {loss.label.lower()} loss separates classes; a numeric target needs another."
    if low < f.range[0] or high > f.range[1]:
        return (
            f"{f.label} outputs lie between {f.range[0]:g} and {f.range[1]:g}, but the target goes"
            f" from {low:g} to {high:g}."
        )
    return None


def threshold(pair: Pair) -> float:
    """With one output: the output above which a sample belongs to the second class.

    Softmax: 0.5, of the second of two outputs.
    """
    f = ACTIVATIONS[pair.activation]
    if LOSSES[pair.loss].space == "score" and f.elementwise and f.key != "step":
        return float(f.value(np.zeros(1))[0])
    low, high = _reachable(pair)
    return 0.5 * (low + high)


def score_threshold(pair: Pair) -> float:
    """With one output: the score at the threshold, where the boundary runs.

    Softmax: 0, of the difference of the second and the first of two scores.
    """
    f = ACTIVATIONS[pair.activation]
    if LOSSES[pair.loss].space == "score" or f.inverse is None:
        return 0.0
    return f.inverse(threshold(pair))


def _reachable(pair: Pair) -> tuple[float, float]:
    """The two targets, moved into the activation's range."""
    bottom, top = ACTIVATIONS[pair.activation].range
    low, high = pair.target_values
    return min(max(low, bottom), top), min(max(high, bottom), top)


def decide(Z: Floats, V: Floats, pair: Pair, classes: int) -> Ints:
    """Class of every sample, (n,), from outputs Z and scores V, both (n, k).

    One output: the second class where the output is above the threshold (perceptron: the score
    above 0; with a step, which is 1 at 0, at 0 or above). Several: the class of the largest score.
    It has the largest output too, but scores still differ where outputs round to the same number.
    """
    if outputs(pair, classes) > 1:
        return np.argmax(V, axis=1).astype(np.int64)
    by_score = LOSSES[pair.loss].space == "score" and pair.activation != "step"
    above = V[:, 0] > 0.0 if by_score else Z[:, 0] > threshold(pair)
    return above.astype(np.int64)


def is_probability(pair: Pair) -> bool:
    """Whether an output estimates the probability of its class: in (0, 1), under a proper loss."""
    return pair.activation in ("sigmoid", "softmax", "probit") and pair.loss in (
        "cross_entropy",
        "quadratic",
    )


def confidence(Z: Floats, pair: Pair, classes: int) -> Float64s:
    """Share of every class in every sample, (n, classes), between 0 and 1, rows adding up to 1.

    Probabilities where the outputs are some; elsewhere how far an output has come from the one
    target to the other. All outputs at or below "not this class" give equal shares.
    """
    low, high = _reachable(pair)
    share = np.clip((np.asarray(Z, np.float64) - low) / (high - low), 0.0, 1.0)
    if outputs(pair, classes) == 1:
        return np.concatenate((1.0 - share, share), axis=1)
    total = share.sum(axis=1, keepdims=True)
    equal = np.full_like(share, 1.0 / classes)
    return np.divide(share, total, out=equal, where=total > 0.0)


def balanced_weights(labels: Ints, classes: int) -> Float64s:
    """One weight per class, (classes,), so that all classes count the same; mean over samples 1.

    A class without samples gets 0.
    """
    counts = np.bincount(labels, minlength=classes).astype(np.float64)
    present = counts > 0
    weights = np.zeros(classes)
    weights[present] = len(labels) / (present.sum() * counts[present])
    return weights


def sample_weights(Y: Floats, pair: Pair, class_weights: Floats) -> Floats:
    """The weight of every sample's class, (n,), read off its targets; in the dtype of Y.

    Linear in the targets, so that a target between two classes gets a weight between theirs.
    """
    low, high = pair.target_values
    share = (Y - low) / (high - low)
    if Y.shape[1] == 1:
        share = np.concatenate((1.0 - share, share), axis=1)
    if share.shape[1] != len(class_weights):
        raise ConfigError(
            f"There are {share.shape[1]} classes, but {len(class_weights)} class weights.",
            field="class_weights",
        )
    return share @ class_weights.astype(Y.dtype, copy=False)
