"""The order of texts, for a handful as for a million, without ever holding up another thread."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Ints

_WIDTH = 24
"""Letters compared at once: NumPy sorts fixed widths with the interpreter's lock released, while
Python's own sort of a million texts would hold it for a second."""
_CHUNK = 8192
"""Texts handed to NumPy in one go, which holds the lock for about a millisecond."""
_RUN = re.compile("[0-9]+")


def text_ranks(texts: Sequence[str]) -> Float64s:
    """(n,) the place of each text in natural order (a2 before a10), NaN for "".

    Small and capital letters are alike; texts that differ in nothing else share a place.
    """
    keys = [_key(text) for text in texts]
    ranks = np.zeros(len(keys), np.int64)
    tied = np.arange(len(keys))
    start = 0
    while tied.size:
        _refine(keys, ranks, tied, start)
        start += _WIDTH
        tied = _still_tied(keys, ranks, start)
    result = ranks.astype(np.float64)
    result[np.fromiter((not text for text in texts), np.bool_, len(texts))] = np.nan
    return result


def _key(text: str) -> str:
    """Small letters; before each whole number its length, so that longer ones are larger."""
    return _RUN.sub(_sized, text.casefold())


def _sized(found: re.Match[str]) -> str:
    digits = found.group().lstrip("0")
    return f"{len(digits):03d}{digits}"


def _refine(keys: Sequence[str], ranks: Ints, tied: Ints, start: int) -> None:
    """Part the tied texts by their next letters; a rank is the number of texts before."""
    pieces: NDArray[np.str_] = np.empty(tied.size, dtype=f"U{_WIDTH}")
    for first in range(0, tied.size, _CHUNK):
        part = slice(first, first + _CHUNK)
        pieces[part] = [keys[place][start : start + _WIDTH] for place in tied[part].tolist()]
    order = np.argsort(pieces, kind="stable")
    order = order[np.argsort(ranks[tied][order], kind="stable")]
    groups, sorted_pieces = ranks[tied][order], pieces[order]
    fresh = np.ones(order.size, np.bool_)
    fresh[1:] = (groups[1:] != groups[:-1]) | (sorted_pieces[1:] != sorted_pieces[:-1])
    first_of_group = np.maximum.accumulate(np.where(_starts(groups), np.arange(order.size), 0))
    first_alike = np.maximum.accumulate(np.where(fresh, np.arange(order.size), 0))
    ranks[tied[order]] = groups + first_alike - first_of_group


def _starts(groups: Ints) -> NDArray[np.bool_]:
    result = np.ones(groups.size, np.bool_)
    result[1:] = groups[1:] != groups[:-1]
    return result


def _still_tied(keys: Sequence[str], ranks: Ints, start: int) -> Ints:
    """Texts that share their rank with others and have letters left to compare."""
    counts = np.bincount(ranks, minlength=len(keys))
    shared = np.flatnonzero(counts[ranks] > 1)
    if not shared.size:
        return shared
    longer = np.fromiter((len(keys[int(place)]) > start for place in shared), np.bool_, shared.size)
    open_ranks = np.unique(ranks[shared[longer]])
    return shared[np.isin(ranks[shared], open_ranks)]
