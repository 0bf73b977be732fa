"""The items of a pair plot: curves, dots on the error signal, strokes below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from app.plots.canvas import Canvas
from app.plots.colors import line_color
from app.plots.drawing import Drawing, drawn
from app.plots.legend import Entry
from app.plots.marks import line as line_mark
from app.plots.pair_bands import Band
from app.plots.pair_data import Curve
from app.plots.pair_samples import Placed
from app.plots.pair_words import curve_name
from app.plots.points import Style, class_style, fill, plain_style
from app.plots.rug import Rows, Rug
from app.plots.score_data import Scores
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s, Ints

MOST_DOTS = 600
"""More dots on one curve only hide each other; the strokes below show more."""
MOST_STROKES = 2000
_STYLES = (Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


@dataclass(frozen=True, slots=True)
class Look:
    """What the colours mean: ``classes`` is empty for a numeric target."""

    theme: Theme
    classes: tuple[str, ...]
    coupled: bool

    def color(self, index: int) -> str:
        """Of the curve of the ``index``-th target."""
        theme = self.theme
        if len(self.classes) == 2:
            return line_color(theme, index)
        if self.classes:
            return (theme.muted, theme.activation_color)[index]
        return (theme.train_color, theme.gradient_color, theme.activation_color)[index]


class PairDrawing:
    """Draws on a canvas; knows no model."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._look = Look(THEMES["light"], (), coupled=False)
        self._lines: list[pg.PlotCurveItem] = []
        self._rug = Rug(canvas)
        self._dots, self._squares = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self._zero = pg.PlotCurveItem(antialias=False)
        canvas.add(self._zero, 0)
        canvas.add(self._dots, 7)
        canvas.add(self._squares, 9)
        self._set: tuple[Theme, tuple[str, ...]] | None = None

    @property
    def lines(self) -> list[Drawing]:
        """What is drawn of each curve: signals, losses, then those for comparison."""
        return [drawn(item) for item in self._lines]

    @property
    def strokes(self) -> list[Drawing]:
        """Ends of the strokes of each class."""
        return self._rug.strokes

    @property
    def dots(self) -> Drawing:
        """Where the dots are."""
        return self._dots.getData()

    @property
    def squares(self) -> Drawing:
        """Where the selected samples are."""
        return self._squares.getData()

    def set_look(self, look: Look) -> None:
        """Other colours or classes."""
        if self._set != (look.theme, look.classes):
            self._set = (look.theme, look.classes)
            self._rug.set_classes(look.theme, len(look.classes))
        self._look = look
        self._zero.setPen(self._canvas.pen(look.theme.border, 1.0))

    def pen(self, index: int, width: float = 1.2) -> QPen:
        """Of the curve of the ``index``-th target."""
        return self._canvas.pen(self._look.color(index), self._look.theme.line_width * width)

    def dashed_pen(self, index: int, number: int) -> QPen:
        """The same in the ``number``-th pair drawn for comparison."""
        pen = self.pen(index, 0.75)
        pen.setStyle(_STYLES[number % len(_STYLES)])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def show(
        self,
        curves: Sequence[Curve],
        dashed: Sequence[tuple[str, tuple[Curve, ...]]],
        bands: Sequence[Band],
    ) -> None:
        """Draw all curves."""
        for item in self._lines:
            self._canvas.remove(item)
        self._lines = []
        for index, each in enumerate(curves):
            self._draw(each.place, bands[0].place(each.signal), self.pen(index), 6)
        for index, each in enumerate(curves if len(bands) > 1 else ()):
            self._draw(each.place, bands[1].place(each.loss), self.pen(index), 6)
        for number, (_, others) in enumerate(dashed):
            for index, each in enumerate(others):
                pen = self.dashed_pen(index, number)
                self._draw(each.place, bands[0].place(each.signal), pen, 5)
        ends = np.array([curves[0].place[0], curves[0].place[-1]])
        self._zero.setData(ends, bands[0].place(np.zeros(2)))

    def _draw(self, x: Float64s, y: Float64s, pen: QPen, z: float) -> None:
        item = pg.PlotCurveItem(antialias=True)
        item.setPen(pen)
        item.setData(x, y, connect="finite")
        self._canvas.add(item, z)
        self._lines.append(item)

    def show_samples(self, samples: Placed, band: Band, rows: Rows) -> None:
        """Dots on the error signal, strokes below it."""
        step = max(1, -(-len(samples.place) // MOST_STROKES))
        value, row = samples.place[::step], samples.row[::step]
        self._rug.show(Scores(value, row, len(samples.place), 0.0), rows)
        step = max(1, -(-len(samples.place) // MOST_DOTS))
        x, y = samples.place[::step], band.place(samples.signal[::step])
        known = np.isfinite(x) & np.isfinite(y)
        kinds = self._kinds()
        kind = samples.row[::step][known] if self._look.classes else np.zeros(known.sum(), np.int64)
        fill(self._dots, x[known], y[known], kinds, kind)

    def _kinds(self) -> list[Style]:
        look = self._look
        if not look.classes:
            return [plain_style(look.theme, line_color(look.theme, 0), hollow=False)]
        return [
            class_style(look.theme, k, hollow=False, scale=0.85) for k in range(len(look.classes))
        ]

    def show_selected(self, samples: Placed, picked: Ints, band: Band) -> None:
        """Squares around these."""
        picked = picked[:: max(1, -(-len(picked) // MOST_DOTS))]
        x, y = samples.place[picked], band.place(samples.signal[picked])
        known = np.isfinite(x) & np.isfinite(y)
        pen = QPen(QColor(self._look.theme.text), 1.6)
        pen.setCosmetic(True)
        size = self._look.theme.font_size * 0.82 + 8
        brush = QBrush(Qt.BrushStyle.NoBrush)
        self._squares.setData(x[known], y[known], symbol="s", size=size, pen=pen, brush=brush)

    def place_markers(self) -> None:
        """After the view has moved."""
        self._rug.place_markers()


def legend_entries(
    drawing: PairDrawing, look: Look, curves: Sequence[Curve], names: Sequence[str]
) -> list[Entry]:
    """Each target's curve, then the pairs drawn for comparison."""
    entries = [
        Entry(curve_name(each.target, index, look.classes), line_mark(drawing.pen(index)))
        for index, each in enumerate(curves)
        if len(curves) > 1
    ]
    last = max(len(curves) - 1, 0)
    for number, name in enumerate(names):
        entries.append(Entry(name, line_mark(drawing.dashed_pen(last, number))))
    return entries
