"""A slider for a share between 0 and 50 per cent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.panels.flat import HEIGHT
from app.theme import GRID

STEP = 5


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the panel


class ShareSlider(QWidget):
    """A function of one share (0 to 0.5), in steps of 5 per cent for a person.

    The share is kept exactly as it was set. It is told when the handle is let go: every new
    share splits the data anew.
    """

    value_changed = Signal(object)
    """The new share, after an edit by a person."""

    def __init__(self, tip: str) -> None:
        super().__init__()
        self._share = 0.0
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 50 // STEP)
        self.slider.setPageStep(2)
        self.slider.setTracking(False)
        self.slider.setToolTip(tip)
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._label.setMinimumWidth(5 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(self._label)
        self.setMinimumHeight(HEIGHT)
        self.setFocusProxy(self.slider)
        self.setToolTip(tip)
        self.slider.sliderMoved.connect(self._preview)
        self.slider.valueChanged.connect(self._moved)
        self._say(0.0)

    def value(self) -> float:
        """The share, 0 to 0.5."""
        return self._share

    def set_value(self, share: float) -> None:
        """Show a share; says nothing."""
        self._share = share
        self.slider.blockSignals(True)
        self.slider.setValue(round(100 * share / STEP))
        self.slider.blockSignals(False)
        self._say(share)

    @Slot(int)
    def _preview(self, position: int) -> None:
        self._say(position * STEP / 100)

    @Slot(int)
    def _moved(self, position: int) -> None:
        share = position * STEP / 100
        self._say(share)
        if share != self._share:
            self._share = share
            self.value_changed.emit(share)

    def _say(self, share: float) -> None:
        text = f"{100 * share:.0f} %" if share else "none"
        self._label.setText(text)
        self.slider.setAccessibleDescription(f"{text}. {self.slider.toolTip()}")
