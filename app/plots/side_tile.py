"""One of several decision views: the name of its run above, without a legend of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.moment import RunMoment
from app.numbers import number_text, share_text
from app.plots.decision import DecisionPlot
from app.plots.labels import small
from app.plots.marks import line as line_mark
from app.plots.marks import picture
from app.runs_look import line_color, line_dash
from app.theme import Theme

Range = tuple[tuple[float, float], tuple[float, float]]
_MISTAKES = 3
"""Mistakes are looked for each so many times the view is drawn: they cost more than the rest."""

_LOW, _NARROW = 11.0, 13.0
"""Height and width of a picture in sizes of type below which the axes give it their room."""
_MARK, _LEAST = 46, 40
"""Pixels of the sample of the line with its margins, and the least a name is cut to."""


class Tile(QWidget):
    """A run's name, its numbers, and its decision view."""

    chosen = Signal(int)
    """The number of the run whose name was clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.run = 0
        self.range: Range | None = None
        """What is to be shown as soon as there is a picture; None: all samples."""
        self._shown: RunMoment | None = None
        self._axes: tuple[int, int | None] | None = None
        self._turn = 0
        self._active = self._bare = False
        self._words = "", "", ""
        self.title = QToolButton()
        self.title.setAutoRaise(True)
        self.title.setProperty("role", "pane")
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title.setToolTip("The run with its loss and what it gets right; a click turns to it.")
        self.title.setIconSize(QSize(16, 16))
        self.title.clicked.connect(self._click)
        self.plot = DecisionPlot()
        self.plot.compact = True
        self.plot.setMinimumSize(60, 40)
        inner = self.plot.layout()
        if inner is not None:
            inner.setContentsMargins(2, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.plot, 1)
        self.set_theme(theme)

    @property
    def shown_range(self) -> Range:
        """What is visible, from left to right and from below."""
        return self.plot.canvas.x_range, self.plot.canvas.y_range

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._theme = theme
        self._fit_axes()
        self.plot.set_theme(theme)
        self._dress()
        if self._shown is not None:
            self._draw_mark(self._shown)

    def _dress(self) -> None:
        weight = 600 if self._active else 400
        self.title.setStyleSheet(
            f"font-size: {small(self._theme):.2f}pt; font-weight: {weight}; text-align: left;"
        )

    def set_axes(self, axes: tuple[int, int | None] | None) -> None:
        """Features on the axes; those the run does not have are left alone."""
        self._axes = axes
        if axes is not None and self._shown is not None:
            known = len(self._shown.dataset.preparation.features)
            if max(axes[0], axes[1] or 0) < known:
                self.plot.set_axes(*axes)

    def set_range(self, shown: Range) -> None:
        """Show this part."""
        self.plot.canvas.set_range(*shown)

    def show_run(self, run: RunMoment, label: str, *, active: bool, whole: bool = False) -> None:
        """Draw a run at its moment; the active one's name is bold.

        Mistakes are ringed in turn, or now where the ``whole`` moment is to stay.
        """
        before, self._shown, self.run = self._shown, run, run.run
        if before is None or before.dataset is not run.dataset:
            kept = before is not None and before.dataset.preparation == run.dataset.preparation
            self.plot.set_data(run.dataset, run.table, keep=kept)
            self.set_axes(self._axes)
        if before is None or (before.line, before.run) != (run.line, run.run):
            self._draw_mark(run)
        self.plot.set_model(run.pair)
        self.plot.show_parameters(run.snapshot.parameters)
        self._turn = (self._turn + 1) % _MISTAKES
        if whole or self._turn == 1 or before is None:
            self.plot.show_mistakes(run.snapshot.parameters)
        if self.range is not None and self.plot.view is not None:
            self.set_range(self.range)
            self.range = None
        self._write(run, label)
        if active != self._active:
            self._active = active
            self._dress()

    def _write(self, run: RunMoment, label: str) -> None:
        now = run.snapshot
        fit = f"R² {number_text(now.r2)}" if now.r2 is not None else share_text(now.accuracy)
        self._words = label, f"  {number_text(now.loss)}", f"  {fit}"
        self._fit_title()
        self.plot.setAccessibleName(f"Decision view of {label}")

    def _fit_title(self) -> None:
        """What it gets right gives way first, then the run's number, its loss, and letters."""
        name, loss, fit = self._words
        apart = name.rpartition(" · ")[2]
        measure, width = self.title.fontMetrics(), self.title.width() - _MARK
        whole = (name + loss + fit, name + loss, apart + loss)
        known = (text for text in whole if measure.horizontalAdvance(text) <= width)
        elided = measure.elidedText(apart, Qt.TextElideMode.ElideRight, max(width, _LEAST))
        text = f" {next(known, elided)}".replace("&", "&&")
        if text != self.title.text():
            self.title.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()
        self._fit_axes()

    def _fit_axes(self) -> None:
        """A small picture has all of the room; the numbers are in a larger one."""
        size = self._theme.font_size
        small_one = self.plot.height() < _LOW * size or self.plot.width() < _NARROW * size
        if small_one != self._bare:
            self._bare = small_one
            canvas = self.plot.canvas
            for axis in (canvas.x_axis, canvas.y_axis):
                axis.set_hidden(small_one)
            canvas.set_theme(self._theme)  # its margins follow the axes

    def _draw_mark(self, run: RunMoment) -> None:
        pen = QPen(QColor(line_color(self._theme, run.line)), 2.6)
        if line_dash(run.line):
            pen.setDashPattern(list(line_dash(run.line)))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.title.setIcon(QIcon(picture(line_mark(pen))))

    def _click(self) -> None:
        self.chosen.emit(self.run)
