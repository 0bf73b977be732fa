"""Text cells as codes: each distinct text is stored once.

Known texts are recognised without making a Python string per cell: a cell of up to eight bytes is
one machine word, of up to 32 bytes a mixture of four, looked up in a sorted table and verified
byte by byte. Only texts seen for the first time (or too long) go through a dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        self._parts: NDArray[np.uint64] = np.zeros((_PARTS, 0), np.uint64)
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
        self, keys: Words, parts: list[Part], lengths: Ints, codes: NDArray[np.int32]
    ) -> Bools:
        if not len(self._keys):
            return np.zeros(len(keys), np.bool_)
        place = np.searchsorted(self._keys, keys)
        np.minimum(place, len(self._keys) - 1, out=place)
        known = self._keys.take(place) == keys
        known &= self._lengths.take(place) == lengths
        if len(parts) > 1:  # the key of a longer cell is a mixture: its words decide
            for k, part in enumerate(parts):
                at = part.where
                known[at] &= self._parts[k].take(place[at]) == part.words
        self._codes.take(place, out=codes, mode="clip")
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
        parts: list[Part],
        lengths: Ints,
        codes: NDArray[np.int32],
        new: Ints,
    ) -> None:
        """Add new texts of at most 32 bytes to the sorted table, while it is small."""
        new = new[lengths[new] <= 8 * _PARTS][: _TABLE_LIMIT - len(self._keys)]
        if not len(new):
            return
        words = np.stack([part.spread(len(keys))[new] for part in parts])
        rows = np.zeros((_PARTS, len(new)), np.uint64)
        rows[: len(words)] = words
        all_keys = np.concatenate((self._keys, keys[new]))
        order = np.argsort(all_keys, kind="stable")
        self._keys = all_keys[order]
        self._parts = np.ascontiguousarray(np.concatenate((self._parts, rows), axis=1)[:, order])
        self._lengths = np.concatenate((self._lengths, lengths[new]))[order]
        self._codes = np.concatenate((self._codes, codes[new]))[order]


@dataclass(frozen=True, slots=True)
class Part:
    """One word of each cell that is long enough to have it: which cells, and their words."""

    where: slice | Ints
    words: Words

    def spread(self, count: int) -> Words:
        """(count,) the words of all cells, zero where there is none."""
        whole = np.zeros(count, np.uint64)
        whole[self.where] = self.words
        return whole


def _parts(text: Text, starts: Ints, lengths: Ints) -> list[Part]:
    """The first 32 bytes of the cells as words, zero behind their ends."""
    parts = [Part(slice(None), text.words[starts] & _KEEP.take(lengths, mode="clip"))]
    longest = int(lengths.max()) if len(lengths) else 0
    for k in range(1, min(_PARTS, -(-longest // 8))):
        where = np.flatnonzero(lengths > 8 * k)
        word = text.words[starts[where] + 8 * k]
        parts.append(Part(where, word & _KEEP.take(lengths[where] - 8 * k, mode="clip")))
    return parts


def _mixed(parts: list[Part]) -> Words:
    """One word per cell; cells of at most eight bytes keep theirs, whatever their neighbours."""
    key = parts[0].words.copy()
    for k, part in enumerate(parts[1:], 1):
        key[part.where] += part.words * (_FACTOR + np.uint64(2 * k))
    return key
