"""The arrays the objective writes into, allocated once and used at every update."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from slp_core.arrays import Bools, Floats
from slp_core.network.curves import exp_limit

BLOCK_BYTES = 512 * 1024
"""Inputs are walked in blocks of about this size, so that the second pass over a block (the
gradient, after the scores) reads it from the cache. Measured, see the package's README."""


def block_rows(d: int, k: int, dtype: np.dtype[Any]) -> int:
    """Rows of a block: what fits `BLOCK_BYTES`, counting inputs and scratch, at least 32."""
    return max(32, BLOCK_BYTES // ((d + 4 * k) * dtype.itemsize))


@dataclass(slots=True, eq=False, kw_only=True)
class Workspace:
    """Scratch arrays for batches of ``rows`` samples, d inputs and k outputs, all of one dtype.

    Attributes
    ----------
    V, E, L
        Scores, error signal, losses: (rows, k), valid until the next call.
    T, U, R
        Temporaries: (rows, k) twice, and (rows, 1), one number per sample.
    W, b
        Parameters in this dtype: (d, k) and (k,).
    W_block, b_block
        Gradient of one block: (k, d), which BLAS fills faster than (d, k), and (k,).
    W_sum, b_sum
        Sums over blocks, in float64.
    ones, ones_k
        (rows,) and (k, 1), for sums over samples and over outputs.
    turned, mask
        (k, rows), and (rows, k) of bool.
    zero, one, share, exp_limit
        0, 1, 1/rows and the limit of exp as arrays without axes: NumPy takes 0.2 us longer to
        convert a Python number, at every call.
    """

    rows: int
    dtype: np.dtype[Any]
    V: Floats
    E: Floats
    L: Floats
    T: Floats
    U: Floats
    R: Floats
    W: Floats
    b: Floats
    W_block: Floats
    b_block: Floats
    W_sum: Floats
    b_sum: Floats
    ones: Floats
    ones_k: Floats
    turned: Floats
    mask: Bools
    zero: Floats
    one: Floats
    share: Floats
    exp_limit: Floats
    _part: Workspace | None = field(default=None, init=False)

    @classmethod
    def allocate(
        cls, rows: int, d: int, k: int, dtype: np.dtype[Any] | type = np.float64
    ) -> Workspace:
        """A workspace with its arrays not yet filled."""
        dtype = np.dtype(dtype)
        names = ("V", "E", "L", "T", "U")
        return cls(
            rows=rows,
            dtype=dtype,
            **{name: np.empty((rows, k), dtype) for name in names},
            R=np.empty((rows, 1), dtype),
            W=np.empty((d, k), dtype),
            b=np.empty(k, dtype),
            W_block=np.empty((k, d), dtype),
            b_block=np.empty(k, dtype),
            W_sum=np.empty((d, k)),
            b_sum=np.empty(k),
            ones=np.ones(rows, dtype),
            ones_k=np.ones((k, 1), dtype),
            turned=np.empty((k, rows), dtype),
            mask=np.empty((rows, k), np.bool_),
            zero=np.zeros((), dtype),
            one=np.ones((), dtype),
            share=np.array(1.0 / rows if rows else 0.0, dtype),
            exp_limit=np.array(exp_limit(dtype), dtype),
        )

    def part(self, rows: int) -> Workspace:
        """A workspace for a smaller batch, kept for the next time (the last batch of an epoch)."""
        if self._part is None or self._part.rows != rows:
            d, k = self.W.shape
            self._part = Workspace.allocate(rows, d, k, self.dtype)
        return self._part
