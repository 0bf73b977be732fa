"""Shortcuts without a modifier, and the widgets that need the same keys.

Space plays and pauses, the arrow steps, letters switch views. Qt gives a shortcut to the window
before the focused widget sees the key, so a focused check box could no longer be ticked with
Space nor a slider moved with the arrow. The guard lets the focused widget claim its own keys
first; everywhere else the shortcut works.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_TURNED = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
"""Keys that turn a closed combo box to another entry, or a slider further than the arrows do."""
LEAVES_KEYS = "leavesKeys"
"""Property of a slider whose keys are commands of the window, which do the same."""
_WALKED = (
    _ARROWS
    | _TURNED
    | {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
    | {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
)
"""Keys with a meaning in a table or a list, where nothing is typed until a field is open."""
_TYPED = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_MOVED = (QAbstractSlider, QTabBar)


def needs(widget: QObject, keys: QKeyCombination) -> bool:
    """Whether the focused widget has a use of its own for these keys.

    Buttons want Space; fields everything that types or moves; tables and lists what moves, chooses
    or removes (no list of the window is searched by letters); sliders and tab bars the arrows,
    pages and ends; a closed combo box only what turns it, because it keeps the focus after
    a choice and Space has to go on playing (F4, Alt+Down and Enter open it). Escape belongs to a
    field with an edited text and otherwise to the window, as do Ctrl, Alt and the function keys.
    """
    key, modifiers = keys.key(), keys.keyboardModifiers()
    quiet = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    if modifiers & ~quiet or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return False
    if key == Qt.Key.Key_Escape:
        return _edited(widget)
    if isinstance(widget, QComboBox):
        return key in _TURNED or widget.isEditable() or widget.view().isVisible()
    if isinstance(widget, _TYPED):
        return True
    if isinstance(widget, QAbstractItemView):
        return key in _WALKED
    if isinstance(widget, QAbstractButton):
        return key == Qt.Key.Key_Space
    if widget.property(LEAVES_KEYS):
        return False
    return isinstance(widget, _MOVED) and key in _ARROWS | _TURNED


def _edited(widget: QObject) -> bool:
    """Whether there is a text that Escape can take back."""
    if isinstance(widget, QAbstractSpinBox):
        return True
    return isinstance(widget, QLineEdit) and widget.isModified()


class KeyGuard(QObject):
    """Watches the focused widget of one window and claims its keys for it.

    Only the widget in focus is watched: a filter on the whole application would run Python for
    every paint and mouse event.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: QWidget | None = None
        cast(QApplication, QApplication.instance()).focusChanged.connect(self.follow)

    @Slot(QWidget, QWidget)
    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Watch the widget that has the focus now, if it is in this window."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if new is not None and new.window() is self._window else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept the override of a key the watched widget needs: Qt then sends it the key."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and needs(watched, event.keyCombination()):
            event.accept()
            return True
        return False
