"""One experiment: what it tells, a button that makes it, and what came of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.lab.cards import Card, label
from app.lab.trials import OUTCOMES, Trial, figures, follows
from app.numbers import typeset
from app.panels.form import IconLabel
from app.theme import GRID, Theme
from slp_core.insight.experiments import Experiment
from slp_core.insight.experiments_rows import ExperimentRow

_KEPT: Final = "\u00a0"
"""A space at which no line is broken: a figure stays with its name."""


class ExperimentCard(Card):
    """A function of one `Trial` or None, of how far it is, and of whether it is stale."""

    run_asked = Signal(str)
    """Key of the experiment that is to be made."""
    rows_asked = Signal(object)
    """Places (r,) of the training samples that are to be selected."""

    def __init__(self, row: ExperimentRow) -> None:
        super().__init__()
        self.row = row
        self.trial: Trial | None = None
        self.title.setText(row.label)
        self.outcome = QLabel()
        self.outcome.setProperty("role", "small")
        self.start = QPushButton("Run")
        self.start.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.start.setStyleSheet("padding: 2px 12px; min-height: 18px;")
        self.start.setToolTip("Make this experiment on a copy; the run on the screen goes on.")
        self.start.setAccessibleName(f"Run: {row.label}")
        self.start.setAccessibleDescription(row.tells)
        self.start.clicked.connect(self._ask)
        self.tells, self.figures, self.text = label("small"), label("strong"), label()
        self.tells.setText(row.tells)
        self.note, self.stale = label("small"), label("note")
        self.samples = QPushButton("Select these samples")
        self.samples.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.samples.setToolTip("Select the samples that were used, in all views.")
        self.samples.setAccessibleDescription(self.samples.toolTip())
        self.samples.clicked.connect(self._ask_rows)
        self.busy = QProgressBar()
        self._dress()
        self.set_busy(None)
        self.set_value(None)

    def set_value(self, trial: Trial | None) -> None:
        """Show what came of it, or that it has not been made."""
        self.trial = trial
        name, role, word = OUTCOMES[trial.result.outcome] if trial else ("target", "muted", "")
        self.set_look(name, role)
        self.icon.setToolTip(word)
        self.outcome.setText(word)
        self.text.setText(typeset(trial.result.text) if trial else "")
        told = figures(trial) if trial else ()
        said = [f"{what}: ".replace(" ", _KEPT) + number for what, number in told]
        self.figures.setText("     ".join(said))
        self.note.setText(typeset(follows(trial)) if trial else "")
        for line in (self.figures, self.text, self.note, self.outcome):
            line.setVisible(bool(line.text()))
        rows = isinstance(trial.result, Experiment) and bool(trial.result.rows) if trial else False
        self.samples.setVisible(rows)
        self.start.setText("Run again" if trial else "Run")
        self.set_stale("")
        self.setAccessibleName(f"{self.row.label}: {word}" if word else self.row.label)
        self.setAccessibleDescription(self.text.text() or self.row.tells)

    def set_busy(self, share: float | None) -> None:
        """Show how far it is; None while it is not being made, 0 while it waits."""
        self.busy.setValue(round(100 * (share or 0.0)))
        self.busy.setVisible(share is not None)
        self.start.setEnabled(share is None)

    def set_failed(self, text: str) -> None:
        """Say why it could not be made."""
        self.set_value(None)
        self.text.setText(text)
        self.text.show()
        self.set_look("forbidden", "danger")
        self.setAccessibleDescription(text)

    def set_stale(self, why: str) -> None:
        """Say that the result is of something else than what is there now; empty: it is not."""
        self.stale.setText(f"{why} Run it again." if why else "")
        self._stale_line.setVisible(bool(why))
        for line in (self.figures, self.text, self.outcome):
            line.setEnabled(not why)
        if self.trial is not None:
            name, role, _ = OUTCOMES[self.trial.result.outcome]
            self.set_look(name, "muted" if why else role)

    def set_theme(self, theme: Theme) -> None:
        """Labels take their colours from the style sheet."""
        del theme
        self.update()

    def add(self, widget: QWidget) -> None:
        """Put something below the sentence."""
        self.column.insertWidget(self.column.indexOf(self.note), widget)

    def _dress(self) -> None:
        item = self.column.itemAt(0)
        head = None if item is None else item.layout()
        assert isinstance(head, QHBoxLayout)  # noqa: S101 - the card has made one
        head.setAlignment(self.icon, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.outcome)
        head.addWidget(self.start)
        self.busy.setRange(0, 100)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(3)
        self.busy.setStyleSheet("QProgressBar { border: none; background: transparent; }")
        self.busy.setAccessibleName(f"Progress: {self.row.label}")
        self._stale_line = QWidget()
        line = QHBoxLayout(self._stale_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID - 2)
        line.addWidget(IconLabel("warning", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.stale, 1)
        for widget in (self.busy, self.tells, self._stale_line, self.figures, self.text, self.note):
            self.column.addWidget(widget)
        self.column.addWidget(self.samples, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def _ask(self) -> None:
        self.run_asked.emit(self.row.key)

    def _ask_rows(self) -> None:
        trial = self.trial
        if trial is not None and isinstance(trial.result, Experiment):
            self.rows_asked.emit(trial.result.rows)
