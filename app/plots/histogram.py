"""The view of probabilities: how sure the model is, and whether it is right to be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from app.moment import Moment
from app.plots.canvas_mouse import Touch
from app.plots.colors import line_color
from app.plots.histogram_bars import MIRRORED, Bars
from app.plots.histogram_data import Certainties, certainties
from app.plots.histogram_reliability import ReliabilityLines
from app.plots.histogram_words import (
    axis_name,
    bin_text,
    description,
    groups,
    headline,
    note,
    point_text,
)
from app.plots.legend import DrawMark, Entry
from app.plots.marks import line as line_mark
from app.plots.marks import marker
from app.plots.points import Style, class_style
from app.plots.quality_asked import Asked, left_out
from app.plots.quality_bins import BinHand, bar_heights
from app.plots.quality_chart import ChartView, Range
from app.plots.quality_view import VALIDATION
from app.plots.scales import LINEAR
from app.plots.toggles import Toggle
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.training.answers import certainty_kind

_CALIBRATION = Toggle(
    "calibration", "Calibration", "Compare each probability with the share that came true."
)
_WHY = "Nothing to show for a numeric target, because there is no class to be sure of."
_SHARES: Range = (-0.05, 1.05)


class ProbabilityView(ChartView):
    """A histogram by true class (or by right and wrong), or the calibration curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Probabilities", (VALIDATION, _CALIBRATION), parent)
        self._found: Certainties | None = None
        self.bars = Bars(self.canvas)
        self.reliability = ReliabilityLines(self.canvas)
        self._threshold = self.curve(5)
        self._hand = BinHand(self.canvas, self._edges)
        self._hand.chosen.connect(self._on_chosen)
        self._hand.moved.connect(self._on_moved)
        self.canvas.escaped.connect(self.clear_selection)
        self.set_theme(self._theme)

    @property
    def certainties(self) -> Certainties | None:
        """What is shown."""
        return self._found if self.shown is not None else None

    @property
    def calibrating(self) -> bool:
        """Whether the calibration curve is shown."""
        asked, found = self.shown, self._found
        on = asked is not None and _CALIBRATION.key in asked.switches
        return on and found is not None and found.reliability is not None

    # What the base asks.

    def show_moment(self, moment: Moment | None) -> None:
        """Show the active run; without probabilities there is nothing to calibrate."""
        if moment is not None:
            probable = certainty_kind(moment.active.pair) == "probability"
            self.header_widget.set_available(_CALIBRATION.key, probable)
        super().show_moment(moment)

    def refusal(self, dataset: Dataset) -> str:
        """Numbers have no classes."""
        return "" if dataset.classes else _WHY

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """Count."""
        return lambda stop: certainties(
            asked.dataset, asked.pair, asked.parameters, asked.samples, stop
        )

    def draw(self, asked: Asked, result: object) -> str:
        """Show bars or the curve."""
        assert isinstance(result, Certainties)  # noqa: S101 - what `work` makes
        self._found = result
        self.headline.setText(headline(result, asked.part, self.calibrating))
        self.detail.setText(left_out(result.unknown))
        self.note.setText(note(result, asked.pair))
        self._set_scales()
        self.redraw()
        self.follow()
        self.read_again()
        return description(result, asked.dataset, asked.part)

    def _set_scales(self) -> None:
        wanted = LINEAR if self.calibrating else MIRRORED
        if self.canvas.y_axis.scale is not wanted:
            self.canvas.release()
            for axis in (self.canvas.x_axis, self.canvas.y_axis):
                axis.limits = (0.0, 1.0) if self.calibrating else None
            self.canvas.set_scales(LINEAR, wanted)
            self.canvas.reset_room()

    def bounds(self) -> tuple[Range, Range]:
        """All bins, and as much height as the highest bar needs, rounded up."""
        if self._found is None or self.calibrating:
            return _SHARES, _SHARES
        low, high = float(self._found.edges[0]), float(self._found.edges[-1])
        air = 0.02 * (high - low)
        lower, upper = bar_heights(self._found.counts)
        return (low - air, high + air), (-lower, upper)

    # Drawing.

    def redraw(self) -> None:
        """Everything but what is selected."""
        asked, found = self.shown, self._found
        if asked is None or found is None:
            return
        self.bars.unpoint()
        if self.calibrating:
            self.bars.clear()
            self._threshold.setData(np.empty(0), np.empty(0))
            _, upper = groups(asked.dataset)
            self.name_axes(axis_name(found, asked.dataset), f"share of {upper}")
        else:
            self.reliability.clear()
            self.bars.show(found.edges, found.counts, self._colors(asked.dataset), self._theme)
            self._draw_threshold(found)
            lower, upper = groups(asked.dataset)
            self.name_axes(axis_name(found, asked.dataset), f"{upper}, ↓ {lower}")
        self.legend.set_entries(self._entries(asked.dataset, found))
        self.mark()

    def mark(self) -> None:
        """Hatch the selected rows' share of each bar, or square their bins."""
        asked, found = self.shown, self._found
        if asked is None or found is None:
            return
        picked = self.picked_of(asked)
        if not self.calibrating:
            self.bars.pick(found.edges, found.counted(picked), self._theme)
        elif found.reliability is not None:
            bins = found.counted(picked).sum(axis=0).reshape(len(found.reliability.counts), -1)
            self.reliability.show(found.reliability, bins.any(axis=1), self._theme)

    def _draw_threshold(self, found: Certainties) -> None:
        self._threshold.setPen(self.canvas.pen(self._theme.text, 1.4, Qt.PenStyle.DashLine))
        if found.threshold is None:
            self._threshold.setData(np.empty(0), np.empty(0))
            return
        _, y = self.bounds()
        self._threshold.setData(np.full(2, found.threshold), np.array(y), skipFiniteCheck=True)

    def _colors(self, dataset: Dataset) -> tuple[str, str]:
        theme = self._theme
        if len(dataset.classes) == 2:
            return line_color(theme, 0), line_color(theme, 1)
        return theme.danger, theme.accent

    def _entries(self, dataset: Dataset, found: Certainties) -> list[Entry]:
        theme = self._theme
        if self.calibrating:
            diagonal = self.canvas.pen(theme.muted, 1.0, Qt.PenStyle.DotLine)
            curve = self.canvas.pen(theme.train_color, theme.line_width)
            interval = self.canvas.pen(theme.muted, 1.4)
            return [
                Entry("calibration", line_mark(curve)),
                Entry("95 % interval", line_mark(interval), "What so few rows leave open."),
                Entry("as said", line_mark(diagonal), "Where probabilities mean what they say."),
            ]
        lower, upper = groups(dataset)
        marks = [self._mark(dataset, n) for n in (0, 1)]
        entries = [Entry(f"↑ {upper}", marks[1]), Entry(f"↓ {lower}", marks[0])]
        if found.threshold is not None:
            pen = self.canvas.pen(theme.text, 1.4, Qt.PenStyle.DashLine)
            name = groups(dataset)[1]
            entries.append(Entry("decision", line_mark(pen), f"Above it the decision is {name}."))
        return entries

    def _mark(self, dataset: Dataset, group: int) -> DrawMark:
        if len(dataset.classes) == 2:
            return marker(class_style(self._theme, group, hollow=False))
        color = QColor(self._colors(dataset)[group])
        return marker(Style("s", 10.0, self.canvas.pen(color.name(), 1.0), QBrush(color)))

    # Reading and choosing.

    def reading_at(self, touch: Touch) -> str:
        """The bin under the mouse."""
        number = self._hand.bin_at(touch.at[0])
        return "" if number is None else self._point_at(number, touch.at[1] >= 0.0)

    def unread(self) -> None:
        """No bin is pointed at."""
        self.bars.unpoint()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pick(np.empty(0, np.int64), Qt.KeyboardModifier.NoModifier)

    def _edges(self) -> Float64s:
        if self.shown is None or self._found is None:
            return np.empty(0)
        return self._found.coarse if self.calibrating else self._found.edges

    def _point_at(self, number: int, upper: bool) -> str:
        asked, found = self.shown, self._found
        if asked is None or found is None:
            return ""
        if self.calibrating and found.reliability is not None:
            return point_text(found.reliability, number)
        _, (bottom, top) = self.bounds()
        left, right = found.edges[number : number + 2]
        self.bars.point(float(left), float(right), top if upper else bottom, self._theme)
        return bin_text(found, number, asked.dataset)

    def _on_moved(self, number: int, upper: bool) -> None:
        text = self._point_at(number, upper)
        self.readout.setText(text)
        self.canvas.setAccessibleDescription(text)

    def _on_chosen(self, number: int, upper: bool, keys: Qt.KeyboardModifier) -> None:
        found = self._found
        if found is not None:
            calibrating = self.calibrating
            rows = found.samples_between(number) if calibrating else found.samples(number, upper)
            self.pick(rows, keys)
