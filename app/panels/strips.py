"""Lines that say something and offer one thing to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.icons import icon
from app.panels.form import IconLabel
from app.panels.texts import ClampedText
from app.theme import GRID, current_theme

SHOWN = 2


class NotesStrip(QWidget):
    """What the program did on its own with the data; hidden when there is nothing to say.

    The first notes are shown, all of them in the tooltip and to screen readers.
    """

    problems_requested = Signal()
    """The list of problems is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._texts: list[ClampedText] = []
        self._button = QPushButton()
        self._button.setFlat(True)
        self._button.setProperty("role", "link")
        self._button.setToolTip("List every odd place of the file with its line number.")
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.problems_requested)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        # With an alignment of its own: otherwise its largest width would be that of the column.
        self._words.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(IconLabel("info", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
        self.setAccessibleName("Notes on the data")
        self.hide()

    def notes(self) -> tuple[str, ...]:
        """All notes."""
        return self._notes

    def set_notes(self, notes: Sequence[str], problems: int) -> None:
        """Show notes, and a button where the file has problems to list."""
        self._notes = tuple(notes)
        for text in self._texts:
            text.deleteLater()
        self._texts = [self._text(note) for note in self._shown()]
        for place, text in enumerate(self._texts):
            self._words.insertWidget(place, text)
        self.setToolTip("\n".join(self._notes))
        self.setAccessibleDescription(" ".join(self._notes))
        self._button.setText(f"Show {problems:,} problem{'s' if problems != 1 else ''}")
        self._button.setVisible(problems > 0)
        self.setVisible(bool(self._notes) or problems > 0)

    def _shown(self) -> list[str]:
        more = len(self._notes) - SHOWN
        return [*self._notes[:SHOWN], *([f"… and {more} more"] if more > 0 else [])]

    def _text(self, note: str) -> ClampedText:
        text = ClampedText(1, 2)
        text.set_text(note)
        text.setToolTip("\n".join(self._notes))
        return text


class InviteStrip(QPushButton):
    """The open invitation of a bare start: drop a file here, or click to choose one."""

    open_requested = Signal()
    """The file dialog is asked for."""

    def __init__(self) -> None:
        super().__init__("Drop your CSV file here")
        self.setProperty("role", "invite")
        self.setIconSize(QSize(18, 18))
        self.setToolTip("Drop a CSV file anywhere on the window, or click to choose one (Ctrl+O).")
        self.setAccessibleDescription(self.toolTip())
        self.clicked.connect(self.open_requested)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for the icon again when the colours have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self.setIcon(icon("drop", color=current_theme().muted))
