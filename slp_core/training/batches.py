"""Mini-batches: which samples each update sees.

The order of an epoch is a function of (seed, epoch) and nothing else, so a run repeats bit for
bit and can be taken up anywhere. Samples are gathered once per epoch (or in pieces of a megabyte)
into contiguous buffers, and updates see slices of them: fancy indexing in each update would let go
of the interpreter lock and take it back, for which the window then waits 20 to 50 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from slp_core.arrays import Floats, Ints
from slp_core.training.problem import Part

CHUNK_BYTES: Final = 1 << 20
"""Most memory the gathered inputs take (one batch at least); stays within a core's cache."""
CHUNK_BATCHES: Final = 1024
"""Most batches gathered at once: their views are objects too."""
_LARGEST_KEY: Final = (1 << 64) - 1


class Orders:
    """The order in which each epoch visits the samples: a function of (seed, epoch) alone.

    A counter-based generator (Philox) keyed by the seed and set to the epoch: any epoch's order is
    had without the ones before it. Setting it takes 4 µs, making a new one 12.
    """

    def __init__(self, samples: int, seed: int) -> None:
        self._samples = samples
        self._bits = np.random.Philox(key=seed & _LARGEST_KEY)
        self._generator = np.random.Generator(self._bits)
        self._state: Any = self._bits.state
        self._seed_above = seed >> 64

    def order(self, epoch: int) -> Ints:
        """(samples,) numbers of the samples."""
        self._state["state"]["counter"][:] = (0, 0, epoch, self._seed_above)
        self._bits.state = self._state
        return self._generator.permutation(self._samples)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The samples of one update: X (m, d), Y (m, k) and their weights (m,) or None."""

    X: Floats
    Y: Floats
    weights: Floats | None


class Batches:
    """The batches of a run, in order, and the place in it: epoch, and row within the epoch."""

    def __init__(self, part: Part, seed: int) -> None:
        self.epoch = 0
        self.row = 0
        self.samples = len(part.X)
        self._orders = Orders(self.samples, seed)
        self._part = part
        self._size = self.samples
        self._order: Ints | None = None
        self._buffers: _Buffers | None = None
        self._ready: list[Batch] = []
        self._next = 0

    def use(self, part: Part, size: int) -> None:
        """Take batches of ``size`` from here on, of the same samples, maybe with other weights.

        What is left of the present epoch is cut anew. Batches of all samples have no order: going
        over to them in the middle of an epoch skips what is left of it.
        """
        self._part, self._size = part, size
        self._buffers = None
        self._ready, self._next = [], 0
        if size >= self.samples and self.row:
            self.start_epoch(self.epoch + 1)

    def go(self, epoch: int, row: int) -> None:
        """Go to a row of an epoch, where a batch begins."""
        self.start_epoch(epoch)
        self.row = row

    @property
    def size(self) -> int:
        """Samples in a whole batch."""
        return self._size

    @property
    def per_epoch(self) -> int:
        """Batches in a whole epoch."""
        return -(-self.samples // self._size)

    @property
    def left(self) -> int:
        """Batches until the present epoch is complete; all of them at its beginning."""
        return -(-(self.samples - self.row) // self._size)

    def ready(self, most: int) -> list[Batch]:
        """Between one and ``most`` batches, all of the present epoch; see `passed`."""
        if self._next == len(self._ready):
            self._load()
        return self._ready[self._next : self._next + most]

    def passed(self, batches: int, rows: int) -> None:
        """Move on by so many of the batches handed out, which held so many samples."""
        self._next += batches
        self.row += rows
        if self.row >= self.samples:
            self.start_epoch(self.epoch + 1)

    def start_epoch(self, epoch: int) -> None:
        """Go to the beginning of an epoch."""
        self.epoch, self.row = epoch, 0
        self._order = None
        self._ready, self._next = [], 0

    def sample(self, row: int) -> int:
        """Number of the training sample in a row of the batch that comes next."""
        return int(self._epoch_order()[self.row + row])

    def _epoch_order(self) -> Ints:
        if self._order is None:
            self._order = self._orders.order(self.epoch)
        return self._order

    def _load(self) -> None:
        """Gather the next piece of the epoch, from the present row on."""
        if self._buffers is None:
            self._buffers = _Buffers(self._part, self._size)
        order = self._epoch_order()[self.row : self.row + self._buffers.rows]
        self._ready, self._next = self._buffers.gather(order), 0


class _Buffers:
    """Contiguous arrays that a piece of an epoch is gathered into, and its batches as views."""

    def __init__(self, part: Part, size: int) -> None:
        self._source = part
        self._size = size
        X, Y, weights = part.X, part.Y, part.weights
        row_bytes = (X.shape[1] + Y.shape[1]) * X.itemsize
        batches = max(min(CHUNK_BYTES // (row_bytes * size), CHUNK_BATCHES), 1)
        self.rows = rows = min(batches * size, len(X))
        self._X = np.empty((rows, X.shape[1]), X.dtype)
        self._Y = np.empty((rows, Y.shape[1]), Y.dtype)
        self._weights = None if weights is None else np.empty(rows, weights.dtype)
        self._batches = [self._batch(i, min(i + size, rows)) for i in range(0, rows, size)]

    def gather(self, order: Ints) -> list[Batch]:
        """Copy these samples, in this order, and cut them into batches, the last maybe short."""
        source, count = self._source, len(order)
        # mode="clip": the default checks through a temporary copy, four times as slow.
        source.X.take(order, 0, self._X[:count], "clip")
        source.Y.take(order, 0, self._Y[:count], "clip")
        if source.weights is not None and self._weights is not None:
            source.weights.take(order, 0, self._weights[:count], "clip")
        if count == self.rows:
            return self._batches
        whole, rest = divmod(count, self._size)
        short = [self._batch(count - rest, count)] if rest else []
        return self._batches[:whole] + short

    def _batch(self, start: int, stop: int) -> Batch:
        weights = None if self._weights is None else self._weights[start:stop]
        return Batch(self._X[start:stop], self._Y[start:stop], weights)
