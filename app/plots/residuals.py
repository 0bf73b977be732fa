"""The view of a regression's residuals: predicted against true numbers, and what is left over."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.plots.canvas_mouse import Touch
from app.plots.colors import class_color
from app.plots.histogram_bars import MIRRORED, Bars
from app.plots.labels import small
from app.plots.legend import DrawMark, Entry
from app.plots.marks import line as line_mark
from app.plots.marks import marker
from app.plots.points import Style, plain_style
from app.plots.quality_asked import Asked
from app.plots.quality_bins import BinHand, bar_heights
from app.plots.quality_chart import ChartView, Range
from app.plots.residuals_data import Drawn, cloud, with_picture
from app.plots.residuals_points import PointHand, Points, part_colors
from app.plots.residuals_words import (
    FIGURES_TIP,
    bin_text,
    description,
    headline,
    left_out,
    note,
    point_text,
)
from app.plots.scales import LINEAR
from app.plots.toggles import Toggle
from app.plots.user_text import inline
from app.theme import Theme
from slp_core.arrays import Float64s, Ints
from slp_core.data.dataset import Dataset

_TOGGLES = (
    Toggle("fit", "Fit", "True against predicted numbers: right ones lie on the diagonal."),
    Toggle("residuals", "Residuals", "Residuals against predicted numbers: no pattern is good."),
    Toggle("histogram", "Histogram", "How the residuals are spread."),
)
_WHY = (
    "Nothing to show for classes, because a residual is a difference of numbers."
    " The confusion matrix shows which class is taken for which."
)
_REST = 120
"""Milliseconds after which a view that was moved has come to rest."""


class ResidualView(ChartView):
    """Three pictures of the same differences, true − predicted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Residuals", _TOGGLES, parent, exclusive=True)
        self._drawn: Drawn | None = None
        self._mode = "fit"
        self.headline.tip = FIGURES_TIP
        self.points, self.bars = Points(self.canvas), Bars(self.canvas)
        self._line = self.curve(3)
        self._bins = BinHand(self.canvas, self._edges)
        self._hand = PointHand(self.canvas, self.points)
        self.canvas.set_hand(self._hand)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._count_again)
        self.canvas.range_changed.connect(self._on_range)
        self._bins.chosen.connect(self._on_bin)
        self._bins.moved.connect(self._on_moved)
        self._hand.chosen.connect(self.pick)
        self.canvas.escaped.connect(self.clear_selection)
        self.set_theme(self._theme)

    @property
    def drawn(self) -> Drawn | None:
        """What is shown."""
        return self._drawn if self.shown is not None else None

    @property
    def mode(self) -> str:
        """The key of the picture that is shown."""
        return self._mode

    # What the base asks.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything; pictures of many points are made anew."""
        self._hand.set_theme(theme)
        super().set_theme(theme)
        self.headline.set_look(theme.text, small(theme))  # six numbers need the room of bold type
        if self._drawn is not None and self._drawn.pictures is not None:
            self.look_again()

    def refusal(self, dataset: Dataset) -> str:
        """Classes have no residuals."""
        return _WHY if dataset.classes else ""

    def samples_of(self, asked: Asked) -> slice:
        """Both parts are shown."""
        del asked
        return slice(0, None)

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """Predict all rows."""
        colors = part_colors(self._theme)

        def answer(stop: Callable[[], bool]) -> object:
            found = cloud(asked.dataset, asked.pair, asked.parameters, stop)
            return None if found is None else with_picture(found, colors)

        return answer

    def draw(self, asked: Asked, result: object) -> str:
        """Show the points or the bars."""
        assert isinstance(result, Drawn)  # noqa: S101 - what `work` makes
        self._drawn = result
        self.headline.setText(headline(result.cloud))
        self.detail.setText(left_out(result.cloud.unknown))
        self.note.setText("" if self._mode == "histogram" else note(result))
        self.follow()
        self.redraw()
        self.read_again()
        return description(result.cloud, asked.dataset)

    def bounds(self) -> tuple[Range, Range]:
        """Round ranges that show everything."""
        if self._drawn is None:
            return (0.0, 1.0), (0.0, 1.0)
        if self._mode != "histogram":
            return self._drawn.cloud.ranges(flat=self._mode == "residuals")
        edges, counts = self._drawn.cloud.edges, self._drawn.cloud.counts
        air = 0.02 * float(edges[-1] - edges[0])
        lower, upper = bar_heights(counts)
        held_out = self._drawn.cloud.validation is not None
        return (
            (float(edges[0]) - air, float(edges[-1]) + air),
            (-lower if held_out else -0.03 * upper, upper),
        )

    # Drawing.

    def redraw(self) -> None:
        """Everything but what is selected."""
        asked, drawn = self.shown, self._drawn
        if asked is None or drawn is None:
            return
        target, theme = inline(asked.dataset.target), self._theme
        self._line.setPen(self.canvas.pen(theme.text, 1.4, Qt.PenStyle.DashLine))
        if self._mode == "histogram":
            self.points.clear()
            colors = theme.validation_color, theme.train_color
            self.bars.show(drawn.cloud.edges, drawn.cloud.counts, colors, theme)
            both = drawn.cloud.validation is not None
            self.name_axes("true − predicted", "training, ↓ validation" if both else "rows")
        else:
            self.bars.clear()
            flat = self._mode == "residuals"
            self.points.show(drawn, flat, theme)
            self.name_axes(f"predicted {target}", "true − predicted" if flat else f"true {target}")
        self._draw_line()
        self.legend.set_entries(self._entries(asked.dataset, dense=drawn.pictures is not None))
        self.mark()

    def mark(self) -> None:
        """Mark the points of selected rows, or hatch their share of each bar."""
        asked, drawn = self.shown, self._drawn
        if asked is None or drawn is None:
            return
        picked = self.picked_of(asked)
        if self._mode == "histogram":
            self.bars.pick(drawn.cloud.edges, drawn.cloud.counted(picked), self._theme)
        else:
            self.points.mark(picked, self._theme)

    def _draw_line(self) -> None:
        """Where predictions are right."""
        (left, right), (bottom, top) = self.canvas.x_range, self.canvas.y_range
        if self._mode == "histogram":
            x, y = [0.0, 0.0], [bottom, top]
        elif self._mode == "residuals":
            x, y = [left, right], [0.0, 0.0]
        else:
            low, high = max(left, bottom), min(right, top)
            x = y = [low, high] if low < high else [left, left]
        self._line.setData(np.array(x), np.array(y), skipFiniteCheck=True)

    def _entries(self, dataset: Dataset, *, dense: bool) -> list[Entry]:
        theme, bars = self._theme, self._mode == "histogram"
        entries: list[Entry] = []
        both = len(dataset.prepared) > dataset.samples
        names = ("↑ training", "↓ validation") if bars else ("training", "validation")
        for hollow, name in enumerate(names[: 2 if both else 1]):
            plain = plain_style(theme, class_color(theme, 0), bool(hollow))
            entries.append(Entry(name, self._block(hollow) if bars or dense else marker(plain)))
        pen = self.canvas.pen(theme.text, 1.4, Qt.PenStyle.DashLine)
        return [*entries, Entry("exact", line_mark(pen), "Where predicted and true are the same.")]

    def _block(self, part: int) -> DrawMark:
        color = (self._theme.train_color, self._theme.validation_color)[part]
        pen = self.canvas.pen(color, 1.0)
        return marker(Style("s", 10.0, pen, pen.brush()))

    # Reading and choosing.

    def reading_at(self, touch: Touch) -> str:
        """The point or the bar under the mouse."""
        asked, drawn = self.shown, self._drawn
        if asked is None or drawn is None:
            return ""
        if self._mode == "histogram":
            number = self._bins.bin_at(touch.at[0])
            return "" if number is None else self._point_at(number, touch.at[1] >= 0.0)
        sample = self.points.at(touch.at)
        return "" if sample < 0 else point_text(drawn.cloud, sample, asked.dataset, asked.table)

    def unread(self) -> None:
        """No bar is pointed at."""
        self.bars.unpoint()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pick(np.empty(0, np.int64), Qt.KeyboardModifier.NoModifier)

    def _edges(self) -> Float64s:
        there = self.shown is not None and self._mode == "histogram"
        return self._drawn.cloud.edges if there and self._drawn is not None else np.empty(0)

    def _point_at(self, number: int, upper: bool) -> str:
        if self._drawn is None:
            return ""
        edges, (_, (bottom, top)) = self._drawn.cloud.edges, self.bounds()
        height = top if upper else bottom
        self.bars.point(float(edges[number]), float(edges[number + 1]), height, self._theme)
        return bin_text(self._drawn.cloud, number)

    def _on_moved(self, number: int, upper: bool) -> None:
        text = self._point_at(number, upper)
        self.readout.setText(text)
        self.canvas.setAccessibleDescription(text)

    def _on_bin(self, number: int, upper: bool, keys: Qt.KeyboardModifier) -> None:
        if self._drawn is not None:
            rows: Ints = self._drawn.cloud.samples(number, upper)
            self.pick(rows, keys)

    def _on_toggled(self) -> None:
        """Show the picture that is chosen."""
        on = [toggle.key for toggle in _TOGGLES if self.header_widget.is_on(toggle.key)]
        if len(on) != 1 or on[0] == self._mode:
            return  # between two switches
        new = on[0]
        self._mode = new
        bars = new == "histogram"
        self.canvas.set_hand(self._bins if bars else self._hand)
        self.canvas.release()
        self.canvas.set_scales(LINEAR, MIRRORED if bars else LINEAR)
        self.canvas.reset_room()
        if self._drawn is not None and self.shown is not None:
            self.note.setText("" if bars else note(self._drawn))
            self.follow()
            self.redraw()

    def _on_range(self) -> None:
        self._draw_line()
        self._rest.start()

    def _count_again(self) -> None:
        if self.shown is not None and self._mode != "histogram":
            self.points.count()
            self.mark()
