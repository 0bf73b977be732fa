"""The weights over the run, from its checkpoints to now: a line for each."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.moment import RunMoment
from app.numbers import number_text
from app.plots.canvas import Canvas
from app.plots.colors import line_color
from app.plots.curve_items import EventMarks
from app.plots.curve_ranges import time_range, value_range, with_air
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Entry, Legend
from app.plots.marks import line as line_mark
from app.plots.scales import COUNT, LOG_COUNT
from app.plots.surface import Surface
from app.plots.user_text import isolated
from app.plots.weights_path import Tracks, tracks
from app.theme import THEMES, Theme
from slp_core.insight.weight_sheet import Units

MOST_LINES: Final = 40
"""More lines are a thicket: the ones that are largest at some time stay."""
_DASHES: Final[tuple[list[float], ...]] = ([], [5.0, 3.0], [1.5, 2.5], [7.0, 3.0, 1.5, 3.0])
_NEAR: Final = 12.0


class HistoryPage(Surface):
    """Time to the right, weights upwards; the line under the mouse is named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._tracks: Tracks | None = None
        self._key: tuple[object, ...] = ()
        self._seen: tuple[object, ...] = ()
        self._log = False
        self._y: tuple[float, float] | None = None
        self._items: list[pg.PlotCurveItem] = []
        self.canvas = Canvas(self, grid=True)
        self.canvas.setAccessibleName("Weights over time")
        self.canvas.set_scales(x=COUNT)
        self.canvas.x_axis.named = True
        self.legend, self.note = Legend(self), ElidedLabel(self)
        self.x_name = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self._marks = EventMarks(self.canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 4)
        layout.setSpacing(0)
        layout.addWidget(self.legend)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row((self.note, 1), (self.x_name, 0)))
        self.canvas.range_changed.connect(self._on_range)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.hovered.connect(self._on_hover)
        self.setFocusProxy(self.canvas)

    @property
    def tracks(self) -> Tracks | None:
        """What is drawn."""
        return self._tracks

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.canvas.set_theme(theme)
        self.legend.set_theme(theme)
        self.note.set_look(theme.muted, small(theme))
        self.x_name.set_look(theme.text, small(theme))
        self._marks.set_theme(theme)
        self._dress()

    def set_log(self, log: bool) -> None:
        """A logarithmic axis of time, or a linear one."""
        self._log = log
        self.canvas.set_scales(x=LOG_COUNT if log else COUNT)
        self._draw()

    def show_run(self, run: RunMoment | None, units: Units) -> None:
        """Draw the run so far."""
        seen = () if run is None else (run.snapshot, units, run.marks)
        if len(seen) == len(self._seen) and all(
            a is b for a, b in zip(seen, self._seen, strict=True)
        ):
            return
        self._seen = seen
        self._tracks = now = None if run is None else tracks(run, units, MOST_LINES)
        key = () if now is None or run is None else (run.run, now.names, units)
        if key != self._key:
            self._key = key
            self.canvas.release()
            self._y = None
            self._dress()
        self._marks.set_events(() if run is None else run.marks)
        self._draw()

    def fit(self) -> None:
        """Show everything again."""
        self.canvas.release()
        self.canvas.reset_room()
        self._y = None
        self._draw()

    # Drawing.

    def _pen(self, number: int) -> QPen:
        """Colour by output where there are several, by term where there is one."""
        now = self._tracks
        assert now is not None  # noqa: S101 - there are lines
        theme = self._theme
        kind = now.group[number]
        pen = self.canvas.pen(line_color(theme, kind), theme.line_width * 0.8)
        if now.is_bias[number]:
            color = theme.text if now.by_term else line_color(theme, kind)
            pen = self.canvas.pen(color, theme.line_width * 0.8)
        dashes = [5.0, 3.0] if now.is_bias[number] else _DASHES[(kind // 10) % len(_DASHES)]
        if dashes:
            pen.setDashPattern(dashes)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _dress(self) -> None:
        """As many lines as are needed, and the legend."""
        for item in self._items:
            self.canvas.remove(item)
        self._items = []
        now = self._tracks
        if now is None:
            self.legend.set_entries(())
            return
        for number in range(len(now.names)):
            item = pg.PlotCurveItem(antialias=True)
            item.setPen(self._pen(number))
            item.setSegmentedLineMode("on" if not now.is_bias[number] else "off")
            self.canvas.add(item, 5)
            self._items.append(item)
        self.legend.set_entries(
            [Entry(isolated(name), line_mark(self._pen(number))) for name, number in now.entries]
        )
        self._draw()

    def _draw(self) -> None:
        now = self._tracks
        if now is None or len(self._items) != len(now.names):
            return
        scale = LOG_COUNT if self._log else COUNT
        x = scale.forward(now.update)
        for item, values in zip(self._items, now.values, strict=True):
            known = np.isfinite(values)
            item.setData(x[known], values[known], skipFiniteCheck=True)
        if not self.canvas.held:
            self._set_range()
        self._marks.draw((now.update, now.update), scale)
        self._write(None)

    def _set_range(self) -> None:
        now = self._tracks
        if now is None:
            return
        scale = LOG_COUNT if self._log else COUNT
        x = time_range(float(now.update[-1]), scale)
        small_enough = np.where(np.abs(now.values) < 1e300, now.values, np.nan)
        self._y = value_range(np.append(small_enough.ravel(), 0.0), COUNT, self._y)
        y = with_air(self._y or (-1.0, 1.0))
        if (x, y) != (self.canvas.x_range, self.canvas.y_range):
            self.canvas.set_range(x, y)

    def _on_range(self) -> None:
        self.x_name.set_parts("update", f" {self.canvas.x_axis.ticks.suffix}".rstrip() + " →")
        self._marks.stretch(self.canvas.y_range)

    # Reading.

    def reading(self, place: QPointF | None) -> str:
        """The line near a place of the view: its name, time and value."""
        now = self._tracks
        if place is None or now is None:
            return ""
        x = (LOG_COUNT if self._log else COUNT).forward(now.update)
        if not len(x):
            return ""
        at = int(np.abs(x - place.x()).argmin())
        heights = np.empty(len(now.names))
        for number, values in enumerate(now.values):
            heights[number] = np.interp(place.x(), x, values)
        away = np.abs(heights - place.y()) / self.canvas.pixel[1]
        if not np.isfinite(away).any():
            return ""
        number = int(np.nanargmin(away))
        if away[number] > _NEAR:
            return ""
        value = number_text(float(now.values[number, at]))
        return f"{now.names[number]}   {value}   update {int(now.update[at])}"

    def _on_hover(self, place: QPointF | None) -> None:
        self._write(place)

    def _write(self, place: QPointF | None) -> None:
        text = self.reading(place)
        now = self._tracks
        if not text and now is not None and now.left_out:
            text = f"the {len(now.names)} largest of {len(now.names) + now.left_out} weights"
        self.note.setText(text)
