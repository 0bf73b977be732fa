"""The objective: the one definition of value and gradient that training, plots and checks share.

    V = X W + b,    Z = f(V)
    objective = mean over samples of (weight · Σ over outputs of the loss) + l1 Σ|W| + l2/2 Σ W²

The penalties never touch b. Arguments are checked at the public methods; `gradient_into` and
`value_and_gradient_into`, made for loops, check nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from slp_core.arrays import Floats
from slp_core.errors import ConfigError
from slp_core.network import shapes
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.curvature import curvature
from slp_core.network.data_term import DataTerm
from slp_core.network.kernels import kernel
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.network.workspace import Workspace, block_rows


def _silent() -> np.errstate:
    """No warnings where numbers leave the finite range: the result says so itself."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


class Objective:
    """Value and gradient of what a one-layer network is trained for.

    Parameters
    ----------
    activation, loss
        Keys of `ACTIVATIONS` and `LOSSES`.
    l1, l2
        Penalties l1 Σ|W| + l2/2 Σ W², each 0 or more. The slope of |w| at 0 is taken as 0.
    class_weights
        One factor per class on the losses of its samples. The class is read off the targets.
    bias
        False: b is not learnt, its gradient is 0.

    Raises
    ------
    ConfigError
        For unknown keys, a pair that is undefined, and factors that are negative or not finite.
    """

    def __init__(
        self,
        *,
        activation: str,
        loss: str,
        l1: float = 0.0,
        l2: float = 0.0,
        class_weights: Sequence[float] | Floats | None = None,
        bias: bool = True,
    ) -> None:
        self._pair = pair(activation, loss)
        if self._pair.status == "undefined":
            raise ConfigError(
                f"{self._pair.label} is undefined: {self._pair.reason}",
                field="loss",
                value=loss,
                code="config.pair",
            )
        self._l1 = shapes.penalty_factor("l1", l1)
        self._l2 = shapes.penalty_factor("l2", l2)
        self._kernel = kernel(self._pair)
        self._data = DataTerm(self._pair, self._kernel, bias, shapes.class_weights(class_weights))

    @property
    def pair(self) -> Pair:
        """The judgement on the activation and the loss."""
        return self._pair

    @property
    def l1(self) -> float:
        """Factor of Σ|W|."""
        return self._l1

    @property
    def l2(self) -> float:
        """Factor of Σ W²/2."""
        return self._l2

    @property
    def bias(self) -> bool:
        """Whether b is learnt."""
        return self._data.bias

    @property
    def class_weights(self) -> Floats | None:
        """One factor per class, or None."""
        return self._data.class_weights

    def penalty(self, parameters: Parameters) -> float:
        """l1 Σ|W| + l2/2 Σ W²."""
        W = parameters.W
        total = 0.0
        if self._l1:
            total += self._l1 * float(np.sum(np.abs(W), dtype=np.float64))
        if self._l2:
            total += 0.5 * self._l2 * float(np.sum(np.square(W, dtype=np.float64)))
        return total

    def scores(self, parameters: Parameters, X: Floats) -> Floats:
        """V = X W + b, (n, k), in the dtype of X."""
        inputs = shapes.matrix("X", X)
        shapes.check_inputs(parameters, inputs)
        V = inputs @ parameters.W.astype(inputs.dtype, copy=False)
        return np.add(V, parameters.b, V)

    def outputs(self, V: Floats) -> Floats:
        """Z = f(V), (n, k)."""
        scores = shapes.matrix("V", V)
        shapes.check_outputs(self._pair, scores.shape[1])
        return ACTIVATIONS[self._pair.activation].value(scores)

    def sample_losses(self, V: Floats, Y: Floats) -> Floats:
        """Loss of every sample, summed over outputs: (n,). No weights, no penalty."""
        return self._at_scores(V, Y).L.sum(axis=1)

    def error_signal(self, V: Floats, Y: Floats) -> Floats:
        """dL/dV of every sample, (n, k); not divided by n, no weights."""
        return self._at_scores(V, Y).E

    def curvature(self, V: Floats, Y: Floats) -> Floats:
        """d²L/dv² of every sample, by formula: what Newton's method needs.

        (n, k) where the outputs are independent; (n, k, k), each sample's Hessian in its scores,
        where softmax couples them (``pair.coupled``). At a kink: the value on one side.
        """
        scores, targets = self._checked("V", V, Y)
        return curvature(self._pair, scores, targets)

    def _at_scores(self, V: Floats, Y: Floats) -> Workspace:
        scores, targets = self._checked("V", V, Y)
        n, k = scores.shape
        ws = Workspace.allocate(n, 0, k, scores.dtype)
        with _silent():
            self._kernel.both(scores, targets, ws)
        return ws

    def _checked(self, name: str, V: Floats, Y: Floats) -> tuple[Floats, Floats]:
        scores, targets = shapes.matrix(name, V), shapes.matrix("Y", Y)
        shapes.check_outputs(self._pair, scores.shape[1])
        shapes.check_targets(self._pair, scores.shape, targets)
        return scores, targets.astype(scores.dtype, copy=False)

    def value(
        self, parameters: Parameters, X: Floats, Y: Floats, weights: Floats | None = None
    ) -> float:
        """The objective.

        Parameters
        ----------
        parameters
            W (d, k) and b (k,).
        X, Y
            Inputs (n, d), and targets (n, k) coded as ``pair.targets`` says.
        weights
            One factor per sample, (n,), with mean 1; times the class weights where both are given.

        Raises
        ------
        DataError
            When the shapes do not belong together, or X, Y or weights hold a number that is not
            finite. Where the loss itself is infinite, inf is returned and nothing raised.
        ConfigError
            For softmax with a single output.
        """
        return self._evaluate(parameters, X, Y, weights, None)

    def value_and_gradient(
        self, parameters: Parameters, X: Floats, Y: Floats, weights: Floats | None = None
    ) -> tuple[float, Parameters]:
        """The objective and its gradient, which is float64; arguments and errors as in `value`."""
        gradient = Parameters.zeros(*parameters.W.shape)
        return self._evaluate(parameters, X, Y, weights, gradient), gradient

    def _evaluate(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        weights: Floats | None,
        gradient: Parameters | None,
    ) -> float:
        inputs = shapes.matrix("X", X)
        shapes.check_inputs(parameters, inputs)
        (n, d), k = inputs.shape, parameters.W.shape[1]
        targets = shapes.matrix("Y", Y)
        shapes.check_outputs(self._pair, k)
        shapes.check_targets(self._pair, (n, k), targets)
        targets = targets.astype(inputs.dtype, copy=False)
        if weights is not None:
            weights = shapes.sample_weights(weights, n).astype(inputs.dtype, copy=False)
        workspace = self.workspace(n, d, k, inputs.dtype)
        with _silent():
            if gradient is None:
                value = self._data.loss(parameters, inputs, targets, workspace, weights)
                value += self.penalty(parameters)
            else:
                value = self.value_and_gradient_into(
                    parameters, inputs, targets, workspace, gradient, weights
                )
        if not (np.isfinite(value) and (gradient is None or gradient.is_finite)):
            # Only now: reading all of X just to check it would cost a third of the evaluation, and
            # no number that is not finite can hide from X^T E.
            shapes.check_finite("X", inputs)
        return value

    def workspace(
        self, rows: int, d: int, k: int, dtype: np.dtype[Any] | type = np.float64
    ) -> Workspace:
        """Arrays for batches of ``rows`` samples; more samples than fit the cache go in blocks."""
        return Workspace.allocate(min(rows, block_rows(d, k, np.dtype(dtype))), d, k, dtype)

    def gradient_into(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None = None,
    ) -> None:
        """Write the gradient, penalties included, into ``gradient``: the hot loop, unchecked.

        X and Y have the workspace's dtype; the number of rows is free. The canonical pairs allocate
        nothing, others a few arrays the size of a block's scores. NumPy warns where numbers
        overflow, unless the caller silences it around the loop.
        """
        self._data.gradient_into(parameters, X, Y, workspace, gradient, weights)
        if self._l1 or self._l2:
            self._add_penalty(parameters.W, gradient.W)

    def value_and_gradient_into(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None = None,
    ) -> float:
        """As `gradient_into`, and return the objective. Unchecked too."""
        loss = self._data.loss_and_gradient_into(parameters, X, Y, workspace, gradient, weights)
        if self._l1 or self._l2:
            self._add_penalty(parameters.W, gradient.W)
            return loss + self.penalty(parameters)
        return loss

    def _add_penalty(self, W: Floats, gradient: Floats) -> None:
        if self._l2:
            np.add(gradient, W * self._l2, gradient)
        if self._l1:
            np.add(gradient, np.sign(W) * self._l1, gradient)
