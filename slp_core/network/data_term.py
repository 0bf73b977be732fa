"""The data term: the mean over samples of the loss, without penalties, and its gradient.

Samples that fit the workspace are one block; more are walked in blocks that stay in the cache. A
block is read twice, for the scores and for the gradient; the second time it comes from the cache.
Within a block arithmetic has the dtype of X; the sums over blocks are float64.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Floats
from slp_core.network.coding import sample_weights
from slp_core.network.kernels import Fill, Kernel
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.network.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DataTerm:
    """What is summed, and over what. Nothing is checked here; arguments are as in `Objective`."""

    pair: Pair
    kernel: Kernel
    bias: bool
    class_weights: Floats | None

    def loss(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        weights: Floats | None,
    ) -> float:
        """The mean loss.

        0 times the scores is added: nothing, or NaN where a score is not finite. Without it a hinge
        would call a score of infinity a loss of 0.
        """
        factors = self._factors(Y, weights)
        total = 0.0
        for ws, _, part in self._blocks(self.kernel.both, parameters, X, Y, workspace, factors):
            total += _sum(ws.L, part) + 0.0 * _sum(ws.V, None)
        return total / len(X)

    def gradient_into(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None,
    ) -> None:
        """Write the gradient of the mean loss into ``gradient``."""
        if self.class_weights is not None:
            weights = self._factors(Y, weights)
        if len(X) <= workspace.rows and parameters.W.dtype == workspace.dtype:
            self._single(self.kernel.error, parameters, X, Y, workspace, gradient, weights)
        else:
            self._many(self.kernel.error, parameters, X, Y, workspace, gradient, weights)

    def loss_and_gradient_into(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None,
    ) -> float:
        """Write the gradient of the mean loss into ``gradient`` and return the mean loss."""
        weights = self._factors(Y, weights)
        both = self.kernel.both
        if len(X) <= workspace.rows and parameters.W.dtype == workspace.dtype:
            ws = self._single(both, parameters, X, Y, workspace, gradient, weights)
            return _sum(ws.L, weights) / len(X)
        return self._many(both, parameters, X, Y, workspace, gradient, weights)

    def _factors(self, Y: Floats, weights: Floats | None) -> Floats | None:
        """The weights of the samples times the weights of their classes."""
        if self.class_weights is None:
            return weights
        own = sample_weights(Y, self.pair, self.class_weights)
        return own if weights is None else own * weights

    def _single(
        self,
        fill: Fill,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None,
    ) -> Workspace:
        """Everything in one block, straight into ``gradient``; returns the workspace filled.

        This is the hot loop of mini-batches: every line is one NumPy call of 0.3 to 1 us.
        """
        n = len(X)
        ws = workspace if n == workspace.rows else workspace.part(n)
        _fill(fill, parameters.W, parameters.b, X, Y, ws, weights)
        np.multiply(ws.E, ws.share, ws.E)
        np.matmul(X.T, ws.E, gradient.W)
        if self.bias:
            np.matmul(ws.ones, ws.E, gradient.b)
        else:
            gradient.b.fill(0.0)
        return ws

    def _many(
        self,
        fill: Fill,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        gradient: Parameters,
        weights: Floats | None,
    ) -> float:
        """Block after block; returns the mean loss where ``fill`` fills the losses, else 0."""
        n, total = len(X), 0.0
        sum_W, sum_b = workspace.W_sum, workspace.b_sum
        sum_W.fill(0.0)
        sum_b.fill(0.0)
        for ws, inputs, part in self._blocks(fill, parameters, X, Y, workspace, weights):
            if fill is self.kernel.both:
                total += _sum(ws.L, part)
            np.matmul(ws.E.T, inputs, ws.W_block)
            np.add(sum_W, ws.W_block.T, sum_W)
            np.matmul(ws.ones, ws.E, ws.b_block)
            np.add(sum_b, ws.b_block, sum_b)
        np.divide(sum_W, n, gradient.W, casting="same_kind")
        np.multiply(sum_b, 1.0 / n if self.bias else 0.0, gradient.b, casting="same_kind")
        return total / n

    def _blocks(
        self,
        fill: Fill,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        workspace: Workspace,
        weights: Floats | None,
    ) -> Iterator[tuple[Workspace, Floats, Floats | None]]:
        """Every block in turn: its workspace, filled, its inputs, its weights."""
        W, b, rows = workspace.W, workspace.b, workspace.rows
        np.copyto(W, parameters.W, casting="same_kind")
        np.copyto(b, parameters.b, casting="same_kind")
        for start in range(0, len(X), rows):
            inputs, targets = X[start : start + rows], Y[start : start + rows]
            part = None if weights is None else weights[start : start + rows]
            ws = workspace if len(inputs) == rows else workspace.part(len(inputs))
            _fill(fill, W, b, inputs, targets, ws, part)
            yield ws, inputs, part


def _fill(
    fill: Fill,
    W: Floats,
    b: Floats,
    X: Floats,
    Y: Floats,
    ws: Workspace,
    weights: Floats | None,
) -> None:
    """Scores, error signal and, with ``Kernel.both``, losses of exactly ws.rows samples."""
    np.matmul(X, W, ws.V)
    # A bias without axes skips NumPy's broadcasting: 0.3 us of 6.5.
    np.add(ws.V, b if b.size > 1 else b.reshape(()), ws.V)
    fill(ws.V, Y, ws)
    if weights is not None:
        np.multiply(ws.E, weights[:, None], ws.E)


def _sum(L: Floats, weights: Floats | None) -> float:
    return float(np.sum(L) if weights is None else np.sum(weights @ L))
