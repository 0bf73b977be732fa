"""The menu "Compare with" of a field: another run beside this one, with another value here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.panels.choice_box import ChoiceBox, Option

HINT = "A right click compares it with another."
"""The second sentence of the tooltip of a field with such a menu."""


class CompareMenu(QObject):
    """Opens at a right click or the menu key and says what was picked.

    ``entries`` are asked for whenever the menu opens. A text field keeps its own menu above.
    """

    asked = Signal(str)
    """The key of the entry a person has picked."""

    def __init__(self, field: QWidget, entries: Callable[[], Iterable[Option]]) -> None:
        super().__init__(field)
        self._field, self._entries = field, entries
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._open)

    def menu(self) -> QMenu:
        """The menu as it would open now."""
        menu = (
            self._field.createStandardContextMenu()
            if isinstance(self._field, QLineEdit)
            else QMenu(self._field)
        )
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        title = QAction("Compare with", menu)
        title.setEnabled(False)
        menu.addAction(title)
        for option in self._entries():
            action = QAction(f"    {option.label}", menu)
            action.setData(option.key)
            action.setToolTip(
                f"Train a second run beside this one: {option.summary or option.label}"
            )
            action.triggered.connect(partial(self._picked, option.key))
            menu.addAction(action)
        return menu

    @Slot(QPoint)
    def _open(self, place: QPoint) -> None:
        self.menu().popup(self._field.mapToGlobal(place))

    def _picked(self, key: str, _checked: bool = False) -> None:
        self.asked.emit(key)


def others(box: ChoiceBox) -> list[Option]:
    """The entries of a choice box that can be chosen, but for the chosen one."""
    return [o for o in box.options() if o.key != box.value() and not box.is_refused(o.key)]
