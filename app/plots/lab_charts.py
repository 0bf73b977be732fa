"""The two pictures of a gradient check: typed against numeric, and the error over the step h."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.numbers import number_text
from app.plots.canvas import Canvas
from app.plots.canvas_mouse import Touch
from app.plots.labels import ElidedLabel, row, small
from app.plots.points import Style, fill
from app.plots.scales import LOG
from app.plots.surface import Surface
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s
from slp_core.insight.gradient.report import Component, Sweep

Range = tuple[float, float]
_LEAST_ERROR: Final = 1e-17
_NEAR: Final = 12.0
"""Pixels from the mouse within which a point is read."""


class LabChart(Surface):
    """A canvas with the names of its axes, and what is read at the mouse."""

    def __init__(self, name: str, x: str, y: str) -> None:
        super().__init__()
        self._theme: Theme = THEMES["light"]
        self.canvas = Canvas(self, grid=True)
        self.canvas.setAccessibleName(name)
        self.canvas.x_axis.named = self.canvas.y_axis.named = True
        self.setAccessibleName(name)
        self.title = ElidedLabel(self, first=True)
        self.readout = ElidedLabel(self, Qt.AlignmentFlag.AlignRight)
        self.y_name = ElidedLabel(self)
        self.x_name = ElidedLabel(self, Qt.AlignmentFlag.AlignRight)
        self.title.setText(name)
        self._names = x, y
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row((self.title, 0), (self.readout, 1)))
        column.addLayout(row((self.y_name, 1)))
        column.addWidget(self.canvas, 1)
        column.addLayout(row((self.x_name, 1)))
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.range_changed.connect(self._write_names)
        self.canvas.touched.connect(self._read)
        self._write_names()

    def sizeHint(self) -> QSize:
        return QSize(260, 230)

    def minimumSizeHint(self) -> QSize:
        return QSize(190, 190)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.canvas.set_theme(theme)
        self.title.set_look(theme.text, small(theme), bold=True)
        for label in (self.readout, self.y_name, self.x_name):
            label.set_look(theme.muted, small(theme))
        self.redraw()

    def redraw(self) -> None:
        """Draw what is shown in the colours of now."""
        raise NotImplementedError

    def bounds(self) -> tuple[Range, Range]:
        """The ranges that show everything."""
        raise NotImplementedError

    def reading_at(self, touch: Touch) -> str:
        """What is read at a place."""
        raise NotImplementedError

    def fit(self) -> None:
        """Show everything."""
        self.canvas.release()
        self.canvas.reset_room()
        self.canvas.set_range(*self.bounds())

    def _read(self, touch: Touch | None) -> None:
        self.readout.setText("" if touch is None else self.reading_at(touch))

    def _write_names(self) -> None:
        x, y = self._names
        suffixes = self.canvas.x_axis.ticks.suffix, self.canvas.y_axis.ticks.suffix
        self.x_name.setText(f"{x} {suffixes[0]}".rstrip() + " →")
        self.y_name.setText(f"↑ {y} {suffixes[1]}".rstrip())


class AgreementPlot(LabChart):
    """The typed gradient against the numeric one: right is on the diagonal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._components: tuple[Component, ...] = ()
        self._x = self._y = np.empty(0)
        super().__init__("Yours against numeric", "numeric", "yours")
        self.setParent(parent)
        self._diagonal = pg.PlotCurveItem(antialias=True)
        self.marks = pg.ScatterPlotItem()
        self.canvas.add(self._diagonal, 1)
        self.canvas.add(self.marks, 5)

    @property
    def places(self) -> tuple[Float64s, Float64s]:
        """Numeric and typed value of each point."""
        return self._x, self._y

    def set_value(self, components: Sequence[Component]) -> None:
        """Show these; the true value stands in where no difference was computed."""
        shown: list[Component] = []
        places: list[tuple[float, float]] = []
        for component in components:
            x = component.analytic if component.numeric is None else component.numeric
            y = component.yours
            if y is not None and np.isfinite((x, y)).all():
                shown.append(component)
                places.append((x, y))
        self._components = tuple(shown)
        points = np.array(places, dtype=np.float64).reshape(-1, 2)
        self._x, self._y = points[:, 0], points[:, 1]
        self.setAccessibleDescription(f"{len(shown)} components; right ones lie on the diagonal.")
        self.redraw()
        self.fit()

    def redraw(self) -> None:
        """The diagonal and the points."""
        theme = self._theme
        low, high = self.bounds()[0]
        self._diagonal.setPen(self.canvas.pen(theme.muted, 1.2, Qt.PenStyle.DashLine))
        self._diagonal.setData(np.array([low, high]), np.array([low, high]))
        styles = [_dot(theme, "o", theme.train_color), _dot(theme, "s", theme.gradient_color)]
        kinds = np.array([int(c.parameter == "b") for c in self._components], np.int64)
        fill(self.marks, self._x, self._y, styles, kinds)

    def bounds(self) -> tuple[Range, Range]:
        """One range for both axes, so that the diagonal is one."""
        values = np.concatenate([self._x, self._y, [0.0]])
        low, high = float(values.min()), float(values.max())
        air = 0.08 * (high - low) or 1.0
        return (low - air, high + air), (low - air, high + air)

    def reading_at(self, touch: Touch) -> str:
        """The point nearest to the mouse."""
        if not len(self._x):
            return ""
        pixel, (x, y) = self.canvas.pixel, touch.at
        apart = np.hypot((self._x - x) / pixel[0], (self._y - y) / pixel[1])
        nearest = int(apart.argmin())
        if apart[nearest] > _NEAR:
            return ""
        found = self._components[nearest]
        column = f", {found.column + 1}" if found.parameter == "W" else ""
        values = f"{number_text(self._y[nearest])} for {number_text(self._x[nearest])}"
        return f"{found.parameter}[{found.row + 1}{column}]: {values}"


class SweepPlot(LabChart):
    """How far typed and program's gradient are from the difference, by its step h."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._sweep: Sweep | None = None
        super().__init__("Error over the step h", "step h", "yours (line), program (dashes)")
        self.setParent(parent)
        self.canvas.set_scales(LOG, LOG)
        self.yours, self.program = (
            pg.PlotCurveItem(antialias=True),
            pg.PlotCurveItem(antialias=True),
        )
        self.canvas.add(self.program, 4)
        self.canvas.add(self.yours, 5)

    def set_value(self, sweep: Sweep | None) -> None:
        """Show this curve."""
        self._sweep = sweep
        self.setAccessibleDescription(
            "" if sweep is None else f"Smallest error of yours {number_text(min(sweep.yours))}."
        )
        self.redraw()
        self.fit()

    def redraw(self) -> None:
        """Both curves."""
        theme, width = self._theme, self._theme.line_width
        self.yours.setPen(self.canvas.pen(theme.train_color, width))
        self.program.setPen(self.canvas.pen(theme.muted, width, Qt.PenStyle.DashLine))
        if self._sweep is not None:
            x = np.log10(self._sweep.steps)
            self.yours.setData(x, _log(self._sweep.yours))
            self.program.setData(x, _log(self._sweep.program))

    def bounds(self) -> tuple[Range, Range]:
        """Both curves with some air."""
        if self._sweep is None:
            return (-12.0, 0.0), (-12.0, 0.0)
        x = np.log10(self._sweep.steps)
        y = np.concatenate([_log(self._sweep.yours), _log(self._sweep.program)])
        low, high = float(y.min()), float(y.max())
        return (float(x.min()) - 0.3, float(x.max()) + 0.3), (low - 0.6, high + 0.6)

    def reading_at(self, touch: Touch) -> str:
        """Both errors at the step nearest to the mouse."""
        if self._sweep is None:
            return ""
        at = int(np.abs(np.log10(self._sweep.steps) - touch.at[0]).argmin())
        yours, program = self._sweep.yours[at], self._sweep.program[at]
        h = number_text(self._sweep.steps[at], 2)
        return f"h = {h}: yours {number_text(yours, 2)}, program {number_text(program, 2)}"


def _log(values: Sequence[float]) -> Float64s:
    found = np.nan_to_num(np.asarray(values, np.float64), nan=1.0, posinf=1e12)
    return np.log10(np.clip(found, _LEAST_ERROR, 1e12))


def _dot(theme: Theme, symbol: str, color: str) -> Style:
    pen = QPen(QColor(theme.text if theme.dark else theme.surface), 1.0)
    pen.setCosmetic(True)
    return Style(symbol, round(0.75 * theme.font_size), pen, QBrush(QColor(color)))
