"""Curves of a run: loss, gradient norm, accuracy over updates or epochs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.moment import RunMoment
from app.plots.canvas import Canvas
from app.plots.curve_data import Record, continues, record
from app.plots.curve_guides import Guides
from app.plots.curve_items import CurveItems, Look, series_look
from app.plots.curve_kinds import CURVE_KINDS, CURVE_TOGGLES
from app.plots.curve_ranges import shown_ranges, with_air
from app.plots.curve_runs import OtherRuns
from app.plots.curve_texts import detail, entries, is_regression
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.scales import COUNT, LINEAR, LOG, LOG_COUNT
from app.plots.surface import Surface
from app.plots.toggles import Toggles
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s
from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot

_MARGIN = _BETWEEN = 8
_NEAR = 6.0
"""Pixels within which an event mark is named."""


class CurvesPlot(Surface):
    """One plot of the run's history; ``kind`` is a key of `CURVE_KINDS`."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = CURVE_KINDS[kind]
        self._theme = THEMES["light"]
        self._history: History | None = None
        self._live: Snapshot | None = None
        self._record: Record | None = None
        self._behind = False
        self._y_range: tuple[float, float] | None = None
        self._mouse: QPointF | None = None
        self._build()
        self.toggles.set("log_y", self.kind.log_y)
        self.setAccessibleName(self.kind.title)
        self.setFocusProxy(self.canvas)
        self.set_theme(self._theme)

    def _build(self) -> None:
        self.title = ElidedLabel(self)
        self.title.tip = self.kind.tip
        self.title.setText(self.kind.title)
        self.toggles = Toggles(CURVE_TOGGLES, self)
        self.legend = Legend(self)
        self.detail = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self.canvas = Canvas(self, grid=True)
        self.canvas.setAccessibleName(f"{self.kind.title} plot")
        self.unit = QLabel(self.canvas)
        self.unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._items = [CurveItems(self.canvas, n) for n in range(len(self.kind.series))]
        self._others = OtherRuns(self.canvas, self.kind)
        self._among: Look | None = None
        self.guides = Guides(self.canvas)
        self._hair = pg.InfiniteLine(angle=90)
        self._hair.setVisible(False)
        self.canvas.add(self._hair, 20)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        layout.setSpacing(0)
        layout.addLayout(row((self.title, 1), (self.toggles, 0)))
        layout.addLayout(row((self.legend, 1), (self.detail, 0)))
        layout.addWidget(self.canvas, 1)
        self.toggles.changed.connect(self._on_toggled)
        self.canvas.hovered.connect(self._on_hover)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.range_changed.connect(self._on_range)

    # What may be set.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.canvas.set_theme(theme)
        self.toggles.set_theme(theme)
        self.legend.set_theme(theme)
        self.title.set_look(theme.text, theme.font_size, bold=True)
        self.detail.set_look(theme.muted, small(theme))
        self.unit.setStyleSheet(f"color: {theme.muted}; font-size: {theme.font_size * 0.78:.2f}pt;")
        self._others.set_theme(theme)
        self._dress()
        self.guides.set_theme(theme)
        self._share_width()
        self._hair.setPen(self.canvas.pen(theme.muted, 1))
        self._draw()

    def _dress(self) -> None:
        """Colours of the active run's lines: among others the first is the run's own."""
        self._among = self._others.active_look()
        looks = [series_look(self._theme, series) for series in self.kind.series]
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
            self._record = record(history, snapshot, self.kind)
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
            self.detail.setText("")
            return
        self._record = record(self._history, self._live, self.kind)
        x_scale = LOG_COUNT if self.toggles.is_on("log_x") else COUNT
        y_scale = LOG if self.toggles.is_on("log_y") else LINEAR
        if (self.canvas.x_axis.scale, self.canvas.y_axis.scale) != (x_scale, y_scale):
            self.canvas.set_scales(x_scale, y_scale)
            self._y_range = None
            self.canvas.reset_room()
        self._draw_lines(self._record)
        if not self.canvas.held:
            self._follow(self._record)
        self.guides.draw((self._record.update, self._time(self._record)), x_scale, y_scale)
        self._write()

    def _time(self, record: Record) -> Float64s:
        return record.epoch if self.toggles.is_on("epochs") else record.update

    def _draw_lines(self, record: Record) -> None:
        x_scale, y_scale = self.canvas.x_axis.scale, self.canvas.y_axis.scale
        time = self._time(record)
        for items, line in zip(self._items, record.lines, strict=True):
            items.draw_line(time, line, x_scale, y_scale)
        self._others.draw(self._time, x_scale, y_scale)

    def _follow(self, record: Record) -> None:
        if not len(record.update):
            return
        parts = [(self._time(record), [v for n in record.lines for v in (n.value, n.low, n.high)])]
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

    # Texts.

    def _write(self) -> None:
        record = self._record
        if record is None:
            return
        pointed = self._pointed()
        index = len(record.update) - 1 if pointed is None else pointed
        if self.kind.share:
            self.title.setText("R²" if is_regression(self._live) else self.kind.title)
        label = self._others.active_label
        among = (label, self._among) if self._among else None
        shown = entries(self.kind, record, index, self._theme, self._live, among)
        shown += self._others.entries(None if pointed is None else float(record.update[pointed]))
        shown += self.guides.entries()
        self.legend.set_entries(shown)
        self.setAccessibleDescription(", ".join(entry.text for entry in shown))
        text = detail(self.kind, record, pointed, self._live)
        self.detail.setText(self._event_text() or text)
        self.unit.setText("epoch" if self.toggles.is_on("epochs") else "update")
        self._place_unit()

    def _pointed(self) -> int | None:
        """Index of the point under the mouse."""
        if self._mouse is None or self._record is None or not len(self._record.update):
            return None
        time = self.canvas.x_axis.scale.inverse(self._mouse.x())
        return int(np.abs(self._time(self._record) - time).argmin())

    def _event_text(self) -> str:
        if self._mouse is None:
            return ""
        left, right = self.canvas.x_range
        pixel = (right - left) / self.canvas.area[0]
        return self.guides.text_at(self._mouse.x(), _NEAR * pixel)

    def _place_unit(self) -> None:
        self.unit.adjustSize()
        self.unit.move(2, self.canvas.height() - self.unit.height() - 3)

    # Reactions.

    def _on_toggled(self) -> None:
        self._release()
        self._draw()

    def _on_hover(self, place: QPointF | None) -> None:
        self._mouse = place
        self._hair.setVisible(place is not None)
        if place is not None:
            self._hair.setPos(place.x())
        self._write()

    def _on_range(self) -> None:
        self.guides.marks.stretch(self.canvas.y_range)
        self._place_unit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._draw()

    def _share_width(self) -> None:
        """The title comes first; the switches have the rest."""
        self.title.ensurePolished()
        self.toggles.set_room(self.width() - 2 * _MARGIN - _BETWEEN - self.title.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._place_unit()
