"""How the window shows a moment in a view: the views that have an interface of their own."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.moment import Moment, RunMoment
from app.plots.activation import ActivationPlot
from app.plots.curves import CurvesPlot
from app.plots.decision import DecisionPlot
from app.tables.view import TableView
from app.theme import Theme
from app.window.held_slice import HeldSlice
from slp_core.arrays import Ints

SCORES_DRAWN = 2000
"""Samples whose scores the activation plot shows; more would only overprint each other."""


class Showing(Protocol):
    """A view in a pane. ``show_moment`` with ``whole`` False may leave the lines for later."""

    @property
    def widget(self) -> QWidget: ...

    @property
    def header(self) -> QWidget | None: ...

    def set_theme(self, theme: Theme) -> None: ...

    def show_moment(self, moment: Moment | None, *, whole: bool) -> None: ...

    def set_selection(self, rows: Ints) -> None: ...


class PlainView(Protocol):
    """A widget that is a view by itself."""

    def set_theme(self, theme: Theme) -> None: ...

    def show_moment(self, moment: Moment | None) -> None: ...

    def set_selection(self, rows: Ints) -> None: ...


class PlainShowing:
    """A view that draws moments itself."""

    def __init__(self, widget: QWidget, view: PlainView) -> None:
        self.widget, self._view = widget, view
        header = getattr(widget, "header_widget", None)
        self.header: QWidget | None = header if isinstance(header, QWidget) else None
        self.set_theme, self.set_selection = view.set_theme, view.set_selection

    def show_moment(self, moment: Moment | None, *, whole: bool) -> None:
        """Draw it when its turn has come."""
        if whole:
            self._view.show_moment(moment)


class DecisionShowing:
    """The decision view: data when it has changed, the boundary always, mistakes in turn."""

    def __init__(self, plot: DecisionPlot) -> None:
        self.widget, self.header = plot, plot.header_widget
        self.set_theme = plot.set_theme
        self._plot = plot
        self.slice = HeldSlice(plot)
        self._shown: RunMoment | None = None
        self._turn = 0

    def set_selection(self, rows: Ints) -> None:
        """Mark these rows, and offer to hold the slice at a single one."""
        self._plot.set_selection(rows)
        self.slice.set_selection(rows)

    def show_moment(self, moment: Moment | None, *, whole: bool) -> None:
        """Draw the active run."""
        if moment is None:
            self._plot.clear()
            self.slice.set_data(None)
            self._shown = None
            return
        now, before = moment.active, self._shown
        self._shown = now
        if before is None or before.dataset is not now.dataset:
            kept = before is not None and _continues(before, now)
            self._plot.set_data(now.dataset, now.table, keep=kept)
            self.slice.set_data(now.dataset, now.table, keep=kept)
        self._plot.set_model(now.pair)
        self._plot.show_parameters(now.snapshot.parameters)
        self._turn = (self._turn + 1) % 3
        if whole or self._turn == 0:
            self._plot.show_mistakes(now.snapshot.parameters)
            self._plot.show_run(now.snapshot)


def _continues(before: RunMoment, now: RunMoment) -> bool:
    """Whether these are the data of before with rows edited or classes renamed."""
    return before.read is now.read and before.dataset.preparation == now.dataset.preparation


class TableShowing:
    """The rows and what the model says of them."""

    def __init__(self, view: TableView) -> None:
        self.widget, self.header = view, None
        self.set_theme, self.set_selection = view.set_theme, view.set_selection
        self._view = view
        self._shown: RunMoment | None = None

    def show_moment(self, moment: Moment | None, *, whole: bool) -> None:
        """Hand on the data and the weights; the view looks when it likes."""
        del whole
        now = moment.active if moment is not None else None
        before, self._shown = self._shown, now
        if now is None:
            self._view.set_data(None, None)
            return
        if before is None or before.dataset is not now.dataset:
            self._view.set_data(now.table, now.dataset)
        self._view.set_model(now.pair, now.snapshot.parameters)


class CurvesShowing:
    """One curve over the run; its numbers are always of now, its lines when it is their turn."""

    def __init__(self, plot: CurvesPlot) -> None:
        self.widget, self.header = plot, plot.toggles
        self.set_theme = plot.set_theme
        self._plot = plot
        plot.title.hide()  # the pane says what it is
        self._marks: tuple[tuple[int, str], ...] = ()

    def set_selection(self, rows: Ints) -> None:
        """Curves have no samples."""

    def show_moment(self, moment: Moment | None, *, whole: bool) -> None:
        """Draw all runs."""
        if moment is None:
            self._plot.clear()
            return
        if not whole and len(moment.runs) > 1:
            return  # many numbers wait for their turn, too: a frame has to stay short
        now = moment.active
        if now.marks != self._marks:
            self._marks = now.marks
            self._plot.set_events(now.marks)
        self._plot.guides.set_spans(now.spans)
        self._plot.guides.set_best(now.best_loss if self._plot.kind.best else None)
        self._plot.show_runs(moment.runs, lines=whole)


class ActivationShowing:
    """The activation and the scores of some samples."""

    def __init__(self, plot: ActivationPlot) -> None:
        self.widget, self.header = plot, None
        self.set_theme = plot.set_theme
        self._plot = plot

    def set_selection(self, rows: Ints) -> None:
        """The samples are not told apart here."""

    def show_moment(self, moment: Moment | None, *, whole: bool) -> None:
        """Draw the active run."""
        if moment is None:
            self._plot.clear()
            return
        if not whole:
            return
        now = moment.active
        self._plot.set_model(now.pair, now.dataset.classes)
        step = max(1, now.dataset.samples // SCORES_DRAWN)
        labels = now.dataset.labels[::step] if now.dataset.classes else None
        parameters = now.snapshot.parameters
        if parameters.W.shape[0] == now.dataset.terms:
            self._plot.show_scores(now.dataset.X[::step] @ parameters.W + parameters.b, labels)
