"""The score view: how far each sample lies from the boundary, for any number of features."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.moment import Moment
from app.plots.canvas_mouse import Touch
from app.plots.decision_legend import entries
from app.plots.legend import Entry
from app.plots.marks import line as line_mark
from app.plots.quality_asked import Asked
from app.plots.quality_bins import round_range
from app.plots.quality_chart import ChartView, Range
from app.plots.residuals_points import PointHand
from app.plots.score_distance import Drawn, Sides, distances, with_picture
from app.plots.score_points import ScorePoints, lane_colors
from app.plots.score_words import (
    TRUE,
    choices,
    description,
    headline,
    left_out,
    note,
    point_text,
    side_names,
)
from app.plots.weights_picker import Picker
from app.theme import Theme
from slp_core.data.dataset import Dataset

_WHY = (
    "Nothing to show for a numeric target, because there is no boundary between numbers."
    " The view Residuals shows how far predictions are from the truth."
)
_NOWHERE = (
    "Nothing to show for weights of 0, because they draw no boundary to measure from."
    " One update gives it a place."
)
_REST = 120
"""Milliseconds after which a view that was moved has come to rest."""


class ScoreView(ChartView):
    """Signed distances to the right, a lane for each class; the line at 0 is the decision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Scores", (), parent)
        self._drawn: Drawn | None = None
        self._classes: tuple[str, ...] = ()
        self.picker = Picker("Classes", "Which classes the distance is measured between.")
        self.picker.set_value(TRUE.key)
        self.picker.value_changed.connect(self.look_again)
        self.picker.hide()  # until there are classes to choose from
        self.header_widget.lead_with(self.picker)
        self.points = ScorePoints(self.canvas)
        self._zero, self._margins = self.curve(3), self.curve(2)
        self._hand = PointHand(self.canvas, self.points)
        self.canvas.y_axis.blank = True
        self.canvas.set_hand(self._hand)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._count_again)
        self.canvas.range_changed.connect(self._on_range)
        self._hand.chosen.connect(self.pick)
        self.canvas.escaped.connect(self.clear_selection)
        self.set_theme(self._theme)

    @property
    def drawn(self) -> Drawn | None:
        """What is shown."""
        return self._drawn if self.shown is not None else None

    @property
    def sides(self) -> Sides:
        """Which classes are compared."""
        return Sides.of(self.picker.value())

    # What the base asks.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything; a picture of many samples is made anew."""
        self.picker.set_theme(theme)
        self._hand.set_theme(theme)
        super().set_theme(theme)
        if self._drawn is not None and self._drawn.picture is not None:
            self.look_again()

    def show_moment(self, moment: Moment | None) -> None:
        """Show the active run, after offering its classes."""
        if moment is not None:
            self._offer(moment.active.dataset.classes)
        super().show_moment(moment)

    def refusal(self, dataset: Dataset) -> str:
        """Numbers have no boundary."""
        return "" if dataset.classes else _WHY

    def samples_of(self, asked: Asked) -> slice:
        """Both parts are shown."""
        del asked
        return slice(0, None)

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """Measure all rows."""
        dataset, sides = asked.dataset, self.sides
        colors = lane_colors(self._theme, len(dataset.classes))

        def answer(stop: Callable[[], bool]) -> object:
            found = distances(dataset, asked.pair, asked.parameters, sides, stop)
            return None if found is None else with_picture(found, dataset, colors)

        return answer

    def void(self, result: object) -> str:
        """Weights of 0 have no boundary, and so no distances."""
        return "" if isinstance(result, Drawn) and result.found.shown.any() else _NOWHERE

    def draw(self, asked: Asked, result: object) -> str:
        """Show the samples."""
        assert isinstance(result, Drawn)  # noqa: S101 - what `work` makes
        self._drawn = result
        self.headline.setText(headline(result.found))
        self.detail.setText(left_out(result.found))
        self.note.setText(note(result))
        self.follow()
        self.redraw()
        self.read_again()
        return description(result.found, asked.dataset, self.sides)

    def bounds(self) -> tuple[Range, Range]:
        """Round ranges that show everything and the boundary."""
        asked, drawn = self.shown, self._drawn
        if asked is None or drawn is None:
            return (-1.0, 1.0), (0.0, 1.0)
        found = drawn.found
        across = round_range(np.append(found.distance[found.shown], 0.0))
        lanes = len(asked.dataset.classes)
        air = 0.07 * lanes  # the marks of the outer lanes stay whole
        return across, (-0.6 - air, lanes - 0.4 + air)

    # Drawing.

    def redraw(self) -> None:
        """Everything but what is selected."""
        asked, drawn, theme = self.shown, self._drawn, self._theme
        if asked is None or drawn is None:
            return
        self._zero.setPen(self.canvas.pen(theme.text, theme.line_width * 1.4))
        self._margins.setPen(self.canvas.pen(theme.text, 1.2, Qt.PenStyle.DashLine))
        self._draw_lines()
        self.points.show(drawn, asked.dataset, theme)
        left, right = side_names(asked.dataset, self.sides)
        powers = " (of all terms)" if not asked.dataset.preparation.is_linear else ""
        self.name_axes(f"← {left}   distance{powers}   {right}", "class")
        self.legend.set_entries(self._entries(asked.dataset, drawn))
        self.mark()

    def mark(self) -> None:
        """Mark the samples of selected rows."""
        if self.shown is not None:
            self.points.mark(self.picked_of(self.shown), self._theme)

    def _draw_lines(self) -> None:
        """The boundary, and the margins where the loss has some."""
        bottom, top = self.canvas.y_range
        self._zero.setData(np.zeros(2), np.array([bottom, top]), skipFiniteCheck=True)
        margin = None if self._drawn is None else self._drawn.found.margin
        if margin is None:
            self._margins.clear()
        else:
            x, y = np.repeat([-margin, margin], 2), np.array([bottom, top, bottom, top])
            self._margins.setData(x, y, connect="pairs", skipFiniteCheck=True)

    def _entries(self, dataset: Dataset, drawn: Drawn) -> list[Entry]:
        found = entries(dataset, self._theme, one_feature=False)
        if drawn.found.margin is not None:
            pen = self.canvas.pen(self._theme.text, 1.2, Qt.PenStyle.DashLine)
            found.append(Entry("margin", line_mark(pen), "Where the score is −1 or 1."))
        return found

    # Reading and choosing.

    def reading_at(self, touch: Touch) -> str:
        """The sample under the mouse."""
        asked, drawn = self.shown, self._drawn
        sample = self.points.at(touch.at)
        if asked is None or drawn is None or sample < 0:
            return ""
        return point_text(drawn.found, sample, asked.dataset, asked.table)

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pick(np.empty(0, np.int64), Qt.KeyboardModifier.NoModifier)

    def _offer(self, classes: tuple[str, ...]) -> None:
        if classes == self._classes:
            return
        if len(classes) != len(self._classes):
            self.picker.set_value(TRUE.key)
        self._classes = classes
        self.picker.set_choices(choices(classes))
        self.picker.setVisible(len(classes) > 2)

    def _on_range(self) -> None:
        self._draw_lines()
        self._rest.start()

    def _count_again(self) -> None:
        if self.shown is not None:
            self.points.count()
            self.mark()
