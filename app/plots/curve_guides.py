"""What stands behind the curves: the best that can be reached, spans of findings, marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from app.moment import Span
from app.numbers import number_text
from app.plots.canvas import Canvas
from app.plots.curve_items import EventMarks
from app.plots.curve_kinds import Usual
from app.plots.legend import Entry
from app.plots.marks import line as line_mark
from app.plots.marks import patch
from app.plots.scales import Scale
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s

_SHADE, _CHOSEN = 36, 70
"""Opacity (of 255) of a span, and of one that somebody has asked to see."""
_WHOLE = 0.8
"""A finding about this share of the run is not shaded unless asked for: a plot that is red all over
tells nobody when."""
_USUAL = 40
"""Opacity of where values usually are."""
_COLORS = {"fault": "danger", "warning": "warning", "note": "muted"}
_FAR = 30.0
"""A best loss this many times below the last one does not stretch the axis: the run would be a
line along its top."""
_TIP = "The lowest loss that any weights reach on these data; the run cannot come below it."


class Guides:
    """The event marks, and with them a dashed line and shaded spans."""

    def __init__(self, canvas: Canvas, usual: Usual | None = None) -> None:
        self._canvas, self._usual = canvas, usual
        self._band = pg.LinearRegionItem(
            orientation="horizontal", movable=False, pen=QPen(Qt.PenStyle.NoPen)
        )
        self._band.setVisible(False)
        canvas.add(self._band, 0.1)
        self.marks = EventMarks(canvas)
        self._line = pg.InfiniteLine(angle=0)
        self._line.setVisible(False)
        canvas.add(self._line, 3)
        self._theme = THEMES["light"]
        self._best: float | None = None
        self._held = False
        self._spans: tuple[Span, ...] = ()
        self._shades: list[pg.LinearRegionItem] = []

    def set_theme(self, theme: Theme) -> None:
        """Colours."""
        self._theme = theme
        self.marks.set_theme(theme)
        pen = self._canvas.pen(theme.ok, theme.line_width * 0.8, Qt.PenStyle.DashLine)
        self._line.setPen(pen)
        self._band.setBrush(QBrush(self._usual_color()))
        self._shade()

    def set_best(self, best: float | None) -> None:
        """The best reachable loss, None where it is not known or not drawn."""
        self._best = best

    @property
    def spans(self) -> tuple[Span, ...]:
        """Updates that findings are about."""
        return self._spans

    @property
    def shaded(self) -> list[bool]:
        """Whether each of them is shaded."""
        return [shade.isVisible() for shade in self._shades]

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Updates that findings are about."""
        before, self._spans = self._spans, tuple(spans)
        if [span.severity for span in before] != [span.severity for span in spans]:
            self._shade()  # while a finding lasts only its end moves

    def draw(self, times: tuple[Float64s, Float64s], x_scale: Scale, y_scale: Scale) -> None:
        """Place everything; ``times`` are updates and the time of each on the axis."""
        self.marks.draw(times, x_scale)
        place = np.nan
        if self._best is not None:
            place = float(y_scale.forward(np.array([self._best]))[0])
        self._line.setVisible(bool(np.isfinite(place)))
        if np.isfinite(place):
            self._line.setPos(place)
        self._draw_usual(y_scale)
        updates, axis = times
        for span, shade in zip(self._spans, self._shades, strict=True):
            ends = np.array([span.first, span.last], dtype=np.float64)
            if len(updates):
                ends = np.interp(ends, updates, axis)
            first, last = x_scale.forward(ends).tolist()
            shade.setRegion((first, last))
            whole = len(updates) > 0 and span.last - span.first >= _WHOLE * updates[-1]
            shade.setVisible(span.chosen or not whole)

    def wanted(self, last: float) -> list[Float64s]:
        """What the axis of values has to hold, beside a curve that ends at ``last``."""
        ends = [self._best] * 2 if self._best is not None else []
        if self._usual is not None:
            ends = [self._usual.low, self._usual.high]
        far = _FAR * (2.0 if self._held else 1.0)  # what is held is not dropped for a little noise
        self._held = bool(ends) and ends[-1] * far > last
        if self._usual is not None:
            self._held = self._held and last > ends[0] / far
        return [np.array(ends)] if self._held else []

    def entries(self) -> list[Entry]:
        """What the legend says of it."""
        usual = self._usual
        if usual is not None:
            return [Entry(usual.label, patch(self._usual_color()), usual.tip)]
        if self._best is None:
            return []
        pen = QPen(QColor(self._theme.ok), self._theme.line_width)
        pen.setDashPattern([2.5, 1.8])
        return [Entry(f"reachable {number_text(self._best)}", line_mark(pen), _TIP)]

    def text_at(self, x: float, tolerance: float) -> str:
        """The mark near ``x``, or the finding whose span holds it."""
        text = self.marks.text_at(x, tolerance)
        for span, shade in zip(self._spans, self._shades, strict=True):
            low, high = shade.getRegion()
            if not text and low <= x <= high:
                text = span.title
        return text

    def _draw_usual(self, y_scale: Scale) -> None:
        self._band.setVisible(self._usual is not None)
        if self._usual is not None:
            ends = y_scale.forward(np.array([self._usual.low, self._usual.high]))
            self._band.setRegion(tuple(ends.tolist()))

    def _usual_color(self) -> QColor:
        color = QColor(self._theme.ok)
        color.setAlpha(_USUAL)
        return color

    def _shade(self) -> None:
        """One item for each span, in the colour of how much it matters."""
        for shade in self._shades:
            self._canvas.remove(shade)
        self._shades = []
        for span in self._spans:
            color = QColor(getattr(self._theme, _COLORS[span.severity]))
            pen = QPen(Qt.PenStyle.NoPen)
            if span.chosen:  # its ends are drawn, too: it may be a single update
                pen = self._canvas.pen(color.name(), self._theme.line_width * 0.8)
            color.setAlpha(_CHOSEN if span.chosen else _SHADE)
            shade = pg.LinearRegionItem(
                values=(span.first, span.last), brush=QBrush(color), pen=pen, movable=False
            )
            self._canvas.add(shade, 0.2)
            self._shades.append(shade)
