"""What the views of a model's quality have in common.

Each shows the rows of one part of the data, as the weights of now see them: what is asked, when it
is worked out, what is said where there is nothing to show, and the rows a person picks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from app.moment import Moment, RunMoment
from app.numbers import number_text
from app.plots.labels import ElidedLabel, row, small
from app.plots.quality_asked import Asked, has_validation, same
from app.plots.quality_work import Reckoner
from app.plots.scene import fits
from app.plots.surface import Surface
from app.plots.toggles import Toggle, Toggles
from app.theme import THEMES, Theme
from slp_core.arrays import Bools, Ints, frozen
from slp_core.data.dataset import Dataset

VALIDATION = Toggle(
    "validation", "Validation", "Show the validation rows instead of the training rows."
)
NOT_FINITE = (
    "Nothing to show for these weights, because some are no longer finite numbers (NaN or ∞)."
    " Step back, or start again with a smaller learning rate."
)
TOO_FAR = (
    "Nothing to show for weights of {}, because the run has diverged. Step back, or start again"
    " with a smaller learning rate."
)
NO_DATA = "Nothing to show yet, because no data are open."


_Key = tuple[Dataset, slice, Ints]
"""What the marks of a selection depend on: looking through a million rows takes a while."""


class QualityView(Surface):
    """A line of figures, and below it a picture or a sentence."""

    furthest = inf
    """Weights beyond this are those of a run that has diverged, and are not drawn."""
    selection_changed = Signal(object)
    """The rows (r,) of the table that a person has picked, ascending."""

    def __init__(
        self,
        name: str,
        toggles: Sequence[Toggle],
        parent: QWidget | None = None,
        *,
        exclusive: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._run: RunMoment | None = None
        self._asked: Asked | None = None
        self._rows: Ints = frozen(np.empty(0, np.int64))
        self._marked: tuple[_Key, Bools] | None = None
        self._marked_rows = self._rows
        self._behind = False
        self.header_widget = Toggles(toggles, exclusive=exclusive)
        self._keys = tuple(toggle.key for toggle in toggles)
        self.headline = ElidedLabel(self)
        self.detail = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self.nothing = QLabel(NO_DATA, self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.content = QWidget(self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.nothing)
        self._pages.addWidget(self.content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(2)
        layout.addLayout(row((self.headline, 1), (self.detail, 0)))
        layout.addLayout(self._pages, 1)
        self._reckoner = Reckoner(self)
        self._reckoner.done.connect(self._arrived)
        self.header_widget.changed.connect(self._on_toggled)
        self.setAccessibleName(name)

    # What each view is about.

    def refusal(self, dataset: Dataset) -> str:
        """Why there is nothing to show for these data, or nothing."""
        raise NotImplementedError

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """What is to be worked out, perhaps in another thread."""
        raise NotImplementedError

    def draw(self, asked: Asked, result: object) -> str:
        """Show what was worked out and say it in words, for those who listen."""
        raise NotImplementedError

    def mark(self) -> None:
        """Show what is selected."""
        raise NotImplementedError

    def void(self, result: object) -> str:
        """Why there is nothing to see in what was worked out, or nothing."""
        del result
        return ""

    def samples_of(self, asked: Asked) -> slice:
        """The samples that are shown."""
        return asked.samples

    # The protocol of a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.header_widget.set_theme(theme)
        self.headline.set_look(theme.text, small(theme), bold=True)
        self.detail.set_look(theme.muted, small(theme))
        self.nothing.setStyleSheet(f"color: {theme.muted}; font-size: {theme.font_size:.2f}pt;")

    def show_moment(self, moment: Moment | None) -> None:
        """Show the active run; a hidden view only remembers it."""
        self._run = None if moment is None else moment.active
        if not self.isVisible():
            self._behind = True
            return
        self._look(now=moment is not None and not moment.playing)

    def set_selection(self, rows: Ints) -> None:
        """Mark these rows of the table; says nothing."""
        rows = np.unique(np.asarray(rows, np.int64))
        if not np.array_equal(rows, self._rows):
            self._rows = frozen(rows)
            self._mark_late()

    @property
    def shown(self) -> Asked | None:
        """What is shown, or None where there is only a sentence."""
        return self._asked if self._pages.currentWidget() is self.content else None

    def shut_down(self) -> None:
        """Stop all work in the background."""
        self._reckoner.shut_down()

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 110)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._look(now=True)
        self._mark_late()

    # Looking.

    def _mark_late(self) -> None:
        """Mark another selection, as soon as somebody sees it."""
        if self.isVisible() and self.shown is not None and self._rows is not self._marked_rows:
            self._marked_rows = self._rows
            self.mark()

    def look_again(self) -> None:
        """Work everything out anew, also for the weights that are shown."""
        self._wanted = None
        self._behind = True
        if self.isVisible():
            self._look(now=True)

    def _look(self, *, now: bool) -> None:
        self._behind = False
        run = self._run
        why = NO_DATA if run is None else self.refusal(run.dataset)
        if run is None or why:
            self._say(why)
            return
        parameters = run.snapshot.parameters
        if VALIDATION.key in self._keys:
            self.header_widget.set_available(VALIDATION.key, has_validation(run.dataset))
        if not fits(parameters, run.dataset, run.pair):
            return  # the last of another run
        if not parameters.is_finite:
            self._say(NOT_FINITE)
            return
        largest = float(np.abs(parameters.W).max(initial=0.0))
        if largest > self.furthest:
            self._say(TOO_FAR.format(number_text(largest, 3)))
            return
        switches = frozenset(key for key in self._keys if self.header_widget.is_on(key))
        self._ask(Asked(run.dataset, run.pair, parameters, switches, run.table), now)

    def _ask(self, asked: Asked, now: bool) -> None:
        before = self._wanted
        if before is not None and same(before, asked):
            return
        if before is None or before.dataset is not asked.dataset or before.pair != asked.pair:
            self._reckoner.forget()
        self._wanted = asked
        work = self.work(asked)

        def answer(stop: Callable[[], bool]) -> object:
            result = work(stop)
            return None if result is None else (asked, result)

        other = before is None or before.switches != asked.switches
        self._reckoner.ask(answer, asked.numbers, now=now or other)

    _wanted: Asked | None = None
    """What was asked for last."""

    def _arrived(self, answer: tuple[Asked, object]) -> None:
        asked, result = answer
        self._asked = asked
        why = self.void(result)
        if why:
            self._show_sentence(why)
            return
        self.header_widget.setEnabled(True)
        self._pages.setCurrentWidget(self.content)
        words = self.draw(asked, result)
        self._marked_rows = self._rows
        self.mark()
        self.setAccessibleDescription(words)

    def _say(self, sentence: str) -> None:
        self._reckoner.forget()
        self._wanted = self._asked = None
        self.header_widget.setEnabled(False)  # its switches would switch nothing
        self._show_sentence(sentence)

    def _show_sentence(self, sentence: str) -> None:
        """Say it in place of the picture."""
        self.headline.setText("")
        self.detail.setText("")
        self.nothing.setText(sentence)
        self._pages.setCurrentWidget(self.nothing)
        self.setAccessibleDescription(sentence)

    def _on_toggled(self) -> None:
        if self.isVisible():
            self._look(now=True)

    # Picking.

    def picked_of(self, asked: Asked) -> Bools:
        """(n,) which of the samples that are shown are selected."""
        samples = self.samples_of(asked)
        key = asked.dataset, samples, self._rows
        if self._marked is None or not _all_same(self._marked[0], key):
            rows = asked.dataset.row_index[samples]
            none = np.zeros(len(rows), np.bool_)
            self._marked = key, np.isin(rows, self._rows) if len(self._rows) else none
        return self._marked[1]

    def pick(self, samples: Ints, keys: Qt.KeyboardModifier) -> None:
        """Select these of the samples that are shown.

        With Shift in addition to the others; with Ctrl too, unless all of them are selected: then
        they are taken out.
        """
        if self._asked is None:
            return
        rows = self._asked.dataset.row_index[self.samples_of(self._asked)][samples]
        if keys & Qt.KeyboardModifier.ControlModifier and np.isin(rows, self._rows).all():
            rows = np.setdiff1d(self._rows, rows)
        elif keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            rows = np.union1d(self._rows, rows)
        else:
            rows = np.unique(rows)
        if not np.array_equal(rows, self._rows):
            self._rows = frozen(rows.astype(np.int64))
            self._mark_late()
            self.selection_changed.emit(self._rows)


def _all_same(before: _Key, now: _Key) -> bool:
    return before[0] is now[0] and before[1] == now[1] and before[2] is now[2]
