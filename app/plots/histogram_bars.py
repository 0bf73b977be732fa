"""Two groups of bars back to back, the selected share of each hatched, and the bin pointed at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from app.plots.canvas import Canvas
from app.plots.drawing import Drawing, drawn
from app.plots.numbers import format_count
from app.plots.scales import COUNT, Scale
from app.plots.ticks import Measure, Ticks, whole_ticks
from app.theme import Theme
from slp_core.arrays import Float64s, Ints


def _sizes(low: float, high: float, length: float, measure: Measure) -> Ticks:
    """Whole numbers without signs, for what points down is counted, too; with commas."""
    ticks = whole_ticks(low, high, length, measure)
    labelled = tuple((place, _size(label)) for place, label in ticks.labelled)
    return replace(ticks, labelled=labelled)


def _size(label: str) -> str:
    plain = label.removeprefix("−")
    return format_count(int(plain)) if plain.isdecimal() else plain


MIRRORED: Scale = replace(COUNT, key="mirrored", label="Counts up and down", ticks=_sizes)


class Bars:
    """The upper group points up, the lower one down."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._fills = [self._item(2, 0.0), self._item(2, 0.0)]
        self._picked = [self._item(3, 0.0), self._item(3, 0.0)]
        self._base, self._cursor = self._item(4), self._item(6)

    def _item(self, z: float, filled: float | None = None) -> pg.PlotCurveItem:
        item = pg.PlotCurveItem(antialias=False, fillLevel=filled)
        self._canvas.add(item, z)
        return item

    @property
    def outlines(self) -> tuple[Drawing, Drawing]:
        """The outlines of the lower and of the upper bars."""
        return drawn(self._fills[0]), drawn(self._fills[1])

    @property
    def hatched(self) -> tuple[Drawing, Drawing]:
        """The outlines of their selected parts."""
        return drawn(self._picked[0]), drawn(self._picked[1])

    def show(self, edges: Float64s, counts: Ints, colors: tuple[str, str], theme: Theme) -> None:
        """Draw counts (2, B) of the lower and of the upper group."""
        for group, sign in ((0, -1), (1, 1)):
            item = self._fills[group]
            fill = QColor(colors[group])
            fill.setAlpha(190)
            item.setPen(self._canvas.pen(colors[group], 1.2))
            item.setBrush(QBrush(fill))
            item.setData(*_steps(edges, sign * counts[group]), skipFiniteCheck=True)
        self._base.setPen(self._canvas.pen(theme.text, 1.0))
        self._base.setData(edges[[0, -1]], np.zeros(2), skipFiniteCheck=True)

    def pick(self, edges: Float64s, counts: Ints, theme: Theme) -> None:
        """Hatch the selected share: counts (2, B)."""
        for group, sign in ((0, -1), (1, 1)):
            item = self._picked[group]
            item.setPen(self._canvas.pen(theme.text, 1.4))
            item.setBrush(QBrush(QColor(theme.text), Qt.BrushStyle.BDiagPattern))
            if counts[group].any():
                item.setData(*_steps(edges, sign * counts[group]), skipFiniteCheck=True)
            else:
                item.setData(np.empty(0), np.empty(0))

    def point(self, left: float, right: float, height: float, theme: Theme) -> None:
        """Frame a bin from the middle line to ``height``."""
        self._cursor.setPen(self._canvas.pen(theme.accent, 2.0))
        x, y = [left, right, right, left, left], [0.0, 0.0, height, height, 0.0]
        self._cursor.setData(np.array(x), np.array(y), skipFiniteCheck=True)

    def unpoint(self) -> None:
        """No bin is pointed at."""
        self._cursor.setData(np.empty(0), np.empty(0))

    def clear(self) -> None:
        """Draw nothing."""
        for item in (*self._fills, *self._picked, self._base, self._cursor):
            item.setData(np.empty(0), np.empty(0))


def _steps(edges: Float64s, heights: Ints) -> tuple[Float64s, Float64s]:
    """The outline of bars between edges (B + 1,)."""
    x = np.repeat(edges, 2)
    y = np.concatenate(([0.0], np.repeat(heights.astype(np.float64), 2), [0.0]))
    return x, y
