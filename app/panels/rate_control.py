"""The learning rate: a number, a slider over powers of ten, and "auto"."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.panels.compare_menu import HINT
from app.panels.form import line
from app.panels.log_slider import LogSlider
from app.panels.number_field import NumberField
from app.panels.number_text import Limits, format_number
from app.panels.texts import ElidedLabel
from app.theme import SMALL

LIMITS = Limits(low=0.0, open_low=True)
LOW, HIGH = 1e-4, 1e2
TIP = f"How far a step goes down the slope; it acts on the next update. {HINT}"
DECADES = 6


class RateControl(QObject):
    """A function of one rate, or None for "auto".

    ``head`` (number and button) and ``track`` (slider and its caption) are placed by the panel.
    Touching the number or the slider ends "auto"; the caption says where plain descent becomes
    unstable.
    """

    value_changed = Signal(object)
    """The new rate, or None for auto, after an edit by a person."""

    def __init__(self) -> None:
        super().__init__()
        self._mark: float | None = None
        self._why = ""
        self._usual = 1.0
        self.field = NumberField(LIMITS, TIP)
        self.auto = QPushButton("Auto")
        self.auto.setCheckable(True)
        self.auto.setProperty("toggle", True)
        self.set_auto_tip("Auto: half the largest stable rate.")
        self.slider = LogSlider(LOW, HIGH)
        self.slider.setToolTip(TIP)
        self.slider.setAccessibleName("Learning rate, logarithmic")
        self.caption = ElidedLabel("muted", scale=SMALL)
        self.head = line(self.field, self.auto)
        self.track = QWidget()
        column = QVBoxLayout(self.track)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.slider)
        column.addWidget(self.caption)
        self.field.value_changed.connect(self._typed)
        self.slider.edited.connect(self._slid)
        self.auto.clicked.connect(self._auto_clicked)

    def value(self) -> float | None:
        """The rate; None for auto."""
        return None if self.auto.isChecked() else self.field.value()

    def set_value(
        self, rate: float | None, usual: float, mark: float | None, why: str = ""
    ) -> None:
        """Show a rate (None: auto, which comes to ``usual``) and the largest stable one.

        ``why`` says where that comes from, for the tooltips.
        """
        self._usual, self._mark, self._why = usual, mark, why
        self.auto.setChecked(rate is None)
        self._fit_span(mark)
        self.slider.set_mark(mark)
        self._show(usual if rate is None else rate)

    def set_auto_tip(self, tip: str) -> None:
        """Say where the rate of "auto" comes from."""
        self.auto.setToolTip(tip)
        self.auto.setAccessibleDescription(tip)

    def _show(self, rate: float) -> None:
        self.field.set_value(rate)
        if not self.slider.isSliderDown():
            self.slider.set_number(rate)
        self._say()

    def _fit_span(self, mark: float | None) -> None:
        """Keep the mark in the right half of the slider, on whole powers of ten."""
        if mark is None or not math.isfinite(mark):
            self.slider.set_span(LOW, HIGH)
            return
        top = max(math.ceil(math.log10(mark) + 0.5), -3)
        self.slider.set_span(10.0 ** (top - DECADES), 10.0**top)

    def _say(self) -> None:
        beyond = self.slider.is_beyond()
        if self._mark is None:
            text = "No limit of stability applies"
        elif beyond:
            text = f"Unstable above {format_number(float(f'{self._mark:.3g}'))}"
        else:
            text = f"Stable up to {format_number(float(f'{self._mark:.3g}'))}"
        whole = f"{text}. {self._why}".strip()
        self.caption.set_text(text, whole)
        self.caption.set_color("danger" if beyond else "muted")
        self.slider.setToolTip(f"{TIP}\n{whole}")
        self.slider.setAccessibleDescription(f"{format_number(self.slider.number())}. {whole}")

    @Slot(object)
    def _typed(self, rate: float) -> None:
        self.auto.setChecked(False)
        self.slider.set_number(rate)
        self._say()
        self.value_changed.emit(rate)

    @Slot(float)
    def _slid(self, rate: float) -> None:
        self.auto.setChecked(False)
        self.field.set_value(rate)
        self._say()
        self.value_changed.emit(rate)

    @Slot(bool)
    def _auto_clicked(self, auto: bool) -> None:
        if auto:
            self._show(self._usual)
        self.value_changed.emit(self.value())
