"""Bins and ranges that keep still, and choosing a bin with the mouse or with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, isfinite

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.plots.canvas import Canvas
from app.plots.canvas_mouse import Touch
from app.plots.ticks import nice_step
from slp_core.arrays import Float64s, Ints

_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SIDES = {Qt.Key.Key_Up: True, Qt.Key.Key_Down: False}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class BinHand(QObject):
    """A click takes a bin; arrows move from bin to bin and Enter takes it.

    Drags and the wheel stay the canvas's.
    """

    chosen = Signal(int, bool, object)
    """The bin, whether above the middle line, and the keys held."""
    moved = Signal(int, bool)
    """The keyboard has come to this bin."""

    def __init__(self, canvas: Canvas, edges: Callable[[], Float64s]) -> None:
        super().__init__(canvas)
        self._edges = edges
        self._at, self._upper = 0, True
        canvas.set_hand(self)
        canvas.installEventFilter(self)

    def bin_at(self, x: float) -> int | None:
        """The bin at a place, None outside."""
        edges = self._edges()
        if len(edges) < 2 or not edges[0] <= x <= edges[-1]:
            return None
        return min(int(np.searchsorted(edges, x, side="right")) - 1, len(edges) - 2)

    # The hand of the canvas.

    def pressed(self, touch: Touch) -> bool:
        """Drags pan."""
        del touch
        return False

    def dragged(self, touch: Touch) -> None:
        """Never: no drag is taken."""

    def released(self, touch: Touch) -> None:
        """Never: no drag is taken."""

    def turned(self, touch: Touch, steps: float) -> bool:
        """The wheel zooms."""
        del touch, steps
        return False

    def clicked(self, touch: Touch) -> None:
        """Take the bin there."""
        number = self.bin_at(touch.at[0])
        if number is not None:
            self._at, self._upper = number, touch.at[1] >= 0.0
            self.chosen.emit(number, self._upper, touch.keys)

    # The keyboard.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrows and Enter before the canvas does."""
        if isinstance(event, QKeyEvent) and len(self._edges()) > 1:
            if event.type() == QEvent.Type.ShortcutOverride and Qt.Key(event.key()) in _TAKE:
                event.accept()  # the window's shortcuts would take it first
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._press(Qt.Key(event.key()), event.modifiers())
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key, keys: Qt.KeyboardModifier) -> bool:
        if key in _TAKE:
            self.chosen.emit(self._at, self._upper, keys)
        elif key in _ACROSS or key in _SIDES:
            last = len(self._edges()) - 2
            self._at = min(max(self._at + _ACROSS.get(key, 0), 0), last)
            self._upper = _SIDES.get(key, self._upper)
            self.moved.emit(self._at, self._upper)
        else:
            return False
        return True


def round_range(values: Float64s) -> tuple[float, float]:
    """A range with round ends around the values and some air: it stays while they move."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    span = high - low
    if not isfinite(span) or span > 1e290:
        return low, high
    least = 1e-9 * max(abs(low), abs(high)) or 1e-9
    if span <= least:
        half = 0.5 * max(abs(low), abs(high)) or 0.5
        return low - half, high + half
    step = nice_step(span / 10)
    return floor((low - 0.2 * step) / step) * step, ceil((high + 0.2 * step) / step) * step


def bar_heights(counts: Ints) -> tuple[float, float]:
    """How far down and up a view of bars reaches, from counts (2, B) of both groups.

    Round numbers above the highest bars, so that they move seldom; an empty side keeps a little.
    """
    lower, upper = (int(n) for n in counts.max(axis=1))
    most = max(lower, upper, 1)
    step = nice_step(most / 5)
    down, up = (ceil(1.04 * max(n, 0.12 * most) / step) * step for n in (lower, upper))
    return down, up
