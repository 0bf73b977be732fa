"""Lines that say something and offer one thing to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.panels.form import IconLabel
from app.theme import GRID, current_theme

SHOWN = 2


class ElidedLabel(QWidget):
    """One line of text that gives way instead of widening the panel.

    ``color`` is a field of the theme.
    """

    def __init__(
        self,
        color: str = "text",
        *,
        strong: bool = False,
        scale: float = 1.0,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__()
        self._elide = elide
        self._text = ""
        self._color, self._strong, self._scale = color, strong, scale
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, tip: str = "") -> None:
        """Show a text; the tooltip has it in full."""
        self._text = text
        self.setToolTip(tip or text)
        self.setAccessibleName(text)
        self.update()

    def set_color(self, color: str) -> None:
        """Draw in the colour of another field of the theme."""
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        """One line high."""
        return QSize(0, QFontMetrics(self._font()).height() + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type needs another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(getattr(current_theme(), self._color)))
        text = painter.fontMetrics().elidedText(self._text, self._elide, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self._strong else QFont.Weight.Normal)
        font.setPointSizeF(font.pointSizeF() * self._scale)
        return font


class NotesStrip(QWidget):
    """What the program did on its own with the data; hidden when there is nothing to say.

    The first notes are shown, all of them in the tooltip and to screen readers.
    """

    problems_requested = Signal()
    """The list of problems is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._label = QLabel()
        self._label.setProperty("role", "note")
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.setFlat(True)
        self._button.setProperty("role", "link")
        self._button.setToolTip("List every odd place of the file with its line number.")
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.problems_requested)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._label)
        words.addWidget(self._button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(IconLabel("info", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def notes(self) -> tuple[str, ...]:
        """All notes."""
        return self._notes

    def set_notes(self, notes: Sequence[str], problems: int) -> None:
        """Show notes, and a button where the file has problems to list."""
        self._notes = tuple(notes)
        shown = list(self._notes[:SHOWN])
        if len(self._notes) > SHOWN:
            shown.append(f"and {len(self._notes) - SHOWN} more")
        self._label.setText("\n".join(shown))
        self._label.setVisible(bool(shown))
        self._label.setToolTip("\n".join(self._notes))
        self._label.setAccessibleName(" ".join(self._notes))
        self._button.setText(f"Show {problems:,} problem{'s' if problems != 1 else ''}")
        self._button.setVisible(problems > 0)
        self.setVisible(bool(shown) or problems > 0)


class InviteStrip(QWidget):
    """The open invitation of a bare start: drop a file here, or open one."""

    open_requested = Signal()
    """The file dialog is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("invite")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        text = QLabel("Drop a CSV file here")
        text.setProperty("role", "muted")
        button = QPushButton("Choose a file…")
        button.setFlat(True)
        button.setProperty("role", "link")
        button.setToolTip("Open a CSV file (Ctrl+O).")
        button.clicked.connect(self.open_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 2, GRID // 2, GRID // 2, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(IconLabel("drop", "muted", 18))
        row.addWidget(text)
        row.addStretch(1)
        row.addWidget(button)
