"""The bar above the decision view while painting: tools, their sizes, and the classes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from app.brushes import TOOLS, Brush, ToolKey
from app.class_names import check_class, check_shown, names_now, next_class
from app.panels.bubble import Bubble
from app.panels.class_look import Symbol
from app.panels.form import ICON, IconButton
from app.panels.paint_classes import ClassChips
from app.panels.paint_options import PaintOptions
from app.theme import GRID, current_theme
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.errors import DataError


class PaintBar(QWidget):
    """A function of one `Brush`; the classes are those of the data, and new ones without points.

    ``symbol`` draws the marker of a class. The keys of the tools and 1 to 9 for the classes act
    in the whole window while the bar is visible.
    """

    value_changed = Signal(object)
    """The new brush, after an edit by a person."""
    class_renamed = Signal(str, str)
    """A class of the data is to be shown under another name: old and new."""
    class_removed = Signal(str)
    """A class of the data is to be taken out."""
    jitter_asked = Signal(float)
    """Points are to be moved at random by this share of the range."""
    back_asked = Signal()
    """The table is to be as the file has it."""
    save_asked = Signal()
    """The table is to be saved as a CSV file."""

    def __init__(self, symbol: Symbol) -> None:
        super().__init__()
        self._brush = Brush()
        self._dataset: Dataset | None = None
        self._table: Table | None = None
        self._added: list[str] = []
        self._bubble: Bubble | None = None
        self._commands: list[QToolButton] = []
        self.tools = QButtonGroup(self)
        self.buttons: dict[str, IconButton] = {}
        self.options = PaintOptions()
        self.chips = ClassChips(symbol)
        self.more = self._menu_button()
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        for number, tool in enumerate(TOOLS.values()):
            self._add_tool(tool.key, number)
        self._row.addSpacing(GRID)
        self._row.addWidget(self.options)
        self._row.addStretch(1)
        self._row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(self._row)
        column.addWidget(self.chips)
        self.options.value_changed.connect(self._on_options)
        self.options.jitter_asked.connect(self.jitter_asked)
        self.chips.chosen.connect(self._choose)
        self.chips.add_asked.connect(self.add_class)
        self.chips.renamed.connect(self._rename)
        self._add_keys()
        self.setAccessibleName("Painting")
        self._show()

    # The value.

    def value(self) -> Brush:
        """The brush."""
        return self._brush

    def set_value(self, brush: Brush) -> None:
        """Show a brush; says nothing."""
        self._brush = self._fitted(brush)
        self._show()

    def set_radius(self, radius: float) -> None:
        """Another radius, as if a person had moved the slider."""
        self._change(radius=self.options.nearest_radius(radius))

    def set_data(self, dataset: Dataset | None, table: Table | None, *, other: bool) -> None:
        """Show the classes of these data; ``other`` than before, not an edit of them."""
        before = None if other else self._dataset
        self._dataset, self._table = dataset, table
        classes = () if dataset is None else dataset.classes
        names = names_now(before, dataset)
        gone = [name for name, now in names.items() if now is None]
        kept = [] if other else [*gone, *self._added]
        self._added = [name for name in dict.fromkeys(kept) if name not in classes]
        label = names.get(self._brush.label) or self._brush.label
        brush = self._fitted(replace(self._brush, label=label))
        changed = brush != self._brush
        self._brush = brush
        self._show()
        if changed:
            self.value_changed.emit(brush)

    def set_axes(self, i: int, j: int | None) -> None:
        """Which features are shown: with a numeric target two need a value for the third axis."""
        del i
        self.options.set_flat(j is not None)

    def set_edited(self, edited: bool) -> None:
        """Whether there is something to go back from."""
        self._back.setEnabled(edited)

    def add_actions(self, *actions: QAction) -> None:
        """Show the window's commands (undo and redo) as buttons, too."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.insertWidget(self._row.indexOf(self.more), button)
            self._commands.append(button)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Let the window's commands grow with the type, like the tools."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        side = round(ICON * current_theme().font_size / 11.0)
        for button in self._commands:
            button.setIconSize(QSize(side, side))

    # Classes.

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of all classes, those without points last."""
        return (*(() if self._dataset is None else self._dataset.classes), *self._added)

    def add_class(self) -> None:
        """Another class without points, which becomes the brush's."""
        if self._dataset is None or self._table is None:
            return
        try:
            name = next_class(self._table, self._dataset, self._added)
            name = check_class(self._table, self._dataset, name, self._added)
        except DataError as error:
            self._complain(error)
            return
        self._added.append(name)
        self._choose(len(self.classes) - 1)

    def remove_class(self) -> None:
        """Take out the brush's class, with its points if it has any."""
        name = self._brush.label
        if name in self._added:
            self._forget(name)
        elif name:
            self.class_removed.emit(name)

    def _forget(self, name: str) -> None:
        self._added.remove(name)
        self._choose(min(self._brush.index, len(self.classes) - 1))

    def _rename(self, index: int, name: str) -> None:
        old = self.classes[index]
        if self._dataset is None or self._table is None:
            return
        try:
            if old in self._added:
                others = [other for other in self._added if other != old]
                name = check_class(self._table, self._dataset, name, others)
                self._added[self._added.index(old)] = name
                self._choose(index)
            else:
                check_shown(name, [other for other in self.classes if other != old])
                self.class_renamed.emit(old, name)
        except DataError as error:
            self._complain(error)

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.classes):
            tool = self._brush.tool if TOOLS[self._brush.tool].marked else "brush"
            self._change(index=index, label=self.classes[index], tool=tool)
            self._show()

    # Showing and hearing.

    def _fitted(self, brush: Brush) -> Brush:
        """The brush with a class that there is."""
        if not self.classes:
            return replace(brush, label="", index=0)
        found = brush.label in self.classes
        index = (
            self.classes.index(brush.label) if found else min(brush.index, len(self.classes) - 1)
        )
        return replace(brush, label=self.classes[index], index=index)

    def _show(self) -> None:
        brush, dataset = self._brush, self._dataset
        self.buttons[brush.tool].setChecked(True)
        self.options.set_value(brush)
        self.options.set_values(dataset is not None and not dataset.classes)
        self.chips.setVisible(bool(self.classes))
        counts = _counts(dataset) + [0] * len(self._added)
        self.chips.set_classes(self.classes, counts, brush.index)

    def _change(self, **changes: object) -> None:
        brush = replace(self._brush, **changes)  # pyright: ignore[reportArgumentType]  # fields of it
        if brush != self._brush:
            self._brush = brush
            self._show()
            self.value_changed.emit(brush)

    def _on_options(self, brush: Brush) -> None:
        self._change(radius=brush.radius, amount=brush.amount, value=brush.value)

    def _take_tool(self, key: ToolKey) -> None:
        self.buttons[key].setChecked(True)
        self._change(tool=key)

    def _complain(self, error: DataError) -> None:
        if self._bubble is None or self._bubble.parentWidget() is not self.window():
            self._bubble = Bubble(self.chips.add)
        self._bubble.say(f"{error.message} {error.hint or ''}".strip())

    def _add_tool(self, key: ToolKey, number: int) -> None:
        tool = TOOLS[key]
        button = IconButton(tool.icon, f"{tool.summary} ({tool.shortcut})")
        button.setAccessibleName(tool.text)
        button.setCheckable(True)
        button.setProperty("tool", True)
        button.clicked.connect(partial(self._take_tool, key))
        self.tools.addButton(button, number)
        self.buttons[key] = button
        self._row.addWidget(button)

    def _add_keys(self) -> None:
        """Keys that act while the bar is visible."""
        for tool in TOOLS.values():
            self._key(tool.shortcut).activated.connect(partial(self._take_tool, tool.key))
        for index in range(9):
            self._key(str(index + 1)).activated.connect(partial(self._choose, index))
        self._key("J").activated.connect(self.options.jitter)

    def _key(self, keys: str) -> QShortcut:
        return QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut)

    def _menu_button(self) -> QToolButton:
        button = IconButton("more", "Rename or remove the class, go back to the file, save.")
        button.setAccessibleName("More about painting")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        rename = _entry(menu, "Re&name the class…")
        rename.triggered.connect(lambda: self.chips.rename(self._brush.index))
        remove = _entry(menu, "Re&move the class and its points")
        remove.triggered.connect(self.remove_class)
        menu.addMenu(self.options.menu)
        menu.addSeparator()
        self._back = _entry(menu, "&Back to the file")
        self._back.triggered.connect(self.back_asked)
        save = _entry(menu, "&Save as CSV…")
        save.triggered.connect(self.save_asked)
        menu.aboutToShow.connect(lambda: self._allow(rename, remove))
        button.setMenu(menu)
        return button

    def _allow(self, rename: QAction, remove: QAction) -> None:
        """Say which class is meant, and grey what cannot be."""
        name = self._brush.label.replace("&", "&&")
        rename.setText(f"Re&name “{name}”…")
        remove.setText(f"Re&move “{name}” and its points")
        for action in (rename, remove):
            action.setVisible(bool(name))
        enough = len(_counts(self._dataset)) > 2 or self._brush.label in self._added
        remove.setEnabled(enough)


def _entry(menu: QMenu, text: str) -> QAction:
    """An entry that belongs to its menu: what ``addAction(text)`` makes belongs to Python alone."""
    menu.addAction(action := QAction(text, menu))
    return action


def _counts(dataset: Dataset | None) -> list[int]:
    """Points of each class."""
    if dataset is None or not dataset.classes:
        return []
    return np.bincount(dataset.all_labels, minlength=len(dataset.classes)).tolist()
