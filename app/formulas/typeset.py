"""LaTeX as a drawing: pure curves, sharp at any size, in any colour.

ziamath typesets without TeX. It is imported with the first formula and not before: it takes a
quarter of a second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

SIZE: Final = 24.0
"""Size of type of every drawing, in its own units."""
_INK: Final = "#010203"
_MARGIN: Final = 2.0
"""Room that ziamath leaves around a formula, in both directions together."""
_GROWING: Final = re.compile(r"\\(left|right)(?=[(\[|)\]])")
_SIGN: Final = re.compile(r"(?<=[(\[|,])-|(?<=[=,] )-|(?<=\\cdot )-|(?<=\{)-|^-")
_ONE_AT_A_TIME: Final = Lock()


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula as SVG, ``width`` by ``height`` in units of `SIZE` to the letter's size."""

    svg: str
    width: float
    height: float

    def colored(self, color: str) -> bytes:
        """The drawing in one colour, ``#rrggbb``."""
        return self.svg.replace(_INK, color).encode()


@lru_cache(maxsize=512)
def typeset(latex: str) -> Typeset:
    """The drawing of a formula; may be called from any thread, and remembers the last ones.

    Raises
    ------
    ValueError
        It cannot be drawn.
    """
    from ziamath.config import config
    from ziamath.zmath import Latex

    # With growing brackets around a sum, ziamath 0.13 draws a page of empty space.
    plain = _GROWING.sub("", latex)
    plain = _SIGN.sub("{-}", plain)  # else a sign stands as far off as a minus between numbers
    with _ONE_AT_A_TIME:
        config.svg2 = False  # QSvgRenderer draws SVG 2 as garbage, and says nothing
        drawing = Latex(plain, size=SIZE, color=_INK)
        svg = drawing.svg()
        width, height = drawing.getsize()
    if _INK not in svg:
        raise ValueError(f"The formula {latex} has no ink.")
    return Typeset(svg, float(width) + _MARGIN, float(height) + _MARGIN)
