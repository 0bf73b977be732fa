"""What all dialogs of this package share: not modal, gone when closed, Esc and Close."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from app.theme import GRID


class Sheet(QDialog):
    """A window over the main window that never stops it: training and panels go on."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(False)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID + 4)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)

    def finish(self) -> None:
        """Add the buttons below everything else; Enter closes."""
        self.column.addWidget(self.buttons)
        for button in self.buttons.buttons():
            closes = self.buttons.standardButton(button) != QDialogButtonBox.StandardButton.NoButton
            cast(QPushButton, button).setAutoDefault(closes)
            cast(QPushButton, button).setDefault(closes)
