"""Completion of names and functions in the editor."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit

from slp_core.insight.formula.functions import FUNCTIONS, GIVEN

WORD = Qt.ItemDataRole.UserRole
"""What is put into the text; what is shown says more."""


class Completion(QCompleter):
    """Offers what can stand at the cursor: given names, own names, functions."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._names: tuple[str, ...] | None = None
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setWidget(editor)
        self.setCompletionRole(WORD)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        self.setMaxVisibleItems(8)
        self.list = QListView()
        self.list.setAccessibleName("Names and functions")
        self.setPopup(self.list)
        self.set_names(())

    def set_names(self, names: Iterable[str]) -> None:
        """Offer these names of the formula as well."""
        names = tuple(names)
        if names == self._names:
            return
        self._names = names
        rows = [(name, f"{name}    {what}") for name, what in GIVEN.items()]
        rows += [(name, f"{name}    assigned here") for name in names if name not in GIVEN]
        rows += [(row.key, f"{row.signature}    {row.summary}") for row in FUNCTIONS.values()]
        rows += [("axis", "axis=0    along which axis"), ("keepdims", "keepdims=True    keep it")]
        self._items.clear()
        for word, text in rows:
            item = QStandardItem(text)
            item.setData(word, WORD)
            self._items.appendRow(item)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self.list.isVisible()

    def close(self) -> None:
        """Hide the list."""
        self.list.hide()

    def offer(self, prefix: str, place: QRect) -> None:
        """Show what begins with the prefix, unless it is complete already."""
        self.setCompletionPrefix(prefix)
        alone = self.completionCount() == 1 and self.currentCompletion() == prefix
        if self.completionCount() == 0 or alone:
            self.close()
            return
        popup = self.list
        popup.setCurrentIndex(self.completionModel().index(0, 0))
        place.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width())
        self.complete(place)

    def chosen(self) -> str:
        """The word under the bar of the list."""
        return self.list.currentIndex().data(WORD) or ""


def insertion(word: str) -> str:
    """What is typed for a word: a function opens its bracket."""
    if word in FUNCTIONS:
        return f"{word}("
    return f"{word}=" if word in ("axis", "keepdims") else word
