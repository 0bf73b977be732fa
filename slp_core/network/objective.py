"""The objective: the one definition of value and gradient that training, plots and checks share.

V = X W + b,   Z = f(V),   objective = mean over samples of (weight · Σ over outputs of the loss)
                                       + l1 Σ|W| + l2/2 Σ W²      (never on b)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from slp_core.arrays import Floats
from slp_core.errors import ConfigError, DataError
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.curvature import curvature
from slp_core.network.kernels import kernel
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.network.workspace import Workspace, block_rows


class Objective:
    """Value and gradient of a one-layer network's training objective.

    Parameters
    ----------
    activation, loss
        Keys of `ACTIVATIONS` and `LOSSES`.
    l1, l2
        Penalties l1 Σ|W| + l2/2 Σ W², each 0 or more. The slope of |w| at 0 is taken as 0.
    class_weights
        One factor per class on the loss of its samples, or None. The class is read off the targets.
    bias
        False: b is left out of learning, its gradient is 0.

    Raises
    ------
    ConfigError
        For unknown keys, a pair that is undefined, negative or non-finite penalties.
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
                f"{self._pair.label} is undefined. {self._pair.reason}",
                field="loss",
                value=loss,
                code="config.pair",
            )
        self._l1, self._l2 = _penalty("l1", l1), _penalty("l2", l2)
        self._class_weights = _class_weights(class_weights)
        self._bias = bias
        self._kernel = kernel(self._pair)

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
        """Twice the factor of Σ W²."""
        return self._l2

    @property
    def bias(self) -> bool:
        """Whether b is learnt."""
        return self._bias

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
        _check_inputs(parameters, X)
        V = X @ parameters.W.astype(X.dtype, copy=False)
        V += parameters.b
        return V

    def outputs(self, V: Floats) -> Floats:
        """Z = f(V), (n, k)."""
        self._check_scores(V)
        return ACTIVATIONS[self._pair.activation].value(V)

    def sample_losses(self, V: Floats, Y: Floats) -> Floats:
        """Loss of every sample, summed over outputs: (n,). No weights, no penalty."""
        return self._at_scores(V, Y).L.sum(axis=1)

    def error_signal(self, V: Floats, Y: Floats) -> Floats:
        """dL/dV of every sample, (n, k); not divided by n, no weights."""
        return np.ascontiguousarray(self._at_scores(V, Y).E)

    def curvature(self, V: Floats, Y: Floats) -> Floats:
        """d²L/dv² of every sample, for Newton's method.

        (n, k) when the outputs are independent; (n, k, k), each sample's Hessian in its scores, when
        softmax couples them (``pair.coupled``). Exact formulas; at a kink the value on one side.
        """
        self._check_scores(V)
        self._check_targets(V.shape, Y)
        return curvature(self._pair, V, Y)

    def sample_weights(self, Y: Floats) -> Floats | None:
        """Factor of every sample, (n,), by its class; None without class weights."""
        if self._class_weights is None:
            return None
        low, high = self._pair.target_values
        share = (Y - low) / (high - low)
        if Y.shape[1] == 1:
            share = np.concatenate((1.0 - share, share), axis=1)
        if share.shape[1] != len(self._class_weights):
            raise ConfigError(
                f"There are {share.shape[1]} classes but {len(self._class_weights)} class weights.",
                field="class_weights",
            )
        return share @ self._class_weights

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
            When the shapes do not belong together or X or Y holds a number that is not finite.
        """
        return self.value_and_gradient(parameters, X, Y, weights)[0]

    def value_and_gradient(
        self, parameters: Parameters, X: Floats, Y: Floats, weights: Floats | None = None
    ) -> tuple[float, Parameters]:
        """The objective and its gradient, as `Parameters` of float64; arguments as in `value`."""
        X, Y = _float_matrix("X", X), _float_matrix("Y", Y)
        _check_inputs(parameters, X)
        self._check_targets((len(X), parameters.W.shape[1]), Y)
        d, k = parameters.W.shape
        Y = Y.astype(X.dtype, copy=False)
        if weights is not None:
            weights = _check_weights(weights, len(X)).astype(X.dtype, copy=False)
        gradient = Parameters.zeros(d, k)
        workspace = self.workspace(len(X), d, k, X.dtype)
        return self.value_and_gradient_into(
            parameters, X, Y, workspace, gradient, weights
        ), gradient

    def workspace(
        self, rows: int, d: int, k: int, dtype: np.dtype[np.floating] | type = np.float64
    ) -> Workspace:
        """Arrays for batches of ``rows`` samples; more samples than fit the cache go in blocks."""
        return Workspace(min(rows, block_rows(d, k, np.dtype(dtype))), d, k, dtype)

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

        X and Y must have the workspace's dtype, Y its k columns; the number of rows is free. The
        canonical pairs allocate nothing, the others a few arrays the size of a block's scores.
        """
        self._walk(parameters, X, Y, workspace, gradient, weights, with_value=False)

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
        loss = self._walk(parameters, X, Y, workspace, gradient, weights, with_value=True)
        return loss + self.penalty(parameters)

    def _walk(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None,
        *,
        with_value: bool,
    ) -> float:
        n, rows = len(X), workspace.rows
        W, b = parameters.W, parameters.b
        fill = self._kernel.both if with_value else self._kernel.error
        total = 0.0
        gradient.W.fill(0.0)
        gradient.b.fill(0.0)
        if self._class_weights is not None:
            own = self.sample_weights(Y)
            weights = own if weights is None else weights * own
        for start in range(0, n, rows):
            block = X[start : start + rows]
            ws = workspace if len(block) == rows else workspace.part(len(block))
            np.copyto(ws.W, W)
            np.copyto(ws.b, b)
            np.matmul(ws.W.T, block.T, ws.V.T)
            np.add(ws.V, ws.b, ws.V)
            fill(ws.V, Y[start : start + rows], ws)
            if weights is not None:
                column = weights[start : start + rows, None]
                np.multiply(ws.E, column, ws.E)
                if with_value:
                    np.multiply(ws.L, column, ws.L)
            if with_value:
                total += float(ws.L.T.sum())
            np.matmul(block.T, ws.E, ws.gW)
            np.add(gradient.W, ws.gW, gradient.W)
            if self._bias:
                np.matmul(ws.ones, ws.E, ws.gb)
                np.add(gradient.b, ws.gb, gradient.b)
        np.divide(gradient.W, n, gradient.W)
        np.divide(gradient.b, n, gradient.b)
        if self._l2:
            np.add(gradient.W, self._l2 * W, gradient.W)
        if self._l1:
            np.add(gradient.W, self._l1 * np.sign(W), gradient.W)
        return total / n

    def _at_scores(self, V: Floats, Y: Floats) -> Workspace:
        self._check_scores(V)
        self._check_targets(V.shape, Y)
        ws = Workspace(len(V), 0, V.shape[1], V.dtype)
        self._kernel.both(V, Y, ws)
        return ws

    def _check_scores(self, V: Floats) -> None:
        if V.ndim != 2:
            raise DataError(
                f"Scores must have the shape (samples, outputs); got {V.shape}.", code="shape"
            )
        self._check_outputs(V.shape[1])

    def _check_outputs(self, k: int) -> None:
        if self._pair.activation == "softmax" and k < 2:
            raise ConfigError(
                "Softmax needs at least two outputs: of a single one it always makes 1.",
                field="activation",
                value="softmax",
                hint="Use one output per class, or the sigmoid for two classes.",
            )

    def _check_targets(self, shape: tuple[int, ...], Y: Floats) -> None:
        self._check_outputs(shape[1])
        if Y.shape != shape:
            raise DataError(
                f"Targets must have the shape (samples, outputs) = {shape}; got {Y.shape}.",
                code="shape",
            )


def _penalty(field: str, value: float) -> float:
    if not (math.isfinite(value) and value >= 0.0):
        raise ConfigError(
            f"{field} must be a number of 0 or more; got {value!r}.", field=field, value=value
        )
    return float(value)


def _class_weights(weights: Sequence[float] | Floats | None) -> Floats | None:
    if weights is None:
        return None
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 1 or not (np.isfinite(array).all() and (array >= 0).all()):
        raise ConfigError(
            "Class weights must be one number of 0 or more per class.", field="class_weights"
        )
    return array


def _float_matrix(name: str, values: Floats) -> Floats:
    array = np.asarray(values)
    if array.ndim != 2:
        raise DataError(
            f"{name} must have two dimensions, samples by columns; got the shape {array.shape}.",
            code="shape",
        )
    if array.dtype not in (np.float32, np.float64):
        array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise DataError(f"{name} holds a number that is not finite.", code="not_finite")
    return array


def _check_inputs(parameters: Parameters, X: Floats) -> None:
    if X.ndim != 2 or X.shape[1] != parameters.W.shape[0] or len(X) == 0:
        raise DataError(
            f"X must have the shape (samples, {parameters.W.shape[0]}) with at least one sample;"
            f" got {X.shape}.",
            code="shape",
        )


def _check_weights(weights: Floats, n: int) -> Floats:
    array = np.asarray(weights, dtype=np.float64)
    if array.shape != (n,):
        raise DataError(f"Weights must have the shape ({n},); got {array.shape}.", code="shape")
    return array
