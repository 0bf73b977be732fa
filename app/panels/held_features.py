"""The features a picture does not show: held at values with a slider each, or all mixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from app.panels.texts import ElidedLabel
from slp_core.arrays import Float64s

_STEPS: Final = 200
_NAME: Final = 110
"""Pixels of a feature's name."""
_HIGHEST: Final = 132
"""Pixels of the list: the picture above is what matters."""

_HOLD: Final = "Hold the features that are not shown at {}."
_LAY: Final = "Lay the plane through the {}."
_PLANE: Final = (
    "The plane along which the samples vary most: both axes are mixtures of all features. Painting"
    " and dragging the boundary are off there, for a place is no row of features."
)


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The features of a data set, p of them, and which are not shown.

    ``spread`` (3, p) holds the least, the middle (median) and the largest value of each.
    """

    names: tuple[str, ...]
    hidden: tuple[int, ...]
    means: Float64s
    spread: Callable[[], Float64s]


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the list


class HeldFeatures(QWidget):
    """A function of the values (p,) at which features are held; None stands for the means."""

    value_changed = Signal(object, str)
    """The new values (or None), and what they are in words."""
    plane_chosen = Signal(bool)
    """Whether the principal plane of all features is to be shown instead of a slice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: Held | None = None
        self._values: Float64s | None = None
        self._row: tuple[str, Float64s] | None = None
        self._spread: Float64s | None = None
        self._lines: dict[int, tuple[_Slider, NumberField]] = {}
        self.fold = QToolButton()
        self.fold.setCheckable(True)
        self.fold.setAutoRaise(True)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.toggled.connect(self._on_fold)
        self.mean = _button("Mean", "", self._take_mean)
        self.median = _button("Median", _HOLD.format("their medians"), self._take_median)
        self.row = _button("Row", "", self._take_row)
        self.slice = _button("Slice", "", self._take_slice)
        self.plane = _button("Principal plane", "", self._take_plane)
        both = QButtonGroup(self)
        for button in (self.slice, self.plane):
            button.setCheckable(True)
            both.addButton(button)
        self.slice.setChecked(True)
        self.slice.setToolTip("Two features go along the axes, the others are held.")
        head = self._head = QHBoxLayout()
        head.setContentsMargins(8, 0, 8, 2)
        head.setSpacing(4)
        for button in (self.slice, self.plane, self.fold):
            head.addWidget(button)
        head.addStretch(1)
        for button in (self.mean, self.median, self.row):
            head.addWidget(button)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setMaximumHeight(_HIGHEST)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Values of the held features")
        self._area.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area)
        self.setObjectName("held")
        self.setAccessibleName("Held features")
        self.set_plane(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Shorter words, then fewer buttons in a narrow pane: none is cut off."""
        held = not self.plane.isChecked()
        wanted = {self.mean: True, self.median: held, self.row: True}
        for button, wish in wanted.items():
            button.setVisible(wish)
        self.fold.setVisible(held)
        self.plane.setText("Principal plane")
        if self._fits():
            return
        self.plane.setText("Principal")
        for button in (self.median, self.mean, self.row, self.fold):
            if self._fits():
                return
            button.hide()

    def _fits(self) -> bool:
        """Whether all that is to be seen has its whole width."""
        buttons = (self.slice, self.plane, self.fold, self.mean, self.median, self.row)
        widths = [button.sizeHint().width() for button in buttons if not button.isHidden()]
        margins = self._head.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        return sum(widths) + self._head.spacing() * len(widths) <= room

    def value(self) -> Float64s | None:
        """The values (p,); None: the means."""
        return self._values

    def set_value(self, values: Float64s | None) -> None:
        """Show values; says nothing."""
        self._values = values
        self._write()

    def set_features(self, held: Held | None) -> None:
        """Show other features, at their means; where none is hidden there is nothing to see."""
        self._held, self._values, self._spread, self._row = held, None, None, None
        self._lines = {}
        hidden = 0 if held is None else len(held.hidden)
        self.fold.setText(f"{hidden} held")
        self.fold.setAccessibleName(f"{hidden} held feature" + ("" if hidden == 1 else "s"))
        self.fold.setToolTip("Show and move the values of the features that are not on the axes.")
        self.row.setEnabled(False)
        self._make_room()
        self.setVisible(hidden > 0)
        if self.fold.isChecked() and hidden:
            self._build()

    def set_plane(self, on: bool, refusal: str = "") -> None:
        """Show which of the two is chosen; says nothing. ``refusal``: why there is no plane."""
        (self.plane if on else self.slice).setChecked(True)
        self.plane.setEnabled(not refusal)
        self.plane.setToolTip(f"{_PLANE} {refusal}" if refusal else _PLANE)
        self._make_room()
        self._area.setVisible(self.fold.isChecked() and not on)
        self.mean.setToolTip(_LAY.format("mean") if on else _HOLD.format("their means"))
        tip = _LAY.format("selected row") if on else _HOLD.format("the selected row's values")
        self.row.setToolTip(tip)

    def set_row(self, name: str, values: Float64s | None) -> None:
        """Offer the values (p,) of a selected row; None: no single row is selected."""
        self._row = None if values is None else (name, values)
        self.row.setEnabled(values is not None)

    @property
    def lines(self) -> Sequence[tuple[QSlider, NumberField]]:
        """The slider and the field of each hidden feature; built when they are unfolded."""
        return tuple(self._lines.values())

    # Inside.

    def _take_slice(self) -> None:
        self.plane_chosen.emit(False)

    def _take_plane(self) -> None:
        self.plane_chosen.emit(True)

    @Slot(bool)
    def _on_fold(self, on: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        if on and not self._lines:
            self._build()
        self._area.setVisible(on)

    def _build(self) -> None:
        if self._held is None:
            return
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(8, 2, 8, 2)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _NAME)
        grid.setColumnStretch(1, 1)
        for place, feature in enumerate(self._held.hidden):
            slider, field = self._line(feature)
            label = ElidedLabel()
            label.set_text(self._held.names[feature])
            grid.addWidget(label, place, 0)
            grid.addWidget(slider, place, 1)
            grid.addWidget(field, place, 2)
            self._lines[feature] = slider, field
        self._area.setWidget(page)
        self._write()

    def _line(self, feature: int) -> tuple[_Slider, NumberField]:
        assert self._held is not None  # noqa: S101 - the caller has looked
        name = self._held.names[feature]
        slider = _Slider(Qt.Orientation.Horizontal)
        slider.setRange(0, _STEPS)
        slider.setToolTip(f"The value at which {name} is held, within the range of the data.")
        slider.setAccessibleName(name)
        slider.valueChanged.connect(partial(self._slid, feature))
        field = NumberField(Limits(), f"The value at which {name} is held, in its own unit.")
        field.setAccessibleName(f"{name}, value")
        field.setFixedWidth(90)
        field.value_changed.connect(partial(self._typed, feature))
        return slider, field

    def _write(self) -> None:
        if self._held is None or not self._lines:
            return
        values = self._held.means if self._values is None else self._values
        low, _, high = self._measured()
        for feature, (slider, field) in self._lines.items():
            field.set_value(float(f"{values[feature]:.5g}"))
            span = high[feature] - low[feature]
            share = (values[feature] - low[feature]) / span if span > 0 else 0.0
            with QSignalBlocker(slider):
                slider.setValue(round(_STEPS * min(max(share, 0.0), 1.0)))

    def _measured(self) -> Float64s:
        if self._spread is None:
            assert self._held is not None  # noqa: S101 - only asked for with features
            self._spread = self._held.spread()
        return self._spread

    def _slid(self, feature: int, position: int) -> None:
        low, _, high = self._measured()
        self._move(
            feature, float(low[feature] + position / _STEPS * (high[feature] - low[feature]))
        )

    def _typed(self, feature: int, value: object) -> None:
        if isinstance(value, int | float):
            self._move(feature, float(value))

    def _move(self, feature: int, value: float) -> None:
        if self._held is None:
            return
        values = (self._held.means if self._values is None else self._values).copy()
        values[feature] = value
        self._take(values, "the values below")

    def _take_mean(self) -> None:
        self._take(None, "")

    def _take_median(self) -> None:
        if self._held is not None:
            self._take(np.array(self._measured()[1]), "their medians")

    def _take_row(self) -> None:
        if self._row is not None:
            self._take(self._row[1], self._row[0])

    def _take(self, values: Float64s | None, words: str) -> None:
        self.set_value(values)
        self.value_changed.emit(values, words)


def _button(text: str, tip: str, slot: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    button.clicked.connect(slot)
    return button
