"""The line below the decision view that moves its plane through more than two features."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtWidgets import QVBoxLayout

from app.panels.held_features import Held, HeldFeatures
from app.plots.decision import DecisionPlot
from slp_core.arrays import Float64s, Ints, frozen
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

_ROWS: Final = 20_000
"""Rows looked at for medians and ranges: as many as are needed, and quick on a million."""


class HeldSlice:
    """Tells the panel what is held, and the plot where."""

    def __init__(self, plot: DecisionPlot) -> None:
        self._plot, self.panel = plot, HeldFeatures()
        self._dataset: Dataset | None = None
        self._table: Table | None = None
        self._rows: Ints = np.empty(0, np.int64)
        layout = plot.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(self.panel)
        self.panel.value_changed.connect(plot.set_held)
        self.panel.plane_chosen.connect(self._project)
        plot.axes_changed.connect(self._list)

    def set_data(
        self, dataset: Dataset | None, table: Table | None = None, *, keep: bool = False
    ) -> None:
        """Show the features of these data; ``keep``: the values stay, only rows were edited."""
        self._dataset, self._table = dataset, table
        if dataset is None:
            self.panel.set_features(None)
        elif not keep:
            self._list()
        self._offer()

    def set_selection(self, rows: Ints) -> None:
        """Offer the values of a single selected row."""
        self._rows = rows
        self._offer()

    def _list(self) -> None:
        """Show the features that are not on the axes now; values that were chosen stay."""
        dataset = self._dataset
        if dataset is None:
            return
        hidden = tuple(n for n in range(dataset.features) if n not in self._plot.axes)
        means = dataset.means
        held = Held(dataset.feature_names, hidden, means, lambda: spread(dataset))
        self.panel.set_features(held)
        self.panel.set_value(self._plot.held)
        self.panel.set_plane(self._plot.projection == "principal", self._plot.no_plane)
        self._offer()

    def _project(self, principal: bool) -> None:
        self._plot.set_projection("principal" if principal else "slice")

    def _offer(self) -> None:
        dataset = self._dataset
        found = np.empty(0, np.int64)
        if dataset is not None and len(self._rows) == 1:
            found = np.flatnonzero(dataset.row_index == self._rows[0])
        if dataset is None or not len(found):
            self.panel.set_row("", None)
            return
        values = originals(dataset, slice(int(found[0]), int(found[0]) + 1))[0]
        row = int(self._rows[0])
        name = f"row {row + 1:,}" if self._table is None else self._table.row_name(row)
        self.panel.set_row(name, values)


def originals(dataset: Dataset, rows: slice) -> Float64s:
    """(r, p) features of some samples in original units."""
    scaled = dataset.prepared[rows, : dataset.features].astype(np.float64)
    return scaled * dataset.preparation.scales + dataset.preparation.centers


def spread(dataset: Dataset) -> Float64s:
    """(3, p) least, middle and largest value of each feature."""
    step = max(1, dataset.samples // _ROWS)
    X = originals(dataset, slice(0, dataset.samples, step))
    return frozen(np.stack((X.min(axis=0), np.median(X, axis=0), X.max(axis=0))))
