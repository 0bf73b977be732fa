"""Whether the features are the pixels of a picture, and where each of them lies.

Names tell: ``pixel_3_5`` and ``28x28`` are a row and a column, ``p37`` among p00 .. p77 as well,
``pixel12`` counts. A square number of features of one common scale may be a picture, too. Constant
pixels are no features, so that a picture may have holes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Final

import numpy as np

from slp_core.arrays import Ints
from slp_core.data.preprocessing import Preparation

_TWO: Final = re.compile(r"^(?P<head>\D*?)(\d+)\D+?(\d+)$")
_ONE: Final = re.compile(r"^(?P<head>.*?)(\d+)$")
_FEWEST: Final = 9
_LEAST_SIDE: Final = 3
_LEAST_FILLED: Final = 0.5
"""A picture with more holes than this is none."""
_LIKE: Final = 20.0
"""Scales of features without telling names differ by less than this in a picture."""


@dataclass(frozen=True, slots=True, eq=False)
class PixelGrid:
    """``row`` and ``column`` (p,) of each feature in a picture of ``rows`` by ``columns``."""

    rows: int
    columns: int
    row: Ints
    column: Ints

    @property
    def filled(self) -> float:
        """Share of the places that a feature has."""
        return len(self.row) / (self.rows * self.columns)

    @property
    def holes(self) -> int:
        """Places without a feature."""
        return self.rows * self.columns - len(self.row)

    def feature_at(self, row: int, column: int) -> int:
        """The feature of a pixel; −1 where it has none."""
        found = np.nonzero((self.row == row) & (self.column == column))[0]
        return int(found[0]) if len(found) else -1


def pixel_grid(preparation: Preparation) -> PixelGrid | None:
    """The picture that the features are, or None."""
    features = preparation.features
    if len(features) < _FEWEST or any(feature.category is not None for feature in features):
        return None
    named = grid_of_names([feature.name for feature in features])
    return named if named is not None else _square(preparation)


def grid_of_names(names: Sequence[str]) -> PixelGrid | None:
    """The picture that the names tell of, or None."""
    if len(names) < _FEWEST:
        return None
    candidates = [grid for grid in (_two(names), _halves(names), _counted(names)) if grid]
    fitting = [grid for grid in candidates if grid.filled >= _LEAST_FILLED]
    return max(fitting, key=lambda grid: grid.filled, default=None)


def _two(names: Sequence[str]) -> PixelGrid | None:
    """Names with two numbers."""
    found = [_TWO.match(name) for name in names]
    if any(match is None for match in found):
        return None
    matches = [match for match in found if match is not None]
    if len({match["head"] for match in matches}) > 1:
        return None
    return _placed([int(m[2]) for m in matches], [int(m[3]) for m in matches])


def _halves(names: Sequence[str]) -> PixelGrid | None:
    """Names with one number of 2 or 4 digits, half of them for the row."""
    numbers = _numbers(names)
    if numbers is None or len({len(number) for number in numbers}) > 1:
        return None
    half, odd = divmod(len(numbers[0]), 2)
    if odd:
        return None
    return _placed([int(n[:half]) for n in numbers], [int(n[half:]) for n in numbers])


def _counted(names: Sequence[str]) -> PixelGrid | None:
    """Names that count the pixels, row by row, from 0 or from 1."""
    numbers = _numbers(names)
    if numbers is None:
        return None
    places = np.array([int(number) for number in numbers], dtype=np.int64)
    top = int(places.max())
    if places.min() > 0 and isqrt(top) ** 2 == top:
        places, top = places - 1, top - 1
    side = isqrt(top) + 1
    if side < _LEAST_SIDE or side * side > 4 * len(names) or len(set(places.tolist())) < len(names):
        return None
    return PixelGrid(side, side, places // side, places % side)


def _numbers(names: Sequence[str]) -> list[str] | None:
    """The number each name ends in, if all have the same text before it."""
    matches = [match for match in map(_ONE.match, names) if match is not None]
    if len(matches) < len(names) or len({match["head"] for match in matches}) > 1:
        return None
    if any(len(match[2]) > 6 for match in matches):
        return None
    return [match[2] for match in matches]


def _placed(rows: list[int], columns: list[int]) -> PixelGrid | None:
    """Rows and columns that begin at 0 or 1; each place once."""
    row, column = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    if len(set(zip(rows, columns, strict=True))) < len(rows):
        return None
    row, column = row - min(int(row.min()), 1), column - min(int(column.min()), 1)
    height, width = int(row.max()) + 1, int(column.max()) + 1
    if min(height, width) < _LEAST_SIDE or height * width > 4 * len(rows):
        return None
    return PixelGrid(height, width, row, column)


def _square(preparation: Preparation) -> PixelGrid | None:
    """A square number of features whose scales are alike."""
    count = len(preparation.features)
    side = isqrt(count)
    scales = np.abs(preparation.scales)
    if side < 4 or side * side != count or not scales.max() <= _LIKE * scales.min():
        return None
    places = np.arange(count, dtype=np.int64)
    return PixelGrid(side, side, places // side, places % side)
