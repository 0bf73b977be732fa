"""The views of a run, side by side: who gets drawn when."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.changes import marks
from app.plots.activation import ActivationPlot
from app.plots.curves import CurvesPlot
from app.plots.decision import DecisionPlot
from app.preparation import Prepared, continues
from app.tables.view import TableView
from app.theme import Theme
from app.training.messages import Change, Frame
from slp_core.network.pairs import Pair, pair
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot

SCORES_DRAWN = 2000
"""Samples whose scores the activation plot shows; more would only overprint each other."""

LEAST_WIDTH = 280
"""Pixels the decision view keeps when the window is narrow."""


class Views(QSplitter):
    """Decision view, loss, gradient norm, activation and accuracy.

    Each frame redraws the decision view; the others take turns, so that a frame stays short: the
    eye does not notice a curve that is a tenth of a second old. A paused frame draws everything.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.decision = DecisionPlot()
        self.loss = CurvesPlot("loss")
        self.gradient = CurvesPlot("gradient")
        self.quality = CurvesPlot("accuracy")
        self.activation = ActivationPlot()
        self._turn = 0
        self._changes: tuple[Change, ...] = ()
        self._prepared: Prepared | None = None
        self._shown: np.ndarray | None = None
        self._labels: np.ndarray | None = None
        self.tabs = QTabWidget()
        self.tabs.addTab(self.activation, "Activation")
        self.tabs.addTab(self.quality, "Accuracy")
        self.tabs.setDocumentMode(True)
        self.side = QSplitter(Qt.Orientation.Vertical)
        for view in (self.loss, self.gradient, self.tabs):
            self.side.addWidget(view)
        self.side.setSizes([300, 240, 300])
        for splitter, factors in ((self, (3, 2)), (self.side, (5, 4, 5))):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
            for index, factor in enumerate(factors):
                if splitter is self.side:
                    splitter.setStretchFactor(index, factor)
        self.decision.setMinimumWidth(LEAST_WIDTH)
        self.table = TableView()
        self.table.hide()
        self.painting = QVBoxLayout()
        """Above the decision view: what a person paints with."""
        self.center = QSplitter(Qt.Orientation.Vertical)
        self.center.setChildrenCollapsible(False)
        self.center.setHandleWidth(8)
        self.center.addWidget(self._stage())
        self.center.addWidget(self.table)
        self.center.setSizes([560, 260])
        self.addWidget(self.center)
        self.addWidget(self.side)
        self.setSizes([620, 480])
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.set_theme(theme)

    @property
    def _all(self) -> tuple[DecisionPlot | CurvesPlot | ActivationPlot | TableView, ...]:
        return (self.decision, self.loss, self.gradient, self.quality, self.activation, self.table)

    def _stage(self) -> QWidget:
        """The decision view, and room above it."""
        stage = QWidget()
        column = QVBoxLayout(stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.painting)
        column.addWidget(self.decision, 1)
        return stage

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        for view in self._all:
            view.set_theme(theme)

    def set_prepared(self, prepared: Prepared) -> None:
        """Show other data or another model; the next frame fills in the numbers."""
        config, dataset = prepared.config, prepared.dataset
        chosen = _pair_of(config)
        before = self._prepared
        if before is None or before.dataset is not dataset:
            edited = before is not None and continues(before, prepared)
            self.decision.set_data(dataset, prepared.table, keep=edited)
            self.table.set_data(prepared.table, dataset)
            step = max(1, dataset.samples // SCORES_DRAWN)
            self._shown = dataset.X[::step]
            self._labels = dataset.labels[::step] if dataset.task != "regression" else None
            self.tabs.setTabText(1, "R²" if dataset.task == "regression" else "Accuracy")
        self._prepared = prepared
        self.decision.set_model(chosen)
        self.activation.set_model(chosen, dataset.classes)

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment of the run."""
        if self._prepared is None or not frame.snapshots:
            return
        snapshot = frame.snapshots[0][1]
        self.decision.show_parameters(snapshot.parameters)
        self.table.set_model(_pair_of(snapshot.config), snapshot.parameters)
        if frame.changes != self._changes:
            self._changes = frame.changes
            for view in (self.loss, self.gradient, self.quality):
                view.set_events(marks(frame.changes))
        turn = self._turn if frame.playing else None
        self._turn = (self._turn + 1) % 3
        self._draw(snapshot, turn)

    def set_log(self, time: bool, values: bool) -> None:
        """Choose logarithmic axes; accuracy never has logarithmic values."""
        for view in (self.loss, self.gradient):
            view.set_log(x=time, y=values)
        self.quality.set_log(x=time)

    def fit(self) -> None:
        """Show all points and all of the curves."""
        for view in (self.decision, self.loss, self.gradient, self.quality):
            view.fit()

    def _draw(self, snapshot: Snapshot, turn: int | None) -> None:
        """Draw what has its turn, all with None; the numbers of the curves are always of now."""
        history = snapshot.history
        self.loss.show_history(history, snapshot, lines=turn in (None, 0))
        for view in (self.gradient, self.quality):
            view.show_history(history, snapshot, lines=turn in (None, 1))
        if turn in (None, 0):
            self.decision.show_mistakes(snapshot.parameters)
        if turn in (None, 2) and self.activation.isVisible() and self._shown is not None:
            parameters = snapshot.parameters
            self.activation.show_scores(self._shown @ parameters.W + parameters.b, self._labels)


def _pair_of(config: TrainingConfig) -> Pair:
    assert config.activation is not None  # noqa: S101 - a prepared config is complete
    assert config.loss is not None  # noqa: S101
    return pair(config.activation, config.loss)
