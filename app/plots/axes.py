"""The two axes of a plot: their ticks, names and look.

pyqtgraph draws the ticks, we decide which: its own logarithmic labels overlap below two decades,
and its widths change with every label, which makes the plot jump. Here an axis is as wide as its
labels have ever needed since `reset_room`, and both axes are drawn from a cache. The grid is an
item of our own: pyqtgraph's hides the labels at both ends and lies above the data.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsItem

from app.plots.scales import LINEAR, Scale
from app.plots.ticks import Measure, Ticks, written_out
from app.theme import Theme

Side = Literal["left", "bottom"]
_TICK = 4


class Axis:
    """One axis of a plot."""

    def __init__(self, item: pg.AxisItem, side: Side) -> None:
        self._item = item
        self._side: Side = side
        self._font = QFont()
        self._room = 0.0
        self._size = (0.0, 0.0)
        self._hidden = False
        self._shown: Ticks | None = None
        self.scale: Scale = LINEAR
        self.ticks = Ticks(())
        self.blank = False
        """Without data: no ticks."""
        self.named = False
        """Whether somebody writes the ticks' suffix beside the axis; else labels carry it."""
        self.limits: tuple[float, float] | None = None
        """Places outside of it get no tick: there the axis means nothing."""
        item.setZValue(-1)
        item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        item.setStyle(
            tickLength=_TICK, tickTextOffset=4, autoExpandTextSpace=False, hideOverlappingLabels=60
        )
        item.enableAutoSIPrefix(False)

    def set_theme(self, theme: Theme) -> None:
        """Colours and type."""
        self._font = QFont(self._item.font())
        self._font.setPointSizeF(theme.font_size * 0.86)
        self._item.setTickFont(self._font)
        self._item.setTextPen(QPen(QColor(theme.muted)))
        self._item.setPen(QPen(QColor(theme.border)))
        self._item.setTickPen(QPen(QColor(theme.border)))
        self.reset_room()

    def set_hidden(self, hidden: bool) -> None:
        """Give the axis' room to the data, or take it again."""
        if hidden != self._hidden:
            self._hidden = hidden
            self._item.setStyle(showValues=not hidden, tickLength=0 if hidden else _TICK)
            self._apply_room()

    def reset_room(self) -> None:
        """Forget how wide labels have been."""
        metrics = QFontMetricsF(self._font)
        self._room = metrics.horizontalAdvance("−0.00") if self._side == "left" else 0.0
        self._apply_room()

    def measure(self, label: str) -> float:
        """Pixels a label takes along the axis."""
        metrics = QFontMetricsF(self._font)
        along = self._side == "bottom"
        return metrics.horizontalAdvance(label) if along else metrics.height() * 0.5

    @property
    def overhang(self) -> float:
        """Pixels that the last label may reach beyond the end of the axis."""
        if self._hidden:
            return 2.0
        return QFontMetricsF(self._font).horizontalAdvance("150000") / 2 + 2

    def refresh(self, low: float, high: float, length: float) -> None:
        """Choose ticks for the visible range; ``length`` in pixels."""
        self._drop_cache_of_other_size()
        along = self._side == "bottom"
        ticks = _within(self.scale.ticks(low, high, length, self.measure), self.limits)
        ticks = ticks if self.named else written_out(ticks)
        if along:
            ticks = _inside(ticks, self.measure, (low, high), length, self.overhang)
        self.ticks = Ticks(()) if self.blank else ticks
        if self.ticks != self._shown:  # pyqtgraph draws an axis anew whenever it is told its ticks
            self._shown = self.ticks
            self._tell(self.ticks)
        metrics = QFontMetricsF(self._font)
        widths = [metrics.horizontalAdvance(label) for _, label in self.ticks.labelled]
        if not along and max(widths, default=0.0) > self._room:
            self._room = max(widths)
            self._apply_room()

    def _tell(self, ticks: Ticks) -> None:
        levels = [list(ticks.labelled)]
        if ticks.minor:
            levels.append([(place, "") for place in ticks.minor])
        self._item.setTicks(levels)

    def _drop_cache_of_other_size(self) -> None:
        """When only its size has changed, Qt keeps the part of the picture that it had before."""
        size = self._item.size().toTuple()
        if size != self._size:
            self._size = size
            self._item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
            self._item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def _apply_room(self) -> None:
        if self._side == "left":
            self._item.setWidth(0 if self._hidden else round(self._room) + _TICK + 10)
        else:
            high = round(QFontMetricsF(self._font).height()) + _TICK + 6
            self._item.setHeight(0 if self._hidden else high)


def _inside(
    ticks: Ticks, size: Measure, view: tuple[float, float], length: float, spare: float
) -> Ticks:
    """Without the labels that would be cut off at the right end."""
    low, high = view
    pixels = length / (high - low) if high > low else 0.0
    end = length + spare
    kept = [tick for tick in ticks.labelled if (tick[0] - low) * pixels + size(tick[1]) / 2 <= end]
    return replace(ticks, labelled=tuple(kept))


def _within(ticks: Ticks, limits: tuple[float, float] | None) -> Ticks:
    if limits is None:
        return ticks
    air = 1e-9 * (limits[1] - limits[0])
    low, high = limits[0] - air, limits[1] + air
    return replace(
        ticks,
        labelled=tuple(tick for tick in ticks.labelled if low <= tick[0] <= high),
        minor=tuple(place for place in ticks.minor if low <= place <= high),
    )
