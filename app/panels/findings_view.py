"""The findings: the verdict with its evidence, exact answers, and everything that was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.moment import Moment, Told
from app.numbers import typeset
from app.panels.answer_links import AnswerLinks
from app.panels.finding_card import FindingCard
from app.theme import GRID, Theme
from slp_core.arrays import Ints
from slp_core.insight.diagnosis import Diagnosis
from slp_core.insight.findings import LEVELS, RULES, Finding

WORKING = "Working out the best loss that can be reached, and whether a line separates the classes…"


class FindingsView(QScrollArea):
    """A function of one `Told`."""

    finding_chosen = Signal(object)
    """The finding whose points and updates are to be shown."""
    fix_asked = Signal(object)
    """The finding whose fix is to be applied."""
    experiment_asked = Signal(str)
    """Key of the experiment that tells more about a finding."""
    parameters_edited = Signal(object, str, int)
    """Weights of an exact answer to go on from."""
    places_asked = Signal(object)
    """Places (r,) of the training samples that are to be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[FindingCard] = []
        self._told: Told | None = None
        self._behind = False
        self._chosen = ""
        self._verdict, self._evidence = _label("strong"), _label("small")
        self._answers, self._nothing = _label("note"), _label("muted")
        self._nothing.setText(
            f"Nothing odd was found. {len(RULES)} rules look at the data, the settings and the run."
        )
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._column.setSpacing(GRID)
        self.links = AnswerLinks()
        self.links.parameters_edited.connect(self.parameters_edited)
        self.links.places_asked.connect(self.places_asked)
        for widget in (self._verdict, self._evidence, self._answers, self.links, self._nothing):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Findings")
        self._draw()

    # As a view.

    def set_theme(self, theme: Theme) -> None:
        """Everything takes its colours when it is painted."""
        del theme
        self.update()

    def show_moment(self, moment: Moment | None) -> None:
        """What is said comes with `show_told`; without data there is nothing to say."""
        if moment is None:
            self.show_told(None)

    def set_selection(self, rows: Ints) -> None:
        """The selection changes no finding."""

    # What is said.

    def show_told(self, told: Told | None) -> None:
        """Show what is known, once this is in sight; numbers change in place."""
        self._told = told
        self._behind = not self.isVisible()
        if not self._behind:
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._behind = False
            self._draw()

    def _draw(self) -> None:
        told = self._told
        diagnosis = told.diagnosis if told is not None else None
        findings = sorted(told.findings, key=_gravity) if told is not None else []
        self._verdict.setText(typeset(diagnosis.verdict.text) if diagnosis is not None else WORKING)
        evidence = "\n".join(diagnosis.verdict.evidence) if diagnosis else ""
        self._evidence.setText(typeset(evidence))
        answers = "\n".join(_answers(diagnosis)) if diagnosis is not None else ""
        self._answers.setText(typeset(answers))
        self.links.set_value(told)
        self._evidence.setVisible(bool(self._evidence.text()))
        self._answers.setVisible(diagnosis is not None)
        self._nothing.setVisible(told is not None and not findings)
        self._show(findings)
        self.setAccessibleDescription(
            " ".join([self._verdict.text(), *(finding.title + "." for finding in findings)])
        )

    def set_chosen(self, rule: str) -> None:
        """Frame the card of this rule; empty: none."""
        self._chosen = rule
        for card in self._cards:
            card.set_chosen(card.value().id == rule)

    def _show(self, findings: Sequence[Finding]) -> None:
        if [card.value().id for card in self._cards] == [finding.id for finding in findings]:
            for card, finding in zip(self._cards, findings, strict=True):
                if card.value() != finding:
                    card.set_value(finding)
            return
        for card in self._cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self._cards = [self._card(finding) for finding in findings]

    def _card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding)
        card.set_chosen(finding.id == self._chosen)
        card.chosen.connect(self.finding_chosen)
        card.fix_asked.connect(self.fix_asked)
        card.experiment_asked.connect(self.experiment_asked)
        self._column.insertWidget(self._column.count() - 1, card)
        return card


def _gravity(finding: Finding) -> int:
    """Faults first; among equals the order of the rules."""
    return LEVELS.index(finding.level)


def _answers(diagnosis: Diagnosis) -> list[str]:
    """The exact answers, one line each."""
    answers = diagnosis.answers
    known = answers.best.text in diagnosis.verdict.evidence
    lines = [] if known else [answers.best.text]
    if answers.separability is not None:
        lines.append(answers.separability.proof)
    lines.append(answers.baseline.text)
    if answers.floor.rows.size:
        lines.append(answers.floor.text)
    return lines


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
