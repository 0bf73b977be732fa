"""Curves of a run: loss, gradient norm, step, rate, accuracy over updates or epochs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.moment import RunMoment
from app.plots.curve_cross import CrossHair, Moments
from app.plots.curve_data import Record, continues, record
from app.plots.curve_frame import CurveFrame
from app.plots.curve_guides import Guides
from app.plots.curve_items import CurveItems, Look, series_look
from app.plots.curve_kinds import Series
from app.plots.curve_ranges import shown_ranges, with_air, without_noise
from app.plots.curve_runs import OtherRuns
from app.plots.curve_smoothing import with_smooth
from app.plots.curve_texts import detail, entries, is_regression, moment_text
from app.plots.scales import COUNT, LINEAR, LOG, LOG_COUNT, SHARE
from app.theme import Theme
from slp_core.arrays import Float64s
from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot

_NONE = np.empty(0, np.int64)
_NEAR = 6.0
"""Pixels within which an event mark is named."""


class CurvesPlot(CurveFrame):
    """One plot of the run's history; ``kind`` is a key of `CURVE_KINDS`."""

    pointed_changed = Signal(object)
    """The update that a person points at, or None."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self._history: History | None = None
        self._live: Snapshot | None = None
        self._record: Record | None = None
        self._behind = False
        self._y_range: tuple[float, float] | None = None
        self._items = [CurveItems(self.canvas, n) for n in range(len(self.kind.series))]
        self._others = OtherRuns(self.canvas, self.kind)
        self._among: Look | None = None
        self.guides = Guides(self.canvas, self.kind.usual)
        self.cross = CrossHair(self.canvas, self._moments)
        self.toggles.set("log_y", self.kind.log_y)
        self.toggles.changed.connect(self._on_toggled)
        self.strength.valueChanged.connect(self._draw)
        self.cross.moved.connect(self._write)
        self.cross.pointed.connect(self.pointed_changed)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.range_changed.connect(self._on_range)
        self.set_theme(self.theme)

    # What may be set.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self._others.set_theme(theme)
        self._dress()
        self.guides.set_theme(theme)
        self.cross.set_theme(theme)
        self._draw()

    def _dress(self) -> None:
        """Colours of the active run's lines: among others the first is the run's own."""
        self._among = self._others.active_look()
        looks = [series_look(self.theme, series) for series in self.kind.series]
        for items, look in zip(self._items, [self._among or looks[0], *looks[1:]], strict=True):
            items.set_look(look)

    def set_log(self, *, x: bool | None = None, y: bool | None = None) -> None:
        """Logarithmic axes on or off; None leaves one as it is."""
        if x is not None:
            self.toggles.set("log_x", x)
        if y is not None:
            self.toggles.set("log_y", y)

    def set_epochs(self, on: bool) -> None:
        """Count time in epochs, or in updates."""
        self.toggles.set("epochs", on)

    def set_recent(self, on: bool) -> None:
        """Scale values on the last half of the run, or on all of it."""
        self.toggles.set("recent", on)

    def set_events(self, events: Sequence[tuple[int, str]]) -> None:
        """Mark updates with a thin line; the text is read by pointing at it."""
        self.guides.marks.set_events(events)
        if not self.isVisible():
            self._behind = True
            return
        self._draw()

    def show_runs(self, runs: Sequence[RunMoment], lines: bool = True) -> None:
        """Draw several runs, the active one first and thickest, or only their numbers."""
        self._others.set_runs(runs)
        if self._others.active_look() != self._among:
            self._dress()
        active = runs[0].snapshot
        self.show_history(active.history, active, lines)

    def show_history(
        self, history: History, snapshot: Snapshot | None = None, lines: bool = True
    ) -> None:
        """Draw a run so far, or only its numbers; the snapshot is the moment after its end."""
        if self._history is not None and not continues(self._history, history):
            self._release()
        self._history, self._live = history, snapshot
        if not self.isVisible():
            self._behind = True
        elif lines or self._record is None:
            self._draw()
        else:
            self._record = self._made(history)
            self._write()

    def set_pointed(self, update: int | None) -> None:
        """Read off the values after an update (None: of now), as another curve does."""
        if self.cross.set_update(update) and self.isVisible():
            self._write()

    def clear(self) -> None:
        """Show no run."""
        self._history = self._live = self._record = None
        self._others.set_runs(())
        self._release()
        self._draw()

    def fit(self) -> None:
        """Show the whole run, and follow it from now on."""
        self._release()
        self.canvas.reset_room()
        self._draw()

    def _release(self) -> None:
        """Forget what a hand or an earlier run has made of the ranges."""
        self._y_range = None
        self.canvas.release()

    # Drawing.

    def _draw(self) -> None:
        self._behind = False
        self.canvas.set_blank(self._live is None and not len(self._history or ()))
        if self._history is None:
            for items in self._items:
                items.clear()
            self.legend.set_entries(())
            self.set_detail("")
            self.cross.show(None)
            return
        x_scale = LOG_COUNT if self.toggles.is_on("log_x") else COUNT
        percent = self.kind.share and not is_regression(self._live)
        y_scale = LOG if self.toggles.is_on("log_y") else SHARE if percent else LINEAR
        if (self.canvas.x_axis.scale, self.canvas.y_axis.scale) != (x_scale, y_scale):
            self.canvas.set_scales(x_scale, y_scale)
            self._y_range = None
            self.canvas.reset_room()
        self._record = self._made(self._history)
        self._draw_lines(self._record)
        if not self.canvas.held:
            self._follow(self._record)
        self.guides.draw((self._record.update, self._time(self._record)), x_scale, y_scale)
        self._write()

    def _made(self, history: History) -> Record:
        """The record of what is shown, smoothed if that is wanted."""
        made = record(history, self._live, self.kind)
        return with_smooth(made, self.smooth_points, self.canvas.y_axis.scale)

    def _time(self, record: Record) -> Float64s:
        return record.epoch if self.toggles.is_on("epochs") else record.update

    @property
    def _parts(self) -> bool:
        return any(series.part for series in self.kind.series) and self.toggles.is_on("parts")

    def _shows(self, series: Series) -> bool:
        return self._parts or not series.part

    def _draw_lines(self, record: Record) -> None:
        scales = self.canvas.x_axis.scale, self.canvas.y_axis.scale
        time = self._time(record)
        for number, (items, series) in enumerate(zip(self._items, self.kind.series, strict=True)):
            if self._shows(series):
                line, marked = record.lines[number], record.lost if number == 0 else _NONE
                items.draw_line(time, line, scales, record.smooth_line(number), marked)
            else:
                items.clear()
        self._others.draw(self._time, scales, self.smooth_points)

    def _follow(self, record: Record) -> None:
        if not len(record.update):
            return
        parts = [(self._time(record), self._values(record))]
        parts += [(self._time(r), [r.lines[0].value]) for r in self._others.records]
        wanted = self.guides.wanted(float(record.lines[0].value[-1]))
        parts += [(self._time(record)[-1:], wanted)] if wanted else []
        x, self._y_range = shown_ranges(
            parts,
            (self.canvas.x_axis.scale, self.canvas.y_axis.scale),
            self._y_range,
            share=self.kind.share,
            recent=self.toggles.is_on("recent"),
        )
        y = with_air(self._y_range) if self._y_range is not None else None
        shown = self.canvas.x_range, self.canvas.y_range
        if (x, y or shown[1]) != shown:
            self.canvas.set_range(x, y)

    def _values(self, record: Record) -> list[Float64s]:
        """What the axis of values has to hold of the active run."""
        result: list[Float64s] = []
        for series, line in zip(self.kind.series, record.lines, strict=True):
            if series.part and self._parts:
                result.append(without_noise(line.value, record.lines[0].value))
            elif not series.part:
                result += [line.value, line.low, line.high]
        return result

    # Texts.

    def _write(self) -> None:
        record = self._record
        if record is None:
            return
        at = self.cross.index
        index = len(record.update) - 1 if at is None else at
        if self.kind.share:
            self.title.setText("R²" if is_regression(self._live) else self.kind.title)
        label = self._others.active_label
        among = (label, self._among) if self._among else None
        parts = self._parts
        shown = entries(self.kind, record, index, self.theme, self._live, among, parts)
        shown += self._others.entries(None if at is None else int(record.update[index]))
        shown += self.guides.entries()
        self.legend.set_entries(shown)
        told = detail(self.kind, record, self._live, among is None)
        self.set_detail(*told)
        self.describe([*(entry.text for entry in shown), "".join(told)], self.guides.marks.texts)
        self.set_unit("epoch" if self.toggles.is_on("epochs") else "update")
        named = "" if at is None else self._named(at)
        self.cross.show(at, moment_text(record, index, named) if at is not None else "")

    def _named(self, index: int) -> str:
        """What happened at a moment."""
        return self.guides.text_at(self.cross.place_of(index), _NEAR * self.canvas.pixel[0])

    def _moments(self) -> Moments | None:
        record = self._record
        if record is None:
            return None
        return record.update, self.canvas.x_axis.scale.forward(self._time(record))

    # Reactions.

    def _on_toggled(self) -> None:
        self._release()
        self.legend.reset_room()
        self._draw()

    def _on_range(self) -> None:
        self.guides.marks.stretch(self.canvas.y_range)
        self.place_unit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._draw()
