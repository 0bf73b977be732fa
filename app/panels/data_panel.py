"""The DATA panel: file, target, features, the two that are shown, split and scaling."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.origins import FileOrigin, Origin, SampleOrigin, TextOrigin
from app.panels.choice_box import ChoiceBox, Option
from app.panels.class_list import ClassList
from app.panels.data_card import DataCardDialog
from app.panels.data_words import (
    CURVE,
    counts_text,
    feature_refusals,
    is_built_in,
    target_options,
    target_refusals,
    task_refusals,
)
from app.panels.feature_picker import FeaturePicker
from app.panels.folded_data import FOLDED, TIP, FoldedData
from app.panels.form import (
    Disclosure,
    Form,
    Heading,
    IconButton,
    changed,
    fold_row,
    panel_column,
    spaced,
)
from app.panels.generator_panel import GeneratorPanel
from app.panels.share_slider import ShareSlider
from app.panels.strips import InviteStrip, NotesStrip
from app.panels.texts import ClampedText, ElidedLabel
from app.panels.understood import UnderstoodStrip
from app.sources import DataOptions
from slp_core.data.card import data_card
from slp_core.data.dataset import Dataset
from slp_core.data.informative import usual_axes
from slp_core.data.samples import SAMPLES
from slp_core.data.table import Table


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
        self._read: Table | None = None
        self._named: list[str] = []
        self._dataset: Dataset | None = None
        self._card: DataCardDialog | None = None
        self._build_fields()
        self._lay_out()
        self._connect()
        self._show_nothing()

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
        self.validation.set_value(value.validation)
        self.folded.set_value(value)
        self.classes.set_value(value.renames)
        self._mark_folds()

    def set_table(self, table: Table, dataset: Dataset, read: Table | None = None) -> None:
        """Show a table and the data set made of it.

        ``read`` is the table before anybody edited it: the axes stay while it is the same.
        """
        other = (read or table) is not self._read
        self._table, self._read = table, read or table
        self.card.setEnabled(True)
        self.more.header.setEnabled(True)
        self.name.set_text(table.name, str(table.path or table.name))
        self.counts.set_text(counts_text(table, dataset))
        self.target.set_options(target_options(table))
        self.target.set_refusals(target_refusals(table))
        self.target.set_value(dataset.target)
        self._used = tuple(dict.fromkeys(f.column for f in dataset.preparation.features))
        self.folded.task.set_refusals(task_refusals(table, dataset.target))
        self._offer_features(dataset.target)
        self.features.set_value(self._used)
        self._offer_axes(dataset, other)
        self.invite.setVisible(is_built_in(table))
        self.classes.set_classes(dataset)
        self.names.setVisible(bool(dataset.classes))
        self.names.header.setVisible(bool(dataset.classes))
        self._dataset = dataset
        if self._card is not None and self._card.isVisible():
            self._card.set_card(data_card(dataset, table))
        self.notes.set_notes(dataset.notes, sum(problem.count for problem in table.problems))

    def set_origin(self, origin: Origin, read: Table) -> None:
        """Show how a file was read, or the sliders of a generated set."""
        was_read = isinstance(origin, FileOrigin | TextOrigin)
        self.understood.set_table(read if was_read else None)
        made = isinstance(origin, SampleOrigin) and SAMPLES[origin.key].generated
        self.points.setVisible(made)
        self.points.header.setVisible(made)
        if made and isinstance(origin, SampleOrigin) and origin != self.generator.value():
            self.generator.set_value(origin)

    def axes(self) -> tuple[int, int | None]:
        """Numbers of the features across and up; None up means a curve."""
        up = self.y_axis.value()
        return int(self.x_axis.value() or 0), None if up in (None, CURVE) else int(up)

    def set_axes(self, across: int, up: int | None) -> None:
        """Show which features are drawn; says nothing."""
        self.x_axis.set_value(str(across))
        self.y_axis.set_value(CURVE if up is None else str(up))

    def _show_nothing(self) -> None:
        """Before the first table: what needs one is hidden or greyed."""
        self.name.set_text("No data yet")
        self.card.setEnabled(False)
        self.more.header.setEnabled(False)
        for fold in (self.names, self.points):
            fold.setVisible(False)
            fold.header.setVisible(False)

    def _build_fields(self) -> None:
        self._used: tuple[str, ...] = ()
        self.name, self.counts = ElidedLabel(strong=True), ClampedText(1, 2, "muted")
        self.open = IconButton("open", "Open a CSV file (Ctrl+O).", "Open")
        self.target = ChoiceBox("The column to predict.")
        self.features = FeaturePicker("The columns to predict from.")
        self.x_axis = ChoiceBox("The feature drawn from left to right.")
        self.y_axis = ChoiceBox("The feature drawn from bottom to top.")
        self.validation = ShareSlider("Share of the rows kept from training, to test on.")
        self.folded = FoldedData()
        self.classes = ClassList()
        self.card = IconButton(
            "info", "Show all about the data: rows, classes, scaling.", "Data card"
        )
        self.notes, self.invite = NotesStrip(), InviteStrip()
        self.understood, self.generator = UnderstoodStrip(), GeneratorPanel()

    def _lay_out(self) -> None:
        heading = Heading("data", "Data")
        heading.add(self.card)
        heading.add(self.open)
        form = Form()
        form.row("&Target", self.target)
        form.row("Feat&ures", self.features)
        self._axis_labels = form.row("&x axis", self.x_axis), form.row("&y axis", self.y_axis)
        form.row("Val&idation", self.validation, self.validation.slider)
        self.more = Disclosure("More", self.folded, TIP)
        self.names = Disclosure(
            "Classes", spaced(self.classes), "Show the classes, and rename them."
        )
        column = panel_column(self)
        column.addWidget(heading)
        column.addWidget(self.name)
        column.addWidget(self.counts)
        column.addWidget(self.understood)
        column.addWidget(self.invite)
        column.addSpacing(2)
        self.points = Disclosure(
            "Points", self.generator, "Draw other points: number, noise, seed."
        )
        for part in (form, self.notes, fold_row(self.more, self.names, self.points)):
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
        self.folded.value_changed.connect(self._edited)
        self.classes.value_changed.connect(self._edited)
        self.card.clicked.connect(self.show_card)

    @Slot()
    def _edited(self) -> None:
        names = self.classes.value()
        value = replace(self._value, validation=self.validation.value(), renames=names)
        self._tell(self.folded.value(value))

    @Slot()
    def _target_chosen(self) -> None:
        """Another target: whatever else suits becomes a feature, and the task is open again."""
        target = self.target.value()
        self._tell(replace(self._value, target=target, features=None, task=None, renames=()))

    @Slot()
    def _features_chosen(self) -> None:
        names = self.features.value()
        usual = self._value.features is None and names == self._used
        self._tell(replace(self._value, features=None if usual else names))

    @Slot()
    def _axes_chosen(self) -> None:
        self.axes_changed.emit(*self.axes())

    def _tell(self, value: DataOptions) -> None:
        if value != self._value:
            self._value = value
            self._mark_folds()
            self.value_changed.emit(value)

    def _mark_folds(self) -> None:
        usual = DataOptions()
        self.more.set_changed(changed(self._value, usual, FOLDED))
        self.names.set_changed(changed(self._value, usual, {"renames": "names"}))

    @Slot()
    def show_card(self) -> None:
        if self._table is None or self._dataset is None:
            return
        if self._card is None:
            self._card = DataCardDialog(self)
        self._card.set_card(data_card(self._dataset, self._table))
        self._card.appear()

    def _usual_features(self) -> tuple[str, ...]:
        return self._used

    def _offer_features(self, target: str) -> None:
        if self._table is not None:
            names = [name for name in self._table.names if name != target]
            self.features.set_names(names, feature_refusals(self._table, target))

    def _offer_axes(self, dataset: Dataset, other: bool) -> None:
        """Offer the features; keep the axes unless the table is another or they are gone.

        A curve is kept where it was chosen, and not where a single feature left nothing else.
        """
        names = [feature.name for feature in dataset.preparation.features]
        options = [Option(str(index), name) for index, name in enumerate(names)]
        curve = Option(CURVE, "none: a curve", "Draw the output as a curve over the x axis.")
        before, self._named = self._named, names
        kept = [before[n] if n is not None and n < len(before) else "" for n in self.axes()]
        if (
            other
            or kept[0] not in names
            or not (kept[1] in names or (len(before) > 1 and not kept[1]))
        ):
            across, up = usual_axes(dataset)
        else:
            across, up = names.index(kept[0]), names.index(kept[1]) if kept[1] else None
        self.x_axis.set_options(options)
        self.y_axis.set_options([*options, curve])
        # One or two features leave nothing to choose; the room is needed further down.
        for widget in (*self._axis_labels, self.x_axis, self.y_axis):
            widget.setVisible(len(names) > 2)
        self.set_axes(across, up)
