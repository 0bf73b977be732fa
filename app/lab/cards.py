"""What a check says: the verdict, and a card for each mistake it has a name for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from app.lab.words import message, moral, verdict_look
from app.panels.form import IconLabel
from app.theme import GRID, current_theme
from slp_core.insight.gradient.report import GradientReport, NamedMistake


def label(role: str = "") -> QLabel:
    """A label that wraps and can be copied from."""
    made = QLabel()
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Card(QFrame):
    """A quiet frame with an edge in one of the theme's colours."""

    def __init__(self) -> None:
        super().__init__()
        self.role = "muted"
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GRID + 4, GRID - 2, GRID + 2, GRID - 2)
        self.column.setSpacing(3)
        self.icon, self.title = IconLabel("info"), label("strong")
        head = QHBoxLayout()
        head.setSpacing(GRID - 2)
        head.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        self.column.addLayout(head)

    def set_look(self, name: str, role: str) -> None:
        """Icon and colour."""
        self.role = role
        self.icon.set_icon(name, role)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.border))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, self.role)))
        painter.drawRoundedRect(QRectF(0, GRID, 3, self.height() - 2 * GRID), 1.5, 1.5)
        painter.end()


class VerdictCard(Card):
    """A function of one report."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.moral, self.about = label(), label(), label("small")
        for row in (self.text, self.moral, self.about):
            self.column.addWidget(row)

    def set_value(self, report: GradientReport, about: str) -> None:
        """Show the verdict, the numbers it rests on, and what it was made for."""
        name, role, word = verdict_look(report)
        self.set_look(name, role)
        self.title.setText(word)
        self.text.setText(message(report))
        self.moral.setText(moral(report))
        self.moral.setVisible(bool(self.moral.text()))
        self.about.setText(about)
        self.setAccessibleName(f"Verdict: {word}")
        self.setAccessibleDescription(f"{self.text.text()} {self.moral.text()} {about}")


class MistakeCard(Card):
    """One named mistake: what it is, the right way, and the line without it."""

    show_asked = Signal(str)
    """The whole formula, mended."""

    def __init__(self, mistake: NamedMistake) -> None:
        super().__init__()
        self.mistake = mistake
        self._source = ""
        self.set_look("cross", "danger")
        where = f" (in {', '.join(mistake.where)})" if mistake.where else ""
        self.title.setText(mistake.title + where)
        self.sentence, self.formula, self.line = label(), label("small"), label("small")
        self.sentence.setText(mistake.sentence)
        self.formula.setText(f"In general: {mistake.formula}")
        self.line.setStyleSheet("font-family: monospace;")
        self.show_me = QPushButton("Show me")
        self.show_me.setToolTip(
            "Change this line in the editor and check again; undo takes it back."
        )
        self.show_me.setAccessibleDescription(f"Mend: {mistake.title}")
        self.show_me.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_me.clicked.connect(self._ask)
        rows = (self.sentence, self.formula, self.line)
        for row in rows:
            self.column.addWidget(row)
        self.column.addWidget(self.show_me, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(f"Mistake: {mistake.title}")
        self.setAccessibleDescription(mistake.sentence)
        self.set_fix("", ())

    def set_fix(self, source: str, lines: tuple[str, ...]) -> None:
        """What "Show me" puts into the editor; empty while nothing is known."""
        self._source = source
        self.line.setText("\n".join(lines))
        self.line.setVisible(bool(lines))
        self.show_me.setVisible(bool(source))

    def _ask(self) -> None:
        self.show_asked.emit(self._source)
