"""From losses to shades and contour lines: even steps near the bottom, powers further up."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Final

import numpy as np

from app.numbers import number_text
from app.plots.boundary import contour
from app.plots.colors import Bytes, rgb, value_table
from app.plots.ticks import nice_step
from app.theme import Theme
from slp_core.arrays import Float64s, Floats

LEVELS: Final = 9
_SOFT: Final = 0.1
"""Share of the way from the least to the median loss over which shades are still even."""
_PIXELS: Final = 240
_STRIPE: Final = 8


@dataclass(frozen=True, slots=True)
class Tone:
    """How losses from ``low`` to ``high`` become shades from 0 to 1: log(1 + (loss - low)/soft)."""

    low: float
    high: float
    soft: float

    def share(self, values: Floats) -> Float64s:
        """Shades; 1 for what is not finite."""
        with np.errstate(all="ignore"):
            shades = np.log1p((values - self.low) / self.soft) / self._whole
        return np.clip(np.nan_to_num(shades, nan=1.0, posinf=1.0, neginf=0.0), 0.0, 1.0)

    def loss(self, share: float) -> float:
        """The loss that has a shade."""
        return self.low + self.soft * float(np.expm1(share * self._whole))

    @property
    def _whole(self) -> float:
        return float(np.log1p((self.high - self.low) / self.soft))


def tone_of(values: Float64s) -> Tone | None:
    """The tone for these losses; None where nothing is finite or all are alike."""
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    low, high = float(known.min()), float(known.max())
    if not (isfinite(high - low) and high - low > 1e-12 * max(abs(high), 1e-300)):
        return None
    soft = max(_SOFT * (float(np.median(known)) - low), 1e-9 * (high - low))
    return Tone(low, high, soft)


@dataclass(frozen=True, slots=True)
class Level:
    """A contour line: its loss, its shade and how the loss is written."""

    loss: float
    share: float
    text: str


def levels_of(tone: Tone, count: int = LEVELS) -> list[Level]:
    """Round losses at about even shades."""
    wanted = [tone.loss(n / (count + 1)) for n in range(count + 2)]
    found: dict[float, Level] = {}
    for before, loss, after in zip(wanted, wanted[1:], wanted[2:], strict=False):
        step = nice_step(min(after - loss, loss - before) / 4)
        level = round(loss / step) * step
        if tone.low < level < tone.high:
            share = float(tone.share(np.array([level]))[0])
            found[level] = Level(level, share, _written(level, step))
    return list(found.values())


def _written(loss: float, step: float) -> str:
    """With the digits of its step."""
    places = max(0, -floor(log10(step) + 1e-9))
    if places > 7 or abs(loss) >= 1e6:
        return number_text(loss)
    return f"{loss:.{places}f}".replace("-", "−")


def lines_of(shades: Float64s, level: Level) -> tuple[Float64s, Float64s]:
    """(2 s,) ends of the segments of a contour line, as shares of the width and the height."""
    rows, columns = shades.shape
    x, y = contour(shades, level.share)
    return np.asarray(x / (columns - 1), float), np.asarray(y / (rows - 1), float)


def painted(values: Float64s, tone: Tone | None, theme: Theme) -> Bytes:
    """(rows, columns, 4) a smooth picture of losses (rows, columns), hatched where not finite."""
    known = np.isfinite(values)
    shades = np.full(values.shape, 0.5) if tone is None else tone.share(values)
    down, right = _stretch(values.shape[0]), _stretch(values.shape[1])
    fine = down @ shades @ right.T
    image = value_table()[np.clip(np.rint(fine * 255), 0, 255).astype(np.int64)]
    if not known.all():
        lost = (down @ (~known).astype(float) @ right.T) > 0.5
        image[lost] = _hatching(fine.shape, theme)[lost]
    return np.ascontiguousarray(image)


def _stretch(size: int) -> Float64s:
    """(pixels, size) weights that place linear values between ``size`` of them."""
    count = max(_PIXELS, size)
    places = np.linspace(0, size - 1, count)
    left = np.minimum(places.astype(np.int64), size - 2)
    part = places - left
    found = np.zeros((count, size))
    found[np.arange(count), left] = 1 - part
    found[np.arange(count), left + 1] = part
    return found


def _hatching(shape: tuple[int, ...], theme: Theme) -> Bytes:
    """Diagonal stripes in colours that no loss has."""
    across = np.add.outer(np.arange(shape[0]), np.arange(shape[1])) % _STRIPE < 2
    image = np.full((*shape, 4), 255, dtype=np.uint8)
    image[..., :3] = rgb(theme.raised)
    image[across, :3] = rgb(theme.danger)
    return image
