"""Undo and redo in the menus: what would be undone, and whether there is anything."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QUndoStack

from app.actions import Actions
from app.commands import COMMANDS

_LONGEST = 40


class Undoing(QObject):
    """Keeps the two commands true to the stack."""

    def __init__(self, actions: Actions, stack: QUndoStack) -> None:
        super().__init__(actions)
        self._undo, self._redo = actions["edit.undo"], actions["edit.redo"]
        self._stack = stack
        stack.indexChanged.connect(self._look)
        stack.undoTextChanged.connect(self._look)
        stack.redoTextChanged.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        stack = self._stack
        _show(self._undo, "edit.undo", stack.canUndo(), stack.undoText())
        _show(self._redo, "edit.redo", stack.canRedo(), stack.redoText())


def _show(action: QAction, key: str, possible: bool, what: str) -> None:
    row = COMMANDS[key]
    short = what if len(what) <= _LONGEST else what[: _LONGEST - 1] + "…"
    action.setEnabled(possible)
    action.setText(f"{row.text}: {short}".replace(": ", " – ") if possible and short else row.text)
    action.setIconText(row.text.replace("&", ""))
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    tip = f"{row.summary} ({keys})"
    action.setToolTip(f"{tip}\n{what}" if possible and what else tip)
