"""The command palette: type a few letters of any command, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.theme import GRID, current_theme

SIZE = QSize(560, 420)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Something that can be done: its name, where it is, its keys, and how to do it."""

    text: str
    summary: str
    menu: str
    keys: str
    icon: QIcon
    do: Callable[[], object]
    enabled: bool = True


class Palette(QDialog):
    """All commands in a list that typing narrows down."""

    chosen = Signal(object)
    """The `Entry` that was picked."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Commands")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = list(entries)
        self.search, self.list, self.summary = QLineEdit(), QListWidget(), QLabel()
        self.search.setPlaceholderText("What do you want to do?")
        self.search.setAccessibleName("Search commands")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.setAccessibleName("Commands")
        self.list.setUniformItemSizes(True)
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        self.list.currentItemChanged.connect(self._say)
        self.summary.setProperty("role", "small")
        self.summary.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        for widget in (self.search, self.list, self.summary):
            column.addWidget(widget)
        self.resize(SIZE * (current_theme().font_size / 11.0))
        self._narrow("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk through the list while letters go into the search."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._activated(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def shown(self) -> list[Entry]:
        """What the search has left, best first."""
        return [self.list.item(row).data(_ENTRY) for row in range(self.list.count())]

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self.list.clear()
        for entry in ranked(self._entries, text):
            keys = f"   {entry.keys}" if entry.keys else ""
            item = QListWidgetItem(entry.icon, f"{entry.text}   ·  {entry.menu}{keys}")
            item.setData(_ENTRY, entry)
            item.setToolTip(entry.summary)
            if not entry.enabled:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.summary.setText(f"No command is called “{text}”.")

    @Slot(object)
    def _say(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.summary.setText(item.data(_ENTRY).summary)

    @Slot(object)
    def _activated(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.data(_ENTRY).enabled:
            return
        entry: Entry = item.data(_ENTRY)
        self.accept()
        self.chosen.emit(entry)
        entry.do()


_ENTRY = Qt.ItemDataRole.UserRole


def ranked(entries: Sequence[Entry], text: str) -> list[Entry]:
    """The entries that hold every word of ``text``, those that begin with it first."""
    words = text.casefold().split()
    found: list[tuple[tuple[int, int], Entry]] = []
    for place, entry in enumerate(entries):
        name = entry.text.casefold()
        whole = f"{name} {entry.menu.casefold()} {entry.summary.casefold()}"
        if not all(word in whole for word in words):
            continue
        first = words[0] if words else ""
        rank = 0 if name.startswith(first) else 1 if first in name else 2
        found.append(((rank, place), entry))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
