"""What the network makes of rows: prediction, certainty, loss, whether it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.tables.fields import certainty_kind
from slp_core.arrays import Bools, Float64s, Floats, Ints
from slp_core.data.dataset import Dataset
from slp_core.network import coding
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

BLOCK = 16_384
"""Rows judged at once where all are: some megabytes, and 5 ms between two looks at the clock."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The answers about some samples.

    Attributes
    ----------
    known
        (n,) False where a score is not a finite number: then nothing else is meant.
    decided
        (n,) class numbers; all 0 in regression.
    values
        (n,) the prediction of a regression; else the certainty: probability or output or score.
    losses
        (n,) the loss of each sample alone.
    wrong
        (n,) whether the decision is not the sample's class; never in regression.
    errors
        (n,) prediction less target in regression, else empty.
    shares
        (n, classes) probability of every class; empty where the outputs are none.
    """

    known: Bools
    decided: Ints
    values: Float64s
    losses: Float64s
    wrong: Bools
    errors: Float64s
    shares: Float64s


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A model at one moment, with the data it answers about.

    Arithmetic has the data set's precision, as that of the figures beside the curves: what is
    counted here as a mistake is what is counted there.
    """

    dataset: Dataset
    pair: Pair
    parameters: Parameters

    @property
    def fits(self) -> bool:
        """Whether the weights belong to the data: the last frame of another run may not."""
        data, classes = self.dataset, len(self.dataset.classes)
        if data.task == "regression":
            ends = (float(data.all_values.min()), float(data.all_values.max()))
            if coding.regression_problem(self.pair, *ends) is not None:
                return False
        outputs = coding.outputs(self.pair, classes) if classes else 1
        return self.parameters.W.shape == (data.prepared.shape[1], outputs)

    def judged(self, samples: Ints | slice) -> Judged:
        """Answers about one or more of the samples (training rows come first)."""
        objective = Objective(activation=self.pair.activation, loss=self.pair.loss)
        X = self.dataset.prepared[samples]
        with np.errstate(all="ignore"):
            V = objective.scores(self.parameters, X)
            Z = objective.outputs(V)
            losses = objective.sample_losses(V, self._targets(samples, X.dtype))
            known: Bools = np.asarray(np.isfinite(V).all(axis=1))
            if self.dataset.task == "regression":
                return self._values(samples, Z, losses, known)
            return self._classes(samples, V, Z, losses, known)

    def blocks(self) -> Iterator[tuple[slice, Judged]]:
        """Answers about all samples, block by block."""
        total = len(self.dataset.prepared)
        for start in range(0, total, BLOCK):
            rows = slice(start, min(start + BLOCK, total))
            yield rows, self.judged(rows)

    def _targets(self, samples: Ints | slice, dtype: np.dtype[np.floating]) -> Floats:
        data = self.dataset
        if data.task == "regression":
            return data.all_values[samples].astype(dtype)[:, None]
        return coding.encode(data.all_labels[samples], len(data.classes), self.pair, dtype)

    def _values(self, samples: Ints | slice, Z: Floats, losses: Floats, known: Bools) -> Judged:
        values = Z[:, 0].astype(np.float64)
        return Judged(
            known=known,
            decided=np.zeros(len(Z), np.int64),
            values=values,
            losses=losses.astype(np.float64),
            wrong=np.zeros(len(Z), np.bool_),
            errors=values - self.dataset.all_values[samples],
            shares=np.empty((len(Z), 0)),
        )

    def _classes(
        self, samples: Ints | slice, V: Floats, Z: Floats, losses: Floats, known: Bools
    ) -> Judged:
        decided = coding.decide(Z, V, self.pair, len(self.dataset.classes))
        kind, shares = certainty_kind(self.pair), np.empty((len(Z), 0))
        if kind == "probability":
            shares = coding.confidence(Z, self.pair, len(self.dataset.classes))
        told = {"probability": shares, "score": V, "output": Z}[kind]
        column = decided if told.shape[1] > 1 else np.zeros_like(decided)
        return Judged(
            known=known,
            decided=decided,
            values=told[np.arange(len(Z)), column].astype(np.float64),
            losses=losses.astype(np.float64),
            wrong=decided != self.dataset.all_labels[samples],
            errors=np.empty(0),
            shares=shares,
        )
