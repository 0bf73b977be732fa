"""The points of a regression: markers, or a picture where there are many; what is selected."""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from PySide6.QtCore import QObject, QRectF, Qt, Signal

from app.plots.brush_cursor import BrushCursor
from app.plots.canvas import Canvas
from app.plots.canvas_mouse import Touch
from app.plots.colors import Bytes, class_color, rgb
from app.plots.density import DensityLayer
from app.plots.points import PointsLayer, plain_style
from app.plots.residuals_data import Drawn
from app.plots.selecting import inside, nearest
from app.theme import Theme
from slp_core.arrays import Bools, Float64s, Ints

_MOST_SQUARES: Final = 2_000
"""More selected points of a picture are outlined together instead of one by one."""


def part_colors(theme: Theme) -> Bytes:
    """(2, 3) colours of training and validation points in a picture."""
    return np.array([rgb(theme.train_color), rgb(theme.validation_color)], dtype=np.uint8)


class Points:
    """Draws the points of one moment after the other."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._picture, self._points = DensityLayer(canvas, 4), PointsLayer(canvas, 6)
        self._drawn: Drawn | None = None
        self._flat = False
        self._kept: Ints = np.empty(0, np.int64)

    @property
    def markers(self) -> PointsLayer:
        """The markers, and the squares around what is selected."""
        return self._points

    @property
    def picture(self) -> DensityLayer:
        """The picture of many points."""
        return self._picture

    def show(self, drawn: Drawn, flat: bool, theme: Theme) -> None:
        """Draw these; ``flat`` puts residuals up, otherwise true numbers."""
        self._drawn, self._flat = drawn, flat
        self._kept = np.flatnonzero(drawn.cloud.known)
        x, y = self._places(self._kept)
        color = class_color(theme, 0)
        kinds = [plain_style(theme, color, hollow) for hollow in (False, True)]
        few = self._kept if drawn.pictures is None else self._kept[:0]
        held_out = drawn.cloud.held_out[few].astype(np.int64)
        self._points.show(x[: len(few)], y[: len(few)], kinds, held_out)
        self.count()

    def count(self) -> None:
        """Count what is in view, where the points are a picture."""
        if self._drawn is None or self._drawn.pictures is None:
            self._picture.clear()
        else:
            self._picture.show(self._drawn.pictures[1 if self._flat else 0])

    def mark(self, picked: Bools, theme: Theme) -> None:
        """Mark the points of ``picked`` (N,) as selected."""
        if self._drawn is None:
            return
        chosen = np.flatnonzero(picked & self._drawn.cloud.known)
        dense = self._drawn.pictures is not None
        single = not dense or len(chosen) <= _MOST_SQUARES
        x, y = self._places(chosen)
        cut = len(chosen) if single else 0
        self._points.show_squares(x[:cut], y[:cut], theme)
        if dense:
            self._picture.outline(x[cut:], y[cut:], theme)

    def clear(self) -> None:
        """Draw nothing."""
        none = np.empty(0)
        self._drawn = None
        self._points.show(none, none, [], np.empty(0, np.int64))
        self._picture.clear()

    def at(self, place: tuple[float, float]) -> int:
        """The sample at a place, or −1."""
        if self._drawn is None:
            return -1
        x, y = self._places(self._kept)
        found = nearest(x, y, place, self._canvas.pixel)
        return int(self._kept[found]) if found >= 0 else -1

    def between(self, first: tuple[float, float], last: tuple[float, float]) -> Ints:
        """The samples in a frame."""
        if self._drawn is None:
            return self._kept[:0]
        return self._kept[inside(*self._places(self._kept), first, last)]

    def _places(self, samples: Ints) -> tuple[Float64s, Float64s]:
        assert self._drawn is not None  # noqa: S101 - whoever calls has looked
        cloud = self._drawn.cloud
        return cloud.predicted[samples], cloud.heights(self._flat)[samples]


class Findable(Protocol):
    """Samples that can be found by their places."""

    def at(self, place: tuple[float, float]) -> int: ...

    def between(self, first: tuple[float, float], last: tuple[float, float]) -> Ints: ...


class PointHand(QObject):
    """A click takes the point there, a frame drawn with Shift those within."""

    chosen = Signal(object, object)
    """The samples and the keys held."""

    def __init__(self, canvas: Canvas, points: Findable) -> None:
        super().__init__(canvas)
        self._points, self._frame = points, BrushCursor(canvas)
        self._start: Touch | None = None

    def set_theme(self, theme: Theme) -> None:
        """Colour of the frame."""
        self._frame.set_theme(theme)

    def pressed(self, touch: Touch) -> bool:
        """A frame begins with Shift; other drags pan."""
        self._start = touch if touch.keys & Qt.KeyboardModifier.ShiftModifier else None
        return self._start is not None

    def dragged(self, touch: Touch) -> None:
        """Draw the frame."""
        if self._start is not None:
            self._frame.set_frame(QRectF(self._start.pixel, touch.pixel).normalized())

    def released(self, touch: Touch) -> None:
        """Take what is inside; a frame of no size is a click."""
        start, self._start = self._start, None
        self._frame.set_frame(None)
        if start is None:
            return
        if (touch.pixel - start.pixel).manhattanLength() < 4:
            self.clicked(touch)
        else:
            self.chosen.emit(self._points.between(start.at, touch.at), touch.keys)

    def clicked(self, touch: Touch) -> None:
        """Take the point there; an empty place takes none."""
        sample = self._points.at(touch.at)
        found = np.array([sample]) if sample >= 0 else np.empty(0, np.int64)
        self.chosen.emit(found, touch.keys)

    def turned(self, touch: Touch, steps: float) -> bool:
        """The wheel zooms."""
        del touch, steps
        return False
