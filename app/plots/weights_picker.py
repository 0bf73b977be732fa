"""A small button that shows a choice and opens a menu of the others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.plots.user_text import told_apart
from app.theme import Theme

_LONGEST = 20
"""Characters of a choice on the button; the menu and the tooltip have all."""

_LEAST = 6
"""Widths of the letter m that a button keeps in a narrow pane."""

_AROUND = 12
"""Pixels of a button's padding and border, left and right."""


class Choice(NamedTuple):
    """One entry. ``group`` is a menu inside the menu; ``refusal`` says why it is greyed.

    ``short`` stands for the label on the button.
    """

    key: str
    label: str
    tip: str = ""
    group: str = ""
    refusal: str = ""
    short: str = ""


class Picker(QToolButton):
    """A function of one key, as narrow as its text."""

    value_changed = Signal(str)
    """The new key, after a choice by a person."""

    def __init__(
        self, name: str, tip: str, parent: QWidget | None = None, *, most: int = _LONGEST
    ) -> None:
        super().__init__(parent)
        self._tip, self._key, self._most = tip, "", most
        self._choices: tuple[Choice, ...] = ()
        self._behind = False
        self._other = ""
        self.setAccessibleName(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Replace the entries; the key stays if it is among them."""
        choices = tuple(choices)
        if choices == self._choices:
            return
        self._choices, self._behind = choices, True
        self._write()

    def choices(self) -> tuple[Choice, ...]:
        """All entries."""
        return self._choices

    def value(self) -> str:
        """The chosen key."""
        return self._key

    def set_value(self, key: str) -> None:
        """Show a key; says nothing."""
        if key != self._key:
            self._key, self._behind = key, True
            self._write()

    @property
    def word(self) -> str:
        """What stands for the choice on the button, where there is room for it."""
        chosen = self._chosen_now
        return (chosen.short or chosen.label) if chosen is not None else ""

    def set_beside(self, other: str) -> None:
        """Say what stands on the button beside this one: cut texts are to differ."""
        if other != self._other:
            self._other = other
            self._write()

    def set_theme(self, theme: Theme) -> None:
        """Quiet, like the switches of other views."""
        self.setStyleSheet(
            f"QToolButton {{ color: {theme.text}; background: transparent; padding: 1px 5px;"
            f" border: 1px solid transparent; border-radius: 4px;"
            f" font-size: {theme.font_size * 0.86:.2f}pt; }}"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {theme.accent}; }}"
            "QToolButton::menu-indicator { image: none; }"
            "QMenu { menu-scrollable: 1; }"
        )

    def minimumSizeHint(self) -> QSize:
        """A narrow pane cuts long texts, but leaves enough of them to be told apart."""
        whole = self.sizeHint()
        least = self.fontMetrics().horizontalAdvance("m" * _LEAST)
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The button with as much of its text as there is room for."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        metrics, room = self.fontMetrics(), self.width() - _AROUND

        def fits(word: str) -> bool:
            return len(word) <= self._most and metrics.horizontalAdvance(f"{word} ▾") <= room

        option.text = f"{told_apart(self.word, self._other, fits)} ▾"
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    @property
    def _chosen_now(self) -> Choice | None:
        return next((c for c in self._choices if c.key == self._key), None)

    def _write(self) -> None:
        chosen = self._chosen_now
        label = chosen.label if chosen is not None else ""
        self.setText(f"{told_apart(self.word, self._other, lambda t: len(t) <= self._most)} ▾")
        said = f"{label}: {chosen.tip}" if chosen is not None and chosen.tip else label
        self.setToolTip(f"{self._tip}\n{said}" if said else self._tip)
        self.setAccessibleDescription(f"{label}. {self._tip}")

    def _fill(self) -> None:
        """Make the entries when the menu opens: hundreds of weights cost some milliseconds."""
        if not self._behind:
            return
        self._behind = False
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        inner: dict[str, QMenu] = {}
        for choice in self._choices:
            into = menu
            if choice.group:
                if choice.group not in inner:
                    inner[choice.group] = QMenu(choice.group, menu)
                    menu.addMenu(inner[choice.group])
                    inner[choice.group].setToolTipsVisible(True)
                into = inner[choice.group]
            into.addAction(self._action(choice, group))

    def _action(self, choice: Choice, group: QActionGroup) -> QAction:
        action = QAction(choice.label.replace("&", "&&"), group)
        action.setCheckable(True)
        action.setChecked(choice.key == self._key)
        action.setEnabled(not choice.refusal)
        action.setToolTip(choice.refusal or choice.tip or choice.label)
        action.triggered.connect(partial(self._chosen, choice.key))
        return action

    def _chosen(self, key: str, _checked: bool = False) -> None:
        if key != self._key:
            self.set_value(key)
            self.value_changed.emit(key)
