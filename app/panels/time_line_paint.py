"""How a time line looks: a groove, what was found above it, round numbers below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from app.moment import Span
from app.panels.time_line_value import TimeScale, TimeValue
from app.theme import Theme, disabled_text, mix

GROOVE: Final = 4.0
HANDLE: Final = 6.5
EDGE: Final = 9.0
"""From the ends of the groove to those of the widget."""
_MOST_TICKS: Final = 12
_SPAN_HEIGHT: Final = {"fault": 4.0, "warning": 3.0, "note": 2.0}
_STAR: Final = tuple(
    QPointF(
        math.sin(i * math.pi / 5) * (5.6 if i % 2 == 0 else 2.4),
        -math.cos(i * math.pi / 5) * (5.6 if i % 2 == 0 else 2.4),
    )
    for i in range(10)
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn, and where: ``width`` and ``middle`` (the groove's) in pixels."""

    painter: QPainter
    theme: Theme
    value: TimeValue
    scale: TimeScale
    width: float
    middle: float

    def x(self, update: float) -> float:
        """Where an update lies."""
        return _place(self.scale, self.width, update)


def draw(sketch: Sketch, position: int, *, enabled: bool, focused: bool) -> None:
    """Everything, from the back to the front, with the handle at ``position``.

    What was found lies above the handle: where a run ended is where the handle usually stands.
    """
    _draw_ticks(sketch)
    _draw_groove(sketch, position, enabled)
    _draw_handle(sketch, position, enabled, focused)
    if enabled:
        for span in sketch.value.spans:
            _draw_span(sketch, span)
        _draw_marks(sketch)
        _draw_best(sketch)
        _draw_not_finite(sketch)


def _draw_groove(sketch: Sketch, position: int, enabled: bool) -> None:
    """What is not reached yet is thin; what lies ahead is paler than what lies behind."""
    theme, value, painter = sketch.theme, sketch.value, sketch.painter
    painter.setPen(Qt.PenStyle.NoPen)
    _bar(sketch, 0, sketch.scale.extent, theme.border, GROOVE / 2)
    if not enabled:
        return
    _bar(sketch, value.earliest, value.reached, mix(theme.window, theme.accent, 0.45), GROOVE)
    _bar(sketch, value.earliest, position, theme.accent, GROOVE)


def _bar(sketch: Sketch, first: int, last: int, color: str, height: float) -> None:
    start, end = sketch.x(first), sketch.x(last)
    if end > start:
        sketch.painter.setBrush(QColor(color))
        box = QRectF(start, sketch.middle - height / 2, end - start, height)
        sketch.painter.drawRoundedRect(box, height / 2, height / 2)


def _draw_ticks(sketch: Sketch) -> None:
    """Round numbers of updates, named where there is room."""
    painter, theme, top = sketch.painter, sketch.theme, sketch.middle + GROOVE + 1.0
    places, words = _ticks(sketch.scale, sketch.width, painter.font().toString())
    painter.setPen(QPen(QColor(mix(theme.border, theme.muted, 0.4)), 1.0))
    painter.drawLines([QLineF(x, top, x, top + 3.0) for x in places])
    painter.setPen(QPen(QColor(theme.muted)))
    base = top + 3.0 + painter.fontMetrics().ascent()
    for left, text in words:
        painter.drawText(QPointF(left, base), text)


@lru_cache(maxsize=4)  # asked for with every frame; the scale stays the same for a while
def _ticks(
    scale: TimeScale, width: float, font: str
) -> tuple[tuple[float, ...], tuple[tuple[float, str], ...]]:
    """Where ticks stand, and the left ends of their names with these."""
    made = QFont()
    made.fromString(font)
    metrics = QFontMetrics(made)
    places: list[float] = []
    words: list[tuple[float, str]] = []
    free = -math.inf
    room = (width - 2 * EDGE) / (2.2 * metrics.horizontalAdvance("000"))
    for update in scale.ticks(min(int(room), _MOST_TICKS)):
        x, text = round(_place(scale, width, update)) + 0.5, short(update)
        places.append(x)
        wide = metrics.horizontalAdvance(text)
        left = min(max(x - wide / 2, 1.0), width - wide - 1.0)
        if left > free:
            words.append((left, text))
            free = left + wide + metrics.horizontalAdvance("0") * 1.5
    return tuple(places), tuple(words)


def _place(scale: TimeScale, width: float, update: float) -> float:
    return EDGE + min(max(scale.share(update), 0.0), 1.0) * (width - 2 * EDGE)


def _draw_span(sketch: Sketch, span: Span) -> None:
    """A finding lies above the groove; the graver the thicker."""
    theme = sketch.theme
    color = {"fault": theme.danger, "warning": theme.warning, "note": theme.muted}[span.severity]
    height = _SPAN_HEIGHT[span.severity]
    start = sketch.x(span.first)
    wide = max(sketch.x(span.last) - start, 3.0)
    sketch.painter.setPen(Qt.PenStyle.NoPen)
    sketch.painter.setBrush(QColor(color))
    top = sketch.middle - GROOVE - 2.0 - height
    sketch.painter.drawRect(QRectF(start, top, wide, height))
    if span.chosen:  # a frame around the whole height, so that it is not told by colour
        sketch.painter.setBrush(Qt.BrushStyle.NoBrush)
        sketch.painter.setPen(QPen(QColor(color), 1.6))
        low = sketch.middle + GROOVE / 2 + 3.0
        sketch.painter.drawRect(QRectF(start - 1.0, top - 1.0, wide + 2.0, low - top))


def _draw_marks(sketch: Sketch) -> None:
    """A change is a small triangle that points at its place; one for each pixel."""
    painter, theme, tip = sketch.painter, sketch.theme, sketch.middle - GROOVE / 2 - 0.5
    painter.setPen(QPen(QColor(theme.window), 1.0))
    painter.setBrush(QColor(theme.text))
    for x in sorted({round(sketch.x(update)) for update, _ in sketch.value.marks}):
        corners = (QPointF(x, tip), QPointF(x - 4.0, tip - 7.0), QPointF(x + 4.0, tip - 7.0))
        painter.drawPolygon(QPolygonF(corners))


def _draw_best(sketch: Sketch) -> None:
    best = sketch.value.best
    if best is None or best > sketch.value.reached:
        return
    center = QPointF(sketch.x(best), sketch.middle - GROOVE - 4.5)
    sketch.painter.setPen(QPen(QColor(sketch.theme.window), 1.0))
    sketch.painter.setBrush(QColor(sketch.theme.ok))
    sketch.painter.drawPolygon(QPolygonF([center + point for point in _STAR]))


def _draw_not_finite(sketch: Sketch) -> None:
    """A cross where the numbers ended."""
    at = sketch.value.not_finite
    if at is None:
        return
    x, y, arm = sketch.x(at), sketch.middle - GROOVE - 4.0, 3.5
    for color, width in ((sketch.theme.window, 4.5), (sketch.theme.danger, 2.2)):
        sketch.painter.setPen(QPen(QColor(color), width))
        sketch.painter.drawLine(QPointF(x - arm, y - arm), QPointF(x + arm, y + arm))
        sketch.painter.drawLine(QPointF(x - arm, y + arm), QPointF(x + arm, y - arm))


def _draw_handle(sketch: Sketch, position: int, enabled: bool, focused: bool) -> None:
    theme, painter = sketch.theme, sketch.painter
    color = theme.accent if enabled else disabled_text(theme)
    center = QPointF(sketch.x(position), sketch.middle)
    if focused:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(theme.window, color, 0.3)))
        painter.drawEllipse(center, HANDLE + 2.5, HANDLE + 2.5)
    painter.setPen(QPen(QColor(theme.window), 1.5))
    painter.setBrush(QColor(color))
    painter.drawEllipse(center, HANDLE, HANDLE)


def short(update: int) -> str:
    """``500``, ``20k``, ``1.5M``."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if update >= size:
            return f"{update / size:g}{letter}"
    return str(update)
