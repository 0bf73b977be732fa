"""What a painting tool can be told: radius, amount, the value that is put, and jitter."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QWidget

from app.brushes import (
    JITTERS,
    LEAST_AMOUNT,
    LEAST_RADIUS,
    MOST_AMOUNT,
    MOST_RADIUS,
    TOOLS,
    Brush,
)
from app.panels.form import IconButton
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from app.theme import GRID

_WIDTH = 9 * GRID


class _Slider(QSlider):
    """A short slider; the wheel is left to what is around it."""

    def __init__(self, low: int, high: int, tip: str, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setToolTip(tip)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setMinimumWidth(5 * GRID)
        self.setMaximumWidth(_WIDTH)

    def sizeHint(self) -> QSize:
        """Short."""
        return QSize(_WIDTH, super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it."""
        event.ignore()


class PaintOptions(QWidget):
    """A function of the radius, amount and value of a `Brush`; shows what its tool can use."""

    value_changed = Signal(object)
    """The brush with another radius, amount or value, after an edit by a person."""
    jitter_asked = Signal(float)
    """Jitter by this share of the range."""

    def __init__(self) -> None:
        super().__init__()
        self._brush = Brush()
        self._flat, self._values = True, False
        self.radius = _Slider(
            round(LEAST_RADIUS),
            round(MOST_RADIUS),
            "Radius of brush and eraser on the screen; Ctrl and the mouse wheel change it, too.",
            "Radius",
        )
        self.amount = _Slider(
            LEAST_AMOUNT,
            MOST_AMOUNT,
            "How many points the brush leaves while it moves by its radius.",
            "Amount",
        )
        self.target = NumberField(
            Limits(ladder="decade"), "The number to predict that new points get."
        )
        self.target.setMaximumWidth(_WIDTH)
        self._labels = {
            self.radius: _label("Radius", self.radius),
            self.amount: _label("Amount", self.amount),
            self.target: _label("Value", self.target),
        }
        self.share = JITTERS[2]
        self.button = self._jitter_button()
        self.menu = self._jitter_menu()
        self._explain()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.button)
        row.addSpacing(GRID // 2)
        for field, label in self._labels.items():
            row.addWidget(label)
            row.addWidget(field)
        self.radius.valueChanged.connect(self._moved)
        self.amount.valueChanged.connect(self._moved)
        self.target.value_changed.connect(self._moved)
        self.set_value(self._brush)

    def set_value(self, brush: Brush) -> None:
        """Show what this brush can be told; says nothing."""
        self._brush = brush
        for slider, value in ((self.radius, round(brush.radius)), (self.amount, brush.amount)):
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        self.target.set_value(brush.value)
        self._arrange()

    def set_values(self, values: bool) -> None:
        """Whether points get numbers instead of classes."""
        self._values = values
        self._arrange()

    def set_flat(self, flat: bool) -> None:
        """Whether both axes are features, so that the number to predict has none."""
        self._flat = flat
        self._arrange()

    def nearest_radius(self, radius: float) -> float:
        """The nearest radius that there is; a turned wheel always changes something."""
        rounded = round(radius)
        if rounded == round(self._brush.radius):
            rounded += 1 if radius > self._brush.radius else -1
        return float(min(max(rounded, round(LEAST_RADIUS)), round(MOST_RADIUS)))

    def jitter(self) -> None:
        """Ask for it, by the amount that is chosen."""
        self.jitter_asked.emit(self.share)

    def _arrange(self) -> None:
        tool = TOOLS[self._brush.tool]
        shown = {
            self.radius: tool.sized,
            self.amount: tool.sized and tool.marked,
            self.target: tool.marked and self._values and self._flat,
        }
        for field, visible in shown.items():
            field.setVisible(visible)
            self._labels[field].setVisible(visible)

    def _moved(self) -> None:
        brush = replace(
            self._brush,
            radius=float(self.radius.value()),
            amount=self.amount.value(),
            value=float(self.target.value() or 0.0),
        )
        if brush != self._brush:
            self._brush = brush
            self.value_changed.emit(brush)

    def _jitter_button(self) -> IconButton:
        button = IconButton("jitter", "")
        button.setAccessibleName("Jitter")
        button.clicked.connect(self.jitter)
        return button

    def _jitter_menu(self) -> QMenu:
        """How far jitter moves; choosing does it, too."""
        menu = QMenu("&Jitter", self)
        group = QActionGroup(menu)
        for share in JITTERS:
            action = QAction(f"By {100 * share:g} % of the range", menu)
            menu.addAction(action)
            action.setCheckable(True)
            action.setChecked(share == self.share)
            action.triggered.connect(lambda _checked=False, share=share: self._set_share(share))
            group.addAction(action)
        return menu

    def _set_share(self, share: float) -> None:
        self.share = share
        self._explain()
        self.jitter()

    def _explain(self) -> None:
        self.button.setToolTip(
            "Move the selected points, or all of them, at random by"
            f" {100 * self.share:g} % of the range. (J)"
        )
        self.button.setAccessibleDescription(self.button.toolTip())


def _label(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    label.setBuddy(field)
    field.setAccessibleName(text)
    return label
