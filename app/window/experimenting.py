"""The experiments in the window: asked for in the menu or by a finding, and rates taken over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.command import Choice
from app.lab.experiments_view import ExperimentsView
from app.numbers import number_text
from slp_core.insight.experiments_rows import EXPERIMENTS

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views

VIEW, COMMAND = "experiments", "run.experiment"


class Experimenting(QObject):
    """Brings an experiment to the front and makes it; takes a rate over from a sweep."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._space, self._views, self._actions = window.workspace, views, window.actions_
        self._actions.set_choices(
            COMMAND, [Choice(row.key, row.label, row.tells) for row in EXPERIMENTS.values()]
        )
        self._actions.chosen.connect(self._chosen)
        self._space.prepared.connect(self._allow)
        views.built.connect(self._connect)
        if VIEW in views.there():
            self._connect(VIEW)
        self._allow()

    @Slot(str)
    def make(self, key: str) -> None:
        """Show the experiments, and make this one."""
        self._views.show_view(VIEW)
        self._view().make(key)

    def _view(self) -> ExperimentsView:
        view = self._views.view(VIEW)
        assert isinstance(view, ExperimentsView)  # noqa: S101 - its builder says so
        return view

    @Slot(str)
    def _connect(self, key: str) -> None:
        if key == VIEW:
            self._view().rate_chosen.connect(self._take)

    @Slot(str, str)
    def _chosen(self, key: str, value: str) -> None:
        if key == COMMAND:
            self.make(value)

    @Slot()
    def _allow(self) -> None:
        self._actions.set_enabled(self._space.current is not None, COMMAND)

    @Slot(float)
    def _take(self, rate: float) -> None:
        """Set the learning rate; undo takes it back."""
        current = self._space.current
        if current is not None and rate > 0.0:
            self._space.configure(replace(current.wanted, learning_rate=rate))
            self._space.noted.emit(f"The learning rate is {number_text(rate, 3)} now.")
