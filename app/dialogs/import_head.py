"""The head of the import dialog: what was understood, and first of all what is in doubt."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.dialogs.import_choices import LABELS
from app.panels.form import IconLabel
from app.panels.understood_words import doubt_field, form_text, problems_text, sentence, size_text
from app.theme import GRID
from slp_core.data.table import Table

SHOWN = 3
_LINKS = (
    Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)


class ImportHead(QWidget):
    """One sentence on the table, and a line with a way to change it for each doubt."""

    choice_wanted = Signal(str)
    """Name of the field of `ReadingOptions` that settles a doubt."""

    def __init__(self) -> None:
        super().__init__()
        self._doubts: list[QWidget] = []
        self.sentence = QLabel()
        self.sentence.setProperty("role", "strong")
        self.form = QLabel()
        self.form.setProperty("role", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for label in (self.sentence, self.form):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._column.addWidget(label)
        self.setAccessibleName("What was understood")

    def show_table(self, table: Table) -> None:
        """Say what was understood of a table."""
        problems = problems_text(table)
        self.sentence.setText(f"{table.name}: {size_text(table)}")
        self.form.setText(" ".join(part for part in (form_text(table), sentence(problems)) if part))
        self._show_doubts(table.dialect.doubts)

    def show_refusal(self, name: str, changeable: bool) -> None:
        """Say that nothing could be read; ``changeable``: other choices may help."""
        self.sentence.setText(f"{name} cannot be read this way")
        self.form.setText(
            "Change how the file is written, or open another one."
            if changeable
            else "Open another file."
        )
        self._show_doubts(())

    def text(self) -> str:
        """All that it says."""
        labels = [w.findChild(QLabel) for w in self._doubts]
        doubts = [label.text() for label in labels if label is not None]
        return "\n".join([self.sentence.text(), self.form.text(), *doubts])

    def _show_doubts(self, doubts: tuple[str, ...]) -> None:
        for line in self._doubts:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._doubts = [self._line(doubt) for doubt in doubts[:SHOWN]]
        if len(doubts) > SHOWN:
            more = self._line(f"and {len(doubts) - SHOWN} more doubts")
            more.setToolTip("\n".join(sentence(doubt) for doubt in doubts[SHOWN:]))
            self._doubts.append(more)
        for line in self._doubts:
            self._column.addWidget(line)

    def _line(self, doubt: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(IconLabel("warning", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        text, label = escape(sentence(doubt), quote=False), QLabel()
        field = doubt_field(doubt)
        if field is not None:
            text += f' <a href="{field}">Change {LABELS[field].replace("&", "").lower()}…</a>'
            label.setToolTip("Go to the choice that settles this.")
        label.setText(text)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(_LINKS)
        label.setWordWrap(True)
        label.linkActivated.connect(self.choice_wanted)
        row.addWidget(label, 1)
        return box
