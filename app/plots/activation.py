"""The activation and its slope over the score, with the samples' scores below them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen, QShowEvent
from PySide6.QtWidgets import QGraphicsItem, QVBoxLayout, QWidget

from app.numbers import share_text
from app.plots.activation_curve import output_range, reading_text, with_kinks
from app.plots.canvas import Canvas
from app.plots.drawing import Drawing, drawn
from app.plots.labels import ElidedLabel, row, small
from app.plots.legend import Entry, Legend
from app.plots.marks import line as line_mark
from app.plots.numbers import format_count
from app.plots.rug import Rows, Rug
from app.plots.score_data import FLAT, Scores, own_scores, score_end
from app.plots.surface import Surface
from app.plots.user_text import inline
from app.theme import THEMES, Theme
from slp_core.arrays import Floats, Ints
from slp_core.network.activations import ACTIVATIONS, Activation
from slp_core.network.coding import score_threshold
from slp_core.network.pairs import Pair

_PLACES = 600
_LEAST, _FURTHEST = 6.0, 1e15
"""The axis ends at the first at least; nothing is seen of scores beyond the second."""


class ActivationPlot(Surface):
    """f(v), f'(v), the decision's threshold and a rug of scores, one row for each class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._pair: Pair | None = None
        self._classes: tuple[str, ...] = ()
        self._given: tuple[Floats, Ints | None] | None = None
        self._scores: Scores | None = None
        self._end = _LEAST
        self._rows = Rows.below(0.0, 1.0, 0)
        self._behind = False
        self._mouse: QPointF | None = None
        self._build()
        self.setAccessibleName("Activation and scores")
        self.setFocusProxy(self.canvas)
        self.set_theme(self._theme)

    def _build(self) -> None:
        self.title = ElidedLabel(self)
        self.detail = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self.detail.tip = (
            f"Share of the scores at which the slope is below {FLAT}: they hardly learn"
        )
        self.legend = Legend(self)
        self.note = ElidedLabel(self)
        self.x_name = ElidedLabel(self, Qt.AlignmentFlag.AlignRight, first=True)
        self.canvas = Canvas(self, grid=True)
        self.canvas.setAccessibleName("Activation plot")
        self.canvas.x_axis.named = True
        self._value = pg.PlotCurveItem(antialias=True)
        self._slope = pg.PlotCurveItem(antialias=True)
        for item in (self._value, self._slope):  # scores move below them, thick lines take long
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._marks = pg.PlotCurveItem(antialias=False)
        self._rug = Rug(self.canvas)
        for item, z in ((self._marks, 1), (self._slope, 5), (self._value, 6)):
            self.canvas.add(item, z)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(0)
        layout.addLayout(row((self.title, 1), (self.detail, 0)))
        layout.addWidget(self.legend)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row((self.note, 1), (self.x_name, 0)))
        self.canvas.range_changed.connect(self._on_range)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.hovered.connect(self._on_hover)

    # What may be set.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.canvas.set_theme(theme)
        self.legend.set_theme(theme)
        self.title.set_look(theme.text, theme.font_size, bold=True)
        for label in (self.detail, self.note):
            label.set_look(theme.muted, small(theme))
        self.x_name.set_look(theme.text, small(theme))
        self._value.setPen(self._value_pen())
        self._slope.setPen(self._slope_pen())
        self._marks.setPen(self.canvas.pen(theme.muted, 1.0, Qt.PenStyle.DashLine))
        self._remake()

    def set_model(self, pair: Pair, classes: Sequence[str]) -> None:
        """Show the activation of this pair; ``classes`` are empty for a numeric target."""
        if pair == self._pair and tuple(classes) == self._classes:
            return
        self._pair, self._classes = pair, tuple(classes)
        self._given = self._scores = None
        self._end = _LEAST
        self.canvas.release()
        self._remake()

    def show_scores(self, V: Floats, labels: Ints | None = None) -> None:
        """Show the samples' scores (n, k); ``labels`` (n,) are None for a numeric target."""
        self._given = (V, labels)
        if not self.isVisible():
            self._behind = True
            return
        self._take_scores()

    def clear(self) -> None:
        """Forget the scores."""
        self._given = self._scores = None
        self._draw_scores()

    def fit(self) -> None:
        """Show all scores."""
        self.canvas.release()
        self.canvas.reset_room()
        self._set_range()

    # Drawing.

    @property
    def curve(self) -> Activation | None:
        """What is drawn: the activation, or for softmax the cut through it along one score."""
        if self._pair is None:
            return None
        activation = ACTIVATIONS[self._pair.activation]
        return activation if activation.elementwise else ACTIVATIONS["sigmoid"]

    @property
    def scores(self) -> Scores | None:
        """The scores that are shown."""
        return self._scores

    @property
    def curves(self) -> tuple[Drawing, Drawing]:
        """The curve and its slope, as they are drawn."""
        return drawn(self._value), drawn(self._slope)

    @property
    def rugs(self) -> list[Drawing]:
        """Ends of the strokes of each class."""
        return self._rug.strokes

    @property
    def marks(self) -> Drawing:
        """Ends of the line at the decision's threshold."""
        return drawn(self._marks)

    def _value_pen(self) -> QPen:
        return self.canvas.pen(self._theme.activation_color, self._theme.line_width * 1.3)

    def _slope_pen(self) -> QPen:
        pen = self.canvas.pen(self._theme.gradient_color, self._theme.line_width)
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _remake(self) -> None:
        """After another theme or model."""
        if self._pair is None:
            return
        self._write_header(self._pair)
        self._rug.set_classes(self._theme, len(self._classes))
        self._set_range()
        self._draw_curves()
        self._draw_scores()

    def _write_header(self, pair: Pair) -> None:
        activation = ACTIVATIONS[pair.activation]
        self.title.setText(f"{activation.label}:  a = {activation.formula}")
        value, slope = ("a = f(v)", "slope f′(v)")
        if not activation.elementwise:
            value, slope = "probability of a class", "slope a·(1 − a)"
        entries = [
            Entry(value, line_mark(self._value_pen())),
            Entry(slope, line_mark(self._slope_pen())),
        ]
        if self._marked:
            text = "decision" if len(self._classes) == 2 else "even odds"
            entries.append(Entry(text, line_mark(self._marks_pen())))
        self.legend.set_entries(entries)
        self._name_axis()
        self._write_note()

    def _name_axis(self) -> None:
        softmax = self._pair is not None and not ACTIVATIONS[self._pair.activation].elementwise
        name = "score − others" if softmax else "score v"
        self.x_name.set_parts(name, f" {self.canvas.x_axis.ticks.suffix}".rstrip() + " →")

    def _marks_pen(self) -> QPen:
        return self.canvas.pen(self._theme.muted, 1.0, Qt.PenStyle.DashLine)

    @property
    def _marked(self) -> bool:
        """Whether one score decides: two classes with one output, or softmax."""
        if self._pair is None or not self._classes:
            return False
        return len(self._classes) == 2 or not ACTIVATIONS[self._pair.activation].elementwise

    def _set_range(self) -> None:
        if self.curve is None or self.canvas.held:
            return
        low, high = output_range(self.curve, self._end)
        self._rows = Rows.below(low, high, len(self._classes))
        air = 0.06 * (high - low)
        self.canvas.y_axis.limits = (low - 0.5 * air, high + 0.5 * air)
        x = (-self._end * 1.03, self._end * 1.03)
        y = (self._rows.bottom - 0.5 * air, high + air)
        if (x, y) != (self.canvas.x_range, self.canvas.y_range):
            self.canvas.set_range(x, y)

    def _draw_curves(self) -> None:
        if self.curve is None or self._pair is None:
            return
        places = np.linspace(*self.canvas.x_range, _PLACES)
        V = with_kinks(places, self.curve)
        Z = self.curve.value(V)
        self._value.setData(V, Z, skipFiniteCheck=True)
        self._slope.setData(V, self.curve.slope(V, Z), skipFiniteCheck=True)
        x = np.array([score_threshold(self._pair)] * 2) if self._marked else np.empty(0)
        y = np.array(self.canvas.y_range) if self._marked else np.empty(0)
        self._marks.setData(x, y, connect="pairs", skipFiniteCheck=True)

    def _take_scores(self) -> None:
        self._behind = False
        if self._given is None or self._pair is None:
            return
        V, labels = self._given
        self._scores = own_scores(V, labels if self._classes else None, self._pair)
        end = min(score_end(self._scores.value, self._end), _FURTHEST)
        if end != self._end:
            self._end = end
            self._set_range()
        self._draw_scores()

    def _draw_scores(self) -> None:
        self._rug.show(self._scores, self._rows)
        self._write_note()

    # Texts.

    def _write_note(self) -> None:
        """What is said below the plot, and the saturated share above it."""
        if self._pair is None:
            return
        parts: list[str] = []
        if not ACTIVATIONS[self._pair.activation].elementwise:
            parts.append("one class's score moves, the others are held")
        elif len(self._classes) > 2:
            parts.append("each sample's score for its own class")
        if self._scores is not None:
            self.detail.setText(f"saturated {share_text(self._scores.flat)}")
            if self._end == _FURTHEST:
                parts.append("the run has diverged: scores lie beyond the axis")
            if self._scores.total > len(self._scores.value):
                shown, total = len(self._scores.value), self._scores.total
                parts.append(f"{format_count(shown)} of {format_count(total)} scores drawn")
        else:
            self.detail.setText("")
        self.note.setText(self._place_text() or "; ".join(parts))
        self.setAccessibleDescription(f"{self.title.text()}. {self.detail.text()}")

    def _place_text(self) -> str:
        if self._mouse is None or self.curve is None:
            return ""
        row = self._rows.at(self._mouse.y())
        named = (
            f"   scores of {inline(self._classes[row])}" if 0 <= row < len(self._classes) else ""
        )
        return reading_text(self.curve, self._mouse.x()) + named

    # Reactions.

    def _on_range(self) -> None:
        self._name_axis()
        self._draw_curves()
        self._rug.place_markers()

    def _on_hover(self, place: QPointF | None) -> None:
        self._mouse = place
        self._write_note()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._take_scores()
