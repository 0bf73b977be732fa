"""Colours as numbers: blends of the classes' colours, and the table for a numeric target."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.theme import Theme, contrast
from slp_core.arrays import Floats, frozen

Bytes = NDArray[np.uint8]

_VIRIDIS = [
    "#440154",
    "#482475",
    "#414487",
    "#355f8d",
    "#2a788e",
    "#21918c",
    "#22a884",
    "#44bf70",
    "#7ad151",
    "#bddf26",
    "#fde725",
]
"""Every tenth of matplotlib's viridis: even in lightness, safe for the colour-blind."""

SEEN = 3.0
"""Contrast that a line or the rim of a mark has at least (WCAG 2, 1.4.11)."""


def rgb(color: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers 0 .. 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def hexadecimal(red: float, green: float, blue: float) -> str:
    """Three numbers 0 .. 255 as ``#rrggbb``."""
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


def mixed(color: str, background: str, share: float) -> str:
    """``share`` of a colour over a background."""
    pairs = zip(rgb(color), rgb(background), strict=True)
    return hexadecimal(*(share * a + (1 - share) * b for a, b in pairs))


def class_color(theme: Theme, index: int) -> str:
    """Colour of class ``index``; from the eleventh class on they repeat."""
    return theme.class_colors[index % len(theme.class_colors)]


def line_color(theme: Theme, index: int) -> str:
    """The class's colour for thin lines: nearer to the text's where it would be hard to see."""
    color = class_color(theme, index)
    bright = 0.2126 * rgb(color)[0] + 0.7152 * rgb(color)[1] + 0.0722 * rgb(color)[2]
    hard = bright < 150 if theme.dark else bright > 145
    drawn = mixed(color, theme.text, 0.6 if theme.dark else 0.7) if hard else color
    while contrast(drawn, theme.surface) < SEEN:
        drawn = mixed(drawn, theme.text, 0.9)
    return drawn


def prediction_color(theme: Theme) -> str:
    """The line of a model of numbers among its samples, which have the first class's colour."""
    return line_color(theme, 1)


def class_symbol(theme: Theme, index: int) -> str:
    """Shape of class ``index``; where colours repeat the shape is another."""
    return theme.class_symbol(index)


@lru_cache(maxsize=1)
def value_table() -> Bytes:
    """(256, 4) RGBA bytes from low to high."""
    knots = np.array([rgb(color) for color in _VIRIDIS], dtype=np.float64)
    places = np.linspace(0, len(knots) - 1, 256)
    table = np.full((256, 4), 255.0)
    for channel in range(3):
        table[:, channel] = np.interp(places, np.arange(len(knots)), knots[:, channel])
    return frozen(table.round().astype(np.uint8))


def class_table(theme: Theme, index: int) -> Bytes:
    """(256, 4) RGBA bytes from the background to the class's colour in a shaded region."""
    ends = np.array([rgb(theme.surface), rgb(class_color(theme, index))], dtype=np.float64)
    share = np.linspace(0.0, theme.region_strength, 256)[:, None]
    table = np.full((256, 4), 255.0)
    table[:, :3] = ends[0] + share * (ends[1] - ends[0])
    return frozen(table.round().astype(np.uint8))


def value_index(values: Floats, low: float, high: float) -> Bytes:
    """Rows of `value_table` for values, clipped to [low, high]; NaN takes the lowest."""
    span = high - low if high > low else 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        places = (values - values.dtype.type(low)) * values.dtype.type(255.0 / span)
    return np.nan_to_num(np.clip(places, 0, 255), nan=0.0).astype(np.uint8)
