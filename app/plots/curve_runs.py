"""The curves of the runs beside the active one: a thin line each, in its colour and dash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.moment import RunMoment
from app.plots.canvas import Canvas
from app.plots.curve_data import Record, record
from app.plots.curve_items import CurveItems, Look
from app.plots.curve_kinds import CurveKind
from app.plots.curve_smoothing import with_smooth
from app.plots.curve_texts import Words
from app.plots.legend import Entry
from app.plots.marks import line as line_mark
from app.plots.numbers import format_count
from app.plots.scales import Scale
from app.runs import labels
from app.runs_look import line_color, line_dash
from app.theme import Theme
from slp_core.arrays import Float64s

_THICKER, _THINNER = 0.8, -0.4
"""Pixels by which the active run's line is thicker than a lone one, and the others' thinner."""
_BELOW = -5
"""Lines of other runs lie below the active one's."""
TimeOf = Callable[[Record], Float64s]


@dataclass(slots=True)
class _Shown:
    """One run as it is on the canvas; ``key`` says of what and for which axes it was drawn."""

    run: RunMoment
    label: str
    record: Record
    items: CurveItems
    key: object = None


class OtherRuns:
    """All runs of a moment but the active one, whose look depends on there being others."""

    def __init__(self, canvas: Canvas, kind: CurveKind) -> None:
        self._canvas, self._kind = canvas, replace(kind, series=kind.series[:1])
        self._theme: Theme | None = None
        self._shown: list[_Shown] = []
        self._spare: list[CurveItems] = []
        self._active: RunMoment | None = None
        self.active_label = ""
        """What the active run is called; empty while it is alone."""

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._theme = theme
        for shown in self._shown:
            shown.items.set_look(self._look(shown.run, _THINNER))

    def set_runs(self, runs: Sequence[RunMoment]) -> None:
        """Take over the runs of a moment, the active one first."""
        names = labels(runs)
        self._active = runs[0] if runs else None
        self.active_label = names[0] if len(runs) > 1 else ""
        before = {shown.run.run: shown for shown in self._shown}
        after: list[_Shown] = []
        for run, name in zip(runs[1:], names[1:], strict=True):
            old = before.pop(run.run, None)
            after.append(self._renewed(old, run, name) if old else self._new(run, name))
        for gone in before.values():
            gone.items.clear()
            self._spare.append(gone.items)
        self._shown = after

    @property
    def records(self) -> list[Record]:
        """What the axes have to hold besides the active run."""
        return [shown.record for shown in self._shown]

    def active_look(self) -> Look | None:
        """How the active run is drawn among others; None while it is alone."""
        if self._active is None or not self._shown:
            return None
        return self._look(self._active, _THICKER)

    def draw(self, time_of: TimeOf, scales: tuple[Scale, Scale], smooth: int | None) -> None:
        """Draw what has changed; ``smooth`` is the number of points to average over, if any."""
        for shown in self._shown:
            time = time_of(shown.record)
            key = (shown.run.snapshot, scales, time is shown.record.epoch, smooth)
            if key == shown.key:
                continue
            shown.key = key
            shown.record = with_smooth(replace(shown.record, smooth=()), smooth, scales[1])
            line, smoother = shown.record.lines[0], shown.record.smooth_line(0)
            shown.items.draw_line(time, line, scales, smoother, shown.record.lost, banded=False)

    def entries(self, update: int | None) -> list[Entry]:
        """One entry of the legend for each run, with its value after ``update`` (None: now).

        A run that has no point there says at which update its nearest one is.
        """
        result: list[Entry] = []
        for shown in self._shown:
            count = len(shown.record.update)
            index = count - 1 if update is None else shown.record.index_at(update)
            if index < 0 or not shown.record.lines[0].known:
                continue
            words = Words(self._kind, shown.run.snapshot.accuracy is None, short=True)
            place = int(shown.record.update[index])
            elsewhere = "" if update in (None, place) else f" at {format_count(place)}"
            said = words.said(shown.record, 0, index) + elsewhere
            look = self._look(shown.run, _THINNER)
            tip = f"{shown.label}: click its name in the table of runs to turn to it."
            if len(shown.record.lost):
                last = format_count(int(shown.record.update[shown.record.lost[-1]]))
                said, tip = f"{said} ✕", f"Not finite after update {last}. {tip}"
            pen = look.sample_pen()
            result.append(Entry(f"{shown.label} {said}", line_mark(pen), tip, said))
        return result

    def _look(self, run: RunMoment, wider: float) -> Look:
        assert self._theme is not None  # noqa: S101 - the theme is the first thing that is set
        color = line_color(self._theme, run.line)
        return Look(color, self._theme.line_width + wider, line_dash(run.line), self._theme.danger)

    def _new(self, run: RunMoment, label: str) -> _Shown:
        items = self._spare.pop() if self._spare else CurveItems(self._canvas, _BELOW)
        items.set_look(self._look(run, _THINNER))
        made = record(run.snapshot.history, run.snapshot, self._kind)
        return _Shown(run, label, made, items)

    def _renewed(self, old: _Shown, run: RunMoment, label: str) -> _Shown:
        if old.run.line != run.line:
            old.items.set_look(self._look(run, _THINNER))
        same = old.run.snapshot is run.snapshot
        made = old.record if same else record(run.snapshot.history, run.snapshot, self._kind)
        return _Shown(run, label, made, old.items, old.key)
