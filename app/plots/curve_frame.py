"""What stands around a plot of curves: its name, switches, legend and axes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.plots.canvas import Canvas
from app.plots.curve_kinds import CURVE_KINDS
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.surface import Surface
from app.plots.toggles import Toggles
from app.theme import THEMES, Theme

_MARGIN = _BETWEEN = 8


class CurveFrame(Surface):
    """The widgets of one row of `CURVE_KINDS`, and how they share the room."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = CURVE_KINDS[kind]
        self.theme = THEMES["light"]
        self.title = ElidedLabel(self)
        self.title.tip = self.kind.tip
        self.title.setText(self.kind.title)
        self.toggles = Toggles(self.kind.toggles, self)
        self.legend = Legend(self)
        self.detail = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self.canvas = Canvas(self, grid=True)
        self.canvas.setAccessibleName(f"{self.kind.title} plot")
        self.unit = QLabel(self.canvas)
        self.unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.kind.title)
        self.setFocusProxy(self.canvas)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        layout.setSpacing(0)
        layout.addLayout(row((self.title, 1), (self.toggles, 0)))
        layout.addLayout(row((self.legend, 1), (self.detail, 0)))
        layout.addWidget(self.canvas, 1)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.theme = theme
        self.set_ground(theme.surface)
        self.canvas.set_theme(theme)
        self.toggles.set_theme(theme)
        self.legend.set_theme(theme)
        self.title.set_look(theme.text, theme.font_size, bold=True)
        self.detail.set_look(theme.muted, small(theme))
        self.unit.setStyleSheet(f"color: {theme.muted}; font-size: {theme.font_size * 0.78:.2f}pt;")
        self._share_width()

    def set_unit(self, unit: str) -> None:
        """Say what time is counted in."""
        self.unit.setText(unit)
        self.place_unit()

    def place_unit(self) -> None:
        """Beside the numbers of time."""
        self.unit.adjustSize()
        self.unit.move(2, self.canvas.height() - self.unit.height() - 3)

    def _share_width(self) -> None:
        """The title comes first; the switches have the rest."""
        self.title.ensurePolished()
        self.toggles.set_room(self.width() - 2 * _MARGIN - _BETWEEN - self.title.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.place_unit()
