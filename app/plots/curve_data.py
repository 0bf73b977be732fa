"""From a run's history to the few points a line is drawn with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.plots.curve_kinds import CurveKind, Series
from app.plots.curve_ranges import nice_end
from app.plots.scales import Scale
from slp_core.arrays import Float64s, Floats, Ints
from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot

MOST_COLUMNS = 400
"""Points of a line: one for each pixel or so, however long the run."""
_FAR = 1e301
"""Beyond what a view can show: sums of such numbers must stay finite."""


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
    smooth: tuple[Float64s, ...] = ()
    """The lines' values smoothed, where that is wanted."""
    lost: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """Points after which the first line's numbers were no longer finite."""

    def smooth_line(self, number: int) -> Line | None:
        """A line smoothed, without ups and downs."""
        if not self.smooth:
            return None
        value = self.smooth[number]
        return Line(value, value, value)

    def index_at(self, update: float) -> int:
        """The point nearest to an update."""
        if not len(self.update):
            return -1
        return int(np.abs(self.update - update).argmin())


def record(history: History, live: Snapshot | None, kind: CurveKind) -> Record:
    """The kind's columns, ending in the snapshot's values.

    A point of the history is a mean over a bin; the last point is the moment itself, so that it
    says the same as everything else on the screen.
    """
    update = history.table[0]
    last = live if live is not None and (not len(update) or live.update >= update[-1]) else None
    if last is None:
        lines = tuple(_line(history, series) for series in kind.series)
        return Record(update, history.epoch, lines, lost=breaks(lines[0], kind.series[0].always))
    kept = len(update) - int(len(update) > 0 and update[-1] == last.update)
    lines = tuple(_ended(_line(history, series), kept, series.live(last)) for series in kind.series)
    return Record(
        np.append(update[:kept], float(last.update)),
        np.append(history.epoch[:kept], last.epoch),
        lines,
        lost=breaks(lines[0], kind.series[0].always, lost=is_lost(last)),
    )


def _line(history: History, series: Series) -> Line:
    value: Float64s = getattr(history, series.column)
    low: Float64s = getattr(history, series.low) if series.low else value
    high: Float64s = getattr(history, series.high) if series.high else value
    return Line(value, low, high)


def _ended(line: Line, kept: int, live: float | None) -> Line:
    """The first ``kept`` points and then the moment; its bin's ups and downs stay."""
    recorded = float(line.value[kept]) if kept < len(line.value) else np.nan
    now = recorded if live is None else live
    low, high = (np.append(part[kept:], now) for part in (line.low, line.high))
    return Line(
        np.append(line.value[:kept], now),
        np.append(line.low[:kept], np.fmin.reduce(low) if np.isfinite(now) else now),
        np.append(line.high[:kept], np.fmax.reduce(high) if np.isfinite(now) else now),
    )


def continues(before: History, history: History) -> bool:
    """Whether a history is a later one of the same run."""
    if len(history) < len(before):
        return False
    same = [0, len(before) // 2] if len(before) else []
    return np.array_equal(before.table[:, same], history.table[:, same], equal_nan=True)


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
    x = x[usable]
    y, low, high = (np.clip(part[usable], -_FAR, _FAR) for part in (y, low, high))
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
    """Index of the first point in each column.

    Columns have a round width and begin at 0, so that a run that grows draws its past as before.
    """
    width = nice_end(float(x[-1] - x[0]) / MOST_COLUMNS)
    column = np.floor(x / width).astype(np.int64)
    return np.flatnonzero(np.diff(column, prepend=column[0] - 1))


def breaks(line: Line, always: bool, lost: bool = False) -> Ints:
    """Indices of the last finite values before the line leaves the finite numbers.

    Parameters
    ----------
    always
        Whether there is a value at all times: otherwise NaN only says that there is none.
    lost
        Whether the run ended because of it; the update that led there may have been taken back.
    """
    finite = np.isfinite(line.value)
    bad = ~finite if always else np.isinf(line.value)
    at = np.flatnonzero(finite[:-1] & bad[1:])
    return np.union1d(at, np.flatnonzero(finite)[-1:]) if lost else at


def is_lost(live: Snapshot | None) -> bool:
    """Whether a run ended because its numbers were no longer finite."""
    return live is not None and live.stop is not None and live.stop.not_finite is not None
