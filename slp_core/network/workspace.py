"""The arrays the objective writes into, allocated once and used at every update."""

from __future__ import annotations

from typing import Any

import numpy as np

from slp_core.network.curves import exp_limit

BLOCK_BYTES = 256 * 1024
"""Inputs are walked in blocks of about this size, so that the second pass over a block (the
gradient, after the scores) reads it from the cache. Measured, see the package's README."""


def block_rows(d: int, k: int, dtype: np.dtype[Any]) -> int:
    """Rows of a block: what fits `BLOCK_BYTES`, counting inputs and scores, at least 32."""
    return max(32, BLOCK_BYTES // ((d + k) * dtype.itemsize))


class Workspace:
    """Scratch arrays for batches of up to ``rows`` samples.

    V, E, L, T are (rows, k): scores, error signal, losses, temporary. They are stored output by
    output (one row of memory per output), so that a maximum or a sum over the outputs of each sample
    is a few long additions instead of one short one per sample. R (rows, 1) holds one number per
    sample; gW (d, k) and gb (k,) the gradient of one block.
    """

    __slots__ = (
        "E",
        "L",
        "R",
        "T",
        "V",
        "W",
        "_part",
        "_shape",
        "b",
        "dtype",
        "exp_limit",
        "gW",
        "gb",
        "ones",
        "rows",
    )

    def __init__(self, rows: int, d: int, k: int, dtype: np.dtype[Any] | type = np.float64) -> None:
        self.dtype = np.dtype(dtype)
        self.exp_limit = exp_limit(self.dtype)
        self._shape = (d, k)
        self._allocate(rows, d, k)
        self.W = np.empty((d, k), self.dtype)
        self.b = np.empty(k, self.dtype)
        self.gW = np.empty((d, k), self.dtype)
        self.gb = np.empty(k, self.dtype)
        self._part: Workspace | None = None

    def _allocate(self, rows: int, d: int, k: int) -> None:
        self.rows = rows
        self.V, self.E, self.L, self.T = (np.empty((k, rows), self.dtype).T for _ in range(4))
        self.R = np.empty((rows, 1), self.dtype)
        self.ones = np.ones(rows, self.dtype)

    def part(self, rows: int) -> Workspace:
        """A workspace for a smaller batch, kept for the next time (the last batch of an epoch)."""
        if self._part is None or self._part.rows != rows:
            self._part = Workspace(rows, *self._shape, self.dtype)
        return self._part
