"""Moving a straight boundary with the mouse: the model follows the hand.

The middle half of the line moves it (the bias alone), its outer quarters turn it about the middle
(the weights keep their length), and the tip of the weight vector, where it is drawn, sets direction
and length. All in the scaled units of the network's inputs. What is no such drag is passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import hypot
from typing import Final, Literal, TypeAlias

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.plots.canvas import Canvas
from app.plots.canvas_mouse import Hand, Touch
from app.plots.weight_arrow import Arrow, Line
from slp_core.arrays import Float64s
from slp_core.network.parameters import Parameters

_NEAR: Final = 6.0
"""Pixels from the line at which it can be taken."""
_PAUSE: Final = 30
"""Milliseconds between two weights that are told: more are not seen."""
_GESTURES = count(3_000_000)
Part: TypeAlias = Literal["line", "end", "tip"]
_TEXTS: Final[dict[Part, str]] = {
    "line": "Move the boundary",
    "end": "Turn the boundary",
    "tip": "Drag the weight vector",
}


@dataclass(frozen=True, slots=True)
class Grasp:
    """What can be taken: the boundary of ``parameters``, with its middle and the score on it."""

    line: Line
    arrow: Arrow
    parameters: Parameters
    level: float
    tip: bool
    """Whether the weight vector is drawn."""

    def scaled(self, place: tuple[float, float]) -> Float64s:
        """A place of the view in scaled units."""
        pairs = zip(place, self.line.view, self.line.scaled, strict=True)
        return np.array([s.middle + (at - v.middle) / v.half * s.half for at, v, s in pairs])

    def with_line(self, weights: Float64s, through: Float64s) -> Parameters:
        """The model whose boundary has this normal (2,) and passes through a place."""
        offset = float(self.level - weights @ through)
        W, b = self.parameters.W.copy(), self.parameters.b.copy()
        if W.shape[1] == 1:
            W[:, 0], b[0] = weights, offset
            return Parameters(W, b)
        step, lift = (weights - (W[:, 1] - W[:, 0])) / 2, (offset - (b[1] - b[0])) / 2
        W += np.column_stack([-step, step]).astype(W.dtype)  # pyright: ignore[reportConstantRedefinition]  # a copy, changed in place
        b += np.array([-lift, lift], b.dtype)
        return Parameters(W, b)


class BoundaryHand(QObject):
    """Takes drags that begin on the boundary; ``inner`` gets all others."""

    edited = Signal(object, str, int)
    """Weights, what was done, and the number of the gesture."""

    def __init__(self, canvas: Canvas, inner: Hand, find: Callable[[], Grasp | None]) -> None:
        super().__init__(canvas)
        self._canvas, self._inner, self._find = canvas, inner, find
        self._grasp: Grasp | None = None
        self._part: Part = "line"
        self._start: Touch | None = None
        self._moved = False
        self._weights: Float64s = np.zeros(2)
        self._gesture = 0
        self._next: Parameters | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._tell)
        self._over = False
        canvas.touched.connect(self._hover)

    def pressed(self, touch: Touch) -> bool:
        """Take the boundary, if it is there."""
        grasp = None if touch.keys else self._find()
        part = None if grasp is None else self._part_at(grasp, touch)
        if grasp is None or part is None:
            return self._inner.pressed(touch)
        self._grasp, self._part, self._start, self._moved = grasp, part, touch, False
        self._weights = np.array(grasp.line.weights)
        self._gesture = next(_GESTURES)
        return True

    def dragged(self, touch: Touch) -> None:
        """Let the model follow."""
        if self._grasp is None or self._start is None:
            self._inner.dragged(touch)
            return
        way = (touch.pixel - self._start.pixel).manhattanLength()
        self._moved = self._moved or way >= QApplication.startDragDistance()
        if not self._moved:
            return
        found = self._follow(self._grasp, touch)
        if found is not None and found.is_finite:
            self._next = found
            if not self._pause.isActive():
                self._tell()

    def released(self, touch: Touch) -> None:
        """The last place counts; without a movement it was a click."""
        if self._grasp is None:
            self._inner.released(touch)
            return
        self._grasp = None
        self._pause.stop()
        self._tell()
        self._pause.stop()
        if not self._moved:
            self._inner.clicked(touch)

    def clicked(self, touch: Touch) -> None:
        """Not ours."""
        self._inner.clicked(touch)

    def turned(self, touch: Touch, steps: float) -> bool:
        """Not ours."""
        return self._inner.turned(touch, steps)

    # Inside.

    def _part_at(self, grasp: Grasp, touch: Touch) -> Part | None:
        size = self._canvas.pixel
        tip = (np.array(touch.at) - grasp.arrow.tip) / size
        if grasp.tip and np.linalg.norm(tip) < 2 * _NEAR:
            return "tip"
        place, weights = grasp.scaled(touch.at), np.array(grasp.line.weights)
        pairs = zip(size, grasp.line.scaled, grasp.line.view, strict=True)
        steps = [pixel * scaled.half / view.half for pixel, scaled, view in pairs]
        slope = hypot(*(weights * steps))
        if slope == 0 or abs(grasp.line.offset + weights @ place) / slope > _NEAR:
            return None
        foot = (np.array(touch.at) - grasp.arrow.foot) / [v.half for v in grasp.line.view]
        return "line" if np.abs(foot).max() <= 0.5 else "end"

    def _follow(self, grasp: Grasp, touch: Touch) -> Parameters | None:
        place, foot = grasp.scaled(touch.at), grasp.scaled(grasp.arrow.foot)
        if self._part == "line":
            return grasp.with_line(self._weights, place)
        way = place - foot
        length = float(np.linalg.norm(way))
        if length == 0:
            return None
        if self._part == "tip":
            return grasp.with_line(way / grasp.arrow.share, foot)
        normal = np.array([-way[1], way[0]]) / length * np.linalg.norm(grasp.line.weights)
        self._weights = normal if normal @ self._weights >= 0 else -normal
        return grasp.with_line(self._weights, foot)

    def _tell(self) -> None:
        new, self._next = self._next, None
        if new is not None:
            self._pause.start()
            self.edited.emit(new, _TEXTS[self._part], self._gesture)

    def _hover(self, touch: Touch | None) -> None:
        """Show that the line can be taken."""
        if self._grasp is not None:
            return
        grasp = None if touch is None or touch.keys else self._find()
        over = touch is not None and grasp is not None and bool(self._part_at(grasp, touch))
        if over != self._over:
            self._over = over
            shape = Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor
            self._canvas.set_cursor(shape)
