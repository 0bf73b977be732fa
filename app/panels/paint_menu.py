"""The menus of the paint bar: that of one class, and what else can be done with the painting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.panels.form import IconButton

WHY_NOT = "At least two classes are needed to train."


@dataclass(frozen=True, slots=True)
class ClassCard:
    """What a menu says of a class, and what it can ask for. ``look`` is its mark in words."""

    name: str
    points: int
    look: str
    icon: QIcon
    key: str
    current: bool
    removable: bool
    take: Callable[[], None]
    rename: Callable[[], None]
    remove: Callable[[], None]


def class_menu(card: ClassCard, parent: QWidget) -> QMenu:
    """The menu of a class: how it looks, painting it, renaming it, removing it."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    noun = "point" if card.points == 1 else "points"
    title = entry(menu, f"{_plain(card.name)}: {card.points:,} {noun}, {card.look}")
    title.setIcon(card.icon)
    title.setEnabled(False)
    menu.addSeparator()
    take = entry(menu, "&Paint this class", card.key)
    take.setCheckable(True)
    take.setChecked(card.current)
    take.triggered.connect(lambda: card.take())
    entry(menu, "Re&name…", "F2").triggered.connect(lambda: card.rename())
    remove = entry(menu, "Re&move it and its points" if card.points else "Re&move it")
    remove.triggered.connect(lambda: card.remove())
    remove.setEnabled(card.removable)
    remove.setToolTip("" if card.removable else WHY_NOT)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


class MoreButton(IconButton):
    """What is seldom wanted: renaming and removing the class, jitter, going back, saving."""

    rename_asked = Signal()
    remove_asked = Signal()
    back_asked = Signal()
    save_asked = Signal()

    def __init__(self, jitter: QMenu) -> None:
        super().__init__("more", "Rename or remove the class, go back to the file, save.")
        self.setAccessibleName("More about painting")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._rename = entry(menu, "Re&name the class…")
        self._remove = entry(menu, "Re&move the class and its points")
        menu.addMenu(jitter)
        menu.addSeparator()
        self.back = entry(menu, "&Back to the file")
        save = entry(menu, "&Save as CSV…")
        for action, told in (
            (self._rename, self.rename_asked),
            (self._remove, self.remove_asked),
            (self.back, self.back_asked),
            (save, self.save_asked),
        ):
            action.triggered.connect(told)
        self.setMenu(menu)

    def set_class(self, name: str, removable: bool) -> None:
        """Say which class is meant, and grey what cannot be; "" for no classes."""
        self._rename.setText(f"Re&name “{_plain(name)}”…")
        self._remove.setText(f"Re&move “{_plain(name)}” and its points")
        for action in (self._rename, self._remove):
            action.setVisible(bool(name))
        self._remove.setEnabled(removable)


def entry(menu: QMenu, text: str, keys: str = "") -> QAction:
    """An entry that belongs to its menu: what ``addAction(text)`` makes belongs to Python alone.

    ``keys`` are shown; somebody else listens to them.
    """
    menu.addAction(action := QAction(text, menu))
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    return action


def _plain(name: str) -> str:
    """A name in a menu, where an ampersand means another letter."""
    return name.replace("&", "&&")
