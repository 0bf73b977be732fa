"""Where the bars of the weights lie: a group for each output, side by side where they fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF

from slp_core.arrays import Float64s

MARGIN: Final = 10
_LEAST_GROUP: Final = 3.0
"""Widths of a number that a group has at least: bars take up about one."""
_GAP: Final = 18
_HIGHEST_ROW: Final = 34.0


@dataclass(frozen=True, slots=True)
class Place:
    """One row: its output, its term (the bias after the last), and the whole of its area."""

    output: int
    term: int
    rect: QRectF


@dataclass(frozen=True, slots=True)
class Group:
    """The place of one output's name and scale, and the line above its bias."""

    output: int
    head: QRectF
    rule: float


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """All places, and the height they need. Widths of a row: name, bar, number."""

    groups: tuple[Group, ...]
    rows: tuple[Place, ...]
    height: float
    name: float
    number: float
    tops: Float64s
    """Where each row begins, to find the ones that are seen without asking all."""

    def between(self, top: float, bottom: float) -> list[Place]:
        """The rows that reach into a stretch."""
        if not self.rows:
            return []
        high = self.rows[0].rect.height()
        seen = np.flatnonzero((self.tops < bottom) & (self.tops + high > top))
        return [self.rows[n] for n in seen.tolist()]

    def at(self, x: float, y: float) -> Place | None:
        """The row at a place."""
        return next((row for row in self.rows if row.rect.contains(x, y)), None)

    def bar(self, row: QRectF) -> QRectF:
        """Where the bar of a row may reach."""
        air = max(2.0, row.height() * 0.16)
        return row.adjusted(self.name + 6, air, -self.number - 6, -air)


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the text needs: the height of a line, the widest name and number."""

    line: float
    name: float
    number: float


def lay_out(terms: int, outputs: int, area: tuple[float, float], sizes: Sizes) -> Bars:
    """Places for ``terms`` weights and a bias of each output in an area (width, height)."""
    width, height = area[0] - 2 * MARGIN, area[1]
    least = _LEAST_GROUP * sizes.number
    across = max(1, min(outputs, int((width + _GAP) // (least + _GAP))))
    down = -(-outputs // across)
    wide = (width - (across - 1) * _GAP) / across
    head = sizes.line + 8
    free = (height - 2 * MARGIN - down * (head + 10) - (down - 1) * _GAP) / (down * (terms + 1))
    row = min(max(free, sizes.line + 3), _HIGHEST_ROW)
    tall = head + 10 + row * (terms + 1)
    groups: list[Group] = []
    rows: list[Place] = []
    for output in range(outputs):
        line, column = divmod(output, across)
        x, y = MARGIN + column * (wide + _GAP), MARGIN + line * (tall + _GAP)
        bias = y + head + row * terms + 8
        groups.append(Group(output, QRectF(x, y, wide, head), bias - 4))
        tops = [y + head + row * term for term in range(terms)] + [bias]
        rows += [Place(output, t, QRectF(x, top, wide, row)) for t, top in enumerate(tops)]
    total = 2 * MARGIN + down * tall + (down - 1) * _GAP
    name = min(sizes.name, wide * 0.36)
    starts = np.array([place.rect.top() for place in rows])
    return Bars(tuple(groups), tuple(rows), total, name, sizes.number, starts)
