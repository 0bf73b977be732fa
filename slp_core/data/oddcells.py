"""Number cells that are not plain digits: missing tokens, exponents, signs, or no numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite, nan

import numpy as np

from slp_core.arrays import Bools, Float64s, Ints
from slp_core.data.digits import Text
from slp_core.data.numerals import Numerals

# float() alone would accept 1_000, nan and inf: cells joined by spaces must be made of these.
_FLOATS = re.compile(rb"[-+0-9.eE ]*")
_BULK = 64


class OddCells:
    """Reads what `digits.numbers` left over; cells that are no numbers are given back."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals
        self._missing = {token.encode() for token in numerals.missing}

    def read(
        self, text: Text, starts: Ints, ends: Ints, values: Float64s, odd: Bools
    ) -> Iterator[int]:
        """Fill in ``values`` where ``odd``; yield the places of cells that are no numbers."""
        places = np.flatnonzero(odd)
        if not len(places):
            return
        raw = text.raw
        bounds = zip(starts[places].tolist(), ends[places].tolist(), strict=True)
        cells = [raw[start:end] for start, end in bounds]
        if self._in_bulk(cells, places, values):
            return
        missing = self._missing
        for place, cell in zip(places.tolist(), cells, strict=True):
            if cell in missing:
                continue
            value = self._numerals.read(cell.decode())
            if value is None:
                yield place
            else:
                values[place] = value

    def _in_bulk(self, cells: list[bytes], places: Ints, values: Float64s) -> bool:
        """All cells at once, if they are many and all floats with a decimal point."""
        if len(cells) < _BULK or self._numerals.decimal != ".":
            return False
        if not _FLOATS.fullmatch(b" ".join(cells)):
            return False
        try:
            found = [float(cell) for cell in cells]
        except ValueError:
            return False
        values[places] = [value if isfinite(value) else nan for value in found]
        return all(map(isfinite, found))
