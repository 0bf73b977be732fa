"""The bar above the decision view while painting: tools, their sizes, and the classes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.brushes import TOOLS, Brush, ToolKey
from app.panels.bubble import Bubble
from app.panels.class_look import Symbol, look_words, steady
from app.panels.form import ICON, IconButton
from app.panels.paint_classes import ClassChips
from app.panels.paint_menu import ClassCard, MoreButton, class_menu
from app.panels.paint_names import PaintedClasses, in_words
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
        self._classes = PaintedClasses()
        self._commands: list[QToolButton] = []
        self.tools = QButtonGroup(self)
        self.buttons: dict[str, IconButton] = {}
        self.options = PaintOptions()
        self._symbol = symbol
        self.chips = ClassChips(symbol, self._classes.refusal)
        self._bubble = Bubble(self.chips.add)
        self.more = MoreButton(self.options.menu)
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
        self.chips.menu_asked.connect(self._open_menu)
        self.more.rename_asked.connect(lambda: self.chips.rename(self._brush.index))
        self.more.remove_asked.connect(self.remove_class)
        self.more.back_asked.connect(self.back_asked)
        self.more.save_asked.connect(self.save_asked)
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
        names = self._classes.take(dataset, table, other=other)
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
        self.more.back.setEnabled(edited)

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
        return self._classes.names

    def add_class(self) -> None:
        """Another class without points, which becomes the brush's; its name may be typed."""
        try:
            self._classes.add()
        except DataError as error:
            self._bubble.say(in_words(error))
            return
        last = len(self.classes) - 1
        self._choose(last)
        self.chips.rename(last)

    def remove_class(self) -> None:
        """Take out the brush's class, with its points if it has any."""
        self._remove(self._brush.index)

    def _remove(self, index: int) -> None:
        name = self.classes[index] if index < len(self.classes) else ""
        if self._classes.is_added(name):
            self._classes.forget(name)
            brush = self._fitted(self._brush)
            self._change(index=brush.index, label=brush.label)
            self._show()
        elif name:
            self.class_removed.emit(name)

    def _rename(self, index: int, text: str) -> None:
        old, name = self.classes[index], self._classes.checked(index, text)
        if not self._classes.is_added(old):
            self.class_renamed.emit(old, name)
            return
        self._classes.rename(old, name)
        if self._brush.label == old:
            self._change(label=name)
        self._show()

    @Slot(int, QPoint)
    def _open_menu(self, index: int, place: QPoint) -> None:
        """The menu of one class."""
        card = ClassCard(
            name=self.classes[index],
            points=self._classes.counts[index],
            look=look_words(index),
            icon=steady(self._symbol(index), ICON),
            key=str(index + 1) if index < 9 else "",
            current=index == self._brush.index,
            removable=self._classes.is_removable(index),
            take=partial(self._choose, index),
            rename=partial(self.chips.rename, index),
            remove=partial(self._remove, index),
        )
        class_menu(card, self).popup(place)

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
        brush, dataset = self._brush, self._classes.dataset
        self.buttons[brush.tool].setChecked(True)
        self.options.set_value(brush)
        self.options.set_values(dataset is not None and not dataset.classes)
        self.chips.setVisible(bool(self.classes))
        self.chips.set_classes(self.classes, self._classes.counts, brush.index)
        self.more.set_class(brush.label, self._classes.is_removable(brush.index))

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
