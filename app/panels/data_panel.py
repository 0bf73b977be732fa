"""The DATA panel: file, target, features, the two that are shown, split and scaling."""

from __future__ import annotations

import random
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.panels.choice_box import ChoiceBox, Option
from app.panels.data_words import (
    CURVE,
    TASK_OPTIONS,
    counts_text,
    feature_refusals,
    is_built_in,
    target_options,
    target_refusals,
    task_refusals,
)
from app.panels.feature_picker import FeaturePicker
from app.panels.form import Disclosure, Form, Heading, IconButton, changed, line, panel_column
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from app.panels.share_slider import ShareSlider
from app.panels.strips import InviteStrip, NotesStrip
from app.panels.texts import ClampedText, ElidedLabel
from app.sources import DataOptions
from slp_core.data.dataset import Dataset
from slp_core.data.informative import usual_axes
from slp_core.data.scaling import SCALINGS
from slp_core.data.table import Table

DEGREES = tuple(
    Option(str(degree), f"{degree} – {name}", f"Terms up to the power of {degree}.")
    for degree, name in enumerate(("linear", "quadratic", "cubic", "quartic", "quintic"), 1)
)
FOLDED = {"scaling": "scaling", "degree": "degree", "task": "learn as", "seed": "split seed"}
"""What the fold holds, in words."""
LARGEST_SEED = 2**31 - 1


class DataPanel(QWidget):
    """A function of one `DataOptions`; it also shows what the table and the data set hold."""

    value_changed = Signal(object)
    """The new `DataOptions`, after an edit by a person."""
    axes_changed = Signal(int, object)
    """Numbers of the features to show: across, and up (None: a curve over the first)."""
    open_requested = Signal()
    """A file dialog is asked for."""
    problems_requested = Signal()
    """The list of problems is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._value = DataOptions()
        self._table: Table | None = None
        self._build_fields()
        self._lay_out()
        self._connect()

    def value(self) -> DataOptions:
        """What is chosen."""
        return self._value

    def set_value(self, value: DataOptions) -> None:
        """Show a choice; says nothing."""
        self._value = value
        if value.target is not None:
            self._offer_features(value.target)
            self.target.set_value(value.target)
        names = value.features
        self.features.set_value(self._usual_features() if names is None else names)
        self.task.set_value(value.task or "")
        self.validation.set_value(value.validation)
        self.scaling.set_value(value.scaling)
        self.degree.set_value(str(value.degree))
        self.seed.set_value(value.seed)
        self.more.set_changed(changed(value, DataOptions(), FOLDED))

    def set_table(self, table: Table, dataset: Dataset) -> None:
        """Show a table and the data set made of it; the axes stay where they can."""
        other = table is not self._table
        self._table = table
        self.name.set_text(table.name, str(table.path or table.name))
        self.counts.set_text(counts_text(table, dataset))
        self.target.set_options(target_options(table))
        self.target.set_refusals(target_refusals(table))
        self.target.set_value(dataset.target)
        self._used = tuple(dict.fromkeys(f.column for f in dataset.preparation.features))
        self.task.set_refusals(task_refusals(table, dataset.target))
        self._offer_features(dataset.target)
        self.features.set_value(self._used)
        self._offer_axes(dataset, other)
        self.invite.setVisible(is_built_in(table))
        self.notes.set_notes(dataset.notes, sum(problem.count for problem in table.problems))

    def axes(self) -> tuple[int, int | None]:
        """Numbers of the features across and up; None up means a curve."""
        up = self.y_axis.value()
        return int(self.x_axis.value() or 0), None if up in (None, CURVE) else int(up)

    def set_axes(self, across: int, up: int | None) -> None:
        """Show which features are drawn; says nothing."""
        self.x_axis.set_value(str(across))
        self.y_axis.set_value(CURVE if up is None else str(up))

    def _build_fields(self) -> None:
        self._used: tuple[str, ...] = ()
        self.name, self.counts = ElidedLabel(strong=True), ClampedText(1, 2, "muted")
        self.open = IconButton("open", "Open a CSV file (Ctrl+O).", "Open")
        self.target = ChoiceBox("The column to predict.")
        self.features = FeaturePicker("The columns to predict from.")
        self.x_axis = ChoiceBox("The feature drawn from left to right.")
        self.y_axis = ChoiceBox("The feature drawn from bottom to top.")
        self.validation = ShareSlider("Share of the rows kept from training, to test on.")
        self.scaling = ChoiceBox("How features are centred and stretched before training.")
        self.scaling.set_options(
            Option(row.key, row.label, f"{row.summary}  {row.formula}") for row in SCALINGS.values()
        )
        self.degree = ChoiceBox("Adds powers and products of the features.")
        self.degree.set_options(DEGREES)
        self.task = ChoiceBox("Whether the target names classes or is a number.")
        self.task.set_options(TASK_OPTIONS)
        limits = Limits(low=0, high=LARGEST_SEED, whole=True, ladder="one")
        self.seed = NumberField(limits, "Chooses which rows are kept for validation.")
        self.die = IconButton("die", "Choose other rows for validation.")
        self.notes, self.invite = NotesStrip(), InviteStrip()

    def _lay_out(self) -> None:
        heading = Heading("data", "Data")
        heading.add(self.open)
        form, folded = Form(), Form()
        form.row("&Target", self.target)
        form.row("Feat&ures", self.features)
        self._axis_labels = form.row("&x axis", self.x_axis), form.row("&y axis", self.y_axis)
        form.row("Val&idation", self.validation, self.validation.slider)
        folded.row("&Scaling", self.scaling)
        folded.row("Degree", self.degree)
        folded.row("Learn as", self.task)
        folded.row("Split seed", line(self.seed, self.die), self.seed)
        self.more = Disclosure("More", folded, "Show scaling, degree, task and split seed.")
        column = panel_column(self)
        column.addWidget(heading)
        column.addWidget(self.name)
        column.addWidget(self.counts)
        column.addWidget(self.invite)
        column.addSpacing(2)
        for part in (form, self.notes, self.more):
            column.addWidget(part)

    def _connect(self) -> None:
        self.open.clicked.connect(self.open_requested)
        self.invite.open_requested.connect(self.open_requested)
        self.notes.problems_requested.connect(self.problems_requested)
        self.target.value_changed.connect(self._target_chosen)
        self.features.value_changed.connect(self._features_chosen)
        self.x_axis.value_changed.connect(self._axes_chosen)
        self.y_axis.value_changed.connect(self._axes_chosen)
        self.validation.value_changed.connect(self._edited)
        for field in (self.scaling, self.degree, self.task, self.seed):
            field.value_changed.connect(self._edited)
        self.die.clicked.connect(self._throw)

    @Slot()
    def _edited(self) -> None:
        value = replace(
            self._value,
            task=self.task.value() or None,
            validation=self.validation.value(),
            scaling=self.scaling.value() or "standardize",
            degree=int(self.degree.value() or 1),
            seed=int(self.seed.value() or 0),
        )
        self._tell(value)

    @Slot()
    def _target_chosen(self) -> None:
        """Another target: whatever else suits becomes a feature, and the task is open again."""
        target = self.target.value()
        self._tell(replace(self._value, target=target, features=None, task=None))

    @Slot()
    def _features_chosen(self) -> None:
        names = self.features.value()
        usual = self._value.features is None and names == self._used
        self._tell(replace(self._value, features=None if usual else names))

    @Slot()
    def _axes_chosen(self) -> None:
        self.axes_changed.emit(*self.axes())

    @Slot()
    def _throw(self) -> None:
        """Another seed, small enough to be said aloud."""
        self.seed.set_value(random.randrange(10_000))  # noqa: S311 - a choice of rows, no secret
        self._edited()

    def _tell(self, value: DataOptions) -> None:
        if value != self._value:
            self._value = value
            self.more.set_changed(changed(value, DataOptions(), FOLDED))
            self.value_changed.emit(value)

    def _usual_features(self) -> tuple[str, ...]:
        return self._used

    def _offer_features(self, target: str) -> None:
        if self._table is not None:
            names = [name for name in self._table.names if name != target]
            self.features.set_names(names, feature_refusals(self._table, target))

    def _offer_axes(self, dataset: Dataset, other: bool) -> None:
        """Offer the features; keep the axes unless the table is another or they are gone."""
        names = [feature.name for feature in dataset.preparation.features]
        options = [Option(str(index), name) for index, name in enumerate(names)]
        curve = Option(CURVE, "none: a curve", "Draw the output as a curve over the x axis.")
        across, up = self.axes()
        if other or max(across, up or 0) >= len(names):
            across, up = usual_axes(dataset)
        self.x_axis.set_options(options)
        self.y_axis.set_options([*options, curve])
        # One or two features leave nothing to choose; the room is needed further down.
        for widget in (*self._axis_labels, self.x_axis, self.y_axis):
            widget.setVisible(len(names) > 2)
        self.set_axes(across, up)
