"""Updates: the weights and what moves them. Knows no history, no clock and no stop rule but one.

The one is that numbers stay finite: the update that leaves them is undone and named at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from slp_core.arrays import Float64s, Floats
from slp_core.network.parameters import Parameters
from slp_core.training import blame
from slp_core.training.batches import Batches
from slp_core.training.config import TrainingConfig
from slp_core.training.evaluation import Evaluator
from slp_core.training.optimizers import OPTIMIZERS, State
from slp_core.training.own_gradient import OwnGradientMaker, for_steps, made
from slp_core.training.problem import Problem
from slp_core.training.schedules import SCHEDULES
from slp_core.training.second_order import Pair, SecondOrder, second_order
from slp_core.training.stopping import Stop, converged_stop, not_finite_stop
from slp_core.training.vectors import Vectors, clip


@dataclass(frozen=True, slots=True)
class Rates:
    """What a step needs to know besides the gradient, for one burst of updates."""

    rate: float
    momentum: float
    clip: float | None

    @classmethod
    def at(cls, config: TrainingConfig, epoch: int) -> Rates:
        """Those of resolved settings in an epoch."""
        if config.learning_rate is None:
            raise ValueError("the configuration is not resolved")
        rate = SCHEDULES[config.schedule].rate(config.learning_rate, epoch, config.epochs)
        return cls(rate, config.momentum, config.clip_norm)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class UpdatesState:
    """Weights, their memory and their place in the batches, all copies or never changed.

    ``left`` updates complete the epoch from here, each after it takes ``per_epoch``.
    """

    update: int
    epoch: int
    row: int
    left: int
    per_epoch: int
    problem: Problem
    theta: Float64s
    previous: Float64s
    memory: State
    pairs: tuple[Pair, ...]
    step_length: float

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays; of the pairs, as if no other state shared them."""
        return self.theta.nbytes * (4 + 2 * len(self.pairs))


class Updates:
    """Makes updates one by one or in bursts within an epoch; see `run`."""

    def __init__(
        self,
        problem: Problem,
        config: TrainingConfig,
        start: Parameters,
        own: OwnGradientMaker | None = None,
    ) -> None:
        self.vectors = Vectors(start)
        self._own_maker = own
        self.update = 0
        self.batches = Batches(problem.training, config.seed)
        self._adopt(problem, config)
        self._forget()

    @property
    def epoch(self) -> float:
        """Passes over the training samples so far, the present one as a fraction."""
        return self.batches.epoch + self.batches.row / self.batches.samples

    @property
    def full_batch(self) -> bool:
        """Whether an update sees all samples."""
        return self._full

    def refuse(self, config: TrainingConfig) -> None:
        """Raise ConfigError for settings under which steps cannot follow their own gradient."""
        if self._own_maker is not None:
            made(self._own_maker, config)

    def reconfigure(self, problem: Problem, config: TrainingConfig) -> None:
        """Go on with other settings; an optimizer that stays keeps its memory."""
        optimizer, objective = self._optimizer, self.problem.objective
        self._adopt(problem, config)
        changed = problem.objective is not objective
        # Curvature learnt from another objective would mislead; velocities fade by themselves.
        if optimizer.key != self._optimizer.key or (changed and self._optimizer.step is None):
            self._forget()

    def exchange(self, problem: Problem, config: TrainingConfig) -> None:
        """Go on with other samples, from the beginning of an epoch; the weights stay."""
        epoch = self.batches.epoch + (self.batches.row > 0)
        self.batches = Batches(problem.training, config.seed)
        self.batches.start_epoch(epoch)
        self.reconfigure(problem, config)

    def kept(self) -> UpdatesState:
        """What is needed to go back here."""
        vectors, second = self.vectors, self._second
        return UpdatesState(
            update=self.update,
            epoch=self.batches.epoch,
            row=self.batches.row,
            left=self.batches.left,
            per_epoch=self.batches.per_epoch,
            problem=self.problem,
            theta=vectors.theta.copy(),
            previous=vectors.previous.copy(),
            memory=self._state.copy(),
            pairs=() if second is None else tuple(second.pairs),
            step_length=self.step_length,
        )

    def restore(self, state: UpdatesState, config: TrainingConfig) -> None:
        """Go back to a state that was kept under the settings ``config``."""
        problem = state.problem
        rows = len(problem.training.X) if config.batch_size == "full" else config.batch_size
        same = config.optimizer == self._optimizer.key and rows == self.batches.size
        if problem is not self.problem or not same or self._full != (config.batch_size == "full"):
            self.batches = Batches(problem.training, config.seed)
            self._adopt(problem, config)
        self.update = state.update
        self.batches.go(state.epoch, state.row)
        self.vectors.theta[:], self.vectors.previous[:] = state.theta, state.previous
        self._forget()
        self._state.restore(state.memory)
        if self._second is not None:
            self._second.pairs = list(state.pairs)
        self.step_length = state.step_length
        self.evaluator.changed()

    def place(self, parameters: Parameters) -> None:
        """Go on from other weights; what the optimizer remembers was about the old ones."""
        self.vectors.theta[:] = self.vectors.previous[:] = parameters.flat()
        self._forget()
        self.evaluator.changed()

    def run(self, most: int, deadline: float, rates: Rates) -> tuple[int, Stop | None]:
        """Make between one and ``most`` updates, all in the present epoch.

        Returns the number made, and why there can be no more, or None. The clock is read after
        each update: 50 ns.
        """
        if self._second is not None:
            return self._second_order_update(self._second, rates)
        if self._full:
            return self._full_batch_update(rates)
        return self._mini_batches(most, deadline, rates)

    def _adopt(self, problem: Problem, config: TrainingConfig) -> None:
        self.problem = problem
        self._optimizer = OPTIMIZERS[config.optimizer]
        self._full = config.batch_size == "full"
        rows = len(problem.training.X) if config.batch_size == "full" else config.batch_size
        self.batches.use(problem.training, rows)
        maker = self._own_maker
        own = None if maker is None else for_steps(made(maker, config), bias=config.bias)
        self._own = own
        # The record measures the true gradient, which only a true full-batch step can share.
        self.evaluator = Evaluator(
            problem, self.vectors, own_gradient=not self._full or own is not None
        )
        self._gradient_into = problem.objective.gradient_into if own is None else own
        d, k = problem.shape
        self._workspace = problem.objective.workspace(rows, d, k, problem.training.X.dtype)

    def _forget(self) -> None:
        """Begin with an optimizer that remembers nothing."""
        self.step_length = math.nan
        self._state = State(self.vectors.theta.size)
        self._second: SecondOrder | None = None
        if self._optimizer.step is None:
            self._second = second_order(self._optimizer.key, self.problem, self.vectors)

    def _mini_batches(self, most: int, deadline: float, rates: Rates) -> tuple[int, Stop | None]:
        """The hot loop: everything looked up before, nothing allocated within."""
        vectors, workspace, state = self.vectors, self._workspace, self._state
        theta, previous, gradient = vectors.theta, vectors.previous, vectors.gradient
        parameters, slopes = vectors.parameters, vectors.slopes
        gradient_into = self._gradient_into
        step = self._step()
        rate, momentum, longest = rates.rate, rates.momentum, rates.clip
        made = rows = 0
        for batch in self.batches.ready(most):
            X = batch.X
            gradient_into(parameters, X, batch.Y, workspace, slopes, batch.weights)
            if longest is not None:
                clip(gradient, longest)
            previous[:] = theta
            step(state, theta, gradient, rate, momentum)
            if not vectors.is_finite:
                self._moved(made, rows)
                return made, self._undo((X, batch.Y), self.batches.sample)
            made += 1
            rows += len(X)
            if monotonic() >= deadline:
                break
        self._moved(made, rows)
        return made, None

    def _full_batch_update(self, rates: Rates) -> tuple[int, Stop | None]:
        vectors = self.vectors
        if self._own is None:
            self.evaluator.state()
        else:
            whole = self.problem.training
            self._own(vectors.parameters, whole.X, whole.Y, None, vectors.slopes)
        if rates.clip is not None:
            clip(vectors.gradient, rates.clip)
        vectors.previous[:] = vectors.theta
        self._step()(self._state, vectors.theta, vectors.gradient, rates.rate, rates.momentum)
        if not vectors.is_finite:
            part = self.problem.training
            self.evaluator.changed()
            return 0, self._undo((part.X, part.Y), int)
        self._moved(1, self.batches.samples)
        return 1, None

    def _second_order_update(self, optimizer: SecondOrder, rates: Rates) -> tuple[int, Stop | None]:
        if not optimizer.step(self.evaluator, rates.rate):
            return 0, converged_stop(self.update, self.evaluator.state().gradient_norm)
        # The search has already told the evaluator where the weights are now.
        self.step_length = optimizer.length
        self.update += 1
        self.batches.start_epoch(self.batches.epoch + 1)
        return 1, None

    def _step(self) -> Callable[..., None]:
        step = self._optimizer.step
        if step is None:
            raise ValueError(f"{self._optimizer.key} makes no steps of its own")
        return step

    def _moved(self, updates: int, rows: int) -> None:
        self.update += updates
        if updates:
            self.evaluator.changed()
            self.batches.passed(updates, rows)

    def _undo(self, batch: tuple[Floats, Floats], sample: Callable[[int], int]) -> Stop:
        """Take back the update that has just failed, and say what was wrong with it."""
        vectors = self.vectors
        after = vectors.parameters.copy()
        vectors.undo()
        found = blame.find(
            self.problem.objective,
            batch,
            vectors.parameters,
            vectors.slopes,
            after,
            self.update,
            sample,
        )
        self._forget()
        return not_finite_stop(found, self.update + (found.quantity == "weights"))

    def reject(self) -> Stop:
        """Refuse the present weights, whose loss or gradient over all samples is not finite.

        In full batches the update that led here is taken back, so that what is kept has a finite
        loss; with mini-batches the loss of the weights before is not known either.
        """
        part, vectors = self.problem.training, self.vectors
        reached = self.update
        undone = self._full and reached > 0
        self.update -= undone
        slopes = self.evaluator.slopes
        present = vectors.parameters
        found = blame.find(
            self.problem.objective, (part.X, part.Y), present, slopes, present, self.update
        )
        if undone:
            vectors.undo()
            self.batches.start_epoch(self.batches.epoch - 1)
            self.evaluator.changed()
        self._forget()
        return not_finite_stop(found, reached)
