"""The line at the foot of the import dialog: what can be learned by the roles that are chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.dialogs.import_reading import Roles, Verdict
from app.panels.form import IconLabel
from app.problems import problem_from
from app.theme import GRID
from slp_core.data.table import Table
from slp_core.data.target import thin_note


class VerdictLine(QWidget):
    """One sentence; a refusal has an icon and says what to do."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._text = IconLabel("check", "ok"), QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self.clear()

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing."""
        self._icon.hide()
        self._text.clear()
        self.setToolTip("")

    def show_verdict(self, verdict: Verdict, table: Table, note: str = "") -> None:
        """Say what will be learned from what, or why that cannot be; ``note`` follows."""
        if verdict.roles is not None:
            if doubt_text(verdict.roles):
                self._icon.set_icon("warning", "warning")
            else:
                self._icon.set_icon("check", "ok")
            said = (learned_text(verdict.roles, table), doubt_text(verdict.roles), note)
            self._text.setText(" ".join(part for part in said if part))
            self.setToolTip("\n".join(verdict.roles.notes))
        elif verdict.refusal is not None:
            problem = problem_from(verdict.refusal)
            self._icon.set_icon("warning", "danger")
            self._text.setText(" ".join(part for part in (problem.text, problem.hint) if part))
            self.setToolTip(self._text.text())
        self._icon.show()
        self.setAccessibleName(self._text.text())


def doubt_text(roles: Roles) -> str:
    """A sentence where nearly every row is a class of its own; empty where all is well."""
    note = thin_note(roles.classes, roles.used)
    advice = "Look at the separator and the decimal sign, or choose another target."
    return f"{note} {advice}" if note else ""


def learned_text(roles: Roles, table: Table) -> str:
    """For example "Learns species (3 classes) from 4 columns; 2 rows are left out."."""
    what = f"{roles.classes:,} classes" if roles.classes else "a number"
    count = len(roles.features)
    source = f"{count:,} column{'' if count == 1 else 's'}"
    out = table.rows - roles.used
    rest = f"; {out:,} row{'' if out == 1 else 's'} with missing cells left out" if out else ""
    return f"Learns {roles.target} ({what}) from {source}{rest}."
