"""What a painting tool works on: the data of now, where they are drawn, and points still wet."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg

from app.brushes import Brush
from app.plots.canvas import Canvas
from app.plots.colors import class_color
from app.plots.points import Style, class_style, fill, plain_style
from app.plots.samples import Samples
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s, Ints
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

_MOST_CARRIED = 2_000
"""More markers are not drawn while they are carried: some of them stand for all."""


def ascending(rows: Ints) -> Ints:
    """The same rows in order, each once; a million take a few milliseconds, sorting them 80."""
    wanted = np.zeros(int(rows.max(initial=-1)) + 1, dtype=np.bool_)
    wanted[rows] = True
    return np.flatnonzero(wanted)


def style_of(theme: Theme, index: int, classes: bool) -> Style:
    """The marker of a class, or of a sample with a numeric target."""
    if classes:
        return class_style(theme, index, hollow=False)
    return plain_style(theme, class_color(theme, 0), hollow=False)


class WetLayer:
    """Points that are painted but not yet in the data, and those that are being carried."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._item = pg.ScatterPlotItem()
        self._item.setVisible(False)
        self._fresh: list[tuple[int, Float64s, Style]] = []
        self._sent: list[tuple[int, Float64s, Style]] = []
        canvas.add(self._item, 9)

    @property
    def places(self) -> Float64s:
        """(r, 2) what is drawn."""
        x, y = self._item.getData()
        moved = self._item.pos()
        return np.stack((x + moved.x(), y + moved.y()), axis=1)

    def put(self, stroke: int, points: Float64s, style: Style) -> None:
        """Draw some more."""
        self._fresh.append((stroke, points, style))
        self._draw()

    def send(self) -> None:
        """They are on their way into the data."""
        self._sent += self._fresh
        self._fresh = []

    def settle(self) -> None:
        """What was sent is in the data and drawn there."""
        if self._sent:
            self._sent = []
            self._draw()

    def forget(self, stroke: int) -> None:
        """The stroke was undone: its points are not coming."""
        self._fresh = [wet for wet in self._fresh if wet[0] != stroke]
        self._sent = [wet for wet in self._sent if wet[0] != stroke]
        self._draw()

    def carry(self, by: tuple[float, float]) -> None:
        """Show everything moved, without drawing it anew."""
        self._item.setPos(*by)

    def clear(self) -> None:
        """Draw nothing."""
        self._fresh, self._sent = [], []
        self._item.setPos(0.0, 0.0)
        self._draw()

    def _draw(self) -> None:
        shown = self._sent + self._fresh
        points = [points for _, points, _ in shown]
        places = np.concatenate(points) if points else np.empty((0, 2))
        kind = np.repeat(np.arange(len(shown)), [len(some) for some in points])
        fill(self._item, places[:, 0], places[:, 1], [style for _, _, style in shown], kind)
        self._item.setVisible(len(places) > 0)  # pyqtgraph paints an empty item as long as a few


@dataclass(slots=True, eq=False)
class Stage:
    """Filled in by the decision view whenever something of it changes."""

    canvas: Canvas
    wet: WetLayer
    theme: Theme = THEMES["light"]
    dataset: Dataset | None = None
    table: Table | None = None
    samples: Samples | None = None
    axes: tuple[int, int | None] = (0, None)
    brush: Brush | None = None
    rows: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """The selected rows of the table."""

    @property
    def is_flat(self) -> bool:
        """Whether heights mean nothing: classes over one feature."""
        return self.axes[1] is None and self.dataset is not None and bool(self.dataset.classes)

    def samples_of(self, rows: Ints) -> Ints:
        """The samples that come from these rows of the table."""
        if self.dataset is None or not rows.size:
            return np.empty(0, dtype=np.int64)
        index = self.dataset.row_index
        wanted = np.zeros(max(int(index.max(initial=0)), int(rows.max())) + 1, dtype=np.bool_)
        wanted[rows] = True
        return np.flatnonzero(wanted[index])

    def rows_of(self, samples: Ints) -> Ints:
        """The rows of the table, ascending, that samples come from."""
        assert self.dataset is not None  # noqa: S101 - there are samples of it
        return ascending(self.dataset.row_index[samples])

    def carried(self, samples: Ints) -> tuple[Float64s, Style]:
        """Where some samples are, not too many to be drawn, and the marker of the first."""
        assert self.dataset is not None and self.samples is not None  # noqa: S101, PT018 - as above
        some = samples[:: 1 + samples.size // _MOST_CARRIED]
        points = np.stack((self.samples.x[some], self.samples.y[some]), axis=1)
        label = int(self.dataset.all_labels[some[0]]) if self.dataset.classes else 0
        return points, style_of(self.theme, label, bool(self.dataset.classes))
