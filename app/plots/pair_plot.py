"""The pair plot: loss and error signal over the score, with the samples where they sit.

Saturation is seen as samples on the flat part of the error signal, far from their target.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.moment import Moment
from app.plots.canvas import Canvas
from app.plots.canvas_mouse import Touch
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Legend
from app.plots.pair_bands import GAP, Band, banded, loss_band, signal_band
from app.plots.pair_compare import Compared, Named, compared, other_pairs
from app.plots.pair_data import (
    Curve,
    abscissa,
    axis_end,
    curve,
    extent,
    partner,
    targets,
)
from app.plots.pair_drawing import Look, PairDrawing, legend_entries
from app.plots.pair_hand import ClickHand
from app.plots.pair_names import BandNames
from app.plots.pair_samples import Count, Placed, count, placed, sentence
from app.plots.pair_words import axis_name, reading, signal_note, summary
from app.plots.quality_asked import Asked
from app.plots.quality_view import VALIDATION, QualityView
from app.plots.rug import Rows
from app.plots.selecting import nearest
from app.plots.toggles import Toggle
from app.theme import Theme
from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset

_LOSS = Toggle("loss", "Loss", "Draw the loss above the error signal, which is its slope.")
_PARTNER = Toggle(
    "partner",
    "Best partner",
    "Draw, dashed, the error signal of the loss that was made for this activation.",
)
_WIDE = 420
_LEAST_HEIGHT = 270
"""Pixels below which the loss makes room for the error signal."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    samples: Placed
    count: Count


class PairPlot(QualityView):
    """dL/dv and L over the score, one curve for each target; a click selects a sample."""

    furthest = 1e15

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Pair plot", (_LOSS, _PARTNER, VALIDATION), parent)
        self._others: Named = ()
        self._found: _Found | None = None
        self._end = 0.0
        self._curves: tuple[Curve, ...] = ()
        self._dashed: Compared = ()
        self._bands: tuple[Band, ...] = (signal_band(-1, 1),)
        self._strips = Rows.below(0.0, 1.0, 1)
        self._place: QPointF | None = None
        self._state: tuple[object, ...] = ()
        self.canvas = Canvas(self.content, grid=True)
        self.canvas.setAccessibleName("Loss and error signal over the score")
        self.canvas.x_axis.named = True
        self.drawing = PairDrawing(self.canvas)
        self._names = BandNames(self.canvas)
        self.legend = Legend(self.content)
        self.note = ElidedLabel(self.content)
        self.x_name = ElidedLabel(self.content, Qt.AlignmentFlag.AlignRight, first=True)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addWidget(self.canvas, 1)
        column.addLayout(row((self.note, 1), (self.x_name, 0)))
        self.header_widget.set("loss", True)
        self.canvas.range_changed.connect(self._on_range)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.hovered.connect(self._on_hover)
        self.canvas.set_hand(ClickHand(self.click))
        self.canvas.escaped.connect(self.clear_selection)
        self.setFocusProxy(self.canvas)
        self.set_theme(self._theme)

    # The view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)
        self.legend.set_theme(theme)
        self._names.set_theme(theme)
        self.note.set_look(theme.muted, small(theme))
        self.x_name.set_look(theme.text, small(theme))
        self._redraw()

    def show_moment(self, moment: Moment | None) -> None:
        """The active run; other runs' error signals are drawn dashed."""
        others = other_pairs(moment)
        changed, self._others = others != self._others, others
        super().show_moment(moment)
        if changed and self._asked is not None:
            self._redraw()

    def refusal(self, dataset: Dataset) -> str:
        """Every pair has curves."""
        del dataset
        return ""

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """Place and count all samples."""

        def found(stop: Callable[[], bool]) -> _Found | None:
            dataset, pair = asked.dataset, asked.pair
            samples = placed(dataset, pair, asked.parameters, asked.samples, stop)
            return None if samples is None else _Found(samples, count(samples, pair, dataset))

        return found

    def draw(self, asked: Asked, result: object) -> str:
        """Draw curves and samples."""
        assert isinstance(result, _Found)  # noqa: S101 - what `work` makes
        self._found = result
        residual = abscissa(asked.pair, asked.dataset) == "residual"
        self._end = axis_end(result.samples.place, self._end, 0.1 if residual else 6.0)
        self.header_widget.set_available("partner", partner(asked.pair) is not None)
        self.headline.setText(sentence(result.count, classes=bool(asked.dataset.classes)))
        self._redraw()
        return summary(asked.pair, self.headline.text(), self._dashed)

    def mark(self) -> None:
        """Squares around the selected samples."""
        if self._found is not None and self._asked is not None:
            picked = np.flatnonzero(self.picked_of(self._asked))
            self.drawing.show_selected(self._found.samples, picked, self._bands[0])

    def fit(self) -> None:
        """Show all of it again."""
        self.canvas.release()
        self.canvas.reset_room()
        self._state = ()
        self._redraw()

    # What is drawn, for those who look at it from outside.

    @property
    def count(self) -> Count | None:
        """How many samples learn next to nothing."""
        return None if self._found is None else self._found.count

    @property
    def curves(self) -> tuple[Curve, ...]:
        """Curves of the active run's pair, one for each target."""
        return self._curves

    @property
    def dashed(self) -> Compared:
        """Names and curves of the pairs drawn for comparison."""
        return self._dashed

    @property
    def bands(self) -> tuple[Band, ...]:
        """The error signal's band, then that of the loss if it is drawn."""
        return self._bands

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pick(np.empty(0, np.int64), Qt.KeyboardModifier.NoModifier)

    def click(self, touch: Touch) -> None:
        """Select the sample there, or nothing."""
        if self._found is None:
            return
        samples = self._found.samples
        height = self._bands[0].place(samples.signal)
        sample = nearest(samples.place, height, touch.at, self.canvas.pixel)
        chosen: Ints = np.array([sample] if sample >= 0 else [], np.int64)
        self.pick(chosen, touch.keys)

    # Drawing.

    def _redraw(self) -> None:
        asked, found = self._asked, self._found
        if asked is None or found is None:
            return
        key = (asked.dataset, asked.pair, asked.switches, self._others, self._theme)
        state = (*key, self._reach(), self._both, self._roomy)
        if state != self._state:  # curves are the same for all weights
            self._state = state
            self._draw_curves(asked)
        self.drawing.show_samples(found.samples, self._bands[0], self._strips)
        self._write()
        self._names.place(self._bands)
        self.mark()

    def _draw_curves(self, asked: Asked) -> None:
        self._make_curves(asked)
        self._make_bands()
        self._set_range(asked)
        look = Look(self._theme, asked.dataset.classes, asked.pair.coupled)
        self.drawing.set_look(look)
        self.drawing.show(self._curves, self._dashed, self._bands)
        names = [name if self._roomy else name.split(":")[0] for name, _ in self._dashed]
        self.legend.set_entries(legend_entries(self.drawing, look, self._curves, names))

    def _make_curves(self, asked: Asked) -> None:
        low, high = self._reach()
        wanted = targets(asked.pair, asked.dataset)
        self._curves = tuple(curve(asked.pair, target, low, high) for target in wanted)
        self._dashed = compared(
            asked.pair,
            asked.dataset,
            self._others,
            best="partner" in asked.switches,
            low=low,
            high=high,
        )

    def _reach(self) -> tuple[float, float]:
        """Curves are drawn as far as one sees."""
        end = 1.03 * self._end
        low, high = self.canvas.x_range
        return (min(low, -end), max(high, end)) if self.canvas.held else (-end, end)

    @property
    def _roomy(self) -> bool:
        """Whether there is room for whole names."""
        return self.width() >= _WIDE

    @property
    def _both(self) -> bool:
        """Whether the loss is wanted and there is room for it."""
        return self.header_widget.is_on("loss") and self.height() >= _LEAST_HEIGHT

    def _make_bands(self) -> None:
        within = self._curves + tuple(each for _, curves in self._dashed for each in curves)
        bands = [signal_band(*extent(within, "signal"))]
        if self._both:
            bands.append(loss_band(*extent(self._curves, "loss")))
        self._bands = tuple(bands)

    def _set_range(self, asked: Asked) -> None:
        self._strips = Rows.below(0.0, 1.0, len(asked.dataset.classes))
        self.canvas.set_scales(y=banded(self._bands))
        if self.canvas.held:
            return
        x = (-1.03 * self._end, 1.03 * self._end)
        air = GAP if self._both else 0.03
        y = (self._strips.bottom - 0.02, self._bands[-1].bottom + 1.0 + air)
        if (x, y) != (self.canvas.x_range, self.canvas.y_range):
            self.canvas.set_range(x, y)

    # Words.

    def _write(self) -> None:
        asked = self._asked
        if asked is None:
            return
        name = axis_name(asked.pair, asked.dataset)
        self.x_name.set_parts(name, f" {self.canvas.x_axis.ticks.suffix}".rstrip() + " →")
        self.note.setText(
            signal_note(asked.pair, asked.dataset)
            if self._place is None
            else reading(asked.pair, self._curves, self._place.x(), asked.dataset)
        )

    # Reactions.

    def _on_range(self) -> None:
        if self.canvas.held:
            self._redraw()
        self.drawing.place_markers()
        self._names.place(self._bands)
        self._write()

    def _on_hover(self, place: QPointF | None) -> None:
        self._place = place
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()
