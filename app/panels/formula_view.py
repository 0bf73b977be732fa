"""The formulas of the current pair, typeset, with the numbers of one sample and of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.formulas.typeset import Typeset
from app.moment import RunMoment
from app.panels.formula_equations import Equation, as_latex, as_text, equations
from app.panels.formula_line import FormulaLine
from app.panels.row_view import RowView
from app.panels.sample_data import follows
from app.panels.texts import ElidedLabel
from app.theme import GRID, Theme, current_theme

Drawings = Mapping[str, Typeset]
Ask = Callable[[Sequence[str], Callable[[Drawings], None]], None]
"""Typesets formulas and hands them to a function, later; the newest question wins."""

NO_DATA = "No formulas yet, because no data are open."
_TWO_COLUMNS = 860
"""Pixels at 11 pt from which the equations stand in two columns."""
_OF_SAMPLE = 4
"""The first equations are about one sample."""
_PAUSE = 400
"""Milliseconds between two moments while training: formulas are read, not watched."""


class FormulaView(RowView):
    """One line for each equation; ``ask`` typesets in the background."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(_PAUSE)
        self._ask = ask
        self._rows: tuple[Equation, ...] = ()
        self._known: dict[str, Typeset] = {}
        self.headline = ElidedLabel("muted", elide=Qt.TextElideMode.ElideRight)
        self.lines: list[FormulaLine] = []
        self.header_widget = _copy_button(self._copy)
        self._lay_out()
        self.setAccessibleName("Formulas of the pair")
        self._say(NO_DATA)

    def _lay_out(self) -> None:
        body = QWidget()
        self._body = QGridLayout(body)
        self._body.setContentsMargins(0, 0, 0, GRID)
        self._body.setSpacing(2)
        self.pages = QScrollArea()
        self.pages.setWidget(body)
        self.pages.setWidgetResizable(True)
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        body.setAutoFillBackground(False)
        self.pages.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        line = QVBoxLayout()
        line.setContentsMargins(GRID, 0, GRID, 0)
        line.addWidget(self.headline)
        column.addLayout(line)
        column.addWidget(self.pages, 1)

    # The protocol of a view.

    def set_theme(self, theme: Theme) -> None:
        """Formulas are curves: another colour or size needs no other drawing."""
        del theme
        for line in self.lines:
            line.updateGeometry()
            line.update()

    @property
    def equations(self) -> tuple[Equation, ...]:
        """What is shown."""
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(460, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Drawing.

    def _close(self) -> None:
        self._say(NO_DATA)

    def _draw(self) -> None:
        run = self._run
        if run is None or not follows(run):
            return
        self._behind = False
        found = self._follower.follow(run, self._sample(run))
        self._rows = equations(run, found)
        self.headline.set_text(
            f"{run.pair.label}, with the numbers of {run.table.row_name(found.row)}"
        )
        self.setAccessibleDescription(as_text(self._rows))
        self.pages.show()
        formulas = [text for row in self._rows for text in (row.letters, row.numbers) if text]
        missing = [text for text in formulas if text not in self._known]
        if missing:
            self._ask(missing, self._arrived)
        if not missing or not self.lines:
            self._show()

    def _sample(self, run: RunMoment) -> int:
        """The sample whose numbers are plugged in; the worst where the row is left out."""
        places = np.flatnonzero(run.dataset.row_index == self._row)
        if len(places):
            return int(places[0])
        worst = self._follower.worst(run)
        self._row = int(run.dataset.row_index[worst])
        return worst

    def _arrived(self, drawings: Drawings) -> None:
        self._known |= drawings
        self._show()
        wanted = {text for row in self._rows for text in (row.letters, row.numbers)}
        self._known = {text: one for text, one in self._known.items() if text in wanted}

    def _show(self) -> None:
        """All equations at once, so that their numbers belong together."""
        while len(self.lines) < len(self._rows):
            line = FormulaLine()
            self.lines.append(line)
        for line, row in zip(self.lines, self._rows, strict=True):
            line.set_value(row, self._known.get(row.letters), self._known.get(row.numbers))
        self._arrange()

    def _arrange(self) -> None:
        """One column, or two where there is room: a sample's equations, then those of the run."""
        split = self.width() >= _TWO_COLUMNS * current_theme().font_size / 11
        first = _OF_SAMPLE if split else len(self.lines)
        for number, line in enumerate(self.lines):
            place = (number, 0) if number < first else (number - first, 1)
            self._body.addWidget(line, *place, Qt.AlignmentFlag.AlignTop)
        for number in range(len(self.lines) + 1):
            self._body.setRowStretch(number, 1 if number == first else 0)
        self._body.setColumnStretch(0, 1)
        self._body.setColumnStretch(1, 1 if split else 0)

    def _say(self, sentence: str) -> None:
        self._rows = ()
        self.headline.set_text(sentence)
        self.pages.hide()
        self.setAccessibleDescription(sentence)

    def _copy(self, what: str) -> None:
        text = as_latex(self._rows) if what == "latex" else as_text(self._rows)
        QGuiApplication.clipboard().setText(text)


def _copied(copy: Callable[[str], None], key: str, _checked: bool = False) -> None:
    copy(key)


def _copy_button(copy: Callable[[str], None]) -> QToolButton:
    button = QToolButton()
    button.setText("Copy all")
    button.setAutoRaise(True)
    button.setAccessibleName("Copy all formulas")
    button.setToolTip("Put all formulas on the clipboard.")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for text, key in (("As &LaTeX", "latex"), ("As plain &text", "text")):
        action = QAction(text, menu)
        action.triggered.connect(partial(_copied, copy, key))
        menu.addAction(action)
    button.setMenu(menu)
    return button
