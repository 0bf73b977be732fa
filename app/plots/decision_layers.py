"""What can be drawn over the decision view, each with a switch in the header of its pane."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPen

from app.plots.boundary_hand import Grasp
from app.plots.canvas import Canvas
from app.plots.ghosts import GhostLayer, ghosts, nearest
from app.plots.legend import Entry
from app.plots.line import LineView
from app.plots.marks import line as line_mark
from app.plots.numbers import format_count
from app.plots.plane import PlaneView
from app.plots.scene import fits
from app.plots.toggles import Toggle, Toggles
from app.plots.weight_arrow import ArrowLayer
from app.theme import THEMES, Theme
from slp_core.data.dataset import Dataset
from slp_core.network.coding import score_threshold
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.history import Checkpoint
from slp_core.training.snapshot import Snapshot

TOGGLES: Final = (
    Toggle(
        "contours",
        "Contours",
        "Lines of equal output: probabilities 0.1 to 0.9, margins at scores −1 and 1, or values.",
    ),
    Toggle(
        "weights",
        "Weights",
        "The weight vector, from the middle of the boundary towards the second class.",
    ),
    Toggle(
        "ghosts",
        "Ghosts",
        "Up to eight earlier boundaries, near 0, 1, 3, 10, 30 ... updates; older ones are fainter.",
    ),
    Toggle(
        "best",
        "Best",
        "The boundary recorded nearest to the smallest loss so far, where it is not that of now.",
    ),
    Toggle(
        "residuals",
        "Residuals",
        "From each sample to the prediction; of more than 500 samples some are drawn.",
    ),
)
_ON: Final = ("contours", "residuals")
MOST_RESIDUALS: Final = 500
View = PlaneView | LineView


class DecisionLayers(QObject):
    """Draws the layers that are on, as far as they mean anything for the view of now."""

    explained = Signal()
    """The legend has to say something else."""

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._theme = canvas, THEMES["light"]
        self.toggles = Toggles(TOGGLES)
        for key in _ON:
            self.toggles.set(key, True)
        self.toggles.changed.connect(self._on_toggled)
        self._view: View | None = None
        self._dataset: Dataset | None = None
        self._pair: Pair | None = None
        self._parameters: Parameters | None = None
        self._snapshot: Snapshot | None = None
        self.ghosts = GhostLayer(canvas, 2.5)
        self.arrow = ArrowLayer(canvas, 8)
        self._best, self._residuals = pg.PlotCurveItem(antialias=True), pg.PlotCurveItem()
        self._best.setSegmentedLineMode("on")
        self._best_shown: Checkpoint | None = None
        canvas.add(self._best, 4.5)
        canvas.add(self._residuals, 5.5)

    @property
    def best_shown(self) -> Checkpoint | None:
        """The checkpoint whose boundary is drawn as the best, if any."""
        return self._best_shown

    @property
    def residual_lines(self) -> tuple[np.ndarray, np.ndarray]:
        """Ends of the residuals' lines: at each sample, then at its prediction."""
        x, y = self._residuals.getData()
        return (np.empty(0), np.empty(0)) if x is None or y is None else (x, y)

    # What the decision view tells.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.toggles.set_theme(theme)
        self.ghosts.set_theme(theme)
        self.arrow.set_theme(theme)
        self._best.setPen(self._best_pen())
        self._residuals.setPen(self._residual_pen())

    def attach(self, view: View | None, dataset: Dataset | None, pair: Pair | None) -> None:
        """Draw over this view from now on."""
        same = dataset is self._dataset and pair == self._pair
        self._view, self._dataset, self._pair = view, dataset, pair
        self._snapshot = self._snapshot if same else None
        self._clear()
        for key in (toggle.key for toggle in TOGGLES):
            self.toggles.set_available(key, self._means(key))
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
        self.ghosts.clear()
        self._best.clear()
        self._best_shown = None
        self._draw_now()
        self._draw_past()

    def entries(self) -> list[Entry]:
        """What the legend says of them."""
        found: list[Entry] = []
        if self._is_on("ghosts"):
            pen = self._canvas.pen(self._theme.accent, max(1.2, 0.6 * self._theme.line_width))
            found.append(Entry("earlier", line_mark(pen), "Ghosts: " + TOGGLES[2].tip))
        if self._is_on("best"):
            found.append(Entry("best so far", line_mark(self._best_pen()), self._best_words()))
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
        arrow = self.arrow.arrow
        return arrow.text if arrow is not None and self.arrow.near(x, y) else ""

    # Inside.

    def _means(self, key: str) -> bool:
        """Whether a layer has something to show in this view."""
        view, dataset = self._view, self._dataset
        if view is None or dataset is None or self._pair is None:
            return False
        if key == "contours":
            return isinstance(view, PlaneView) and view.has_contours
        if key == "weights":
            return isinstance(view, PlaneView) and view.straight
        if key == "residuals":
            return isinstance(view, LineView) and not dataset.classes and dataset.features == 1
        return isinstance(view, LineView) or bool(dataset.classes)

    def _is_on(self, key: str) -> bool:
        return self.toggles.is_on(key) and self._means(key)

    def _on_toggled(self) -> None:
        self._set_contours()
        self._draw_now()
        self._draw_past()
        self.explained.emit()

    def _set_contours(self) -> None:
        if isinstance(self._view, PlaneView):
            self._view.set_contours(self.toggles.is_on("contours"))

    def _clear(self) -> None:
        self.ghosts.clear()
        self.arrow.clear()
        self._residuals.clear()
        self._best.clear()
        self._best_shown = self._parameters = None

    def _draw_now(self) -> None:
        parameters, view = self._parameters, self._view
        if parameters is None or view is None or not self._fits(parameters):
            return
        on = isinstance(view, PlaneView) and self._is_on("weights")
        self.arrow.show(view.arrow() if on and isinstance(view, PlaneView) else None)
        if self._is_on("residuals") and isinstance(view, LineView):
            lines = view.residuals(parameters, MOST_RESIDUALS)
            self._residuals.setData(*lines, connect="pairs", skipFiniteCheck=True)
        else:
            self._residuals.clear()

    def _draw_past(self) -> None:
        now, view = self._snapshot, self._view
        if now is None or view is None:
            return
        wanted = self._is_on("ghosts") or self._is_on("best")
        recorded = now.history.checkpoints if wanted else ()
        points = [point for point in recorded if self._fits(point.parameters)]
        chosen = ghosts(points, now.update) if self._is_on("ghosts") else ()
        if chosen != self.ghosts.shown:
            self.ghosts.show(chosen, view.trace)
        self._draw_best(self._best_of(now, points) if self._is_on("best") else None, view)

    def _draw_best(self, best: Checkpoint | None, view: View) -> None:
        if best is self._best_shown:
            return
        self._best_shown = best
        if best is None:
            self._best.clear()
        else:
            self._best.setData(*view.trace(best.parameters), connect="pairs", skipFiniteCheck=True)
        self.explained.emit()

    def _best_of(self, now: Snapshot, points: list[Checkpoint]) -> Checkpoint | None:
        """The best so far where it is another than the weights of now."""
        best_is_now = now.loss <= now.best_loss or now.best_update >= now.update
        if not points or best_is_now or not np.isfinite(now.best_loss):
            return None
        found = nearest(points, now.best_update)
        return found if found.update < now.update else None

    def _best_words(self) -> str:
        if self._best_shown is None:
            return "The smallest loss so far is that of now."
        update = format_count(self._best_shown.update)
        best = 0 if self._snapshot is None else self._snapshot.best_update
        return f"Weights recorded at update {update}; the best loss was at {format_count(best)}."

    def _fits(self, parameters: Parameters) -> bool:
        return parameters.is_finite and fits(parameters, self._dataset, self._pair)

    def _best_pen(self) -> QPen:
        return self._canvas.pen(self._theme.ok, self._theme.line_width, Qt.PenStyle.DashLine)

    def _residual_pen(self) -> QPen:
        return self._canvas.pen(self._theme.muted, 1.0)
