"""From a run's history to the few points a line is drawn with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.plots.curve_kinds import CurveKind, Series
from app.plots.scales import Scale
from slp_core.arrays import Float64s, Floats
from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot

MOST_COLUMNS = 400
"""Points of a line: one for each pixel or so, however long the run."""


@dataclass(frozen=True, slots=True)
class Line:
    """Values of one series over time, in the order of time."""

    value: Float64s
    low: Float64s
    high: Float64s

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return bool(np.isfinite(self.value).any())


@dataclass(frozen=True, slots=True)
class Record:
    """A history and the live moment after it, as arrays of equal length."""

    update: Float64s
    epoch: Float64s
    lines: tuple[Line, ...]

    def index_at(self, update: float) -> int:
        """The point nearest to an update."""
        if not len(self.update):
            return -1
        return int(np.abs(self.update - update).argmin())


def record(history: History, live: Snapshot | None, kind: CurveKind) -> Record:
    """The kind's columns, with the snapshot's values at the end where it is newer."""
    update = history.table[0]
    newer = live is not None and (not len(update) or live.update > update[-1])
    last = live if newer else None
    return Record(
        _extended(update, last and float(last.update)),
        _extended(history.epoch, last and last.epoch),
        tuple(_line(history, series, last) for series in kind.series),
    )


def _line(history: History, series: Series, last: Snapshot | None) -> Line:
    live = None
    if last is not None:
        known = series.live(last)
        live = float("nan") if known is None else known
    value: Float64s = getattr(history, series.column)
    low: Float64s = getattr(history, series.low) if series.low else value
    high: Float64s = getattr(history, series.high) if series.high else value
    return Line(_extended(value, live), _extended(low, live), _extended(high, live))


def _extended(values: Floats, last: float | None) -> Float64s:
    return np.append(values, last) if last is not None else np.asarray(values, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a line, in view coordinates: finite, at most a point for each column."""

    x: Floats
    y: Floats
    low: Floats
    high: Floats

    @property
    def banded(self) -> bool:
        """Whether there are ups and downs to show."""
        return len(self.x) > 1 and bool((self.high > self.low).any())


def drawn(time: Float64s, line: Line, x_scale: Scale, y_scale: Scale) -> Drawn:
    """Points of a line for these axes; a column takes the mean, the least and the largest."""
    with np.errstate(invalid="ignore", over="ignore"):
        x, y = x_scale.forward(time), y_scale.forward(line.value)
        low, high = y_scale.forward(line.low), y_scale.forward(line.high)
    usable = np.isfinite(x) & np.isfinite(y)
    x, y, low, high = x[usable], y[usable], low[usable], high[usable]
    low, high = np.where(np.isfinite(low), low, y), np.where(np.isfinite(high), high, y)
    if len(x) <= MOST_COLUMNS:
        return Drawn(x, y, low, high)
    starts = _columns(x)
    counts = np.diff(np.append(starts, len(x)))
    return Drawn(
        np.append(x[starts[:-1]], x[-1]),
        np.append((np.add.reduceat(y, starts) / counts)[:-1], y[-1]),
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
    )


def _columns(x: Floats) -> NDArray[np.int64]:
    """Index of the first point in each column."""
    span = x[-1] - x[0]
    column = ((x - x[0]) * (MOST_COLUMNS / span if span > 0 else 0)).astype(np.int64)
    return np.flatnonzero(np.diff(column, prepend=-1))


def broken_at(line: Line) -> int | None:
    """Index of the last finite value before the line left the finite numbers at its end."""
    finite = np.isfinite(line.value)
    if not len(finite) or finite[-1] or not finite.any():
        return None
    return int(np.flatnonzero(finite)[-1])
