"""The common scale of weights and its colours: calm, symmetrical, one for all outputs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from app.plots.colors import Bytes, mixed, rgb
from app.plots.curve_ranges import nice_end
from app.theme import Theme
from slp_core.arrays import Floats, frozen

_KEPT = 0.3
"""A scale is kept while the largest number fills this share of it."""


class CalmEnd:
    """The end of a scale from −end to end: it changes in round steps and seldom."""

    def __init__(self) -> None:
        self.end = 1.0
        self._unset = True

    def forget(self) -> None:
        """The next numbers are others: no need to be calm."""
        self._unset = True

    def follow(self, values: Floats) -> float:
        """The end for these values; those that are not finite do not count."""
        sizes = np.abs(values)
        known = sizes[np.isfinite(sizes)]
        largest = float(known.max(initial=0.0))
        if largest == 0.0:
            return self.end if not self._unset else 1.0
        if self._unset or not _KEPT * self.end <= largest <= self.end:
            self.end = nice_end(largest)
            self._unset = False
        return self.end


def positive_color(theme: Theme) -> str:
    """What speaks for an output."""
    return theme.train_color


def negative_color(theme: Theme) -> str:
    """What speaks against it."""
    return theme.validation_color


@lru_cache(maxsize=8)
def diverging_table(theme: Theme) -> Bytes:
    """(511, 4) RGBA bytes from −1 over 0, which is almost the background, to 1.

    Blue and orange differ for all kinds of colour vision; lightness moves evenly to both sides.
    """
    middle = mixed(theme.text, theme.surface, 0.05)
    dark = "#ffffff" if theme.dark else "#000000"
    table = np.full((511, 4), 255.0)
    for rows, color in (
        (range(254, -1, -1), negative_color(theme)),
        (range(256, 511), positive_color(theme)),
    ):
        knots = np.array([rgb(c) for c in (middle, color, mixed(dark, color, 0.45))], float)
        places = np.arange(1, 256) / 255
        for channel in range(3):
            table[list(rows), channel] = np.interp(places, (0.0, 0.65, 1.0), knots[:, channel])
    table[255, :3] = rgb(middle)
    return frozen(table.round().astype(np.uint8))


def diverging_rows(values: Floats, end: float) -> np.ndarray:
    """Rows of `diverging_table` for values on the scale −end .. end; the middle for NaN."""
    with np.errstate(all="ignore"):
        places = np.nan_to_num(values / end, nan=0.0, posinf=1.0, neginf=-1.0)
    return (255 + np.rint(np.clip(places, -1.0, 1.0) * 255)).astype(np.int64)
