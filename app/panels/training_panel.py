"""The TRAINING panel: learning rate, optimizer, batches, length and stop rules."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.panels.choice_box import ChoiceBox, Option
from app.panels.compare_menu import HINT, CompareMenu, others
from app.panels.form import Disclosure, Form, Heading, changed, panel_column
from app.panels.number_field import NumberField
from app.panels.number_text import Limits, format_number
from app.panels.rate_control import RateControl
from app.runs_partners import RATES, rate_changes
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.rates import momentum_factor
from slp_core.training.schedules import SCHEDULES

ABOVE_ZERO = Limits(low=0.0, open_low=True, empty="off")
MOMENTUM = Limits(low=0.0, high=1.0, open_high=True, ladder="share")
EPOCHS = Limits(low=0, high=1_000_000_000, whole=True)
PATIENCE = Limits(low=1, high=1_000_000_000, whole=True, empty="off")
BATCH_TIP = "How many samples an update sees; “full” is all of them."
SHORT = {"gd": "Grad. descent"}
"""Names for a narrow panel."""
FOLDED = {
    "schedule": "Schedule",
    "clip_norm": "Clip gradient",
    "stop_loss": "Stop at loss",
    "stop_gradient": "Stop at ‖∇L‖",
    "stop_seconds": "Stop after (s)",
    "patience": "Patience",
}
"""What the fold holds."""
_BEYOND = "beyond it a step may end higher on the other side than it began."
MOMENTUM_TIP = "How much of the last step goes into the next one."


class TrainingPanel(QWidget):
    """A function of one `TrainingConfig`, of which it edits how the weights move."""

    value_changed = Signal(object)
    """The new `TrainingConfig`, after an edit by a person."""
    compare_asked = Signal(object)
    """Changes of settings (name -> value) that a second run beside this one is to have."""

    def __init__(self) -> None:
        super().__init__()
        self._value = TrainingConfig()
        self._build_fields()
        self._lay_out()
        self._connect()
        self.set_value(self._value, None, 1)

    def value(self) -> TrainingConfig:
        """The settings, all of them: those this panel does not edit are as they were set."""
        return self._value

    def set_value(
        self,
        config: TrainingConfig,
        largest_stable_rate: float | None,
        samples: int,
        rate: float | None = None,
    ) -> None:
        """Show settings; says nothing.

        ``rate`` is the learning rate in force where the configuration leaves it open; without
        it, half the largest stable rate is shown, or the optimizer's own.
        """
        self._value = config
        self._show_rate(largest_stable_rate, rate)
        self.batch.set_limits(
            Limits(low=1, high=samples, whole=True, empty="full", ladder="double")
        )
        self.optimizer.set_value(config.optimizer)
        self.schedule.set_value(config.schedule)
        self.momentum.set_value(config.momentum)
        self.batch.set_value(None if config.batch_size == "full" else config.batch_size)
        self.epochs.set_value(config.epochs)
        for name, field in self.optional.items():
            field.set_value(getattr(config, name))
        self._show_what_applies()

    def _build_fields(self) -> None:
        self.rate = RateControl()
        self.optimizer = ChoiceBox(f"How a gradient becomes a step. {HINT}")
        self.optimizer.set_options(
            Option(row.key, row.label, f"{row.formula}\n{row.summary}", SHORT.get(row.key, ""))
            for row in OPTIMIZERS.values()
        )
        self.schedule = ChoiceBox(f"How the learning rate changes over the run. {HINT}")
        self.schedule.set_options(
            Option(row.key, row.label, f"{row.formula}\n{row.summary}")
            for row in SCHEDULES.values()
        )
        self.momentum = NumberField(MOMENTUM, MOMENTUM_TIP)
        limits = Limits(low=1, whole=True, empty="full", ladder="double")
        self.batch = NumberField(limits, BATCH_TIP)
        self.epochs = NumberField(EPOCHS, "Passes through the training data before it stops.")
        tips = {
            "clip_norm": (ABOVE_ZERO, "Shortens gradients that are longer than this."),
            "stop_loss": (Limits(empty="off"), "Stops when the training loss is this low."),
            "stop_gradient": (
                Limits(low=0.0, empty="off"),
                "Stops when the gradient norm is this small.",
            ),
            "stop_seconds": (ABOVE_ZERO, "Stops after so many seconds of training."),
            "patience": (PATIENCE, "Stops after so many epochs without a better loss."),
        }
        self.optional = {name: NumberField(*arguments) for name, arguments in tips.items()}

    def _lay_out(self) -> None:
        form, folded = Form(), Form()
        form.row("Learnin&g rate", self.rate.head, self.rate.field)
        form.wide(self.rate.track)
        form.row("&Optimizer", self.optimizer)
        form.row("&Momentum", self.momentum)
        form.row("Batch si&ze", self.batch)
        form.row("E&pochs", self.epochs)
        folded.row(FOLDED["schedule"], self.schedule)
        for name, field in self.optional.items():
            folded.row(FOLDED[name], field)
        self.more = Disclosure("More", folded, "Show schedule, clipping and stop rules.")
        column = panel_column(self)
        for part in (Heading("training", "Training"), form, self.more):
            column.addWidget(part)

    def _connect(self) -> None:
        self.rate.value_changed.connect(self._edited)
        fields = (self.optimizer, self.schedule, self.momentum, self.batch, self.epochs)
        for field in (*fields, *self.optional.values()):
            field.value_changed.connect(self._edited)
        for name, box in (("optimizer", self.optimizer), ("schedule", self.schedule)):
            CompareMenu(box, partial(others, box)).asked.connect(partial(self._compare, name))
        for field in (self.rate.field, self.rate.slider):
            CompareMenu(field, self._rates).asked.connect(self._compare_rate)

    def _rates(self) -> list[Option]:
        rate = float(self.rate.field.value() or 1.0)
        return [
            Option(key, f"{text}: {format_number(rate_changes(key, rate)['learning_rate'])}")
            for key, (_, text) in RATES.items()
        ]

    @Slot(str)
    def _compare_rate(self, key: str) -> None:
        self.compare_asked.emit(rate_changes(key, float(self.rate.field.value() or 1.0)))

    def _compare(self, name: str, key: str) -> None:
        self.compare_asked.emit({name: key})

    @Slot()
    def _edited(self) -> None:
        batch = self.batch.value()
        value = replace(
            self._value,
            learning_rate=self.rate.value(),
            optimizer=self.optimizer.value() or "gd",
            schedule=self.schedule.value() or "constant",
            momentum=float(self.momentum.value() or 0.0),
            batch_size="full" if batch is None else int(batch),
            epochs=int(self.epochs.value() or 0),
            clip_norm=self.optional["clip_norm"].value(),
            stop_loss=self.optional["stop_loss"].value(),
            stop_gradient=self.optional["stop_gradient"].value(),
            stop_seconds=self.optional["stop_seconds"].value(),
            patience=cast(int | None, self.optional["patience"].value()),
        )
        if value != self._value:
            self._value = value
            self._show_what_applies()
            self.value_changed.emit(value)

    def _show_rate(self, largest: float | None, rate: float | None) -> None:
        fixed = OPTIMIZERS[self._value.optimizer].fixed_rate
        usual = largest / 2 if largest and fixed is None else fixed or 1.0
        # A rate for an optimizer that scales its own steps has no such limit.
        mark = largest if fixed is None else None
        self.rate.set_value(self._value.learning_rate, rate or usual, mark, self._why(mark))
        self.rate.set_auto_tip(self._auto_tip(largest))

    def _why(self, mark: float | None) -> str:
        """Where the largest stable rate comes from, and what happens beyond it."""
        row, config = OPTIMIZERS[self._value.optimizer], self._value
        if mark is None or not math.isfinite(mark) or mark <= 0.0:
            scales = row.fixed_rate is not None
            return f"{row.label} scales its own steps." if scales else "This loss has no curvature."
        if config.batch_size != "full":
            return f"For batches of {config.batch_size}, whose noise counts as curvature; {_BEYOND}"
        factor = momentum_factor(config)
        steepest = format_number(float(f"{2.0 * factor / mark:.3g}"))
        above = "2" if factor == 1.0 else f"{format_number(float(f'{2.0 * factor:.3g}'))}"
        return f"That is {above} / {steepest}, the largest curvature of the loss here; {_BEYOND}"

    def _auto_tip(self, largest: float | None) -> str:
        """Where the rate of "auto" comes from."""
        row = OPTIMIZERS[self._value.optimizer]
        if row.fixed_rate is not None:
            rate = format_number(row.fixed_rate)
            return f"Auto: {rate}, the usual rate for {row.label}, which scales its own steps."
        if largest is None:
            return "Auto: a rate that fits the size of the features; this loss sets no limit."
        return f"Auto: half the largest stable rate of {row.label}."

    def _show_what_applies(self) -> None:
        """Grey what the optimizer does not use, with the reason; mark the fold."""
        self.more.set_changed(changed(self._value, TrainingConfig(), FOLDED))
        row = OPTIMIZERS[self._value.optimizer]
        self.momentum.setEnabled(row.uses_momentum)
        unused = f"{row.label} has no momentum."
        self.momentum.set_tip(MOMENTUM_TIP if row.uses_momentum else unused)
        free = not row.full_batch or self._value.batch_size != "full"
        self.batch.setEnabled(free)
        self.batch.set_tip(BATCH_TIP if free else f"{row.label} needs all samples in each update.")
        self.optimizer.set_refusals(
            {key: self._optimizer_refusal(key) for key in OPTIMIZERS if key != row.key}
        )

    def _optimizer_refusal(self, key: str) -> str:
        row = OPTIMIZERS[key]
        if not row.full_batch:
            return ""
        if self._value.batch_size != "full":
            return f"{row.label} needs all samples in each update: set the batch size to full."
        if self._value.l1 > 0.0:
            return f"{row.label} cannot follow an l1 penalty, whose slope jumps at zero."
        return ""
