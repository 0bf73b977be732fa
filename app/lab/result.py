"""What a check found, on one page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.lab.asked import Outcome, pair_name
from app.lab.cards import MistakeCard, VerdictCard, label
from app.lab.tables import FigureTable
from app.lab.words import COMPONENT_HEADS, PART_HEADS, VERDICTS, optional, part_cells, place
from app.panels.form import IconLabel
from app.plots.lab_charts import AgreementPlot, SweepPlot
from app.theme import GRID, THEMES, Theme
from slp_core.insight.gradient.report import Component, Fix, GradientReport, NamedMistake

_NOTHING = (
    "Nothing is checked yet. Type the gradient you derived, then press Check (Ctrl+Enter): it is"
    " compared with centred differences of the loss, and mistakes that are known get their name."
)
_TABLE = 200
_MOST = 400
"""Components in the table; the worst come first."""
_SIDE_BY_SIDE = 460


class ResultPage(QScrollArea):
    """A function of one outcome, and of whether it is stale."""

    source_asked = Signal(str)
    """A whole formula that is to be put into the editor and checked."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome: Outcome | None = None
        self._theme: Theme = THEMES["light"]
        self.cards: list[MistakeCard] = []
        self.nothing, self.stale = label("muted"), label("note")
        self.nothing.setText(_NOTHING)
        self.verdict, self.fix = VerdictCard(), _FixCard()
        self.remarks = label("note")
        self.parts = FigureTable("Parts of the gradient", PART_HEADS, whole=True)
        self.agreement, self.sweep = AgreementPlot(), SweepPlot()
        self.components = FigureTable("Components, the worst first", COMPONENT_HEADS)
        self.components.setMinimumHeight(_TABLE)
        self._stale_line = _stale_line(self.stale)
        self._lay_out()
        self.fix.show_asked.connect(self.source_asked)
        self.setAccessibleName("Result of the check")
        self.set_value(None)

    def set_value(self, outcome: Outcome | None) -> None:
        """Show an outcome, or that there is none."""
        self.outcome = outcome
        there = outcome is not None
        self.nothing.setVisible(not there)
        for widget in (self.verdict, self.remarks, self.parts, self._charts, self.components):
            widget.setVisible(there)
        self.set_stale("")
        if outcome is None:
            self._show_mistakes(None)
            self.fix.hide()
            return
        report = outcome.report
        self.verdict.set_value(report, about(outcome))
        self._show_mistakes(outcome)
        said = [*report.remarks, *(str(fact) + "." for fact in report.facts)]
        self.remarks.setText("\n".join(f"• {text[:1].upper()}{text[1:]}" for text in said))
        self.remarks.setVisible(bool(said))
        self._show_figures(report)

    def set_stale(self, why: str) -> None:
        """Say that the outcome is of something else than what is there now; empty: it is not."""
        self.stale.setText(why)
        self._stale_line.setVisible(bool(why) and self.outcome is not None)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        for part in (self.parts, self.components, self.agreement, self.sweep):
            part.set_theme(theme)
        if self.outcome is not None:
            self._show_figures(self.outcome.report)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.viewport().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction
        self._pair.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        column.setSpacing(GRID)
        self._charts = QWidget()
        self._pair = QHBoxLayout(self._charts)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._pair.setSpacing(GRID)
        self._pair.addWidget(self.agreement, 1)
        self._pair.addWidget(self.sweep, 1)
        self._mistakes = QVBoxLayout()
        self._mistakes.setSpacing(GRID)
        for widget in (self.nothing, self._stale_line, self.verdict):
            column.addWidget(widget)
        column.addLayout(self._mistakes)
        for widget in (self.fix, self.remarks, self.parts, self._charts, self.components):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _show_mistakes(self, outcome: Outcome | None) -> None:
        mistakes = outcome.report.mistakes if outcome is not None else ()
        if [card.mistake for card in self.cards] != list(mistakes):
            for card in self.cards:
                self._mistakes.removeWidget(card)
                card.hide()
                card.deleteLater()
            self.cards = [MistakeCard(mistake) for mistake in mistakes]
            for card in self.cards:
                card.show_asked.connect(self.source_asked)
                self._mistakes.addWidget(card)
        if outcome is None:
            return
        fix, source = outcome.report.fix, outcome.asked.source
        alone = fix is not None and fix.own and len(mistakes) == 1
        for card in self.cards:
            single = outcome.singles.get(card.mistake.id, "")
            mended = fix.source if alone and fix is not None else single
            card.set_fix(mended, changed_lines(source, mended) if mended else ())
        self.fix.set_value(None if alone else fix, source, waiting=_waiting(outcome))

    def _show_figures(self, report: GradientReport) -> None:
        self.parts.setVisible(bool(report.parts))
        self.parts.set_rows(
            [part_cells(part) for part in report.parts],
            [self._color(part.verdict) for part in report.parts],
        )
        self.agreement.set_value(report.components)
        self.sweep.set_value(report.sweep)
        typed = len(self.agreement.places[0]) > 0
        self.agreement.setVisible(typed)
        self.sweep.setVisible(report.sweep is not None)
        self._charts.setVisible(typed)
        self.components.setVisible(bool(report.components))
        shown = report.components[:_MOST]
        self.components.set_rows(
            [_cells(row, report) for row in shown], [self._error_color(row) for row in shown]
        )

    def _color(self, verdict: str) -> str | None:
        return None if verdict == "right" else getattr(self._theme, VERDICTS[verdict][1])

    def _error_color(self, row: Component) -> str | None:
        wrong = row.yours is None or (row.relative_error or 0.0) >= 1e-7
        return self._theme.danger if wrong else None


class _FixCard(MistakeCard):
    """All mistakes mended at once, or the pair's own formula where no small change does."""

    def __init__(self) -> None:
        super().__init__(NamedMistake("", "", "", "", ()))
        self.formula.hide()
        self.set_look("info", "accent")
        self.setAccessibleName("How it becomes right")

    def set_value(self, fix: Fix | None, source: str, *, waiting: bool) -> None:
        """Show a fix, or that one is being looked for."""
        self.setVisible(fix is not None or waiting)
        self.sentence.setVisible(fix is None or not fix.own)
        if fix is None:
            self.title.setText("Looking for the change that makes it right…")
            self.sentence.hide()
            self.set_fix("", ())
            return
        self.title.setText("All mistakes mended" if fix.own else "The pair's own formula")
        self.sentence.setText("No small change of yours is right, so this is written anew.")
        self.set_fix(fix.source, changed_lines(source, fix.source))


def _waiting(outcome: Outcome) -> bool:
    return not outcome.whole and outcome.report.verdict == "wrong"


def changed_lines(before: str, after: str) -> tuple[str, ...]:
    """The lines of ``after`` that are not in ``before``."""
    old = {line.strip() for line in before.splitlines()}
    return tuple(line for line in after.splitlines() if line.strip() and line.strip() not in old)


def about(outcome: Outcome) -> str:
    """What was checked, in one line."""
    asked, report = outcome.asked, outcome.report
    ground = asked.ground
    data = _data_words(outcome)
    bias = "" if ground.config.bias else ", no bias"
    points = "; ".join(
        f"{point.label}: {optional(point.max_relative_error, 2)}" for point in report.points
    )
    text = f"{pair_name(ground.pair)}{bias}, {data}."
    return f"{text} Largest error at {points}." if points else text


def _data_words(outcome: Outcome) -> str:
    asked = outcome.asked
    if asked.ground.dataset is None:
        return "random data"
    if asked.rows is not None:
        return f"{len(asked.rows)} selected samples"
    return f"{asked.ground.samples:,} training samples"


def _cells(row: Component, report: GradientReport) -> tuple[str, ...]:
    points = report.points
    label_ = points[row.point].label if row.point < len(points) else ""
    error = "kink" if row.relative_error is None else optional(row.relative_error, 2)
    values = (row.yours, row.analytic, row.numeric)
    return (place(row), error, *(optional(value, 6) for value in values), label_)


def _stale_line(text: QWidget) -> QWidget:
    line = QWidget()
    box = QHBoxLayout(line)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(GRID - 2)
    box.addWidget(IconLabel("warning", "warning"), 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(text, 1)
    return line
