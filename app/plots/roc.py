"""The view of ROC curves: how well the scores separate the classes, at every threshold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QWidget

from app.plots.canvas_mouse import Touch
from app.plots.colors import line_color
from app.plots.legend import DrawMark, Entry
from app.plots.marks import line as line_mark
from app.plots.marks import marker
from app.plots.points import Style, class_style, fill
from app.plots.quality_asked import Asked, has_validation, left_out
from app.plots.quality_chart import ChartView, Range
from app.plots.roc_data import MEAN, Curves, Line, Part, curves
from app.plots.roc_words import (
    PARTS,
    auc_text,
    class_text,
    description,
    headline,
    one_sided,
    point_text,
)
from app.plots.toggles import Toggle
from app.theme import Theme
from slp_core.data.dataset import Dataset

_TOGGLES = (
    Toggle("training", "Training", "Draw the curves of the training rows."),
    Toggle("validation", "Validation", "Draw the curves of the validation rows, dashed."),
)
_WHY = "Nothing to show for a numeric target, because there are no classes to tell apart."
_ALL: Range = (-0.05, 1.05)


class RocView(ChartView):
    """True positive rate over false positive rate; the decision of now is a dot on the curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ROC curve", _TOGGLES, parent)
        self._curves: Curves | None = None
        self._items: list[pg.PlotCurveItem] = []
        self._chance = self.curve(0)
        self._chance.setData(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
        self._marks, self._point = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.canvas.add(self._marks, 20)
        self.canvas.add(self._point, 30)
        for axis in (self.canvas.x_axis, self.canvas.y_axis):
            axis.limits = (0.0, 1.0)
        self.name_axes("false positive rate", "true positive rate")
        for toggle in _TOGGLES:
            self.header_widget.set(toggle.key, True)
        self.set_theme(self._theme)

    @property
    def curves(self) -> Curves | None:
        """What is shown."""
        return self._curves if self.shown is not None else None

    @property
    def items(self) -> list[pg.PlotCurveItem]:
        """The lines that are drawn."""
        return self._items

    # What the base asks.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._chance.setPen(self.canvas.pen(theme.muted, 1.0, Qt.PenStyle.DotLine))
        super().set_theme(theme)

    def refusal(self, dataset: Dataset) -> str:
        """Numbers have no classes."""
        return "" if dataset.classes else _WHY

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """Rank the rows of the parts that are chosen."""
        n = asked.dataset.samples
        slices: dict[Part, slice] = {"training": slice(0, n), "validation": slice(n, None)}
        there = PARTS if has_validation(asked.dataset) else PARTS[:1]
        switches = asked.switches
        chosen: tuple[tuple[Part, slice], ...] = tuple(
            (part, slices[part]) for part in there if part in switches
        )
        return lambda stop: curves(asked.dataset, asked.pair, asked.parameters, chosen, stop)

    def draw(self, asked: Asked, result: object) -> str:
        """Show the curves."""
        assert isinstance(result, Curves)  # noqa: S101 - what `work` makes
        self._curves = result
        self.headline.setText(headline(result, asked.dataset))
        self.detail.setText(left_out(result.unknown))
        self.note.setText(one_sided(result, asked.dataset))
        self.redraw()
        self.follow()
        self.read_again()
        return description(result, asked.dataset)

    def mark(self) -> None:
        """Curves have no rows to mark."""

    def bounds(self) -> tuple[Range, Range]:
        """All of both rates."""
        return _ALL, _ALL

    # Drawing.

    def redraw(self) -> None:
        """All curves, their marks and the legend."""
        if self._curves is None or self.shown is None:
            return
        lines = [line for line in self._curves.lines if line.drawable]
        while len(self._items) < len(lines):
            self._items.append(self.curve(5))
        while len(self._items) > len(lines):
            self.canvas.remove(self._items.pop())
        for item, line in zip(self._items, lines, strict=True):
            item.setPen(self._pen(line))
            item.setZValue(8 if line.number == MEAN else 5)
            item.setData(line.roc.fpr, line.roc.tpr, skipFiniteCheck=True)
        self._draw_marks(lines)
        self.legend.set_entries(self._entries(self._curves, self.shown.dataset))

    @property
    def _several(self) -> bool:
        return self.shown is not None and len(self.shown.dataset.classes) > 2

    def _pen(self, line: Line) -> QPen:
        theme, width = self._theme, self._theme.line_width
        if line.number == MEAN:
            color, width = theme.text, 1.5 * width
        elif self._several:
            color, width = line_color(theme, line.number), 0.7 * width
        else:
            color = theme.train_color if line.part == "training" else theme.validation_color
        pen = self.canvas.pen(color, width)
        if line.part == "validation":
            pen.setStyle(Qt.PenStyle.DashLine)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _draw_marks(self, lines: list[Line]) -> None:
        """The decision of now, or with several classes the symbol of each on its curve."""
        assert self._curves is not None  # noqa: S101 - only called while drawing
        x: list[float] = []
        y: list[float] = []
        styles: list[Style] = []
        for part, fpr, tpr in self._curves.decisions:
            x.append(fpr)
            y.append(tpr)
            styles.append(self._decision_style(part))
        classes = max((line.number for line in lines), default=0) + 1
        for line in lines if self._several else ():
            if line.number != MEAN:
                place = _symbol_place(line, classes)
                x.append(place[0])
                y.append(place[1])
                styles.append(class_style(self._theme, line.number, line.part == "validation"))
        fill(self._marks, np.array(x), np.array(y), styles, np.arange(len(styles)))

    def _decision_style(self, part: Part) -> Style:
        theme = self._theme
        color = theme.train_color if part == "training" else theme.validation_color
        inside = QColor(color if part == "training" else theme.surface)
        return _dot(color, inside, round(theme.font_size))

    def _entries(self, found: Curves, dataset: Dataset) -> list[Entry]:
        if len(dataset.classes) > 2:
            numbers = sorted({line.number for line in found.lines})
            return [Entry(class_text(found, dataset, n), self._sample(n), _TIP) for n in numbers]
        entries = [
            Entry(f"{line.part} {auc_text(line)}", line_mark(self._pen(line)), _TIP)
            for line in found.lines
        ]
        if found.decisions:
            style = self._decision_style(found.decisions[0][0])
            entries.append(Entry("decision", marker(style), _DECISION))
        return entries

    def _sample(self, number: int) -> DrawMark:
        if number == MEAN:
            return line_mark(self.canvas.pen(self._theme.text, 1.5 * self._theme.line_width))
        return marker(class_style(self._theme, number, hollow=False))

    # Reading.

    def reading_at(self, touch: Touch) -> str:
        """The point nearest to the mouse."""
        asked = self.shown
        nearest = self._nearest(touch)
        if asked is None or nearest is None:
            return ""
        line, index = nearest
        x, y = line.roc.fpr[index : index + 1], line.roc.tpr[index : index + 1]
        color = self._pen(line).color()
        dot = _dot(self._theme.text, color, round(0.7 * self._theme.font_size))
        fill(self._point, x, y, [dot], np.zeros(1, np.int64))
        return point_text(line, index, asked.dataset, asked.pair)

    def unread(self) -> None:
        """Take the dot off."""
        self._point.clear()

    def _nearest(self, touch: Touch) -> tuple[Line, int] | None:
        pixel, (x, y) = self.canvas.pixel, touch.at
        best, found = np.inf, None
        for line in self._curves.lines if self._curves is not None else ():
            if not line.drawable:
                continue
            squares = ((line.roc.fpr - x) / pixel[0]) ** 2 + ((line.roc.tpr - y) / pixel[1]) ** 2
            index = int(squares.argmin())
            if squares[index] < best:
                best, found = squares[index], (line, index)
        return found


_TIP = "Area under the curve: how often a row of the class ranks above another row."
_DECISION = "The rates of the decision that the model makes now."


def _dot(rim: str, inside: QColor, size: float) -> Style:
    pen = QPen(QColor(rim), 1.6)
    pen.setCosmetic(True)
    return Style("o", size, pen, QBrush(inside))


def _symbol_place(line: Line, classes: int) -> tuple[float, float]:
    """Where a curve carries its class's symbol: each further along, so that none hides another."""
    way = line.roc.fpr + line.roc.tpr
    at = (line.number + (0.25 if line.part == "training" else 0.75)) / classes
    x = float(np.interp(at, way, line.roc.fpr))
    return x, at - x
