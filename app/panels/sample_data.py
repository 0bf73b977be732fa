"""One sample on its way through the network, and what it adds to each weight's gradient.

All numbers come from the same objective that training uses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.moment import RunMoment
from app.panels.sample_sum import AT_ONCE
from slp_core.arrays import Float64s, Floats
from slp_core.data.dataset import Dataset
from slp_core.network import coding
from slp_core.network.pairs import Pair
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import Part, Problem, pose


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A sample with d terms on its way to k outputs; numbers are float64.

    Attributes
    ----------
    sample, row, training
        Its place in the data set, its row of the table (from 0), and whether it trains.
    given
        (p,) its features in original units.
    x, W, b
        (d,) prepared terms; (d, k) and (k,) weights.
    V, Z, Y, E
        (k,) scores, outputs, targets and error signals dL/dv.
    loss
        Summed over the outputs; no weight, no penalty.
    weight
        What its loss counts in the mean (class weights), 1 without them.
    n
        Number of training samples.
    own
        The output of its class; 0 where there is only one.
    decided
        The class the network says, -1 for a numeric target.
    """

    sample: int
    row: int
    training: bool
    given: Float64s
    x: Float64s
    W: Float64s
    b: Float64s
    V: Float64s
    Z: Float64s
    Y: Float64s
    E: Float64s
    loss: float
    weight: float
    n: int
    own: int
    decided: int

    @property
    def contribution(self) -> Float64s:
        """(d, k) what the sample adds to the mean gradient of W: x^T dv / n."""
        return np.outer(self.x, self.E) * (self.weight / self.n)

    @property
    def bias_contribution(self) -> Float64s:
        """(k,) the same for b."""
        return self.E * (self.weight / self.n)


class Follower:
    """Follows samples of one run after the other; keeps the coded targets of the last data."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._problem: Problem | None = None

    def problem(self, run: RunMoment) -> Problem:
        """The problem the run works on."""
        config = _settled(run)
        key = (run.dataset, config.activation, config.loss, config.l1, config.l2)
        key = (*key, config.class_weights, config.bias)
        if self._problem is None or key != self._key:
            self._key, self._problem = key, pose(run.dataset, config)
        return self._problem

    def follow(self, run: RunMoment, sample: int) -> Followed:
        """A sample of the data set at the weights of now."""
        problem, dataset = self.problem(run), run.dataset
        training = sample < dataset.samples
        part = problem.training if training else problem.validation
        assert part is not None  # noqa: S101 - a sample beyond the training ones is validation
        at = sample if training else sample - dataset.samples
        return _followed(run, problem, part, at, sample)

    def signals(self, run: RunMoment, samples: list[int]) -> Float64s:
        """(len(samples), k) error signals of training samples, with their weights."""
        problem = self.problem(run)
        part = problem.training
        with np.errstate(all="ignore"):
            V = problem.objective.scores(run.snapshot.parameters, part.X[samples])
            E = problem.objective.error_signal(V, part.Y[samples]).astype(np.float64)
        return E if part.weights is None else E * part.weights[samples][:, None]

    def worst(self, run: RunMoment) -> int:
        """The training sample with the largest loss."""
        problem = self.problem(run)
        with np.errstate(all="ignore"):
            V = problem.objective.scores(run.snapshot.parameters, problem.training.X)
            losses = problem.objective.sample_losses(V, problem.training.Y)
        return int(np.nan_to_num(losses, nan=-np.inf).argmax())


def is_heavy(dataset: Dataset, k: int) -> bool:
    """Whether a gradient over all samples is too much work between two frames."""
    return dataset.samples * dataset.terms * k > AT_ONCE


def follows(run: RunMoment) -> bool:
    """Whether the weights belong to these data: the last of another run may come late."""
    dataset, classes = run.dataset, len(run.dataset.classes)
    if not classes:
        low, high = float(dataset.all_values.min()), float(dataset.all_values.max())
        if coding.regression_problem(run.pair, low, high) is not None:
            return False
    k = coding.outputs(run.pair, classes) if classes else 1
    return run.snapshot.parameters.W.shape == (run.dataset.terms, k)


def _settled(run: RunMoment) -> TrainingConfig:
    return replace(run.config, activation=run.pair.activation, loss=run.pair.loss)


def _followed(run: RunMoment, problem: Problem, part: Part, at: int, sample: int) -> Followed:
    dataset, parameters = run.dataset, run.snapshot.parameters
    with np.errstate(all="ignore"):
        V = problem.objective.scores(parameters, part.X[at : at + 1])
        Y = part.Y[at : at + 1]
        Z = problem.objective.outputs(V)
        E = problem.objective.error_signal(V, Y)
        loss = float(problem.objective.sample_losses(V, Y)[0])
    label = int(dataset.all_labels[sample]) if dataset.classes else 0
    return Followed(
        sample=sample,
        row=int(dataset.row_index[sample]),
        training=sample < dataset.samples,
        given=_original(dataset, sample),
        x=_double(part.X[at]),
        W=_double(parameters.W),
        b=_double(parameters.b),
        V=_double(V[0]),
        Z=_double(Z[0]),
        Y=_double(Y[0]),
        E=_double(E[0]),
        loss=loss,
        weight=1.0 if part.weights is None else float(part.weights[at]),
        n=dataset.samples,
        own=label if V.shape[1] > 1 else 0,
        decided=_decided(Z, V, run.pair, len(dataset.classes)),
    )


def _decided(Z: Floats, V: Floats, pair: Pair, classes: int) -> int:
    return int(coding.decide(Z, V, pair, classes)[0]) if classes else -1


def _original(dataset: Dataset, sample: int) -> Float64s:
    preparation = dataset.preparation
    scaled = dataset.prepared[sample, : dataset.features].astype(np.float64)
    return scaled * preparation.scales + preparation.centers


def _double(values: Floats) -> Float64s:
    return values.astype(np.float64)
