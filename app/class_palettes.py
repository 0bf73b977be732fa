"""Colours of classes, each set safe for the colour-blind, in a fixed order.

Sources: M. Okabe, K. Ito, Color Universal Design, 2008. P. Tol, Colour Schemes, SRON technical note
EPS/TN/09-002, issue 3.2, 2021 (schemes bright and muted). IBM Design Language 1.0, colour library,
2016 (the colour-blind safe set). How far colours stay apart is computed in the tests with the
model of G. Machado et al., IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ClassPalette:
    """Colours ``#rrggbb`` and their names in words, one for each class; then they repeat."""

    key: str
    label: str
    summary: str
    colors: tuple[str, ...]
    words: tuple[str, ...]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


_OKABE_ITO = ClassPalette(
    "okabe-ito",
    "Okabe and Ito",
    "Strong colours for all kinds of colour vision; ten with three of Tol's.",
    _listed(
        "#0072b2, #d55e00, #009e73, #cc79a7, #e69f00, #56b4e9, #f0e442, #555555, #882255, #999933"
    ),
    _listed("blue, orange, green, pink, amber, sky blue, yellow, grey, wine red, olive"),
)
_BRIGHT = ClassPalette(
    "tol-bright",
    "Tol, bright",
    "Seven clear colours, softer than those of Okabe and Ito.",
    _listed("#4477aa, #ee6677, #228833, #ccbb44, #66ccee, #aa3377, #bbbbbb"),
    _listed("blue, red, green, yellow, cyan, purple, grey"),
)
_MUTED = ClassPalette(
    "tol-muted",
    "Tol, muted",
    "Nine quiet colours, farthest apart where many classes meet.",
    _listed("#332288, #cc6677, #117733, #ddcc77, #88ccee, #882255, #44aa99, #999933, #aa4499"),
    _listed("indigo, rose, green, sand, sky blue, wine red, teal, olive, purple"),
)
_IBM = ClassPalette(
    "ibm",
    "IBM",
    "Five vivid colours; best for up to three classes.",
    _listed("#648fff, #dc267f, #ffb000, #fe6100, #785ef0"),
    _listed("blue, magenta, gold, orange, violet"),
)
PALETTES: Mapping[str, ClassPalette] = MappingProxyType(
    {palette.key: palette for palette in (_OKABE_ITO, _BRIGHT, _MUTED, _IBM)}
)
USUAL = _OKABE_ITO
