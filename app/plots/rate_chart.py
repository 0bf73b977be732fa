"""The picture of a rate sweep: the loss over the rate, and from where on it is unstable."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QWidget

from app.numbers import number_text
from app.plots.canvas_mouse import Touch
from app.plots.lab_charts import LabChart, Range
from app.plots.legend import Entry, Legend
from app.plots.marks import line, marker
from app.plots.pair_hand import ClickHand
from app.plots.points import Style, fill
from app.plots.scales import LINEAR, LOG
from app.theme import Theme
from slp_core.arrays import Float64s
from slp_core.insight.experiments_rates import Sweep

_NEAR: Final = 14.0
"""Pixels from the mouse within which a point is meant."""
_AWAY: Final = 20.0
"""Losses above so many times that of the start are drawn at the upper edge, as away."""
_LEARNT, _BEST, _GONE = range(3)
_TALL: Final = 300


class RateChart(LabChart):
    """A function of one sweep and of the rate of now; a click on a point chooses its rate."""

    rate_chosen = Signal(float)
    """A rate that a person has clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._sweep: Sweep | None = None
        self._rate = math.nan
        self._x = self._y = np.empty(0)
        super().__init__("Loss against the rate", "learning rate", "loss")
        self.setParent(parent)
        self.legend = Legend(self)
        self._place_legend()
        self._curve = pg.PlotCurveItem(antialias=True)
        self._marks = pg.ScatterPlotItem()
        self._beyond = pg.LinearRegionItem(movable=False, pen=QPen(Qt.PenStyle.NoPen))
        self._limit, self._now = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)
        for item, z in (
            (self._beyond, 0.2), (self._limit, 2), (self._now, 3), (self._curve, 4),
            (self._marks, 5),
        ):  # fmt: skip
            self.canvas.add(item, z)
        self.canvas.set_hand(ClickHand(self.choose))
        self.canvas.setToolTip("Click a point to use its learning rate; undo takes it back.")

    def sizeHint(self) -> QSize:
        return QSize(360, _TALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 220)

    @property
    def places(self) -> tuple[Float64s, Float64s]:
        """Where the points are, in view coordinates."""
        return self._x, self._y

    def set_value(self, sweep: Sweep, rate: float) -> None:
        """Show a sweep, and the rate of now."""
        same = sweep is self._sweep
        if same and rate == self._rate:
            return
        self._sweep, self._rate = sweep, rate
        self.canvas.set_scales(LOG, LOG if self._logarithmic() else LINEAR)
        self._x = np.log10(np.array(sweep.rates, np.float64))
        self._y = self._heights(sweep)
        self.setAccessibleDescription(sweep.text)
        self.redraw()
        if not same:
            self.fit()

    def redraw(self) -> None:
        """Everything in the colours of now."""
        sweep = self._sweep
        if sweep is None:
            return
        theme, width = self._theme, self._theme.line_width
        good = self._kinds(sweep) != _GONE
        self._curve.setPen(self.canvas.pen(theme.train_color, width))
        self._curve.setData(self._x[good], self._y[good])
        fill(self._marks, self._x, self._y, _styles(theme), self._kinds(sweep))
        limit = sweep.stable_rate
        known = limit is not None and math.isfinite(limit)
        for item in (self._limit, self._beyond):
            item.setVisible(known)
        if known and limit is not None:
            self._limit.setPen(self.canvas.pen(theme.danger, width * 0.8, Qt.PenStyle.DashLine))
            self._limit.setPos(math.log10(limit))
            color = QColor(theme.danger)
            color.setAlpha(90)
            self._beyond.setBrush(QBrush(color, Qt.BrushStyle.BDiagPattern))
            self._beyond.setRegion((math.log10(limit), math.log10(limit) + 30.0))
        self._now.setPen(self.canvas.pen(theme.accent, width * 0.8, Qt.PenStyle.DotLine))
        self._now.setVisible(self._rate > 0.0)
        if self._rate > 0.0:
            self._now.setPos(math.log10(self._rate))
        self._write_legend(sweep)

    def bounds(self) -> tuple[Range, Range]:
        """All points with some air."""
        if not len(self._x):
            return (-2.0, 2.0), (-1.0, 1.0)
        low, high = float(self._y.min()), float(self._y.max())
        air = 0.08 * (high - low) or 0.5
        return (float(self._x.min()) - 0.2, float(self._x.max()) + 0.2), (low - air, high + air)

    def reading_at(self, touch: Touch) -> str:
        """The point nearest to the mouse."""
        at, sweep = self.nearest(touch), self._sweep
        if at is None or sweep is None:
            return ""
        loss = sweep.losses[at]
        said = number_text(loss) if math.isfinite(loss) else "no finite loss"
        return f"rate {number_text(sweep.rates[at], 3)}: {said}"

    def nearest(self, touch: Touch) -> int | None:
        """The point under the mouse."""
        if not len(self._x):
            return None
        pixel, (x, y) = self.canvas.pixel, touch.at
        apart = np.hypot((self._x - x) / pixel[0], (self._y - y) / pixel[1])
        at = int(apart.argmin())
        return at if apart[at] <= _NEAR else None

    def choose(self, touch: Touch) -> None:
        """Take the rate of the point that was clicked."""
        at = self.nearest(touch)
        if at is not None and self._sweep is not None:
            self.rate_chosen.emit(self._sweep.rates[at])

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.legend.set_theme(theme)
        super().set_theme(theme)

    # Inside.

    def _place_legend(self) -> None:
        column = self.layout()
        assert column is not None  # noqa: S101 - the chart has made one
        column.addWidget(self.legend)

    def _logarithmic(self) -> bool:
        sweep = self._sweep
        return sweep is not None and min(sweep.losses, default=0.0) > 0.0

    def _ceiling(self, sweep: Sweep) -> float:
        known = [loss for loss in sweep.losses if math.isfinite(loss)]
        start = sweep.start_loss if math.isfinite(sweep.start_loss) else max(known, default=1.0)
        return max(_AWAY * abs(start), 1e-12)

    def _kinds(self, sweep: Sweep) -> np.ndarray:
        ceiling = self._ceiling(sweep)
        return np.array(
            [
                _GONE if not loss <= ceiling else _BEST if rate == sweep.best_rate else _LEARNT
                for rate, loss in zip(sweep.rates, sweep.losses, strict=True)
            ],
            np.int64,
        )

    def _heights(self, sweep: Sweep) -> Float64s:
        """Where points are; what is away stands in one row above the others."""
        losses, kinds = np.array(sweep.losses, np.float64), self._kinds(sweep)
        there = losses[kinds != _GONE]
        ceiling = float(there.max()) if len(there) else self._ceiling(sweep)
        if not self._logarithmic():
            span = ceiling - float(there.min()) if len(there) else 1.0
            return np.where(kinds == _GONE, ceiling + 0.25 * (span or 1.0), losses)
        floor = float(there.min()) if len(there) else ceiling
        above = max(0.2 * math.log10(ceiling / floor), 0.1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(kinds == _GONE, math.log10(ceiling) + above, np.log10(losses))

    def _write_legend(self, sweep: Sweep) -> None:
        theme, kinds = self._theme, set(self._kinds(sweep).tolist())
        styles = _styles(theme)
        entries: list[Entry] = []
        if sweep.stable_rate is not None:
            pen = QPen(QColor(theme.danger), theme.line_width)
            pen.setDashPattern([2.5, 1.8])
            tip = "Plain descent bounces and grows beyond this rate: the hatched part."
            entries.append(Entry(f"stable up to {_rate(sweep.stable_rate)}", line(pen), tip))
        pen = QPen(QColor(theme.accent), theme.line_width)
        pen.setDashPattern([1.0, 1.6])
        entries.append(Entry(f"set: {_rate(self._rate)}", line(pen), "The rate of now."))
        if _BEST in kinds:
            text = f"best: {_rate(sweep.best_rate)}"
            entries.append(Entry(text, marker(styles[_BEST]), "The least loss of all."))
        if _GONE in kinds:
            tip = "The loss left the finite numbers, or is far above that of the start."
            entries.append(Entry("ran away", marker(styles[_GONE]), tip))
        self.legend.set_entries(entries)


def _rate(rate: float) -> str:
    return number_text(rate, 3)


def _styles(theme: Theme) -> list[Style]:
    """A dot, a larger diamond for the best, and a triangle for what ran away."""
    size = round(0.75 * theme.font_size)
    rim = QPen(QColor(theme.text if theme.dark else theme.surface), 1.0)
    rim.setCosmetic(True)
    learnt, gone = QBrush(QColor(theme.train_color)), QBrush(QColor(theme.danger))
    best = QBrush(QColor(theme.ok))
    return [
        Style("o", size, rim, learnt),
        Style("d", size + 6, rim, best),
        Style("t1", size + 2, rim, gone),
    ]
