"""What stands around a plot of curves: its name, switches, legend and axes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from app.plots.canvas import Canvas
from app.plots.curve_kinds import CURVE_KINDS
from app.plots.curve_smoothing import STRENGTHS
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.surface import Surface
from app.plots.toggles import Toggles
from app.theme import THEMES, Theme

_MARGIN = _BETWEEN = 8
_STRENGTH_WIDTH = 64
_DETAIL_ROOM = 150
"""Pixels that the text at the right keeps at most."""
_MOST_CHANGES = 5
_UNLIMITED = 16_777_215


class StrengthSlider(QSlider):
    """How smooth: a few strengths, from hardly to very."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, len(STRENGTHS) - 1)
        self.setPageStep(1)
        self.setValue(len(STRENGTHS) // 2)
        self.setFixedWidth(_STRENGTH_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Smoothing")
        self.valueChanged.connect(self._explain)
        self._explain()
        self.hide()

    @property
    def points(self) -> int:
        """Points of the record that a mean is over."""
        return STRENGTHS[self.value()]

    def _explain(self) -> None:
        tip = (
            f"Smooth over about {self.points} points of the record (exponential mean, bias removed)"
        )
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)


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
        self.strength = StrengthSlider(self.toggles)
        self.toggles.lead_with(self.strength)
        self.toggles.changed.connect(self._offer_strength)
        self.unit = QLabel(self.canvas)
        self.unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.kind.title)
        self.canvas.setAccessibleName(f"{self.kind.title} plot")
        self.setFocusProxy(self.canvas)
        self._detail_room = 0
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

    @property
    def smooth_points(self) -> int | None:
        """Points that lines are smoothed over, None without smoothing."""
        return self.strength.points if self.toggles.is_on("smooth") else None

    def _offer_strength(self) -> None:
        self.toggles.show_lead(self.toggles.is_on("smooth"))

    def set_detail(self, text: str, tail: str = "") -> None:
        """Say this at the right, in a room that does not shrink while there is something to say."""
        metrics = self.detail.fontMetrics()
        needed = metrics.horizontalAdvance(text) + 4 if text else 0
        self._detail_room = min(max(self._detail_room, needed), _DETAIL_ROOM) if text else 0
        self.detail.setMinimumWidth(self._detail_room)
        self.detail.set_parts(text, tail)

    def describe(self, parts: Sequence[str], changes: Sequence[str]) -> None:
        """What those hear who do not see it: the numbers, and the latest changes of settings."""
        text = ", ".join(part for part in parts if part)
        if changes:
            text += f". Changes: {'; '.join(changes[-_MOST_CHANGES:])}"
        for widget in (self, self.canvas):
            widget.setAccessibleDescription(text)

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
        self.detail.setMaximumWidth(max(self.width() // 2 - _MARGIN, 1))
        room = self.width() - 2 * _MARGIN - _BETWEEN - self.title.sizeHint().width()
        self.toggles.set_room(room)
        own = self.toggles.parentWidget() is self  # a pane may have taken them into its header
        least = self.toggles.minimumSizeHint().width()
        self.toggles.setMaximumWidth(max(room, least) if own else _UNLIMITED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.place_unit()
