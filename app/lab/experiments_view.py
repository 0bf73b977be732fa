"""The experiments: five short runs that each answer one question, one click each."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.jobs import JobControl, Jobs
from app.lab.cards import label
from app.lab.experiment_card import ExperimentCard
from app.lab.trials import Result, Trial, stale, subject_of
from app.moment import Moment
from app.numbers import number_text
from app.plots.rate_chart import RateChart
from app.problems import problem_from
from app.theme import GRID, Theme
from slp_core.arrays import Ints
from slp_core.insight.experiments_rates import Sweep
from slp_core.insight.experiments_rows import EXPERIMENTS, ExperimentRow, Subject
from slp_core.insight.experiments_runs import Watch

SECONDS = 8.0
"""What one experiment may take; large data get what is possible within, and it is said."""
SWEEP = "rate_sweep"
_WIDE = 640
"""Pixels from which two cards stand side by side."""
_JOB = "experiment"
_INTRO = (
    "Short runs on copies of the data that are open: the run on the screen goes on. Each answers"
    " one question, and takes some seconds at most."
)
_NO_DATA = "Open data first: an experiment is made on the data and the settings of the run."


class ExperimentsView(QScrollArea):
    """A view; one experiment is made at a time, in the background."""

    rate_chosen = Signal(float)
    """A learning rate that is to be used."""
    selection_changed = Signal(object)
    """The rows (r,) of the table that an experiment used."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs = Jobs(self)
        self._subject: Subject | None = None
        self._waiting: list[str] = []
        self.intro = label("small")
        self.run_all, self.cancel = QPushButton("Run all"), QPushButton("Cancel")
        self.cards = {key: ExperimentCard(row) for key, row in EXPERIMENTS.items()}
        self.chart, self.use = RateChart(), QPushButton("Use the best rate")
        self._lay_out()
        self._connect()
        self.setAccessibleName("Experiments")
        self.setAccessibleDescription(_INTRO)
        self._show_state()

    # As a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.chart.set_theme(theme)
        for card in self.cards.values():
            card.set_theme(theme)

    def show_moment(self, moment: Moment | None) -> None:
        """Take data, settings and start of now; results that are of others are marked."""
        self._subject = None if moment is None else subject_of(moment.active)
        if moment is None:
            self.stop()
        self._mark()
        self._show_state()

    def set_selection(self, rows: Ints) -> None:
        """The selection changes no experiment."""

    def shut_down(self) -> None:
        """End what runs in the background."""
        self._waiting.clear()
        self._jobs.shut_down()

    # What a person does.

    @Slot(str)
    def make(self, key: str) -> None:
        """Make an experiment, after those that wait."""
        if self._subject is None or key in self._waiting:
            return
        self._waiting.append(key)
        self.cards[key].set_busy(0.0)
        self._go_on()

    @Slot()
    def make_all(self) -> None:
        """Make all of them, one after the other."""
        for key in EXPERIMENTS:
            self.make(key)

    @Slot()
    def stop(self) -> None:
        """Make no more; what was found before stays."""
        self._jobs.cancel(_JOB)
        for key in self._waiting:
            self.cards[key].set_busy(None)
        self._waiting.clear()
        self._show_state()

    # Inside.

    def _go_on(self) -> None:
        """Begin the next one, unless one is being made."""
        self._show_state()
        subject = self._subject
        if self._jobs.is_running(_JOB) or not self._waiting or subject is None:
            return
        key = self._waiting[0]
        row = EXPERIMENTS[key]
        self.ensureWidgetVisible(self.cards[key])
        self._jobs.start(
            _JOB,
            partial(_made, row, subject),
            partial(self._take, key, subject),
            partial(self._fail, key),
            self.cards[key].set_busy,
        )

    def _take(self, key: str, subject: Subject, result: Result) -> None:
        trial = Trial(key, subject, result)
        self.cards[key].set_value(trial)
        if isinstance(result, Sweep):
            self._show_sweep(result)
        self._ended(key)

    def _fail(self, key: str, error: Exception) -> None:
        problem = problem_from(error)
        self.cards[key].set_failed(f"{problem.text} {problem.hint}".strip())
        if key == SWEEP:
            self.chart.hide()
            self.use.hide()
        self._ended(key)

    def _ended(self, key: str) -> None:
        self.cards[key].set_busy(None)
        self._waiting.remove(key)
        self._mark()
        self._go_on()

    def _show_sweep(self, sweep: Sweep) -> None:
        there = bool(sweep.rates)
        self.chart.setVisible(there)
        self.use.setVisible(sweep.best_rate > 0.0)
        if there:
            self.chart.set_value(sweep, self._rate())
        if sweep.best_rate > 0.0:
            self.use.setText(f"Use the best rate, {number_text(sweep.best_rate, 3)}")

    def _mark(self) -> None:
        """Mark what is stale, and the rate of now in the sweep."""
        for card in self.cards.values():
            if card.trial is not None and self._subject is not None:
                card.set_stale(stale(card.trial, self._subject))
        trial = self.cards[SWEEP].trial
        if trial is not None and isinstance(trial.result, Sweep):
            self._show_sweep(trial.result)

    def _rate(self) -> float:
        rate = None if self._subject is None else self._subject.config.learning_rate
        return rate or 0.0

    def _show_state(self) -> None:
        """What can be clicked, and a sentence where nothing can."""
        there, busy = self._subject is not None, bool(self._waiting)
        self.intro.setText(_INTRO if there else _NO_DATA)
        self.run_all.setEnabled(there and not busy)
        self.cancel.setVisible(busy)
        for key, card in self.cards.items():
            card.start.setEnabled(there and key not in self._waiting)

    @Slot(object)
    def _select(self, places: tuple[int, ...]) -> None:
        trial = self.cards["fit_few"].trial
        if trial is not None:
            self.selection_changed.emit(trial.subject.dataset.row_index[np.array(places)])

    @Slot()
    def _use_best(self) -> None:
        trial = self.cards[SWEEP].trial
        if trial is not None and isinstance(trial.result, Sweep):
            self.rate_chosen.emit(trial.result.best_rate)

    def _connect(self) -> None:
        self.run_all.clicked.connect(self.make_all)
        self.cancel.clicked.connect(self.stop)
        self.use.clicked.connect(self._use_best)
        self.chart.rate_chosen.connect(self.rate_chosen)
        for card in self.cards.values():
            card.run_asked.connect(self.make)
            card.rows_asked.connect(self._select)

    # Room.

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.intro, 1)
        for button, tip in (
            (self.cancel, "Make no more; what was found before stays."),
            (self.run_all, "Make all five, one after the other."),
        ):
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setStyleSheet("padding: 2px 12px; min-height: 18px;")
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.run_all.setProperty("primary", True)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID)
        column.addLayout(self._grid)
        column.addStretch(1)
        sweep = self.cards[SWEEP]
        sweep.add(self.chart)
        sweep.add(self.use)
        self.use.setToolTip("Set the learning rate to the best one; undo takes it back.")
        self.use.setAccessibleDescription(self.use.toolTip())
        self.use.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chart.hide()
        self.use.hide()
        self._columns = 0
        self._arrange(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _arrange(self, columns: int) -> None:
        """Put the cards into so many columns; the sweep takes the whole width."""
        if columns == self._columns:
            return
        self._columns = columns
        places = [key for key in self.cards if key != SWEEP]
        for number, key in enumerate(places):
            self._grid.addWidget(self.cards[key], number // columns, number % columns)
        self._grid.addWidget(self.cards[SWEEP], len(places), 0, 1, columns)
        self._grid.setColumnStretch(1, columns - 1)
        self._grid.setColumnStretch(0, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.viewport().width() >= _WIDE else 1)


def _made(row: ExperimentRow, subject: Subject, control: JobControl) -> Result:
    """Make an experiment, in a thread of its own."""
    return row.run(subject, Watch(SECONDS, control.cancelled, control.progress))
