"""A combo box over the rows of a closed choice, painted flat in the theme's colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QIcon,
    QKeyEvent,
    QPaintEvent,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QWidget

from app.icons import icon
from app.panels.flat import field_height, paint_field
from app.theme import GRID, current_theme


class Option(NamedTuple):
    """One entry: its key, what is shown, and the sentence of its tooltip.

    ``short`` is shown in a closed box that is too narrow for the label.
    """

    key: str
    label: str
    summary: str = ""
    short: str = ""


class Mark(NamedTuple):
    """A small icon at an entry: its name, the field of the theme that colours it, and why."""

    icon: str
    role: str
    reason: str


class ChoiceBox(QComboBox):
    """A function of one key.

    Entries that cannot be chosen now stay visible, greyed, with the reason as their tooltip.
    It paints itself because Fusion's combo box is raised and shaded, and a style sheet would
    take its arrow away. The mouse wheel scrolls the panel and never changes the choice.
    """

    value_changed = Signal(object)
    """The new key, after a choice by a person."""

    def __init__(self, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tip = tip
        self._key: str | None = None
        self._options: tuple[Option, ...] = ()
        self._marks: dict[str, Mark] = {}
        self.setToolTip(tip)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(16)
        self.setModel(QStandardItemModel(self))
        self.activated.connect(self._chosen)

    def set_options(self, options: Iterable[Option]) -> None:
        """Replace the entries; the key stays if it is among them."""
        options = tuple(options)
        if options == self._options:
            return
        self._options = options
        model = self._items()
        model.clear()
        for option in options:
            item = QStandardItem(option.label)
            item.setData(option.key, Qt.ItemDataRole.UserRole)
            item.setToolTip(option.summary)
            model.appendRow(item)
        self._select(self._key)

    def options(self) -> tuple[Option, ...]:
        """All entries, greyed or not."""
        return self._options

    def value(self) -> str | None:
        """The chosen key; None while there is none."""
        return self._key

    def set_value(self, key: str | None) -> None:
        """Show a key; says nothing."""
        self._select(key)

    def set_refusals(self, refusals: Mapping[str, str]) -> None:
        """Grey the entries that cannot be, each with its reason; all others can be chosen."""
        for item, option in self._entries():
            reason = refusals.get(option.key, "")
            item.setEnabled(not reason)
            item.setToolTip(reason or option.summary)
            item.setData(reason or option.summary, Qt.ItemDataRole.AccessibleDescriptionRole)

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Put a small icon at some entries."""
        self._marks = dict(marks)
        for item, option in self._entries():
            mark = marks.get(option.key)
            if mark and item.isEnabled():
                item.setToolTip(mark.reason)
        self.update()

    def mark(self) -> Mark | None:
        """The mark of the chosen entry."""
        return self._marks.get(self._key or "")

    def is_refused(self, key: str) -> bool:
        """Whether an entry is greyed."""
        return any(option.key == key and not item.isEnabled() for item, option in self._entries())

    def tip_of(self, key: str) -> str:
        """The tooltip of an entry."""
        return next((item.toolTip() for item, option in self._entries() if option.key == key), "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As high as a number field."""
        hint = super().sizeHint()
        return QSize(hint.width(), field_height(self))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a narrow panel; the text is elided."""
        return QSize(7 * GRID, self.sizeHint().height())

    def showPopup(self) -> None:
        """Open the list wide enough for its longest entry."""
        view = self.view()
        self._draw_marks()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + 40, 480))
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the list. Letters and Space are left to the window, whose shortcuts they are.

        A combo box jumps to the entry that starts with a letter; with half of the letters taken
        by the window, the other half would change a setting by mistake.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A flat field with the label, the mark of a doubtful choice, and an arrow."""
        mark = self.mark()
        chosen = next((option for option in self._options if option.key == self._key), None)
        short = chosen.short if chosen else ""
        paint_field(self, self.currentText(), mark and (mark.icon, mark.role), short)

    def _draw_marks(self) -> None:
        """Icons in today's colours; entries without one get room for it, to stand in line."""
        theme = current_theme()
        blank = QIcon(_blank()) if self._marks else None
        for item, option in self._entries():
            mark = self._marks.get(option.key)
            shown = icon(mark.icon, color=getattr(theme, mark.role)) if mark else blank
            item.setData(shown, Qt.ItemDataRole.DecorationRole)

    def _select(self, key: str | None) -> None:
        self._key = key
        keys = [option.key for option in self._options]
        self.setCurrentIndex(keys.index(key) if key in keys else -1)
        chosen = next((o for o in self._options if o.key == key), None)
        shown = chosen.summary if chosen else ""
        self.setToolTip(f"{self._tip}\n{shown}" if shown else self._tip)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        key = self._options[index].key
        if key != self._key:
            self._select(key)
            self.value_changed.emit(key)

    def _items(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)  # noqa: S101 - set in the constructor
        return model

    def _entries(self) -> list[tuple[QStandardItem, Option]]:
        model = self._items()
        return [(model.item(row), option) for row, option in enumerate(self._options)]


def _blank() -> QPixmap:
    """Room for an icon."""
    result = QPixmap(16, 16)
    result.fill(Qt.GlobalColor.transparent)
    return result
