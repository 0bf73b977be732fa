"""The sheet of shortcuts, made from the rows of commands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from app.commands import COMMANDS, MENUS, Command
from app.dialogs.sheet import Sheet
from app.theme import GRID

NOTE = (
    "A field, list or button in focus keeps the keys it needs itself, such as Space on a check "
    "box. Alt and an underlined letter jump to a field of the panels."
)

FRAME = QSize(40, 80)
"""Pixels a window manager and its bars may take from a screen."""


class _Keys(QScrollArea):
    """As large as all commands if the screen has room for them; else it scrolls."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Keyboard shortcuts")

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint() + QSize(self.verticalScrollBar().sizeHint().width(), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 8 * GRID)


class ShortcutsDialog(Sheet):
    """Every command that has a key, by menu, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keyboard shortcuts", parent)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, GRID, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID - 2)
        grid.setColumnMinimumWidth(2, 3 * GRID)
        halves = ("file", "edit", "question", "help"), ("run", "view", "show")
        for half, keys in enumerate(halves):
            self._fill(grid, 3 * half, keys)
        self._keys = _Keys(inside, self)
        self.column.addWidget(self._keys, 1)
        note = QLabel(NOTE)
        note.setProperty("role", "small")
        note.setWordWrap(True)
        self.column.addWidget(note)
        self.finish()
        self._keys.setFocus()  # so that arrows and page keys scroll
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() - FRAME))

    def _fill(self, grid: QGridLayout, column: int, menus: tuple[str, ...]) -> None:
        row = 0
        for menu in menus:
            commands = [c for c in COMMANDS.values() if c.menu == menu and c.shortcuts]
            if not commands:
                continue
            heading = QLabel(dict(MENUS)[menu].replace("&", "").upper())  # pyright: ignore[reportArgumentType] - keys of MENUS
            heading.setProperty("role", "heading")
            grid.addWidget(heading, row, column, 1, 2)
            for command in commands:
                row += 1
                self._add(grid, row, column, command)
            row += 1
            grid.setRowMinimumHeight(row, GRID)
            row += 1

    def _add(self, grid: QGridLayout, row: int, column: int, command: Command) -> None:
        name = QLabel(command.text.replace("&", "").rstrip("…"))
        name.setToolTip(command.summary)
        keys = QLabel(keys_text(command))
        keys.setProperty("role", "keys")
        keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(name, row, column)
        grid.addWidget(keys, row, column + 1)


def keys_text(command: Command) -> str:
    """All keys of a command as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  or  ".join(QKeySequence(text).toString(native) for text in command.shortcuts)
