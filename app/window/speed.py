"""The speed slider: from one update at a time to as fast as the machine can."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

SPEEDS: tuple[float | None, ...] = (
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, None,
)  # fmt: skip
"""Updates a second; None is without a limit."""
FRAME_RATES = {"30": 30.0, "60": 60.0, "turbo": 5.0}
"""Pictures a second, by the choice in the menu."""
TIP = "How many updates a second: slow to watch each one, full speed to finish"
DEFAULT = SPEEDS.index(200)


def speed_text(rate: float | None) -> str:
    """A speed as the slider shows it."""
    if rate is None:
        return "full speed"
    return f"{rate:,.0f} / s"


class SpeedSlider(QWidget):
    """A slider over `SPEEDS` with its value in words beside it."""

    value_changed = Signal(object)
    """Updates a second, or None without a limit."""

    def __init__(self) -> None:
        super().__init__()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, len(SPEEDS) - 1)
        self._slider.setPageStep(1)
        self._slider.setMinimumWidth(80)
        self._slider.setMaximumWidth(140)
        self._slider.setAccessibleName("Training speed")
        self._label = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self._slider)
        row.addWidget(self._label)
        self._slider.valueChanged.connect(self._tell)
        self.fit()
        self._slider.setValue(DEFAULT)

    def fit(self) -> None:
        """Measure the label again, after the size of type has changed."""
        self._label.ensurePolished()
        widest = max(
            QFontMetricsF(self._label.font()).horizontalAdvance(speed_text(s)) for s in SPEEDS
        )
        self._label.setFixedWidth(round(widest) + 4)

    def show_words(self, shown: bool) -> None:
        """Show the speed beside the slider, or leave it to the tooltip."""
        self._label.setVisible(shown)

    def value(self) -> float | None:
        """Updates a second, or None without a limit."""
        return SPEEDS[self._slider.value()]

    def set_value(self, rate: float | None) -> None:
        """Move to the nearest speed there is."""
        if rate is None:
            self._slider.setValue(len(SPEEDS) - 1)
            return
        known = [s for s in SPEEDS if s is not None]
        self._slider.setValue(known.index(min(known, key=lambda s: abs(s - rate))))

    def shift(self, steps: int) -> None:
        """Go some positions faster or, with a negative number, slower."""
        self._slider.setValue(self._slider.value() + steps)

    def _tell(self) -> None:
        self._label.setText(speed_text(self.value()))
        self.setToolTip(f"{TIP}. Now {speed_text(self.value())}.")
        self._slider.setAccessibleDescription(f"{speed_text(self.value())}, updates a second")
        self.value_changed.emit(self.value())
