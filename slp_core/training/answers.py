"""What a model says of many samples at once: decisions, what orders them, how sure it is.

Samples are walked in blocks that stay in cache, and each block may be the last: whoever waits for
the answers can stop them. Arithmetic has the data set's precision, as that of the metrics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from slp_core.arrays import Bools, Float64s, Floats, Ints
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

Certainty = Literal["probability", "output", "score"]
Stop = Callable[[], bool]
"""Whether nobody waits for the answer any more."""

_BLOCK: Final = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers about n samples of K classes.

    Attributes
    ----------
    known
        (n,) False where a score is not a finite number: then nothing else is meant.
    decided
        (n,) class numbers.
    ranks
        (n, 1) with two classes: what orders the samples from the first class to the second.
        (n, K) with more: the same for each class against the rest. See :func:`ranks`.
    certainty
        (n,) with two classes that of the second class, with more that of the decided class:
        a probability, an output or a score, as `certainty_kind` says.
    """

    known: Bools
    decided: Ints
    ranks: Float64s
    certainty: Float64s


def certainty_kind(pair: Pair) -> Certainty:
    """What tells how sure the network is: a probability where its outputs are some.

    A step's output says nothing beyond the decision, and a loss of the score looks at the score.
    """
    if coding.is_probability(pair):
        return "probability"
    of_score = LOSSES[pair.loss].space == "score" or pair.activation == "step"
    return "score" if of_score else "output"


def certainty_threshold(pair: Pair) -> float:
    """With two classes: the certainty above which a sample belongs to the second class."""
    score = certainty_kind(pair) == "score"
    return coding.score_threshold(pair) if score else coding.threshold(pair)


def ranks(V: Floats, pair: Pair, classes: int) -> Float64s:
    """What orders samples by a class, from scores V (n, k): (n, 1) with two classes, else (n, K).

    The score v of the class: no activation falls, so v orders samples as the output does, and
    still tells apart those whose outputs round to the same number. For softmax, where an output
    depends on all scores, the log odds ln p/(1 − p) = v_k − ln Σ_{j≠k} exp v_j.
    """
    scores = V.astype(np.float64, copy=False)
    if scores.shape[1] == 1:
        return scores
    if classes == 2:
        return scores[:, 1:] - scores[:, :1]
    return scores if ACTIVATIONS[pair.activation].elementwise else log_odds(scores)


def log_odds(V: Float64s) -> Float64s:
    """v_k − ln Σ_{j≠k} exp v_j of scores V (n, k), exact also where a probability rounds to 1.

    The class in the lead is left out of a sum of its own; in all other sums it is the largest
    term, so that nothing cancels.
    """
    rows, lead = np.arange(len(V)), V.argmax(axis=1)
    top = V[rows, lead]
    others = V.copy()
    others[rows, lead] = -np.inf
    second = others.max(axis=1)
    rest = second + np.log(np.exp(others - second[:, None]).sum(axis=1))
    E = np.exp(V - top[:, None])
    E[rows, lead] = 0.0
    without = 1.0 + E.sum(axis=1, keepdims=True) - E  # exp(top) and all others but k
    odds: Float64s = V - top[:, None] - np.log(without)
    odds[rows, lead] = top - rest
    return odds


def told(rank: Floats, pair: Pair) -> Floats:
    """A rank as people read it: the probability, output or score of the class at that rank."""
    activation = ACTIVATIONS[pair.activation]
    if certainty_kind(pair) == "score":
        return rank
    return (activation if activation.elementwise else ACTIVATIONS["sigmoid"]).value(rank)


def answers(
    dataset: Dataset, pair: Pair, parameters: Parameters, samples: slice, stop: Stop | None = None
) -> Answers | None:
    """The answers about ``samples`` of a data set with classes; None if they were stopped.

    Parameters
    ----------
    parameters
        Weights that fit the data set and the pair.
    """
    classes = len(dataset.classes)
    n = len(range(*samples.indices(len(dataset.prepared))))
    columns = 1 if classes == 2 else classes
    found = Answers(
        np.zeros(n, np.bool_), np.zeros(n, np.int64), np.empty((n, columns)), np.empty(n)
    )
    for rows, V, Z in _blocks(dataset, pair, parameters, samples):
        if stop is not None and stop():
            return None
        decided = coding.decide(Z, V, pair, classes)
        found.known[rows] = np.isfinite(V).all(axis=1)
        found.decided[rows] = decided
        with np.errstate(all="ignore"):
            found.ranks[rows] = ranks(V, pair, classes)
            found.certainty[rows] = _certainty(V, Z, decided, pair, classes)
    return found


def predictions(
    dataset: Dataset, pair: Pair, parameters: Parameters, samples: slice, stop: Stop | None = None
) -> Float64s | None:
    """(n,) predicted numbers of ``samples`` in a regression; None if they were stopped."""
    n = len(range(*samples.indices(len(dataset.prepared))))
    found = np.empty(n)
    for rows, _, Z in _blocks(dataset, pair, parameters, samples):
        if stop is not None and stop():
            return None
        found[rows] = Z[:, 0]
    return found


def _blocks(
    dataset: Dataset, pair: Pair, parameters: Parameters, samples: slice
) -> Iterator[tuple[slice, Floats, Floats]]:
    """Rows of the answer, their scores and their outputs."""
    objective = Objective(activation=pair.activation, loss=pair.loss)
    X = dataset.prepared[samples]
    for start in range(0, len(X), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(X)))
        with np.errstate(all="ignore"):
            V = objective.scores(parameters, X[rows])
            yield rows, V, objective.outputs(V)


def _certainty(V: Floats, Z: Floats, decided: Ints, pair: Pair, classes: int) -> Floats:
    kind = certainty_kind(pair)
    if classes == 2:
        if kind == "score":
            return V[:, 0] if V.shape[1] == 1 else V[:, 1] - V[:, 0]
        return Z[:, -1]
    shares = coding.confidence(Z, pair, classes) if kind == "probability" else Z
    return (V if kind == "score" else shares)[np.arange(len(V)), decided]
