"""The command palette: type a few letters of any command, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
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
        self.search, self.list, self.summary = QLineEdit(), QTreeWidget(), QLabel()
        self.search.setPlaceholderText("What do you want to do?")
        self.search.setAccessibleName("Search commands")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.setAccessibleName("Commands")
        self.list.setUniformRowHeights(True)
        self.list.setRootIsDecorated(False)
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(3)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
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
        items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
        return [item.data(0, _ENTRY) for item in items if item is not None]

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self.list.clear()
        for entry in ranked(self._entries, text):
            self.list.addTopLevelItem(_item(entry))
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        else:
            self.summary.setText(f"No command is called “{text}”.")

    @Slot(object)
    def _say(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.summary.setText(item.data(0, _ENTRY).summary)

    @Slot(object)
    def _activated(self, item: QTreeWidgetItem | None) -> None:
        if item is None or not item.data(0, _ENTRY).enabled:
            return
        entry: Entry = item.data(0, _ENTRY)
        self.accept()
        self.chosen.emit(entry)
        entry.do()


def _item(entry: Entry) -> QTreeWidgetItem:
    item = QTreeWidgetItem([entry.text, entry.menu, entry.keys])
    item.setIcon(0, _blank() if entry.icon.isNull() else entry.icon)
    item.setData(0, _ENTRY, entry)
    item.setToolTip(0, entry.summary)
    item.setForeground(1, QColor(current_theme().muted))
    item.setForeground(2, QColor(current_theme().accent))
    item.setSizeHint(0, QSize(0, round(26 * current_theme().font_size / 11.0)))
    if not entry.enabled:
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
    return item


def _blank() -> QIcon:
    """Nothing, as wide as an icon: names stand below each other."""
    picture = QPixmap(16, 16)
    picture.fill(Qt.GlobalColor.transparent)
    return QIcon(picture)


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
