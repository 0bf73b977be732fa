"""A slider over a list of numbers, with the number beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.panels.flat import HEIGHT
from app.theme import GRID


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the panel


class LadderSlider(QWidget):
    """A function of one number, which a person chooses among the rungs of a ladder.

    The number is kept exactly as it was set, also between two rungs. While the handle is dragged
    ``moved`` tells each rung; ``value_changed`` tells the one where it is let go. There is room
    for the text ``widest`` in any case, so that sliders with the same one line up.
    """

    value_changed = Signal(object)
    """The new number, after an edit by a person."""
    moved = Signal(object)
    """The number under the handle, while a person drags it."""

    def __init__(
        self, rungs: Sequence[float], text: Callable[[float], str], tip: str, widest: str = ""
    ) -> None:
        super().__init__()
        self._rungs, self._text = tuple(rungs), text
        self._number = self._rungs[0]
        self._widest = widest
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(3)
        self.slider.setTracking(False)
        self.slider.setToolTip(tip)
        self.slider.setMinimumHeight(3 * GRID - 2)
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(self._label)
        self.setMinimumHeight(HEIGHT)
        self.setFocusProxy(self.slider)
        self.setToolTip(tip)
        self.slider.sliderMoved.connect(self._preview)
        self.slider.valueChanged.connect(self._settle)
        self.set_rungs(rungs)

    def value(self) -> float:
        """The number."""
        return self._number

    def set_value(self, number: float) -> None:
        """Show a number; says nothing. The handle stands at the nearest rung."""
        self._number = number
        self.slider.blockSignals(True)
        self.slider.setValue(self._nearest(number))
        self.slider.blockSignals(False)
        self._say(number)

    def set_rungs(self, rungs: Sequence[float]) -> None:
        """Offer other numbers, in ascending order; the value stays."""
        self._rungs = tuple(rungs)
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._rungs) - 1)
        self.slider.blockSignals(False)
        self._fit()
        self.set_value(self._number)

    def text(self) -> str:
        """The number as it is shown."""
        return self._label.text()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the number again when the type changes its size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @Slot(int)
    def _preview(self, place: int) -> None:
        self._say(self._rungs[place])
        self.moved.emit(self._rungs[place])

    @Slot(int)
    def _settle(self, place: int) -> None:
        number = self._rungs[place]
        self._say(number)
        if number != self._number:
            self._number = number
            self.value_changed.emit(number)

    def _nearest(self, number: float) -> int:
        after = min(bisect_left(self._rungs, number), len(self._rungs) - 1)
        before = max(after - 1, 0)
        nearer = number - self._rungs[before] < self._rungs[after] - number
        return before if nearer else after

    def _say(self, number: float) -> None:
        self._label.setText(self._text(number))
        self.slider.setAccessibleDescription(f"{self._text(number)}. {self.slider.toolTip()}")

    def _fit(self) -> None:
        """The number keeps its width, so that the slider does not move under the mouse."""
        self._label.ensurePolished()
        wide = self._label.fontMetrics().horizontalAdvance
        widths = [wide(self._text(number)) for number in self._rungs]
        self._label.setMinimumWidth(max(*widths, wide(self._widest)) + 2)
