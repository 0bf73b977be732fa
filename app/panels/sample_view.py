"""One sample, followed through: from its numbers to what it adds to each weight's gradient.

Beside it the same gradient as matrices, with the sample's row shown off: both are one sum.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.moment import RunMoment
from app.panels.row_view import RowView
from app.panels.sample_data import Followed, follows, is_heavy
from app.panels.sample_gradient import gradient_lines
from app.panels.sample_header import SampleHeader
from app.panels.sample_matrix import MatrixPage
from app.panels.sample_sum import GradientSum
from app.panels.sample_words import headline, story
from app.panels.texts import ElidedLabel
from app.theme import GRID, Theme, current_theme
from slp_core.network.parameters import Parameters

NO_DATA = "Nothing to follow yet, because no data are open."
_NARROW = 580
"""Below so many pixels at 11 pt the inputs are shown scaled only."""
_LETTERS = ((400, 12), (_NARROW, 22))
"""Below so many pixels tables are in small type, with names of so many letters at most."""
_PAUSE = 200
"""Milliseconds between two moments while training: numbers that change faster are not read."""


class SampleView(RowView):
    """Follows the first selected row, or the worst one until a row is selected."""

    selection_changed = Signal(object)
    """The row (1,) of the table that a person has stepped to."""

    def __init__(self) -> None:
        super().__init__(_PAUSE)
        self._output = -1
        self._whole = False
        self._shape: tuple[tuple[object, ...], bool] = ((), False)
        self._sum = GradientSum(self)
        self._found: Followed | None = None
        self.header_widget = SampleHeader()
        self.headline = ElidedLabel(strong=True, elide=Qt.TextElideMode.ElideRight)
        self.steps, self.matrices = QLabel(), MatrixPage()
        self._lay_out()
        self._connect()
        self.setAccessibleName("One sample, followed through")
        self._say(NO_DATA)

    def _lay_out(self) -> None:
        self.steps.setTextFormat(Qt.TextFormat.RichText)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.steps.setAccessibleName("Steps of the sample")
        body = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._body.setContentsMargins(GRID, 0, GRID, GRID)
        self._body.setSpacing(2 * GRID)
        self._body.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignTop)
        self._body.addWidget(self.matrices, 0, Qt.AlignmentFlag.AlignTop)
        self._body.addStretch(1)
        self.pages = QScrollArea()
        self.pages.setWidget(body)
        self.pages.setWidgetResizable(True)
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.pages.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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

    def _connect(self) -> None:
        header = self.header_widget
        header.row_chosen.connect(self._on_row)
        header.stepped.connect(self._on_step)
        header.worst_asked.connect(self._on_worst)
        header.output_chosen.connect(self._on_output)
        self._sum.done.connect(self._draw)
        self.steps.linkActivated.connect(self._on_link)

    # The protocol of a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour and resize everything."""
        del theme
        self.matrices.renew()
        self._draw()

    @property
    def followed(self) -> Followed | None:
        """The sample that is shown, with all its numbers."""
        return self._found

    @property
    def output(self) -> int:
        """The output that is shown."""
        if self._found is None or self._output < 0:
            return 0 if self._found is None else self._found.own
        return self._output

    def sizeHint(self) -> QSize:
        return QSize(560, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    # Drawing.

    def _close(self) -> None:
        self._say(NO_DATA)

    def _meet(self, run: RunMoment) -> None:
        """Other rows and outputs."""
        self.header_widget.set_rows(run.table.rows)
        names = run.dataset.classes if run.snapshot.parameters.W.shape[1] > 1 else ()
        self.header_widget.set_outputs(names)
        self._output = -1

    def _draw(self) -> None:
        run = self._run
        if run is None or not follows(run) or not self.isVisible():
            self._behind = True
            return
        self._behind = False
        sample = self._sample(run)
        if sample < 0:
            self._say(_left_out(run, self._row))
            return
        self._found = found = self._follower.follow(run, sample)
        self.header_widget.set_row(found.row)
        self.headline.set_text(headline(run, found))
        gradient = self._gradient(run, len(found.V))
        lines = gradient_lines(self._follower, run, found, self.output, gradient)
        self.matrices.set_value(lines)
        self._tell(run, found)
        self._arrange()
        self.pages.show()
        self.setAccessibleDescription(self.headline.text())

    def _tell(self, run: RunMoment, found: Followed) -> None:
        """Write the steps; without the inputs as given where only that makes room for both."""
        theme, whole = current_theme(), self._whole
        state = (run.dataset, run.pair, self.width(), theme, whole)
        narrow = self.width() < _NARROW * theme.font_size / 11
        if state == self._shape[0]:
            narrow = self._shape[1]
        size = self.width() * 11 / theme.font_size
        letters = next((most for limit, most in _LETTERS if size < limit), 0)
        words = story(run, found, self.output, theme, whole=whole, narrow=narrow, letters=letters)
        self._put(words)
        if state != self._shape[0] and not narrow and not self._both_fit():
            cut = not self._steps_fit()
            self._put(story(run, found, self.output, theme, whole=whole, narrow=True))
            narrow = self._both_fit() or (cut and self._steps_fit())
            if not narrow:
                self._put(story(run, found, self.output, theme, whole=whole))
        self._shape = state, narrow

    def _steps_fit(self) -> bool:
        """Whether no line of the steps is cut, with a scroll bar beside them."""
        return self.steps.sizeHint().width() + 3 * GRID <= self.width()

    def _both_fit(self) -> bool:
        both = self.steps.sizeHint().width() + self.matrices.sizeHint().width() + 5 * GRID
        return both <= self.width() - GRID

    def _arrange(self) -> None:
        """Side by side where there is room for both, else one below the other."""
        way = QBoxLayout.Direction
        self._body.setDirection(way.LeftToRight if self._both_fit() else way.TopToBottom)

    def _gradient(self, run: RunMoment, outputs: int) -> Parameters | None:
        """The gradient over all samples; None while there is no time for it."""
        if self._playing and is_heavy(run.dataset, outputs):
            self._sum.forget()
            return None
        return self._sum.ask(self._follower.problem(run), run.snapshot.parameters)

    def _sample(self, run: RunMoment) -> int:
        """The sample of the row that is followed, -1 if the network never sees it."""
        if self._row < 0:
            self._row = int(run.dataset.row_index[self._follower.worst(run)])
        places = np.flatnonzero(run.dataset.row_index == self._row)
        return int(places[0]) if len(places) else -1

    def _put(self, text: str) -> None:
        """Other numbers at the same places: the page does not move."""
        if text != self.steps.text():
            self.steps.setText(text)

    def _say(self, sentence: str) -> None:
        self._found = None
        self.headline.set_text(sentence)
        self.pages.hide()
        self.setAccessibleDescription(sentence)

    # Reactions.

    def _go(self, row: int) -> None:
        self._row = row
        self._draw()
        self.selection_changed.emit(np.array([row], np.int64))

    def _on_row(self, row: int) -> None:
        if self._run is not None:
            self._go(row)

    def _on_step(self, way: int) -> None:
        if self._run is None:
            return
        rows = np.sort(self._run.dataset.row_index)
        place = int(np.searchsorted(rows, self._row, side="left" if way < 0 else "right"))
        place = place - 1 if way < 0 else place
        self._go(int(rows[place % len(rows)]))

    def _on_worst(self) -> None:
        if self._run is not None and follows(self._run):
            self._go(int(self._run.dataset.row_index[self._follower.worst(self._run)]))

    def _on_output(self, output: int) -> None:
        self._output = output
        self._draw()

    def _on_link(self, link: str) -> None:
        self._whole = link == "more"
        self._draw()


def _left_out(run: RunMoment, row: int) -> str:
    if row >= run.table.rows:
        return f"Row {row + 1:,} is not in the table any more."
    name = run.table.row_name(row).capitalize()
    return f"{name} is left out: a cell of it is missing, so the network never sees it."
