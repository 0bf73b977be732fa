"""The part of the DATA panel that is seldom needed: scaling, terms, missing cells, task, split."""

from __future__ import annotations

import random
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from app.panels.choice_box import ChoiceBox, Option
from app.panels.data_words import TASK_OPTIONS
from app.panels.form import Form, IconButton, line
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from app.sources import DataOptions
from slp_core.data.missing import MISSING
from slp_core.data.scaling import SCALINGS

DEGREES = tuple(
    Option(str(degree), f"{degree} – {name}", f"Terms up to the power of {degree}.")
    for degree, name in enumerate(("linear", "quadratic", "cubic", "quartic", "quintic"), 1)
)
FOLDED = {
    "scaling": "scaling",
    "degree": "degree",
    "sine": "sine terms",
    "missing": "missing cells",
    "task": "learn as",
    "seed": "split seed",
    "stratify": "split of classes",
}
"""What the fold holds, in words."""
TIP = "Show scaling, terms, missing cells, task and split."
LARGEST_SEED = 2**31 - 1


class FoldedData(Form):
    """A function of the fields of `DataOptions` that `FOLDED` names; the others pass through."""

    value_changed = Signal()
    """After an edit by a person."""

    def __init__(self) -> None:
        super().__init__()
        self._build_fields()
        self.row("S&caling", self.scaling)
        self.row("Degree", self.degree)
        self.wide(self.sine)
        self.row("Missing cells", self.missing)
        self.row("Learn as", self.task)
        self.row("Split seed", line(self.seed, self.die), self.seed)
        self.wide(self.stratify)
        for field in (self.scaling, self.degree, self.missing, self.task, self.seed):
            field.value_changed.connect(self.value_changed)
        for box in (self.sine, self.stratify):
            box.clicked.connect(self.value_changed)
        self.die.clicked.connect(self._throw)

    def value(self, others: DataOptions) -> DataOptions:
        """What is chosen here, and all else from ``others``."""
        return replace(
            others,
            scaling=self.scaling.value() or "standardize",
            degree=int(self.degree.value() or 1),
            sine=self.sine.isChecked(),
            missing=self.missing.value() or "leave_out",
            task=self.task.value() or None,
            seed=int(self.seed.value() or 0),
            stratify=self.stratify.isChecked(),
        )

    def set_value(self, value: DataOptions) -> None:
        """Show a choice; says nothing."""
        self.scaling.set_value(value.scaling)
        self.degree.set_value(str(value.degree))
        self.sine.setChecked(value.sine)
        self.missing.set_value(value.missing)
        self.task.set_value(value.task or "")
        self.seed.set_value(value.seed)
        self.stratify.setChecked(value.stratify)

    def _build_fields(self) -> None:
        self.scaling = ChoiceBox("How features are centred and stretched before training.")
        self.scaling.set_options(
            Option(row.key, row.label, f"{row.summary}  {row.formula}") for row in SCALINGS.values()
        )
        self.degree = ChoiceBox("Adds powers and products of the features.")
        self.degree.set_options(DEGREES)
        self.sine = QCheckBox("Add sine terms")
        self.sine.setToolTip("Adds a sine of each feature of numbers: two waves over the data.")
        self.missing = ChoiceBox("What becomes of rows with a missing cell.")
        self.missing.set_options(
            Option(row.key, row.label, row.summary) for row in MISSING.values()
        )
        self.task = ChoiceBox("Whether the target names classes or is a number.")
        self.task.set_options(TASK_OPTIONS)
        limits = Limits(low=0, high=LARGEST_SEED, whole=True, ladder="one")
        self.seed = NumberField(limits, "Chooses which rows are kept for validation.")
        self.die = IconButton("die", "Choose other rows for validation.")
        self.stratify = QCheckBox("Split each class alike")
        self.stratify.setToolTip("Keeps the same share of every class for validation (stratified).")

    @Slot()
    def _throw(self) -> None:
        """Another seed, small enough to be said aloud."""
        self.seed.set_value(random.randrange(10_000))  # noqa: S311 - a choice of rows, no secret
        self.value_changed.emit()
