"""The keys of a remote control, heard before shortcuts and the focused widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.keys import needs

_TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class PresenterKeys(QObject):
    """Listens to the window of the system: a table in focus would keep Page Down for itself.

    Space, F5 and F11 are shortcuts of commands and need no help.
    """

    turned = Signal(int)
    """1 is on, -1 is back."""
    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._handle: QWindow | None = None

    def listen(self, handle: QWindow | None) -> None:
        """Listen to a window in place of the one before; None is the end."""
        if self._handle is not None:
            self._handle.removeEventFilter(self)
        self._handle = handle
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the keys that are a presenter's: then no shortcut is tried."""
        if not isinstance(event, QKeyEvent) or not _concerns(event):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            turn = _TURNS.get(Qt.Key(event.key()))
            if turn is None:
                self.left.emit()
            else:
                self.turned.emit(turn)
        event.accept()
        return True


def _concerns(event: QKeyEvent) -> bool:
    """Whether a key is the presenter's; what is typed is not."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    focus = QApplication.focusWidget()
    if isinstance(focus, QPlainTextEdit):
        return False
    if event.key() == Qt.Key.Key_Escape:
        return focus is None or not needs(focus, event.keyCombination())
    return event.key() in _TURNS
