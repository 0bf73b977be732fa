"""The decision view: what the model says everywhere, and the samples it learns from."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.plots.boundary_hand import Grasp
from app.plots.decision_held import HeldSurface, make_view
from app.plots.decision_layers import DecisionLayers
from app.plots.decision_legend import entries
from app.plots.line import LineView
from app.plots.plane import PlaneView
from app.plots.scene import description, fits
from app.theme import Theme
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.snapshot import Snapshot

_REST = 120
"""Milliseconds without movement after which many samples are counted anew."""


class DecisionPlot(HeldSurface):
    """Region, boundary and samples; one, two or a slice through many features.

    Set the data, then the model; ``show_parameters`` is made for every frame. Hidden, it only
    remembers what it was told. Samples can be selected with the mouse; with a table and a brush
    they can be painted, which the plot only asks for: see ``edited``.
    """

    hovered = Signal(str)
    """The readout for the place under the mouse; empty when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PlaneView | LineView | None = None
        self._parameters: Parameters | None = None
        self._ringed: Parameters | None = None
        self._stale = self._behind = False
        self._fitted = False
        self._mouse: QPointF | None = None
        self.layers = DecisionLayers(self.canvas, self)
        self.layers.explained.connect(self._explain)
        self.header_widget = self.layers.header
        self.canvas.range_changed.connect(self._on_range)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.hovered.connect(self._on_hover)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._count_samples)
        self.set_theme(self._theme)
        self._describe()

    # What may be set.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything; the visible range stays."""
        self.dress(theme)
        self._stage.theme = theme
        self.layers.set_theme(theme)
        self._cursor.set_theme(theme)
        self._mark_stale()

    def set_data(
        self, dataset: Dataset | None, table: Table | None = None, *, keep: bool = False
    ) -> None:
        """Show these samples.

        Parameters
        ----------
        table
            What they were made of. None while there is a newer one: what is painted then waits
            for the data set of that one, for an edit names the rows of a certain table.
        keep
            These are the data of before with some rows edited: the model's weights, the range
            and the selection stay.
        """
        before, self._dataset = self._dataset, dataset
        self._plane = self._misled = None
        self._stage.dataset, self._stage.table = dataset, table
        if keep and before is not None and dataset is not None:
            self._stale = True
            started = perf_counter()
            self._ensure()  # at once: the next part of a stroke is made for these rows
            self._hand.outbox.allow(1000 * (perf_counter() - started))
            return
        self._hand.interrupt()
        self._stage.rows = np.empty(0, np.int64)
        self._held = None
        self._start_axes(before, dataset)
        self._forget()

    def set_model(self, pair: Pair) -> None:
        """Read scores with this pair; another than before forgets the weights."""
        if pair != self._pair:
            self._pair = pair
            keep = self._fitted and (self._axes.j is not None)
            self._forget()
            self._fitted = keep

    @property
    def view(self) -> PlaneView | LineView | None:
        """What draws on the canvas at present."""
        return self._view

    def clear(self) -> None:
        """Show no data."""
        self.set_data(None)

    # What a run tells.

    def show_parameters(self, parameters: Parameters) -> None:
        """Draw the model with these weights: region and boundary."""
        if not parameters.is_finite:
            self._warn(True)
            return
        self._parameters = parameters
        if not self.isVisible():
            self._behind = True
            return
        self._warn(False)
        if not self._ensure() and self._view is not None and self._matches(parameters):
            self._show_model(parameters)
        self._refresh_readout()

    def grasp(self) -> Grasp | None:
        """The boundary, where it can be dragged."""
        return self.layers.grasp()

    def show_run(self, snapshot: Snapshot) -> None:
        """Draw what goes with a run's past: earlier boundaries, and the best."""
        if self.isVisible():
            self._ensure()
            self.layers.show_run(snapshot)

    def show_mistakes(self, parameters: Parameters) -> None:
        """Ring the samples that these weights put into another class."""
        if not parameters.is_finite:
            return
        self._ringed = parameters
        if not self.isVisible():
            self._behind = True
            return
        self._ensure()
        self._ring()

    def fit(self) -> None:
        """Show all samples."""
        if self._view is not None:
            x, y = self._view.bounds
            self.canvas.release()
            self.canvas.reset_room()
            self.canvas.set_range(x, y)
            self._fitted = True

    # Building the view, late.

    def _show_axes(self) -> None:
        self._fitted = False
        self._mark_stale()

    def _forget(self) -> None:
        self._parameters = self._ringed = None
        self._fitted = False
        self._warn(False)
        self._mark_stale()

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self._ensure)

    def _ensure(self) -> bool:
        """Build what is out of date; says whether there was anything to do."""
        if not self._stale or not self.isVisible():
            return False
        self._stale = False
        if self._view is not None:
            self._view.remove()
        at = self._axes, self._find_plane()
        self._view = make_view(self.canvas, self._dataset, self._pair, self._theme, *at)
        if self._view is not None and self._held is not None:
            self._view.hold(self._held)
        if self._view is not None:
            self._view.table = self._stage.table
        self.layers.attach(self._view, self._dataset, self._pair)
        self._stage.samples = None if self._view is None else self._view.samples
        self._lay_out()
        if self._view is not None:
            if not self._fitted:
                self.fit()
            if self._parameters is not None and self._matches(self._parameters):
                self._show_model(self._parameters)
            self._view.samples.refresh()
            self._mark_selected()
            self._ring()
        self._describe()
        self._hand.outbox.settle()
        return True

    def _lay_out(self) -> None:
        """Texts and widgets around the plot."""
        view, dataset = self._view, self._dataset
        self.show_data(view is not None)
        if view is None or dataset is None:
            return
        self._explain()
        self.name_axes(*view.names)
        self.explain_axes(*(view.sheet.axes.tips if isinstance(view, PlaneView) else ("", "")))
        self._warn(False)

    def _explain(self) -> None:
        """Write the legend."""
        if self._dataset is not None and self._view is not None:
            flat, painting = self._axes.j is None, self._stage.brush is not None
            found = entries(self._dataset, self._theme, flat, painting=painting)
            self.legend.set_entries(found + self.layers.entries())
            self.show_scale(self._view.scale)

    def _show_model(self, parameters: Parameters) -> None:
        if self._view is not None:
            self._view.show(parameters)
            self.layers.show(parameters)

    def _matches(self, parameters: Parameters) -> bool:
        return fits(parameters, self._dataset, self._pair)

    def _ring(self) -> None:
        classes = self._dataset is not None and bool(self._dataset.classes)
        if self._view is None or self._ringed is None or not classes:
            return
        if self._matches(self._ringed):
            wrong = self._view.show_mistakes(self._ringed)
            self._describe(wrong)
            if self.projection == "principal" and isinstance(self._view, PlaneView):
                self._misled = self._view.misled(self._ringed)
                self._warn(False)

    # Reactions.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        built = self._ensure()
        if self._behind and not built and self._view is not None:
            self._behind = False
            if self._parameters is not None and self._matches(self._parameters):
                self._show_model(self._parameters)
            self._ring()

    def _on_range(self) -> None:
        if self._view is not None and self.isVisible() and not self._stale:
            self._view.refresh()
            self.layers.refresh()
            self.name_axes(*self._view.names)
            self._rest.start()

    def _count_samples(self) -> None:
        if self._view is not None and self._view.samples.many:
            self._view.samples.refresh()
            self._ring()

    def _on_hover(self, place: QPointF | None) -> None:
        self._mouse = place
        self._refresh_readout()

    def _refresh_readout(self) -> None:
        text = ""
        if self._mouse is not None and self._view is not None:
            at = self._mouse.x(), self._mouse.y()
            text = self.layers.text_at(*at) or self._view.text_at(*at)
        if text != self.readout.text():
            self.readout.setText(text)
            self.hovered.emit(text)

    def _move_slice(self) -> None:
        if self._view is None or self._dataset is None or self._stale:
            return
        self._view.hold(self._dataset.means if self._held is None else self._held)
        if self._parameters is not None and self._matches(self._parameters):
            self._show_model(self._parameters)
        self.layers.refresh()
        self._warn(False)

    def _describe(self, wrong: int | None = None) -> None:
        self.setAccessibleDescription(description(self._dataset, self._axes, wrong))
