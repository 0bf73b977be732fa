"""A view of a model's quality that has axes: legend above, names and a readout around a canvas."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.plots.canvas import Canvas
from app.plots.canvas_mouse import Touch
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.quality_view import QualityView
from app.plots.toggles import Toggle
from app.theme import Theme

Range = tuple[float, float]
_LEGEND, _NAMES, _X_NAME = 20.0, 15.0, 11.0
"""Heights of the view, in sizes of type, from which on there is room for these."""
_BOTH = 45.0
"""Width, in sizes of type, that has room for what is read beside the name of the axis."""


class ChartView(QualityView):
    """What is drawn, and what is read from it at the mouse."""

    def __init__(
        self,
        name: str,
        toggles: Sequence[Toggle],
        parent: QWidget | None = None,
        *,
        exclusive: bool = False,
    ) -> None:
        super().__init__(name, toggles, parent, exclusive=exclusive)
        self.legend = Legend(self.content)
        self.canvas = Canvas(self.content, grid=True)
        self.canvas.setAccessibleName(f"{name} plot")
        self.canvas.x_axis.named = self.canvas.y_axis.named = True
        self.y_name = ElidedLabel(self.content, first=True)
        self.note = ElidedLabel(self.content, Qt.AlignmentFlag.AlignRight)
        self.readout = ElidedLabel(self.content)
        self.x_name = ElidedLabel(self.content, Qt.AlignmentFlag.AlignRight, first=True)
        self._names = ("", "")
        self._touch: Touch | None = None
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addLayout(row((self.y_name, 0), (self.note, 1)))
        column.addWidget(self.canvas, 1)
        column.addLayout(row((self.readout, 1), (self.x_name, 0)))
        self.canvas.touched.connect(self._on_touched)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.range_changed.connect(self._write_names)
        self.setFocusProxy(self.canvas)

    # What each chart is about.

    def bounds(self) -> tuple[Range, Range]:
        """The ranges that show everything."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw what is shown in the colours of now."""
        raise NotImplementedError

    def reading_at(self, touch: Touch) -> str:
        """What is read at a place; may mark it."""
        raise NotImplementedError

    def unread(self) -> None:
        """The mouse has gone: take the mark off."""

    # The rest is the same for all.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)
        self.legend.set_theme(theme)
        for label in (self.y_name, self.x_name):
            label.set_look(theme.text, small(theme))
        for label in (self.note, self.readout):
            label.set_look(theme.muted, small(theme))
        self._make_room()
        if self.shown is not None:
            self.redraw()

    def name_axes(self, x: str, y: str) -> None:
        """What the axes are."""
        self._names = (x, y)
        self._write_names()

    def fit(self) -> None:
        """Show everything, and follow it from now on."""
        self.canvas.release()
        self.canvas.reset_room()
        self.follow()

    def follow(self) -> None:
        """Show everything, unless a person has moved the view."""
        if self.shown is not None and not self.canvas.held:
            x, y = self.bounds()
            if (x, y) != (self.canvas.x_range, self.canvas.y_range):
                self.canvas.set_range(x, y)

    def curve(self, z: float) -> pg.PlotCurveItem:
        """A new line on the canvas."""
        item = pg.PlotCurveItem(antialias=True)
        self.canvas.add(item, z)
        return item

    def read_again(self) -> None:
        """Write what is under the mouse now."""
        text = "" if self._touch is None or self.shown is None else self.reading_at(self._touch)
        if not text:
            self.unread()
        self.readout.setText(text)
        alone = not text or self.width() > _BOTH * self._theme.font_size
        self.x_name.setVisible(alone and self.height() >= _X_NAME * self._theme.font_size)

    def _write_names(self) -> None:
        x, y = self._names
        self.x_name.set_parts(x, f" {self.canvas.x_axis.ticks.suffix}".rstrip() + " →")
        self.y_name.set_parts(f"↑ {y}", f" {self.canvas.y_axis.ticks.suffix}".rstrip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a small pane the picture matters more than what explains it."""
        lines = self.height() / self._theme.font_size
        self.legend.setVisible(lines >= _LEGEND)
        self.y_name.setVisible(lines >= _NAMES)
        self.note.setVisible(lines >= _NAMES)
        self.read_again()

    def _on_touched(self, touch: Touch | None) -> None:
        self._touch = touch
        self.read_again()
