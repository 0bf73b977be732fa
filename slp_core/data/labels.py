"""Text cells as codes: each distinct text is stored once.

Known texts are recognised without making a Python string per cell: a cell of up to eight bytes is
one machine word, of up to 32 bytes a mixture of four, looked up in a sorted table and verified
byte by byte. Only texts seen for the first time (or too long) go through a dictionary.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Ints
from slp_core.data.digits import Text, Words

_PARTS = 4
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_KEEP = np.array([(1 << (8 * count)) - 1 for count in range(9)], dtype=np.uint64)
# Larger tables cost more to keep sorted than the dictionary costs.
_TABLE_LIMIT = 4096


class Labels:
    """The distinct texts of all text columns of a file, in order of appearance."""

    def __init__(self) -> None:
        self._seen: dict[bytes, int] = {}
        self._keys: Words = np.zeros(0, np.uint64)
        self._parts: NDArray[np.uint64] = np.zeros((0, _PARTS), np.uint64)
        self._lengths: Ints = np.zeros(0, np.int64)
        self._codes: NDArray[np.int32] = np.zeros(0, np.int32)

    def __len__(self) -> int:
        return len(self._seen)

    def texts(self) -> list[str]:
        """All distinct texts; the index is the code."""
        return [raw.decode(errors="replace") for raw in self._seen]

    def code(self, text: Text, starts: Ints, ends: Ints) -> NDArray[np.int32]:
        """Codes (m,) of the cells at ``starts`` and ``ends`` (m,)."""
        lengths = ends - starts
        parts = _parts(text, starts, lengths)
        keys = _mixed(parts)
        codes = np.zeros(len(starts), np.int32)
        known = self._recognised(keys, parts, lengths, codes)
        missed = np.flatnonzero(~known)
        if len(missed):
            new = self._look_up(text, starts, ends, missed, codes)
            self._extend(keys, parts, lengths, codes, np.array(new, dtype=np.int64))
        return codes

    def _recognised(
        self, keys: Words, parts: list[Words], lengths: Ints, codes: NDArray[np.int32]
    ) -> Bools:
        if not len(self._keys):
            return np.zeros(len(keys), np.bool_)
        place = np.searchsorted(self._keys, keys)
        np.minimum(place, len(self._keys) - 1, out=place)
        known = self._keys[place] == keys
        known &= self._lengths[place] == lengths
        if len(parts) > 1:
            for k, part in enumerate(parts):
                known &= self._parts[place, k] == part
        codes[:] = self._codes[place]
        return known

    def _look_up(
        self, text: Text, starts: Ints, ends: Ints, missed: Ints, codes: NDArray[np.int32]
    ) -> list[int]:
        """Code the cells at ``missed`` one by one; the places of those that are new."""
        seen, raw, new = self._seen, text.raw, list[int]()
        found: list[int] = []
        places = missed.tolist()
        for place, start, end in zip(
            places, starts[missed].tolist(), ends[missed].tolist(), strict=True
        ):
            cell = raw[start:end]
            code = seen.get(cell)
            if code is None:
                code = seen[cell] = len(seen)
                new.append(place)
            found.append(code)
        codes[missed] = found
        return new

    def _extend(
        self,
        keys: Words,
        parts: list[Words],
        lengths: Ints,
        codes: NDArray[np.int32],
        new: Ints,
    ) -> None:
        """Add new texts of at most 32 bytes to the sorted table, while it is small."""
        new = new[lengths[new] <= 8 * _PARTS][: _TABLE_LIMIT - len(self._keys)]
        if not len(new):
            return
        rows = np.zeros((len(new), _PARTS), np.uint64)
        for k, part in enumerate(parts):
            rows[:, k] = part[new]
        all_keys = np.concatenate((self._keys, keys[new]))
        order = np.argsort(all_keys, kind="stable")
        self._keys = all_keys[order]
        self._parts = np.concatenate((self._parts, rows))[order]
        self._lengths = np.concatenate((self._lengths, lengths[new]))[order]
        self._codes = np.concatenate((self._codes, codes[new]))[order]


def _parts(text: Text, starts: Ints, lengths: Ints) -> list[Words]:
    """The first 32 bytes of each cell as words, zero behind its end; fewer if all are short."""
    longest = int(lengths.max()) if len(lengths) else 0
    last = len(text.words) - 1
    parts = [text.words[starts] & _KEEP.take(lengths, mode="clip")]
    for k in range(1, min(_PARTS, -(-longest // 8))):
        word = text.words[np.minimum(starts + 8 * k, last)]
        parts.append(word & _KEEP.take(np.maximum(lengths - 8 * k, 0), mode="clip"))
    return parts


def _mixed(parts: list[Words]) -> Words:
    """One word per cell; cells of at most eight bytes keep theirs, whatever their neighbours."""
    key = parts[0].copy()
    for k, part in enumerate(parts[1:], 1):
        key += part * (_FACTOR + np.uint64(2 * k))
    return key
