"""Preferences: applied at once, taken back by Cancel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QWidget

from app.class_palettes import PALETTES
from app.command_rows.view_rows import VIEW_ROWS
from app.dialogs.preferences_preview import MarksPreview
from app.dialogs.sheet import Sheet
from app.panels.choice_box import ChoiceBox, Option
from app.panels.form import Form, line
from app.preferences import Preferences
from app.settings import KEEP
from app.theme import GRID

WIDTH = 60 * GRID
KEPT = Option(KEEP, "Leave as it is", "Opening data changes nothing here.")


def _command_options(key: str) -> list[Option]:
    """The choices of a command of the View menu."""
    row = next(row for row in VIEW_ROWS if row.key == key)
    return [Option(c.value, c.label.replace("&", ""), c.summary) for c in row.choices]


def _speed(text: str) -> str:
    return "Full speed" if text == "full" else f"{int(text):,} updates a second"


class PreferencesDialog(Sheet):
    """A function of one `Preferences`; ``sizes`` and ``speeds`` are those that can be chosen."""

    value_changed = Signal(object)
    """The new `Preferences`, to be applied at once."""
    views_asked = Signal()
    """The views of now are to be those of new data."""

    def __init__(
        self, value: Preferences, sizes: Iterable[float], speeds: Iterable[str], parent: QWidget
    ) -> None:
        super().__init__("Preferences", parent)
        self._value = self._before = value
        self._boxes: dict[str, ChoiceBox] = {}
        self.preview, self.today = MarksPreview(), QPushButton("Use &today's")
        self.today.setToolTip("Let new data begin with the views as they are now.")
        self.today.setAutoDefault(False)
        self.today.clicked.connect(self._take_views)
        self._add_look(sizes)
        self._add_new_data(speeds)
        self._add_buttons()
        self.set_value(value)
        self.setMinimumWidth(WIDTH)

    def value(self) -> Preferences:
        """What is chosen."""
        return self._value

    def set_value(self, value: Preferences) -> None:
        """Show other preferences; says nothing."""
        self._value = value
        for name, box in self._boxes.items():
            box.set_value(_key(getattr(value, name)))
        self.preview.update()

    def box(self, name: str) -> ChoiceBox:
        """The field of one preference."""
        return self._boxes[name]

    def reject(self) -> None:
        """Take everything back."""
        self._tell(self._before)
        super().reject()

    def _add_look(self, sizes: Iterable[float]) -> None:
        form = self._section("Look")
        themes = _command_options("view.theme")
        self._field(
            form, "theme", "&Colours", "The colours of the window and of all views.", themes
        )
        palettes = [Option(p.key, p.label, p.summary) for p in PALETTES.values()]
        tip = "The colours of classes; each set is safe for the colour-blind, the marks stay."
        self._field(form, "class_colors", "C&lasses", tip, palettes)
        form.wide(self.preview)
        percent = [Option(_key(size), f"{100 * size:.0f} %") for size in sizes]
        self._field(form, "text_scale", "Te&xt size", "The size of all text.", percent)
        rates = _command_options("view.frame_rate")
        tip = "Smooth pictures, or more time for training."
        self._field(form, "frame_rate", "&Frame rate", tip, rates)

    def _add_new_data(self, speeds: Iterable[str]) -> None:
        form = self._section("When other data is opened")
        rates = [KEPT, *(Option(speed, _speed(speed)) for speed in speeds)]
        self._field(form, "speed", "&Speed", "How fast training goes on new data.", rates)
        scales = [KEPT, Option("log", "Logarithmic"), Option("linear", "Linear")]
        tip = "The scale of loss and gradient norm on new data."
        self._field(form, "log", "&Values", tip, scales)
        tables = [KEPT, Option("show", "Shown"), Option("hide", "Hidden")]
        self._field(form, "table", "Ta&ble", "Whether the rows are shown on new data.", tables)
        views = [
            KEPT,
            Option("usual", "The usual ones", "The views the program comes with."),
            Option("own", "My own", "The views that were kept with the button beside."),
        ]
        box = self._box("views", "Which views are in the panes on new data.", views)
        form.row("V&iews", line(box, self.today), box)

    def _add_buttons(self) -> None:
        kind = QDialogButtonBox.StandardButton
        self.buttons.setStandardButtons(kind.Ok | kind.Cancel | kind.RestoreDefaults)
        for button, text, tip in (
            (kind.Ok, "&Done", "Close; everything has been applied already."),
            (kind.Cancel, "Cancel", "Put everything back as it was (Esc)."),
            (kind.RestoreDefaults, "&Reset to defaults", "Choose what the program comes with."),
        ):
            self.buttons.button(button).setText(text)
            self.buttons.button(button).setToolTip(tip)
        self.buttons.accepted.connect(self.accept)
        reset = self.buttons.button(kind.RestoreDefaults)
        reset.clicked.connect(lambda: self._tell(Preferences()))
        self.finish()
        for button in self.buttons.buttons():
            done = button is self.buttons.button(kind.Ok)
            assert isinstance(button, QPushButton)  # noqa: S101 - a button box has no others
            button.setAutoDefault(done)
            button.setDefault(done)

    def _section(self, title: str) -> Form:
        heading, form = QLabel(title.upper()), Form()
        heading.setProperty("role", "heading")
        heading.setAccessibleName(title)
        self.column.addWidget(heading)
        self.column.addWidget(form)
        return form

    def _field(self, form: Form, name: str, text: str, tip: str, options: Iterable[Option]) -> None:
        form.row(text, self._box(name, tip, options))

    def _box(self, name: str, tip: str, options: Iterable[Option]) -> ChoiceBox:
        box = self._boxes[name] = ChoiceBox(tip)
        box.set_options(options)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.value_changed.connect(partial(self._chosen, name))
        return box

    def _chosen(self, name: str, key: str) -> None:
        number = name == "text_scale"
        self._tell(replace(self._value, **{name: float(key) if number else key}))

    @Slot()
    def _take_views(self) -> None:
        self.views_asked.emit()
        self._tell(replace(self._value, views="own"))

    def _tell(self, value: Preferences) -> None:
        if value != self._value:
            self.set_value(value)
            self.value_changed.emit(value)


def _key(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
