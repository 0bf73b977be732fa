"""The validation split: which rows are held out. A pure function of labels, share and seed."""

from __future__ import annotations

from operator import index
from typing import SupportsIndex

import numpy as np

from slp_core.arrays import Ints
from slp_core.errors import ConfigError

LARGEST_SHARE = 0.9


def split_rows(rows: int, share: float, seed: int, labels: Ints | None = None) -> tuple[Ints, Ints]:
    """Training rows and validation rows, each in ascending order.

    Parameters
    ----------
    rows
        Number of rows N.
    share
        Share of rows to hold out, 0 to 0.9. The number held out is ``round(share * rows)``,
        less where that would empty a class or the training part.
    seed
        The same seed gives the same split.
    labels
        (N,) class numbers. When given, every class gives its share (largest remainders first) and
        keeps at least one training row.

    Raises
    ------
    ConfigError
        Field ``validation``: the share is outside [0, 0.9].
    """
    check_share(share)
    wanted = min(round(share * rows), max(rows - 1, 0))
    if wanted == 0:
        return np.arange(rows, dtype=np.int64), np.empty(0, dtype=np.int64)
    generator = np.random.Generator(np.random.PCG64(seed))
    held = np.zeros(rows, dtype=np.bool_)
    if labels is None:
        held[generator.permutation(rows)[:wanted]] = True
    else:
        held[_stratified(labels, wanted, generator)] = True
    return np.flatnonzero(~held), np.flatnonzero(held)


def check_share(share: float) -> None:
    """Refuse a validation share outside [0, 0.9]."""
    if not 0.0 <= share <= LARGEST_SHARE:
        raise ConfigError(
            f"The validation share must lie between 0 and {LARGEST_SHARE}, not {share!r}.",
            field="validation",
            value=share,
            hint="0.2 holds out one row in five.",
        )


def check_seed(seed: object) -> None:
    """Refuse what is not a whole number from 0."""
    if not is_whole(seed, 0):
        raise ConfigError(
            f"The seed must be a whole number from 0, not {seed!r}.", field="seed", value=seed
        )


def is_whole(value: object, low: int, high: float = np.inf) -> bool:
    """Whether a value is a whole number from low to high; True and False are not."""
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        return False
    return low <= index(value) <= high


def _stratified(labels: Ints, wanted: int, generator: np.random.Generator) -> Ints:
    """Rows to hold out, near ``wanted`` in all, from every class in proportion."""
    counts = np.bincount(labels)
    take = _apportion(counts, wanted)
    order = generator.permutation(labels.size)
    # A stable sort of shuffled rows by class: each class is one run, shuffled within.
    order = order[np.argsort(labels[order], kind="stable")]
    starts = np.cumsum(counts) - counts
    chosen = [order[start : start + n] for start, n in zip(starts, take, strict=True)]
    return np.concatenate(chosen)


def _apportion(counts: Ints, wanted: int) -> Ints:
    """How many of each class are held out: largest remainders, never the last row of a class."""
    room = np.maximum(counts - 1, 0)
    exact = counts * (wanted / counts.sum())
    take = np.minimum(np.floor(exact).astype(np.int64), room)
    by_remainder = np.argsort(take - exact, kind="stable")
    for place in by_remainder:
        if take.sum() >= wanted:
            break
        take[place] += int(take[place] < room[place])
    return take
