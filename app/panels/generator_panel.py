"""The POINTS panel: number, noise, balance and seed of the points of a generated set."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.numbers import number_text
from app.origins import SampleOrigin
from app.panels.form import Form, IconButton, line, panel_column
from app.panels.generator_rungs import balance_rungs, noise_rungs, point_rungs
from app.panels.ladder_slider import LadderSlider
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from slp_core.data.samples import SAMPLES

LARGEST_SEED = 2**31 - 1
NO_CLASSES = "This set has a numeric target, so there are no classes to balance."
_POINTS = "How many points are drawn."
_NOISE = "How far points stray: the standard deviation of what is added to each."
_BALANCE = "Share of class A; the other classes share the rest evenly."
_SEED = "The same seed draws the same points, on every computer."
_WIDEST = "50,000"
_REGENERATE = "Draw other points of the same kind: takes the next seed."


class GeneratorPanel(QWidget):
    """A function of one `SampleOrigin` of a generated set.

    Numbers that are the set's usual ones are None in the value, so a set that nobody has changed
    is the same as when it was opened by its name.
    """

    value_changed = Signal(object)
    """The new `SampleOrigin`, after an edit by a person."""
    moved = Signal(object)
    """The `SampleOrigin` under a slider's handle, while a person drags it."""

    def __init__(self) -> None:
        super().__init__()
        self._value = SampleOrigin("two_gaussians")
        self._build_fields()
        self._lay_out()
        self._connect()
        self.set_value(self._value)

    def value(self) -> SampleOrigin:
        """What is chosen."""
        return self._value

    def set_value(self, value: SampleOrigin) -> None:
        """Show a choice of a generated set; says nothing."""
        self._value = value
        row = SAMPLES[value.key]
        self.points.set_rungs(point_rungs(row))
        self.noise.set_rungs(noise_rungs(row))
        self.balance.set_rungs(balance_rungs(row))
        self.points.set_value(row.points if value.points is None else value.points)
        self.noise.set_value(row.noise if value.noise is None else value.noise)
        usual = 0.5 if row.balance is None else row.balance
        self.balance.set_value(usual if value.balance is None else value.balance)
        self.seed.set_value(value.seed)
        self._offer_balance(row.balance is not None)

    def _build_fields(self) -> None:
        row = SAMPLES[self._value.key]
        self.points = LadderSlider(point_rungs(row), _count, _POINTS, _WIDEST)
        self.noise = LadderSlider(noise_rungs(row), number_text, _NOISE, _WIDEST)
        self.balance = LadderSlider(balance_rungs(row), _percent, _BALANCE, _WIDEST)
        limits = Limits(low=0, high=LARGEST_SEED, whole=True, ladder="one")
        self.seed = NumberField(limits, _SEED)
        self.regenerate = IconButton("die", _REGENERATE, "Again")

    def _lay_out(self) -> None:
        column = panel_column(self)
        form = Form()
        form.row("Points", self.points, self.points.slider)
        form.row("Noise", self.noise, self.noise.slider)
        self._balance_label = form.row("Class A", self.balance, self.balance.slider)
        form.row("Seed", line(self.seed, self.regenerate), self.seed)
        column.addWidget(form)

    def _connect(self) -> None:
        for slider, name in self._sliders():
            slider.value_changed.connect(partial(self._settle, name))
            slider.moved.connect(partial(self._move, name))
        self.seed.value_changed.connect(self._seeded)
        self.regenerate.clicked.connect(self._regenerate)

    def _sliders(self) -> tuple[tuple[LadderSlider, str], ...]:
        return (self.points, "points"), (self.noise, "noise"), (self.balance, "balance")

    def _offer_balance(self, possible: bool) -> None:
        for widget in (self.balance, self._balance_label):
            widget.setEnabled(possible)
            widget.setToolTip(_BALANCE if possible else NO_CLASSES)
        self.balance.slider.setToolTip(_BALANCE if possible else NO_CLASSES)

    def _with(self, name: str, number: float) -> SampleOrigin:
        """The value with one number changed; None where it is the usual one."""
        usual = getattr(SAMPLES[self._value.key], name)
        whole = int(number) if name == "points" else number
        return replace(self._value, **{name: None if number == usual else whole})

    def _settle(self, name: str, number: float) -> None:
        self._take(self._with(name, number))

    def _move(self, name: str, number: float) -> None:
        self.moved.emit(self._with(name, number))

    @Slot(object)
    def _seeded(self, seed: int) -> None:
        self._take(replace(self._value, seed=seed))

    @Slot()
    def _regenerate(self) -> None:
        seed = self._value.seed + 1 if self._value.seed < LARGEST_SEED else 0
        self.seed.set_value(seed)
        self._take(replace(self._value, seed=seed))

    def _take(self, value: SampleOrigin) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)


def _count(number: float) -> str:
    return f"{number:,.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
