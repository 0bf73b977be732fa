"""What can be drawn over the decision view, each with a switch in the header of its pane."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPen

from app.plots.boundary_hand import Grasp
from app.plots.canvas import Canvas
from app.plots.decision_header import DecisionHeader
from app.plots.decision_past import PastLayers
from app.plots.decision_switches import TOGGLES, WHY
from app.plots.ghosts import GhostLayer
from app.plots.legend import Entry
from app.plots.line import LineView
from app.plots.marks import line as line_mark
from app.plots.plane import PlaneView
from app.plots.reading import Reading
from app.plots.residual_spikes import SpikeLayer
from app.plots.scene import fits
from app.plots.shading_words import boundary_words
from app.plots.weight_arrows import ArrowLayer
from app.theme import THEMES, Theme
from slp_core.data.dataset import Dataset
from slp_core.network.coding import score_threshold
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.pocket import Best
from slp_core.training.snapshot import Snapshot

_ON: Final = ("contours", "residuals")
MOST_RESIDUALS: Final = 500
MOST_SPIKES: Final = 200
View = PlaneView | LineView


class DecisionLayers(QObject):
    """Draws the layers that are on, as far as they mean anything for the view of now."""

    explained = Signal()
    """The legend has to say something else."""

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._theme = canvas, THEMES["light"]
        self.header = DecisionHeader(TOGGLES)
        self.header.shading_changed.connect(self._on_shading)
        self.toggles = self.header
        for key in _ON:
            self.toggles.set(key, True)
        self.toggles.changed.connect(self._on_toggled)
        self._view: View | None = None
        self._dataset: Dataset | None = None
        self._pair: Pair | None = None
        self._parameters: Parameters | None = None
        self._snapshot: Snapshot | None = None
        self.past = PastLayers(canvas, self)
        self.past.changed.connect(self.explained)
        self.arrows = ArrowLayer(canvas, 8)
        self._residuals = pg.PlotCurveItem()
        self.spikes = SpikeLayer(canvas, 7.5)
        self.spikes.rescaled.connect(self.explained)
        canvas.add(self._residuals, 5.5)

    @property
    def ghosts(self) -> GhostLayer:
        """The earlier boundaries that are drawn."""
        return self.past.ghosts

    @property
    def best_shown(self) -> Best | None:
        """The weights whose boundary is drawn as the best, if any."""
        return self.past.best

    @property
    def residual_lines(self) -> tuple[np.ndarray, np.ndarray]:
        """Ends of the residuals' lines: at each sample, then at its prediction."""
        x, y = self._residuals.getData()
        return (np.empty(0), np.empty(0)) if x is None or y is None else (x, y)

    # What the decision view tells.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.header.set_theme(theme)
        self.past.set_theme(theme)
        self.arrows.set_theme(theme)
        self._residuals.setPen(self._residual_pen())
        self.spikes.set_theme(theme)

    def attach(self, view: View | None, dataset: Dataset | None, pair: Pair | None) -> None:
        """Draw over this view from now on."""
        same = dataset is self._dataset and pair == self._pair
        self._view, self._dataset, self._pair = view, dataset, pair
        self._snapshot = self._snapshot if same else None
        self._clear()
        if not same:
            self.spikes.forget()
        self.header.offer(() if dataset is None or pair is None else dataset.classes)
        if view is not None:
            view.set_shading(self.header.shading)
        self._offer()
        self._set_contours()
        self._draw_past()

    def show(self, parameters: Parameters) -> None:
        """Draw what goes with these weights."""
        self._parameters = parameters
        self._draw_now()

    def show_run(self, snapshot: Snapshot) -> None:
        """Draw what goes with a run's past."""
        self._snapshot = snapshot
        self._draw_past()

    def refresh(self) -> None:
        """Draw again: the visible range is another."""
        self.past.clear()
        self._draw_now()
        self._draw_past()

    def entries(self) -> list[Entry]:
        """What the legend says of them."""
        found: list[Entry] = []
        one, dataset, pair = self.header.shading.one, self._dataset, self._pair
        if one >= 0 and dataset is not None and pair is not None:
            words = boundary_words(dataset, Reading(pair, len(dataset.classes)), one)
            found.append(Entry(words[0], line_mark(self._boundary_pen()), words[1]))
        if self._is_on("spikes"):
            found.append(self.spikes.entry())
        if self._is_on("ghosts"):
            found.append(self.past.ghost_entry("Ghosts: " + TOGGLES[2].tip))
        if self._is_on("best"):
            found.append(self.past.best_entry())
        return found

    def grasp(self) -> Grasp | None:
        """What a hand can take: a straight boundary that shows all of the model."""
        view, now, data = self._view, self._snapshot, self._dataset
        if not isinstance(view, PlaneView) or data is None or self._pair is None or now is None:
            return None
        line, arrow, parameters = view.line(), view.arrow(), self._parameters
        whole = data.features == 2 and data.terms == 2 and now.config.bias
        if not whole or line is None or arrow is None or parameters is None:
            return None
        one = parameters.W.shape[1] == 1
        level = score_threshold(self._pair) if one else 0.0
        return Grasp(line, arrow, parameters, level, self._is_on("weights"))

    def text_at(self, x: float, y: float) -> str:
        """What is said of the weight vector under the mouse."""
        return self.arrows.text_at(x, y)

    # Inside.

    def _means(self, key: str) -> bool:
        """Whether a layer has something to show in this view."""
        view, dataset = self._view, self._dataset
        if view is None or dataset is None or self._pair is None:
            return False
        if key == "contours":
            return isinstance(view, PlaneView) and view.has_contours
        if key == "weights":
            return isinstance(view, PlaneView) and view.has_arrows
        if key == "residuals":
            return isinstance(view, LineView) and not dataset.classes and dataset.features == 1
        if key == "spikes":
            return isinstance(view, PlaneView) and not dataset.classes
        return isinstance(view, LineView) or bool(dataset.classes)

    def _is_on(self, key: str) -> bool:
        return self.toggles.is_on(key) and self._means(key)

    def _on_toggled(self) -> None:
        self._set_contours()
        self._draw_now()
        self._draw_past()
        self.explained.emit()

    def _on_shading(self) -> None:
        if self._view is not None:
            self._view.set_shading(self.header.shading)
            self._offer()
            self.refresh()
            self.explained.emit()

    def _offer(self) -> None:
        """Grey what has nothing to show, and say why."""
        spikes = self._means("spikes")
        self.toggles.set_offered("spikes", spikes)
        self.toggles.set_offered("residuals", not spikes)
        for toggle in TOGGLES:
            self.toggles.set_available(toggle.key, self._means(toggle.key), WHY[toggle.key])

    def _set_contours(self) -> None:
        if isinstance(self._view, PlaneView):
            self._view.set_contours(self.toggles.is_on("contours"))

    def _clear(self) -> None:
        self.past.clear()
        self.arrows.clear()
        self._residuals.clear()
        self.spikes.clear()
        self._parameters = None

    def _draw_now(self) -> None:
        parameters, view = self._parameters, self._view
        if parameters is None or view is None or not self._fits(parameters):
            return
        if isinstance(view, PlaneView) and self._is_on("weights"):
            self.arrows.show(view.arrows(), () if self._dataset is None else self._dataset.classes)
        else:
            self.arrows.clear()
        self._draw_residuals(parameters, view)

    def _draw_residuals(self, parameters: Parameters, view: View) -> None:
        """Lines to the predictions where those are an axis, spikes over a field."""
        if self._is_on("residuals") and isinstance(view, LineView):
            lines = view.residuals(parameters, MOST_RESIDUALS)
            self._residuals.setData(*lines, connect="pairs", skipFiniteCheck=True)
        else:
            self._residuals.clear()
        if self._is_on("spikes") and isinstance(view, PlaneView):
            self.spikes.show(*view.misses(parameters, MOST_SPIKES))
        else:
            self.spikes.clear()

    def _draw_past(self) -> None:
        if self._snapshot is not None and self._view is not None:
            ghosts, best = self._is_on("ghosts"), self._is_on("best")
            trace = self._view.trace
            self.past.draw(self._snapshot, trace, self._fits, with_ghosts=ghosts, with_best=best)

    def _fits(self, parameters: Parameters) -> bool:
        return parameters.is_finite and fits(parameters, self._dataset, self._pair)

    def _boundary_pen(self) -> QPen:
        """As the view draws it."""
        if isinstance(self._view, LineView):
            return self._canvas.pen(self._theme.text, 1.2, Qt.PenStyle.DashLine)
        return self._canvas.pen(self._theme.text, self._theme.line_width * 1.4)

    def _residual_pen(self) -> QPen:
        return self._canvas.pen(self._theme.muted, 1.0)
