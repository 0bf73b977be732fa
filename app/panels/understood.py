"""A quiet line under a file's name: what was understood of it, and the way to change that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.panels.form import IconLabel
from app.panels.texts import ClampedText
from app.panels.understood_words import form_text, sentence
from app.theme import GRID
from slp_core.data.table import Table


class UnderstoodStrip(QWidget):
    """Says how the open file was read; hidden for data that was not read from text."""

    edit_requested = Signal()
    """A person wants to look at how the file is read, or to change it."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ClampedText(1, 2)
        self._icon = IconLabel("check", "ok")
        self._button = QPushButton("Edit how it is read…")
        self._button.setFlat(True)
        self._button.setProperty("role", "link")
        self._button.setToolTip("See the file as it is read, and change separators, names, kinds.")
        self._button.setAccessibleDescription(self._button.toolTip())
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.edit_requested)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setAccessibleName("How the file was read")
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def set_table(self, table: Table | None) -> None:
        """Show how a table was read; None (a built-in or painted set) hides the strip."""
        self.setVisible(table is not None)
        if table is None:
            return
        sure = table.dialect.sure
        self._icon.set_icon("check" if sure else "info", "ok" if sure else "warning")
        text = form_text(table)
        self._text.set_text(text)
        doubts = [sentence(doubt) for doubt in table.dialect.doubts]
        self._text.setToolTip("\n".join([text, *doubts]))
        self.setAccessibleDescription(" ".join([text, *doubts]))
