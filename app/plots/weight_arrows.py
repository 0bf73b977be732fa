"""Weight vectors on a canvas: a shaft in the class's colour and dash, a head, name and length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from app.numbers import number_text
from app.plots.canvas import Canvas
from app.plots.colors import class_color, mixed
from app.plots.labels import small
from app.plots.tags import Tag, TagLayer, parted
from app.plots.user_text import inline, shortened
from app.plots.weight_arrow import Arrow, distance, head
from app.runs_look import line_dash
from app.theme import THEMES, Theme

_LONGEST: Final = 16
"""Letters of a class at its arrow; the readout has all."""
_NEAR: Final = 10.0
"""Pixels from an arrow at which its numbers are read."""
_GAP: Final = 4.0
"""Pixels between the tip and the name."""
_SHORTEST: Final = 6.0
"""Pixels of an arrow that gets a name: at a start with zeros all names would lie on one place."""


class ArrowLayer:
    """Arrows, each with the number of its class; two classes have one, in the text's colour."""

    def __init__(self, canvas: Canvas, z: float) -> None:
        self._canvas, self._z, self._theme = canvas, z, THEMES["light"]
        self._items: list[tuple[pg.PlotCurveItem, pg.PlotCurveItem]] = []
        self._kinds: tuple[int, ...] = ()
        self._tags = TagLayer(canvas)
        self._names: Sequence[str] = ()
        self.shown: tuple[tuple[int, Arrow], ...] = ()
        """What is drawn: the number of the class, and its arrow."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands at the arrows."""
        return tuple(tag.text for tag in self._tags.tags)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self._theme = theme
        font = QFont()
        font.setPointSizeF(small(theme))
        self._tags.set_look(theme.text, theme.surface, font)
        shown, names = self.shown, self._names
        self.clear()
        self.show(shown, names)

    def show(self, arrows: Sequence[tuple[int, Arrow]], names: Sequence[str]) -> None:
        """Draw these; ``names`` are those of all classes."""
        self.shown, self._names = tuple(arrows), names
        self._have(tuple(number for number, _ in arrows))
        pixel = self._canvas.pixel
        for (shaft, point), (_, arrow) in zip(self._items, arrows, strict=True):
            (x0, y0), (x1, y1) = arrow.foot, arrow.tip
            shaft.setData(np.array([x0, x1]), np.array([y0, y1]), skipFiniteCheck=True)
            point.setData(*head(arrow, pixel), connect="pairs", skipFiniteCheck=True)
        self._tags.show_tags(self._placed(arrows))

    def clear(self) -> None:
        """Draw none."""
        if self.shown:
            self.shown = ()
            self._have(())
            self._tags.show_tags(())

    def text_at(self, x: float, y: float) -> str:
        """The numbers of the arrow at a place; empty if there is none."""
        pixel = self._canvas.pixel
        ways = [(distance(arrow, x, y, pixel), n) for n, (_, arrow) in enumerate(self.shown)]
        way, nearest = min(ways, default=(np.inf, 0))
        if way >= _NEAR:
            return ""
        number, arrow = self.shown[nearest]
        several = len(self._names) > 2
        return f"{inline(self._names[number])}: {arrow.text}" if several else arrow.text

    # Inside.

    def _have(self, kinds: tuple[int, ...]) -> None:
        """Items for the arrows of these classes, with their pens."""
        if kinds == self._kinds:
            return
        for pair in self._items:
            for item in pair:
                self._canvas.remove(item)
        self._kinds = kinds
        self._items = [self._make(number) for number in kinds]

    def _make(self, number: int) -> tuple[pg.PlotCurveItem, pg.PlotCurveItem]:
        shaft, point = pg.PlotCurveItem(antialias=True), pg.PlotCurveItem(antialias=True)
        shaft.setPen(self._pen(number, dashed=True))
        point.setPen(self._pen(number, dashed=False))
        for item in (shaft, point):
            item.setSegmentedLineMode("off" if item is shaft else "on")
            self._canvas.add(item, self._z)
        return shaft, point

    def _pen(self, number: int, *, dashed: bool) -> QPen:
        theme, several = self._theme, len(self._names) > 2
        color = self._color(number)
        pen = self._canvas.pen(color, theme.line_width * 1.2)
        dash = line_dash(number) if several else ()
        if dashed and dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(list(dash))
        return pen

    def _placed(self, arrows: Sequence[tuple[int, Arrow]]) -> list[Tag]:
        """Name and length beyond each tip, inside the view, none upon another."""
        tags = [self._tag(number, arrow) for number, arrow in arrows]
        return parted([tag for tag in tags if tag is not None], self._canvas)

    def _tag(self, number: int, arrow: Arrow) -> Tag | None:
        way = (np.array(arrow.tip) - arrow.foot) / self._canvas.pixel
        length = float(np.linalg.norm(way))
        if length < _SHORTEST:
            return None
        name = shortened(inline(self._names[number]), _LONGEST) if len(self._names) > 2 else "w"
        text = f"{name} {number_text(arrow.length, 3)}"
        size = self._tags.size_of(text)
        across, up = abs(way[0]) / length, abs(way[1]) / length
        off = min(  # from the middle of a box to its edge, in the arrow's direction
            size.width() / 2 / across if across else np.inf,
            size.height() / 2 / up if up else np.inf,
        )
        place = np.array(arrow.tip) + way / length * (off + _GAP) * self._canvas.pixel
        box = QRectF(QPointF(), size)
        box.moveCenter(self._canvas.place_of(float(place[0]), float(place[1])))
        return Tag(text, self._color(number), box)

    def _color(self, number: int) -> str:
        """Nearer to the text's than the class's colour: most of an arrow lies on its own region."""
        theme = self._theme
        if len(self._names) < 3:
            return theme.text
        return mixed(class_color(theme, number), theme.text, 0.65)
