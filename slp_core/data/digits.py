"""Plain decimal numbers, a block at a time: eight digits per machine word.

``numpy.loadtxt`` needs 3.8 s for a million rows of 20 numbers where this needs 0.7 s (measured
side by side). A cell of at most eight characters is one 64-bit word; the byte of the decimal mark
is squeezed out, and three multiplications turn eight digits into an integer (Lemire, "Number
parsing at a gigabyte per second", 2021). The integer m < 2^53 and 10^f, f <= 22, are exact in
float64, so m / 10^f is the correctly rounded value (Clinger, 1990): the same as ``float(text)``.
Everything else (exponents, 17 digits, signs, words) is left to `numerals`, cell by cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Float64s, Ints

Words = NDArray[np.uint64]
PAD = 24
"""Bytes needed before and after a block, so that every word of a cell lies inside."""

_MINUS = ord("-")
_ALL = 0xFFFFFFFFFFFFFFFF
_ZEROS = np.uint64(0x3030303030303030)
_EXACT = np.uint64(1 << 53)


def _last(count: int) -> int:
    """Mask of the last ``count`` characters of a word (little-endian: its high bytes)."""
    return (_ALL << (8 * (8 - count))) & _ALL if count > 0 else 0


def _table(entry: str) -> NDArray[np.uint64]:
    """Masks by (tail, length): tail counts the mark and the digits after it, 0 without a mark."""
    rows: list[int] = []
    for tail in range(9):
        for length in range(9):
            fraction = _ALL if tail == 0 else _last(tail - 1)
            digits = _last(length - (tail > 0))
            rows.append((fraction if entry == "fraction" else _ALL ^ fraction) & digits)
    return np.array(rows, dtype=np.uint64)


def _scales() -> Float64s:
    """Powers of ten by (sign, tail, length); NaN where a cell has no digit at all."""
    one = [
        10.0 ** max(tail - 1, 0) if length - (tail > 0) > 0 else np.nan
        for tail in range(9)
        for length in range(9)
    ]
    return np.array(one + [-value for value in one])


_FRACTION, _WHOLE, _SCALE = _table("fraction"), _table("whole"), _scales()
_KEEP = np.array([_last(count) for count in range(9)], dtype=np.uint64)
_POWERS = 10.0 ** np.arange(23)
_INTEGER_POWERS = np.array([10**k for k in range(20)], dtype=np.uint64)
_FITS = (1 << 64) - 10**16
_EXTENDED = np.finfo(np.longdouble).nmant == 63 and np.dtype(np.longdouble).itemsize == 16
_LARGEST_LONG_POWER = 27  # 5^27 < 2^64: the powers up to here are exact in 64 bits
_LONG_POWERS = np.longdouble(10) ** np.arange(_LARGEST_LONG_POWER + 1)


@dataclass(frozen=True, slots=True)
class Text:
    """A block's bytes, padded by `PAD` on both sides, also seen as overlapping words."""

    raw: bytes
    data: NDArray[np.uint8]
    words: Words

    @classmethod
    def of(cls, text: bytes) -> Text:
        """Copy ``text`` into a padded array."""
        padding = bytes(PAD)
        raw = b"".join((padding, text, padding))
        words = np.ndarray((len(raw) - 7,), "<u8", raw, 0, (1,))
        return cls(raw, np.frombuffer(raw, np.uint8), words)

    def cell(self, start: int, end: int) -> bytes:
        """The bytes of one cell."""
        return self.raw[start:end]


def numbers(text: Text, starts: Ints, ends: Ints, tails: Ints) -> tuple[Float64s, Bools]:
    """Read cells as numbers.

    Parameters
    ----------
    text
        The block.
    starts, ends, tails
        (m,) positions of each cell, and the distance from its last decimal mark to its end,
        0 without a mark.

    Returns
    -------
    values, odd
        (m,) numbers, NaN where not read; (m,) True where the cell has text that must be read
        with care. An empty cell is NaN and not odd.
    """
    negative = text.data[starts] == _MINUS
    length: Ints = ends - starts
    empty = length == 0
    length -= negative
    place: Ints = tails * 9
    place += length
    word: Words = text.words[ends - 8]
    np.bitwise_xor(word, _ZEROS, out=word)
    shifted: Words = np.left_shift(word, np.uint64(8))
    np.bitwise_and(word, _FRACTION.take(place, mode="clip"), out=word)
    np.bitwise_and(shifted, _WHOLE.take(place, mode="clip"), out=shifted)
    np.bitwise_or(word, shifted, out=word)
    odd = _not_digits(word)
    values: Float64s = _joined(word).astype(np.float64)
    place += 81 * negative
    np.divide(values, _SCALE.take(place, mode="clip"), out=values)
    long = length > 8
    odd |= np.isnan(values)
    odd |= long
    odd &= ~empty
    values[odd] = np.nan
    values[empty] = np.nan
    if long.any():
        _read_long(text, values, odd, np.flatnonzero(long), (negative, ends, tails, length))
    return values, odd


def _not_digits(word: Words) -> Bools:
    """Whether any byte is above 9, after "0" was taken off."""
    high = word + np.uint64(0x7676767676767676)
    high |= word
    high &= np.uint64(0x8080808080808080)
    return high != 0


def _joined(word: Words) -> Words:
    """Eight digit bytes as one integer; works in place."""
    word *= np.uint64(2561)
    word >>= np.uint64(8)
    word &= np.uint64(0x00FF00FF00FF00FF)
    word *= np.uint64(6553601)
    word >>= np.uint64(16)
    word &= np.uint64(0x0000FFFF0000FFFF)
    word *= np.uint64(42949672960001)
    word >>= np.uint64(32)
    return word


def _read_long(
    text: Text,
    values: Float64s,
    odd: Bools,
    which: Ints,
    cells: tuple[Bools, Ints, Ints, Ints],
) -> None:
    """Cells of more than eight characters: up to 16 digits before the mark, 24 behind it."""
    negative, ends, tails, length = (
        cells[0][which],
        cells[1][which],
        cells[2][which],
        cells[3][which],
    )
    after = np.maximum(tails - 1, 0)
    before = length - tails
    whole, strange = _digits_before(text.words, ends - tails, before)
    fraction, strange_too = _digits_before(text.words, ends, after)
    strange |= strange_too
    # At most 19 digits do not wrap; behind "0." zeros may come before them.
    strange |= (before + after > 19) & ((whole != 0) | (after > 24))
    strange |= (before > 16) | (before + after == 0) | (before < 0)
    mantissa = whole * _INTEGER_POWERS.take(after, mode="clip")
    mantissa += fraction
    result, unsure = _quotient(mantissa, after)
    strange |= unsure
    np.negative(result, out=result, where=negative)
    values[which] = np.where(strange, np.nan, result)
    odd[which] = strange


def _quotient(mantissa: Words, after: Ints) -> tuple[Float64s, Bools]:
    """mantissa / 10^after, correctly rounded, and whether that is not certain.

    Above 2^53 the extended precision of x86 processors divides exactly enough: 64 bits, rounded
    once more to 53. Only where the 11 bits cut off read 10000000000 may that be wrong.
    """
    large = mantissa > _EXACT
    result = mantissa.astype(np.float64) / _POWERS.take(after, mode="clip")
    if not large.any():
        return result, large
    if not _EXTENDED:
        return result, large
    some = np.flatnonzero(large)
    extended = mantissa[some].astype(np.longdouble) / _LONG_POWERS.take(after[some], mode="clip")
    result[some] = extended.astype(np.float64)
    low = extended.view(np.uint64)[::2] & np.uint64(0x7FF)
    large[some] = (low == np.uint64(0x400)) | (after[some] > _LARGEST_LONG_POWER)
    return result, large


def _digits_before(words: Words, ends: Ints, count: Ints) -> tuple[Words, Bools]:
    """The last ``count`` <= 24 characters before ``ends`` as integers, and whether not digits."""
    low = (words[ends - 8] ^ _ZEROS) & _KEEP.take(count, mode="clip")
    strange = _not_digits(low)
    value = _joined(low)
    for skip, weight in ((8, 10**8), (16, 10**16)):
        some = np.flatnonzero(count > skip)
        if not len(some):
            break
        word = (words[ends[some] - 8 - skip] ^ _ZEROS) & _KEEP.take(count[some] - skip, mode="clip")
        strange[some] |= _not_digits(word)
        part = _joined(word)
        strange[some] |= part > np.uint64(_FITS // weight)
        value[some] += part * np.uint64(weight)
    return value, strange
