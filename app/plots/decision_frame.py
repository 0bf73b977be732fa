"""The decision view's widgets: the canvas, and what is written around it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.plots.canvas import Canvas
from app.plots.colorbar import ColorBar
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.shading_words import Scale
from app.plots.surface import Surface
from app.plots.user_text import isolated
from app.theme import THEMES, Theme

_EMPTY = "No data yet.\nOpen a CSV file, drop one here, or choose a sample."
_LEGEND, _COLOR_BAR = 17.0, 30.0
"""Height and width in sizes of type below which the picture needs the room of these more."""
_NOT_FINITE = "weights are not finite: this is the last picture that was"


class DecisionFrame(Surface):
    """Legend, names of the axes, a note and a readout around a canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._there = self._scaled = False
        self.compact = False
        """Whether somebody else shows legend, names and readout."""
        self.legend = Legend(self)
        self.canvas = Canvas(self)
        self.color_bar = ColorBar(self)
        self.y_name = ElidedLabel(self, first=True)
        self.note = ElidedLabel(self, Qt.AlignmentFlag.AlignRight)
        self.readout = ElidedLabel(self)
        self.x_name = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self.empty = QLabel(_EMPTY, self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.canvas.setAccessibleName("Decision plot")
        self.canvas.x_axis.named = self.canvas.y_axis.named = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(2)
        layout.addWidget(self.legend)
        layout.addLayout(row((self.y_name, 0), (self.note, 1)))
        layout.addLayout(row((self.canvas, 1), (self.color_bar, 0)), 1)
        layout.addLayout(row((self.readout, 1), (self.x_name, 0)))
        layout.addWidget(self.empty, 1)
        self.setAccessibleName("Decision view")
        self.setFocusProxy(self.canvas)

    def dress(self, theme: Theme) -> None:
        """Colours and sizes of all of them."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.canvas.set_theme(theme)
        self.legend.set_theme(theme)
        self.color_bar.set_theme(theme)
        for label in (self.y_name, self.x_name):
            label.set_look(theme.text, small(theme))
        for label in (self.note, self.readout):
            label.set_look(theme.muted, small(theme))
        self.empty.setStyleSheet(f"color: {theme.muted}; font-size: {theme.font_size:.2f}pt;")
        self._make_room()

    def show_data(self, there: bool) -> None:
        """Whether there is a picture, or an invitation."""
        self._there = there
        alone = there and not self.compact
        for widget in (self.legend, self.y_name, self.note, self.readout, self.x_name):
            widget.setVisible(alone)
        self.canvas.setVisible(there)
        self.empty.setVisible(not there)
        if not alone:
            self.color_bar.hide()
        self._make_room()

    def show_scale(self, scale: Scale | None) -> None:
        """What the colour bar says, where colours are numbers."""
        if scale is not None:
            self.color_bar.set_range(*scale)
        self._scaled = scale is not None and not self.compact
        self.color_bar.setVisible(self._scaled)
        self._make_room()

    def _make_room(self) -> None:
        """In a small pane the picture matters more than what explains it."""
        lines, letters = (size / self._theme.font_size for size in (self.height(), self.width()))
        alone = self._there and not self.compact
        self.legend.setVisible(alone and lines >= _LEGEND)
        self.color_bar.setVisible(alone and self._scaled and letters >= _COLOR_BAR)

    def minimumSizeHint(self) -> QSize:
        """What a small pane has, where legend and scale make room."""
        return QSize(160, 110)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def name_axes(self, x: str, y: str) -> None:
        """Write the names at the ends of the axes; factors of the ticks go with them."""
        self.x_name.set_parts(isolated(x), f" {self.canvas.x_axis.ticks.suffix}".rstrip() + " →")
        self.y_name.set_parts(f"↑ {isolated(y)}", f" {self.canvas.y_axis.ticks.suffix}".rstrip())

    def explain_axes(self, x: str, y: str) -> None:
        """What the axes are, in tooltips."""
        self.x_name.set_tip(x)
        self.y_name.set_tip(y)

    def write_note(self, text: str, *, not_finite: bool) -> None:
        """What the picture is, or that it is not of the weights of now."""
        color = self._theme.danger if not_finite else self._theme.muted
        self.note.set_look(color, small(self._theme))
        self.note.setText(_NOT_FINITE if not_finite else text)
        if self.compact:
            self.note.setVisible(not_finite)
