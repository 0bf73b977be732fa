"""Loss, gradient and accuracy of the present weights over all samples, each computed once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from slp_core.arrays import Float64s
from slp_core.network.losses import LOSSES
from slp_core.network.parameters import Parameters
from slp_core.network.workspace import Workspace
from slp_core.training.metrics import quality
from slp_core.training.problem import Part, Problem
from slp_core.training.tally import Tally, tally
from slp_core.training.vectors import Vectors, norm


@dataclass(frozen=True, slots=True)
class State:
    """The full training objective and the norms of its gradient at the present weights.

    ``blank``: all weights are 0 under a loss of the score (perceptron). Every score is then 0,
    which costs nothing though nothing is decided, so that this loss is neither a best nor a goal.
    """

    loss: float
    gradient_norm: float
    gradient_norm_W: float  # noqa: N815 - W is what the weights are called everywhere
    gradient_norm_b: float
    blank: bool = False

    @property
    def is_finite(self) -> bool:
        return math.isfinite(self.loss) and math.isfinite(self.gradient_norm)


@dataclass(frozen=True, slots=True)
class Quality:
    """Accuracy (R² in regression) and the validation values; None without a validation part.

    ``tally`` has what else was counted over the training samples.
    """

    training: float
    validation: float | None
    tally: Tally


class Evaluator:
    """Answers about the present weights; `changed` must be called after they change.

    The gradient is left in ``vectors.gradient`` when ``own_gradient`` is False: a full-batch update
    then uses what the history or a picture has computed, and costs nothing more.
    """

    def __init__(self, problem: Problem, vectors: Vectors, *, own_gradient: bool) -> None:
        d, k = problem.shape
        self._problem = problem
        self._of_score = LOSSES[problem.objective.pair.loss].space == "score"
        self.vectors = vectors
        self._workspace = _workspace(problem, problem.training)
        # One of its own: blocks of another length would have both allocate at every evaluation.
        held = problem.validation
        self._held_workspace = None if held is None else _workspace(problem, held)
        self.gradient: Float64s = vectors.gradient.copy() if own_gradient else vectors.gradient
        self.slopes = Parameters.from_flat(self.gradient, d, k)
        self._spare = Parameters.zeros(d, k)
        self._state: State | None = None
        self._quality: Quality | None = None
        self._validation_loss: float | None = None

    def changed(self) -> None:
        """Forget the answers: the weights have moved."""
        self._state = self._quality = self._validation_loss = None

    def state(self) -> State:
        """Loss and gradient over all training samples."""
        if self._state is None:
            self._state = self._measure(self.vectors.parameters)
        return self._state

    def quality(self) -> Quality:
        """Accuracy or R² of both parts."""
        if self._quality is None:
            problem, parameters = self._problem, self.vectors.parameters
            held = problem.validation
            counted = tally(problem, problem.training, parameters)
            self._quality = Quality(
                counted.quality,
                None if held is None else quality(problem, held, parameters),
                counted,
            )
        return self._quality

    def validation_loss(self) -> float | None:
        """The objective over the validation samples, penalty included, to compare with training."""
        held, workspace = self._problem.validation, self._held_workspace
        if held is None or workspace is None:
            return None
        if self._validation_loss is None:
            self._validation_loss = self._value(
                held, workspace, self.vectors.parameters, self._spare
            )
        return self._validation_loss

    def try_at(self, parameters: Parameters, slopes: Parameters) -> float:
        """Loss at other weights; writes the gradient there into ``slopes``."""
        return self._value(self._problem.training, self._workspace, parameters, slopes)

    def accept(self, loss: float) -> None:
        """The weights have moved to where ``loss`` and the gradient, already written, are known."""
        self.changed()
        self._state = self._norms(loss)

    def _measure(self, parameters: Parameters) -> State:
        return self._norms(self.try_at(parameters, self.slopes))

    def _norms(self, loss: float) -> State:
        count = self.vectors.weights
        W, b = norm(self.gradient[:count]), norm(self.gradient[count:])
        blank = self._of_score and not self.vectors.theta.any()
        return State(loss, math.hypot(W, b), W, b, blank)

    def _value(
        self, part: Part, workspace: Workspace, parameters: Parameters, slopes: Parameters
    ) -> float:
        return self._problem.objective.value_and_gradient_into(
            parameters, part.X, part.Y, workspace, slopes, part.weights
        )


def _workspace(problem: Problem, part: Part) -> Workspace:
    d, k = problem.shape
    return problem.objective.workspace(len(part.X), d, k, part.X.dtype)
